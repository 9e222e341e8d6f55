/**
 * The door to decisions on unshared work: attribution and policy brought together. Loads the YAML parser only for a new
 * policy.
 */
export {
  findInBlobs,
  findInEach,
  findInRange,
  findInText,
  readPlanFile,
  textsOfBlobs,
  textsOfWork,
  type BlobPair,
  type PlanFile,
  type WorkFile,
} from './findings';
export { findQuicklyIn } from './findings/quick';
export { decideLocally, type LocalDecision } from './local-decision';
export { highestRisk, trailerPolicy, trailerPolicyOf } from './trailer-policy';
