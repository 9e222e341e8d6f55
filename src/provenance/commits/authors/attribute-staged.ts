/**
 * The attribution of the next commit on HEAD. Past records are many, and hardly ever needed while HEAD only moves
 * forward; so they are read only where the others do not explain everything.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ChangeAttribution } from '../../authorship/types';
import { timeOf, type StoredRecord } from '../../journal';
import { isFullyKnown } from './reuse-source-attribution';
import { attributeChange, type ChangeInput } from './attribute-change';
import type { Repository } from '../../../git';
import { isKnown, type Source } from '../origins/source-commits';

/** The attribution of a change that starts from HEAD, or of one that amends it: its only source then. Throws a GitError. */
export async function attributeStaged(repository: Repository, input: ChangeInput): Promise<ChangeAttribution> {
  const [first] = input.journal.shelved();
  const [amended] = input.sources ?? [];
  if (first === undefined || !onlyMovedPlainly(repository, amended?.commit.id ?? input.from, timeOf(first)))
    return attributeChange(repository, input);
  const records = input.journal.readPending();
  if (amended !== undefined && !tellsAll(amended, records)) return attributeChange(repository, input);
  const change = await attributeChange(repository, { ...input, records });
  return isFullyKnown(change) ? change : attributeChange(repository, input);
}

/**
 * Whether the note of an amended commit says as much as its records would: it has one author a line, and knows them all,
 * in the files that were changed since.
 */
function tellsAll(source: Source, records: readonly StoredRecord[]): boolean {
  if (!isKnown(source) || source.provenance !== 'note' || source.commit.parents.length > 1) return false;
  const since = new Set(
    records.flatMap(({ record }) => (record.kind === 'edit' ? record.files : [])).map(({ path: name }) => name),
  );
  return source.files.every(
    (file) =>
      isFullyKnown({ files: [file] }) &&
      (!(since.has(file.path) || (file.from !== null && since.has(file.from))) ||
        [...file.ranges, ...file.removed].every(({ edited }) => !edited)),
  );
}

/** Far more than HEAD moves while past records are kept; anything older is irrelevant. */
const LOG_BYTES = 256 * 1024;

/** What moves HEAD, or brings its commits onto others, and leaves open nothing that they had, as a reset or an amend may. */
const PLAIN_MOVE =
  /^(?:commit(?: \((?:initial|merge)\))?|checkout|merge [^:]*|pull[^:(]*|(?:pull[^:(]*|rebase)(?: -i)? \((?:start|pick|reword|squash|fixup|continue|finish)\)): /;

/** Whether only such moves led HEAD to `head` since a time (milliseconds since the epoch), according to its log. */
function onlyMovedPlainly(repository: Repository, head: string, since: number): boolean {
  let log: Buffer;
  try {
    log = readFileSync(path.join(repository.gitDir, 'logs', 'HEAD'));
  } catch {
    return false;
  }
  const lines = log
    .toString('latin1', Math.max(0, log.length - LOG_BYTES))
    .split('\n')
    .filter((line) => line !== '');
  const steps = lines.map((line) => /^[0-9a-f]+ ([0-9a-f]+) .*? (\d+) [+-]\d{4}(?:\t(.*))?$/.exec(line));
  const from = steps.findIndex((step) => step !== null && Number(step[2]) * 1000 + 999 >= since);
  // Not all of it was read.
  if (from === 0 && log.length > LOG_BYTES) return false;
  return (
    steps.at(-1)?.[1] === head && (from < 0 || steps.slice(from).every((step) => PLAIN_MOVE.test(step?.[3] ?? '')))
  );
}
