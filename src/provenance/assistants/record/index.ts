/** The door of recording: turns reported edits into records of the journal. */
export { record } from './write-report-to-journal';
export { parseGeneric } from './parse-generic-payload';
export type { Claim, Report } from './edit-report';
export { safePath } from './safe-path';
export { presentFile, presentSubmodule } from './present-file';
export { fillFromTranscripts, OLDEST_TRANSCRIPT_MS } from './backfill-from-transcripts';
export { reportOf } from './report-of-tool-event';
