/** The verdict as JSON, in the documented form. */
import { jsonText } from '../../../policy';
import type { CheckResult } from '../check-question-and-result';
import type { Format } from './types';

export const json: Format = {
  id: 'json',
  render: (result) => jsonText({ ...(shape(result) as object), lessons: result.lessons }),
};

function shape({
  verdict,
  wouldBe,
  base,
  head,
  mergeBase,
  policy,
  authors,
  level,
  tiers,
  required,
  findings,
  overruled = [],
  commits,
  signOffs,
  signers,
  why = {},
  switchedOff,
  dependencies,
  changes,
  emergency,
  blast,
  notices,
}: CheckResult): unknown {
  return {
    verdict,
    mode: wouldBe === undefined ? 'enforce' : 'observe',
    wouldBe: wouldBe ?? verdict,
    base,
    head,
    mergeBase,
    policy,
    authors,
    level,
    tiers,
    required,
    findings,
    overruled,
    commits,
    signOffs,
    signers,
    why,
    switchedOff,
    dependencies,
    changes,
    emergency,
    blast: blast ?? null,
    notices,
  };
}
