/** The door of user data: what Linekeeper keeps about a repository, to show, export and remove. */
export { exportKept } from './export-user-data';
export { recordedPlaces, type KeptPlace } from './places-of-user-data';
export { countNotes, forgetPrompts, purgeNotes, purgeRecords, recordedPrompts } from './purge-user-data';
export { notesAtRemote, removeNotesAtRemote, WHAT_IT_MEANS } from './list-and-remove-remote-notes';
