/** Writes what is owed. Hooks load it only where something is. */
export { settle, settleAll, settleOtherWorktrees } from './settle-worktrees';
export { settleRemovedWorktrees } from './settle-removed-worktrees';
export { settleRuns } from './run-statements-into-notes';
export { mergeFetched } from '../notes/sync/merge-fetched-notes';
export { pushAlong } from '../notes/sync/push-notes-along';
