/** Which tools have said that they begin an edit, and not that it ended. */
import { assistantOf } from '../../provenance/assistants';
import { runningBrackets, type StoredRecord } from '../../provenance/journal';
import { printable } from '../../policy';

/** A sentence for each. */
export function atWork(records: readonly StoredRecord[], now: number): readonly string[] {
  const begun = new Map<string, number>();
  for (const { record } of runningBrackets(records, now)) {
    const { all, by } = record.opens;
    const { author, assistant = 'a tool' } = by;
    const mayChange = all || record.files.length > 0;
    if (mayChange && author === 'ai' && !begun.has(assistant)) begun.set(assistant, record.at);
  }
  return [...begun].map(
    ([id, at]) =>
      `${printable(assistantOf(id)?.title ?? id)} has begun an edit at ${new Date(at).toTimeString().slice(0, 8)}, and has not ended it. Until then, what nobody else is recorded for counts as its work. Its next event, your commit, or 30 minutes end it.`,
  );
}
