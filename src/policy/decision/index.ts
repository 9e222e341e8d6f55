/** The decision: what the policy requires of a change, whether the change has it, and who may still sign. Pure and light. */
export { countsAsAi } from './counts-as-ai';
export { aiLines, decide, type DecisionInput } from './decide';
export { isOpenIncidentTier, withOpenIncidents } from './incident-requirement';
export { helpersOf, signersOf, type ToSign } from './possible-signers';
export { missingByFloors, ONCE_FLOOR_ENFORCES, stillMissing, withoutCovered } from './unmet-requirements';
