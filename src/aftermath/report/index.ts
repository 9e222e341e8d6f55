/**
 * Reports: how much of a repository's changes AI wrote, what became of it, and how certain that is. Loads the gate and
 * draws pictures: a bundle of its own (dist/report.js), loaded on demand.
 */
export { makeReport } from './make';
export { findingsOf, type CommitFinding } from './findings';
export { attributedHistory } from './read';
export { reportPage } from './page';
export { reportCsv, reportText } from './text';

export type * from './types';
