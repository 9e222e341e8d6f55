/** What a change does to what checks it: tests, suppressions, thresholds, and the steps of CI that run scanners. */
export { dataTests } from './data-tests';
export { scanners } from './scanners';
export { suppressions } from './suppressions';
export { tests } from './tests';
export { thresholds } from './thresholds';
