/** PostgreSQL's `pg_hba.conf`: who may connect without a password. */
import { factAt } from '../../rows/facts';
import type { Change, Noticed } from '../../types';

/** Records that let in anybody whose address matches, under any name. */
export function trusts({ before, after }: Change): readonly Noticed[] {
  const known = new Set((before ?? '').split('\n').map((line) => line.replace(/\s+/g, ' ').trim()));
  return (after ?? '').split('\n').flatMap((line, index): Noticed[] => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (
      !/^(?:local|host(?:no)?(?:ssl|gssenc)?)$/.test(words[0] ?? '') ||
      words.at(-1) !== 'trust' ||
      known.has(line.replace(/\s+/g, ' ').trim())
    )
      return [];
    return [factAt('the database lets users in without', { line: index + 1 })];
  });
}
