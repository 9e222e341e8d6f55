/**
 * Notes in the Git AI Standard 3.0.0: their text, both ways. One note a commit, on `refs/notes/ai`: who wrote which lines of
 * the commit's new files, a line that is exactly `---`, then JSON.
 */
export { askNote, type NoteAnswer } from './ask';
export { mergeNotes } from './merge';
export { nameModels } from './model';
export { readNote, renderNote } from './text';
export type { LineHand, Note } from './types';
export { writeNote, type AttributesOf } from './write';

export const NOTES_REF = 'refs/notes/ai';
