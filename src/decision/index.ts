/**
 * The door to the decision for work at hand: attribution and policy brought together. Loads no YAML unless a policy is
 * new.
 */
export {
  findInBlobs,
  findInEach,
  findInRange,
  findInText,
  findInWork,
  readPlanFile,
  textsOfBlobs,
  textsOfWork,
  type BlobPair,
  type Found,
  type PlanFile,
  type RulesOfPolicy,
  type WorkFile,
} from './findings';
export { findQuicklyIn } from './findings/quick';
export { decideLocally, type LocalDecision } from './local-decision';
export { highestRisk, trailerPolicy, trailerPolicyOf } from './trailer-policy';
