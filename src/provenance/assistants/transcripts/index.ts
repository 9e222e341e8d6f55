/** The door of transcripts. */
export { readsDatabases } from './sqlite-transcripts';
export { toldSince } from './edits-in-changed-transcripts';
