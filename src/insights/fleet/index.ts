/** Questions about many repositories, answered from their exports. */
export { ask, DUCKDB, findDuckdb, merge, type Answer } from './duckdb';
export { clickhouseView, duckdbView, type ClickhouseSource } from './dialects';
export { foldersOf, gatherExports, type Exports } from './exports';
export { questionIn, questions, type Question } from './questions';
