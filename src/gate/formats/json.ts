/** The verdict as JSON, in the shape of the contract. */
import type { CheckResult } from '../check';
import type { Format } from './table';

export const json: Format = {
  id: 'json',
  render: (result) => `${JSON.stringify(shape(result), null, 2).replace(INVISIBLE, escaped)}\n`,
};

/** What JSON may hold as it is and a terminal or a reader could be misled by. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu;

const escaped = (found: string): string => Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

function shape({ verdict, base, head, mergeBase, policy, authors, level, tiers, required, findings, commits, signOffs, notices }: CheckResult): unknown {
  return { verdict, base, head, mergeBase, policy, authors, level, tiers, required, findings, commits, signOffs, notices };
}
