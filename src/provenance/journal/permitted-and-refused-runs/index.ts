/** The door of runs: what agents ran with permission, and what they were refused, until it is in git's notes. */
export {
  forgetPending,
  hasPendingStatements,
  idOfStatement,
  keepStatement,
  pendingStatements,
} from './pending-run-statements';
export { closeRun, forgetOpenRuns, hasOpenRuns, openRun, type RunningCall } from './open-runs';
export { oneLine, parseStatement, reasonText, textOfStatement, timeOf } from './run-statement-text';
export type { KeptDetail, RunCommand, RunSignature, RunStatement } from './types';
