/**
 * Where git's actions belong among the records. By order and not by date: a commit's date is when it was started, in
 * whole seconds, and anybody can set it.
 */
import type { StoredRecord } from '../../journal';
import type { ReflogEntry } from './head-moves-in-reflog';

/**
 * How many of the records precede a move of HEAD. Records reported late are placed by time. `size`: the current length
 * of HEAD's log; -1 if the log is not the one that the records know.
 */
export function reflogPositionOf(
  records: readonly StoredRecord[],
  { line, time }: Pick<ReflogEntry, 'line' | 'time'>,
  size: number,
): number {
  if (!line) return records.length;
  // A log that is shorter than before has been truncated, before anything new in it.
  const isBefore = ({ record: { log } }: StoredRecord): boolean =>
    log !== undefined && (log <= line.start || log > size);
  let place = records.findLastIndex(isBefore) + 1;
  for (; place < records.length; place++) {
    const record = records[place]?.record;
    if (!record || record.log !== undefined || record.at > time * 1000 + 999) break;
  }
  return place;
}
