/**
 * Reports: how much of a repository's changes AI wrote, what became of it, and how certain that is. Loads the gate and
 * draws pictures: a bundle of its own (dist/report.js), loaded on demand.
 */
export { makeReport } from './make-report';
export { findingsOf, type CommitFinding } from './findings-of-commits';
export { attributedHistory } from './read-history';
export { reportPage } from './report-page';
export { reportCsv, reportText } from './report-text-and-csv';

export type * from './types';
