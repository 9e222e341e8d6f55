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
  type RunningCall,
} from './pending-run-statements';
export { oneLine, parseStatement, reasonText, textOfStatement, timeOf } from './run-statement-text';
export type { KeptDetail, RunCommand, RunSignature, RunStatement } from './types';
