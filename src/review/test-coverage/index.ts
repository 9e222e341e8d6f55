/** The door to test coverage: which of the lines that AI wrote no test runs. */
export { findCoverage, readCoverage } from './find-report';
export { parseCoverage } from './parse-report';
export { untestedAiLines, type UntestedLines } from './untested-ai-lines';
