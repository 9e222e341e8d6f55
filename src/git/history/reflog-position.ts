/**
 * Where git's doings have their place among the records. By order and not by dates: the date of a commit is that of its
 * beginning, in whole seconds, and anybody may set it.
 */
import type { StoredRecord } from '../../journal';
import type { ReflogEntry } from './reflog';

/**
 * How many of the records came before a move of HEAD. What was told of later goes by its time. `size`: of HEAD's log by
 * now; -1 for another log than the one that the records know.
 */
export function reflogPositionOf(
  records: readonly StoredRecord[],
  { line, time }: Pick<ReflogEntry, 'line' | 'time'>,
  size: number,
): number {
  if (!line) return records.length;
  // A log that is shorter than it was has been cut since: that was before whatever is new in it.
  const isBefore = ({ record: { log } }: StoredRecord): boolean =>
    log !== undefined && (log <= line.start || log > size);
  let place = records.findLastIndex(isBefore) + 1;
  for (; place < records.length; place++) {
    const record = records[place]?.record;
    if (!record || record.log !== undefined || record.at > time * 1000 + 999) break;
  }
  return place;
}
