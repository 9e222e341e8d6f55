/** Notes in the repository: reading and writing them. What brings them to other machines and back is loaded on demand (`remote`, `repair`). */
export { commitsWithNotes, FEW, mergeIntoNote, notesOf, putNote } from './store';
