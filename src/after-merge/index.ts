/**
 * After the merge: deployments, the trace of a line, incidents. A bundle of its own, loaded on demand.
 */
export { checkDeployment, type DeployRequest, type DeployResult, type Frozen, type Waiting } from './deployments/check';
export {
  DEPLOYMENT_STATES,
  readDeployments,
  recordDeployment,
  STAGE,
  type Deployment,
  type DeploymentState,
} from './deployments/records';
export { recordFromForge, type DeploymentSource, type FromForge } from './deployments/from-forge';
export { keepPrompts, purgePrompts, readPrompts, type CommitPrompt } from './prompts';
export { traceCommit, TraceError, traceLine, type TracePorts } from './trace/trace';
export type { Suggestion, Trace } from './trace/types';
export { beginIncident, type BegunIncident, type IncidentRequest } from './incidents/begin';
export { lessonsByAssistant, type LessonsByAssistant } from './incidents/by-assistant';
export { incidentMarkdown, incidentPage, type IncidentContext } from './incidents/report';
export { knownSuspects, type KnownSuspect } from './incidents/known-suspects';
export type { Reason } from './incidents/evidence';
export type { Found, Suspect } from './incidents/suspects';
export type { WindowChange } from './incidents/window-changes';
export { slugOf } from './incidents/write';
export { begunText } from './incidents/text';
export { traceText } from './trace/text';
export { runsAround, type RunsAround } from './runs/around';
export { knownRuns, type KnownRun, type KnownRuns } from './runs/known-runs';
export { sessionText, traceRun, traceSession, type SessionTrace } from './runs/trace-session';
export { exceptionWords, runRows, runWords } from './runs/words';
export { attributionByNotes } from './attribution';
export { compareWith } from './evidence/compare';
export { verdictOf, type Checked } from './evidence/checked';
export { bundleText, fileDigest, makeEvidence } from './evidence/make';
export { evidencePage } from './evidence/page';
export { BUNDLE_AT_MOST } from './evidence/read-bundle';
export { evidenceText, verificationText } from './evidence/text';
export { EvidenceError, type Evidence } from './evidence/types';
export { statementOf } from './evidence/statement';
export { verifyBundle, type Signers, type Verification } from './evidence/verify';
