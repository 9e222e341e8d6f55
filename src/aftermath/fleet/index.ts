/** Questions about many repositories, answered from their exports. */
export { ask, DUCKDB, findDuckdb, merge, type Answer } from './run-in-duckdb';
export { clickhouseView } from './views-by-sql-engine';
export { foldersOf, gatherExports } from './gather-exports';
export { questionIn, questions, type Question } from './load-sql-question-files';
