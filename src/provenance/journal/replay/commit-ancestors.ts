/** Which commits came before which, as far as the records know. Pure. */
import type { StoredRecord } from '../store/record-format';

/** The known ancestors of a commit, itself included; undefined when the records do not know the commit. */
export function ancestorsOf(
  records: readonly StoredRecord[],
  commit: string | undefined,
): ReadonlySet<string> | undefined {
  const parents = new Map<string, readonly string[]>();
  for (const { record } of records) if (record.kind === 'committed') parents.set(record.commit, record.parents ?? []);
  if (commit === undefined || !parents.has(commit)) return undefined;
  const found = new Set<string>();
  const open = [commit];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(parents.get(next) ?? []));
  }
  return found;
}

export const knownCommits = (records: readonly StoredRecord[]): ReadonlySet<string> =>
  new Set(records.flatMap(({ record }) => (record.kind === 'committed' ? [record.commit] : [])));
