/** The door of user data: what Linekeeper keeps about a repository, to show, export and remove. */
export { exportKept } from './export';
export { recordedPlaces, type KeptPlace } from './places-of-user-data';
export { countNotes, forgetPrompts, purgeNotes, purgeRecords, recordedPrompts } from './purge';
export { notesAtRemote, removeNotesAtRemote, WHAT_IT_MEANS } from './remote-notes';
