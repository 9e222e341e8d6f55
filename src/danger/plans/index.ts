/** From a plan, of whatever tool, to findings at the plan's own file. */
import type { Finding } from '../finding';
import { findingsOf } from '../notices-to-findings';
import { readPlan } from '../terraform/read-plan';
import type { Noticed } from '../types';
import { readChangeSets, readPreview, readWhatIf } from './read-cloud-and-pulumi-plans';
import { readDiff } from './read-diff-outputs';
import { isFields, type Fields, type ReadPlan } from './plan-results-and-notices';

export type PlanAnswer =
  { readonly findings: readonly Finding[] } | { readonly wrong: string; readonly kind: 'not-a-plan' | 'state' };

/** Longer ones are not read. Characters. */
const PLAN_AT_MOST = 64_000_000;

/**
 * Findings in a plan: of Terraform and OpenTofu (`show -json`), CloudFormation (`describe-change-set`), Pulumi (`preview
 * --json`), Azure (`what-if`), or the text of `cdk diff`, `kubectl diff` and `helm diff`. Else a sentence that says why it
 * can't be judged. Never throws.
 */
export function findInPlan(path: string, text: string): PlanAnswer {
  const read = readAny(text.replace(/^\uFEFF/, ''));
  return 'wrong' in read ? read : { findings: findingsOf(path, eachOnce(read.noticed)) };
}

function readAny(text: string): ReadPlan {
  if (text.length > PLAN_AT_MOST) return { kind: 'not-a-plan', wrong: 'It is larger than 64 MB.' };
  if (text.trim() === '')
    return {
      kind: 'not-a-plan',
      wrong: 'It is empty. A diff that finds nothing prints nothing: leave the plan out then.',
    };
  if (!/^\s*[[{]/.test(text)) return readDiff(text) ?? readPlan(text);
  const json = parsed(text);
  return (
    readPreview(json ?? linesOf(text)) ?? readChangeSets(json) ?? readWhatIf(json) ?? readListed(json) ?? readPlan(text)
  );
}

/** `helm diff --output json` is a list. */
const readListed = (json: unknown): ReadPlan | undefined =>
  Array.isArray(json) &&
  json.length > 0 &&
  json.every((one): one is Fields => isFields(one) && 'change' in one && 'kind' in one)
    ? readDiff(helmText(json))
    : undefined;

const helmText = (list: readonly Fields[]): string =>
  list
    .map((one) => {
      const word = (key: string): string => (typeof one[key] === 'string' ? one[key].replace(/\s/g, ' ') : '');
      const deed = { REMOVE: 'removed', MODIFY: 'changed', ADD: 'added' }[word('change')];
      return `${word('namespace')}, ${word('name')}, ${word('kind')} (${word('api')}) has ${deed === 'changed' ? 'changed' : `been ${deed ?? word('change')}`}:`;
    })
    .join('\n');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Events, one JSON value a line; undefined where a line is none. */
function linesOf(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.map(parsed);
  return lines.length > 1 && values.every(isFields) ? values : undefined;
}

/** What several steps say of one resource is one finding. */
function eachOnce(noticed: readonly Noticed[]): readonly Noticed[] {
  const seen = new Set<string>();
  return noticed.filter(({ rule, address, message }) => {
    const key = `${rule} ${address ?? ''} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
