/**
 * The attribution of the next commit on HEAD. Past records are many, and hardly ever needed while HEAD only moves
 * forward; so they are read only where the others do not explain everything.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ChangeAttribution } from '../../authorship/types';
import { timeOf } from '../../journal';
import { isFullyKnown } from './reuse-source-attribution';
import { attributeChange, type ChangeInput } from './attribute-change';
import type { Repository } from '../../../git';

/** The attribution of a change that starts from HEAD. Throws a GitError. */
export async function attributeStaged(repository: Repository, input: ChangeInput): Promise<ChangeAttribution> {
  const [first] = input.journal.shelved();
  if (first === undefined || !onlyCommitted(repository, input.from, timeOf(first)))
    return attributeChange(repository, input);
  const change = await attributeChange(repository, { ...input, records: input.journal.readPending() });
  return isFullyKnown(change) ? change : attributeChange(repository, input);
}

/** Far more than HEAD moves while past records are kept; anything older is irrelevant. */
const LOG_BYTES = 64 * 1024;

/**
 * Whether HEAD has only moved forward to `head` since a time (milliseconds since the epoch), commit by commit,
 * according to its log.
 */
function onlyCommitted(repository: Repository, head: string, since: number): boolean {
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
    steps.at(-1)?.[1] === head &&
    (from < 0 || steps.slice(from).every((step) => /^commit(?: \(initial\))?: /.test(step?.[3] ?? '')))
  );
}
