/** The door of the SQL reader: statements of any dialect, and what they do. */
export { judgeSql } from './judge-sql';
export { statementsOf } from './statements';
export { HOLE } from './tokens';
export type { SqlOptions } from './types';
