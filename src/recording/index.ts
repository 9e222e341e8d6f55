/** The door of recording: what anybody reports about edits becomes records of the journal. */
export { record } from './record';
export { parseGeneric, type GenericProblem } from './generic';
export type { Claim, Recorded, Report } from './event';
export { presentFile, presentSubmodule, safePath, type PresentFile, type SafePath } from './paths';
export { fillFromTranscripts, OLDEST_TOLD_MS, type Filled } from './fill';
export { reportOf } from './tool-event';
