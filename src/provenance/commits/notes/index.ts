/**
 * Notes in the repository: reading and writing them. Exchanging them with other machines is loaded on demand (`remote`,
 * `repair`).
 */
export { WRITTEN_REF as WRITTEN_NOTES_REF } from './write-notes';
export {
  changeNote,
  changeNotes,
  commitsWithNotes,
  FEW,
  mergeIntoNote,
  noteIds,
  noteReader,
  notesOf,
  seeNote,
  seeNotes,
} from './notes-store';
