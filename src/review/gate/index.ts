/**
 * The gate: from a range of commits to a verdict, and its formats. Loads YAML and a schema library: not for hooks.
 */
export { readApprovals } from './approvals/read-approvals-file';
export { policyOfDeployment } from './policy-for-deployment-sign-off';
export { attributionByNotes, attributionOnce } from './attribution-by-notes';
export { readBase } from './read-deciding-files-of-base';
export { checkRange, noFindings } from './check-range';
export type { CheckRequest, CheckResult, Emergency } from './check-question-and-result';
export { blame, IGNORE_FILE } from './blame-with-claims';
export { asCounted, countingEach, workAsCounted, type CountedCommit } from './disclosures/attribution-as-counted';
export { applyDisclosures } from './disclosures/read-and-apply-disclosures';
export { withClaimsOn } from './disclosures/ai-claimed-by-foreign-notes';
export { risksOf, withRiskClaims } from './disclosures/doubt-lines-by-ai-risk-trailer';
export { GateError } from './gate-error';
export { countedByRecorder } from './lines-of-commits-without-recorder';
export { isSignedTag, tagFileOf, tagFileText } from './signed-policy-tag';
export { signedBy, type SignedParts } from './signed-policy-updates';
export { POLICY_NAMESPACE, policySignersIn, signatureOf } from './vendored-policy-signature';
export { iconOf } from './formats/verdict-words';
export { FORMATS, isFormatId } from './formats/registry';
export { FORMAT_IDS, type Format } from './formats/types';
export { netChange, type NetChange, type NetFile } from './range/net-change-with-authors';
export type {
  AttributionOf,
  AuthorsOf,
  CommitAuthors,
  GivenApproval,
  RangeToSign,
  SignedApprovals,
  SignedFor,
} from './gate-input-types';
export { unknownReasonsByCommit } from './explain-line-counts';
export { unknownReasonsOfCommits, unknownReasonsOfCommit } from './reasons-for-unknown-lines';
export { commitsWithoutNotes, missingNotesNotice } from './disclosures/missing-notes';
export { commitOf, findCommit } from './range/resolve-revision-names';
export { readRange, refuseShallow, isMergedInto, type Range } from './range/commit-range';
export { sinceAdoption } from './range/adoption-commit';
export { mailmapIn, readPeople } from './approvals/contributors-and-mailmap-of-range';
