/**
 * The door to reading a change: its hunks by risk, with their authors, and which of them have been read. Loads the
 * gate: not for hooks.
 */
export { hunksToRead, type ChangeToRead, type HunkLine, type HunkToRead } from './hunks-by-risk';
export { markRead, readHunks } from './hunks-marked-read';
