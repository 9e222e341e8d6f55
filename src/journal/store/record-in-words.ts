/** A record on one line, for the trace. */
import type { By, JournalRecord } from './record';

const NAMED_AT_MOST = 5;

export function recordInWords(record: JournalRecord): string {
  switch (record.kind) {
    case 'edit':
      return `edit by ${authorIn(record.by)}: ${filesIn(record.files)}`;
    case 'seen':
      return `${record.opens ? `before work of ${authorIn(record.opens.by)}` : record.away ? 'stashed' : 'seen'}: ${filesIn(record.files)}`;
    case 'session':
      return `${record.event} of ${record.assistant}`;
    case 'committed':
      return `commit ${record.commit.slice(0, 10)}: ${filesIn(record.files)}`;
  }
}

const authorIn = ({ author, assistant, evidence, reason }: By): string =>
  [
    assistant ?? author,
    ...(evidence === undefined ? [] : [`(${evidence})`]),
    ...(reason === undefined ? [] : [`(${reason})`]),
  ].join(' ');

function filesIn(files: readonly { readonly path: string }[]): string {
  const named = files.slice(0, NAMED_AT_MOST).map(({ path }) => path);
  const more = files.length - named.length;
  return files.length === 0 ? 'no file' : `${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
