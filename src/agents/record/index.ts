/** The door of recording: turns reported edits into records of the journal. */
export { record } from './record';
export { parseGeneric, type GenericProblem } from './generic-payload';
export type { Claim, Recorded, Report } from './report';
export { presentFile, presentSubmodule, safePath, type PresentFile, type SafePath } from './safe-path';
export { fillFromTranscripts, OLDEST_TRANSCRIPT_MS, type Filled } from './backfill-transcripts';
export { reportOf } from './tool-event';
