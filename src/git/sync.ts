/**
 * A second door of git: notes on their way to other machines and back. Apart, because no hook of an assistant or a
 * commit needs it.
 */
export { pushesNotesAlong, pushNotesAlong, remotesLeftOut, stopPushingNotesAlong } from './notes/sync/auto-push';
export {
  areNotesOn,
  defaultRemote,
  fetchNotes,
  NotesError,
  pushNotes,
  remotesOf,
  type Synced,
  type Transport,
} from './notes/sync/remote';
export { repairNotes, type Repaired } from './notes/repair';
export { whyNoNotes } from './notes/store';
