/** The door of kept: what Linekeeper keeps about a repository, to look at, to take along and to remove. */
export { exportKept, type Kept } from './export';
export { recordedPlaces, type KeptPlace } from './locations';
export { countNotes, forgetPrompts, purgeNotes, purgeRecords, recordedPrompts } from './purge';
