/** The door to test coverage: which of the lines that AI wrote no test runs. */
export { findCoverage, readCoverage } from './find-coverage-report';
export { parseCoverage } from './parse-coverage-reports';
export { untestedAiLines, type UntestedLines } from './untested-ai-lines';
