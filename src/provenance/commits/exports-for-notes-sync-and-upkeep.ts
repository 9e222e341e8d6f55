/**
 * A second door of this room: exchanging notes with other machines. Separate, because no hook of an assistant or a
 * commit needs it.
 */
export {
  pushesNotesAlong,
  pushNotesAlong,
  remotesLeftOut,
  stopPushingNotesAlong,
} from './notes/sync/configure-notes-sync';
export {
  areNotesOn,
  defaultRemote,
  fetchNotes,
  NotesError,
  pushNotes,
  remotesOf,
  type Synced,
  type Transport,
} from './notes/sync/push-and-fetch-notes';
export { removeGitHooks } from './remove-hooks-and-notes-sync';
export { lostNotes } from './notes/lost-notes-refs';
export { forgetRemoteNotes } from './notes/sync/sync-line-notes';
export { notesBefore, removeNotes, type OldNotes } from './notes/remove-old-notes';
export { repairNotes } from './notes/repair-notes';
export { whyNoNotes } from './notes/notes-store';
