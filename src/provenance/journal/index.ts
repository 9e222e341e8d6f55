/** The door of the journal: the record of uncommitted edits. */
export {
  creditOf,
  isProblem,
  parseRecord,
  type By,
  type EditRecord,
  type FileEdit,
  type JournalRecord,
  type KeptOperation,
  type KeptPrompt,
  type StoredRecord,
  type SeenRecord,
  type SessionRecord,
} from './store/record-format';
export { openBrackets, runningBrackets, type OpenBracket } from './replay/open-brackets';
export { unexpectedPlaces, whyNotWritable } from './store/check-journal-folder';
export { replay, replayBoth, type Replayed } from './replay/replay';
export type { KnownChange, FileQuery } from './replay/replay-input';
export { openJournal } from './store/open-journal';
export { blobId, EMPTY_FILE } from './store/stored-contents';
export { JournalError, type Journal, type JournalOptions } from './store/journal-interface';
export { latestEdit, ownName, timeOf } from './store/record-names';
export { keepCopy, keptCopies, restoreCopy, type KeptCopy } from './kept-copies/keep-and-restore-copies';
export { keepRefusal, REFUSAL_SEVERITIES, refusalsIn, type Refusal } from './store/refusals-to-show';
