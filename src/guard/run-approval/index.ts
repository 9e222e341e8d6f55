/** The door of run approvals: one command that a second person lets an agent run, once. */
export { approveRequest, directoryOf } from './sign-approval';
export { giveApproval, objectionToRequest, type GivenApproval } from './give-approval';
export { keepApproved } from './record-given-approval';
export { approvedRun, judgeApproval, letThrough, objectionToApproval } from './judge-approval';
export {
  approvalCode,
  approvalOfCode,
  COMMAND_AT_MOST,
  idOfRequest,
  parseApproval,
  parseRequest,
  requestCode,
  requestOfCode,
  RUN_NAMESPACE,
  VALID_MS,
  type RunRequest,
  type SignedApproval,
} from './request-and-approval';
export { findRun, keepApproval, keepRequest, runs } from './stored-runs';
export { workTreeId } from './worktree-content-id';
export { readAuthority } from './people-who-may-approve';
export { signersOf } from './signers-of-recorded-approvals';
