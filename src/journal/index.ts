/** The door of the journal: the record of edits that are not committed yet. */
export { creditOf, isProblem, parseRecord, RECORD_VERSION, type By, type EditRecord, type FileEdit, type JournalRecord, type KeptOperation, type KeptPrompt, type Named, type SeenRecord, type SessionRecord } from './record';
export { BRACKET_EXPIRES_MS, openBrackets, type OpenBracket } from './brackets';
export { listQuietly } from './list-quietly';
export { makeOwnFolder } from './own-folder';
export { writeOwnFile } from './own-file';
export { oddPlaces, readPlainFile, readTextQuietly, whyNotWritable } from './plain-file';
export { replay, replayBoth, type Replayed, type ReplayOptions, type Seed, type Wanted } from './replay';
export { blobId, EMPTY_FILE, JournalError, latestEdit, openJournal, ownName, timeOf, type Journal, type JournalOptions } from './store';
export { keepRefusal, refusalsIn, type Refusal } from './refusals';
