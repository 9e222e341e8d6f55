/** The door of runs: what agents ran with permission, and what they were refused, until it is in git's notes. */
export {
  closeRun,
  forgetOpenRuns,
  forgetPending,
  hasOpenRuns,
  hasPendingStatements,
  idOfStatement,
  keepStatement,
  openRun,
  pendingStatements,
  sharedDirOf,
  type RunningCall,
} from './pending';
export { minuteOf, oneLine, parseStatement, reasonText, STATEMENT_AT_MOST, textOfStatement } from './statement-text';
export type { PlacedStatement, RunCommand, RunDetail, RunSession, RunSignature, RunStatement } from './types';
