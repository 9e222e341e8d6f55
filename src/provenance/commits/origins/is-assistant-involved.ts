/** Whether any assistant is recorded as involved in a change. */
import type { ChangeAttribution } from '../../authorship/types';
import { type JournalRecord, openBrackets, type StoredRecord } from '../../journal';

/**
 * Whether no assistant is recorded as involved in what was done on top of a commit. `records`: all of them, of which
 * the first `count` precede it. False when unknown.
 */
export function isWithoutAssistant(records: readonly StoredRecord[], count: number, parent: string): boolean {
  const before = records.slice(0, count);
  const start = before.findLastIndex(({ record }) => record.kind === 'committed' && record.commit === parent);
  // However long ago it was opened: it may still be closed.
  if (start < 0 || openBrackets(before, 0).some(({ record }) => record.opens.by.author !== 'human')) return false;
  return records.every(
    ({ record }, i) => (record.log !== undefined && (i < start || i >= count)) || !isAssistants(record),
  );
}

function isAssistants(record: JournalRecord): boolean {
  if (record.kind === 'seen') return record.opens?.by.author === 'ai';
  return (
    record.kind === 'edit' &&
    (record.by.author === 'ai' ||
      record.files.some((file) => file.hands?.some((provenance) => provenance.author === 'ai')))
  );
}

/** Whether anything in a change is an assistant's. */
export const hasAssistants = (change: ChangeAttribution): boolean =>
  change.added.ai + change.removed.ai > 0 || change.files.some((file) => file.change?.author === 'ai');
