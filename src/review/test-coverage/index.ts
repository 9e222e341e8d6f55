/** The door to test coverage: which of the lines that AI wrote no test runs. */
export { findCoverage, readCoverage } from './find';
export { parseCoverage } from './parse';
export { untestedAiLines, type UntestedLines } from './untested-ai-lines';
