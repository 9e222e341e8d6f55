/** The door to test coverage: which of the lines that AI wrote no test runs. */
export { findCoverage, readCoverage, USUAL_PLACES, type FoundCoverage } from './find';
export { parseCoverage } from './parse';
export { untestedAiLines, type UntestedFile, type UntestedLines } from './untested-ai-lines';
export type { Coverage, CoveredLines } from './types';
