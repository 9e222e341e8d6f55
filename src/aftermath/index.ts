/**
 * After the merge: deployments, the trace of a line, incidents. A bundle of its own, loaded on demand.
 */
export { checkDeployment, type DeployResult } from './deployments/check-deployment';
export { readDeployments, recordDeployment, STAGE } from './deployments/deployment-notes';
export { recordFromForge } from './deployments/record-deployments-of-forge';
export { keepPrompts, purgePrompts, readPrompts } from './prompts-in-git-notes';
export { traceCommit, TraceError, traceLine } from './trace/trace-line-or-commit';
export type { Trace } from './trace/types';
export { beginIncident, type BegunIncident } from './investigation/record-incident';
export { lessonsByAssistant } from './investigation/lessons-by-assistant';
export { incidentMarkdown, incidentPage, type IncidentContext } from './investigation/incident-page-and-markdown';
export { knownSuspects } from './investigation/suspect-details';

export { begunText } from './investigation/investigation-text';
export { traceText } from './trace/trace-text';
export { runsAround } from './runs/runs-around-outage';
export { knownRuns, type KnownRun } from './runs/runs-with-checked-approvals';
export { sessionText, traceRun, traceSession } from './runs/trace-session-or-run';
export { exceptionWords, runRows, runWords, withoutPeople } from './runs/describe-runs-and-exceptions';
/** The gate's, which is in this bundle: `status` loads it for a revert only, and the editor knows no other. */
export { attributionByNotes, workAsCounted } from '../review/gate';
export { compareWith } from './evidence/compare-with-repository';
export { verdictOf } from './evidence/verification-verdict';
export type { Signer } from './evidence/sign-dsse-envelope';
export { bundleText, fileDigest, makeEvidence } from './evidence/make-bundle';
export { evidencePage } from './evidence/evidence-page';
export { BUNDLE_AT_MOST } from './evidence/read-bundle';
export { evidenceText, verificationText } from './evidence/evidence-and-verification-text';
export { type Evidence } from './evidence/types';
export type { Cosigners } from './evidence/check-sigstore-statement';
export { statementOf } from './evidence/in-toto-and-slsa-statements';
export { verifyBundle, type Signers, type Verification } from './evidence/verify-bundle-offline';
