/** What a change does to what checks it: tests, suppressions, thresholds, and the steps of CI that run scanners. */
export { dataTests } from './removed-dbt-tests';
export { scanners } from './checks-dropped-from-ci-hooks-and-scripts';
export { suppressions } from './added-suppressions-and-exclusions';
export { tests } from './removed-and-weakened-tests';
export { thresholds } from './lowered-thresholds';
export { weakenings } from './weaker-settings-and-tests';
