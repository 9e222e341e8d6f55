/**
 * Notes in the Git AI Standard 3.0.0: their text, both ways. One note a commit, on `refs/notes/ai`: who wrote which
 * lines of the commit's new files, a line that is exactly `---`, then JSON.
 */
export { attributionOfNote, type NoteAnswer } from './attribution-from-note';
export { besideForeign, foreignPart } from './foreign-sessions-in-note';
export { mergeNotes } from './merge-notes';
export { nameModels } from './add-late-models';
export { readNote, renderNote } from './note-text';
export type { Note } from './types';
export { writeNote, type AttributesOf } from './note-from-attribution';

export const NOTES_REF = 'refs/notes/ai';
