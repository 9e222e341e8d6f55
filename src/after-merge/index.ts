/** After the merge: deployments, the trace of a line, incidents. A bundle of its own, read when one of these is asked for. */
export { checkDeployment, type DeployRequest, type DeployResult, type Frozen, type Waiting } from './deployments/check';
export { DEPLOYMENT_STATES, DEPLOYMENTS_REF, readDeployments, recordDeployment, STAGE, type Deployment, type DeploymentState } from './deployments/records';
export { addLineNotes, fetchLineNotes, LineNotesError, pushLineNotes, readLineNotes, removeLineNotes, type LineNotesSynced } from './line-notes';
