/**
 * Reports: how much of a repository's changes AI wrote, what became of it, and how certain that is. Loads the gate and
 * draws pictures: a bundle of its own (dist/report.js), loaded on demand.
 */
export { makeReport, type MadeReport, type ReportRequest } from './make';
export { findingsOf, type CommitFinding } from './findings';
export { attributedHistory, type AttributedStep } from './read';
export { reportPage } from './page';
export { reportCsv, reportText } from './text';
export { DEFINITIONS } from './definitions';
export type * from './types';
