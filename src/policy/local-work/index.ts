/**
 * What work that is not shared yet will be asked: attribution and policy brought together. Loads the YAML parser only
 * for a new policy.
 */
export { decideLocally, type LocalDecision } from './local-decision';
export { highestRisk, trailerPolicy, trailerPolicyOf } from './trailer-policy';
