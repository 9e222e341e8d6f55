/** The door of the policy starter: what a first `.linekeeper.yml` could say here, based on the repository. */
export { readFacts, type RepositoryFacts } from './read-repository-facts';
export { PRESETS, isPreset, starterFloor, starterPolicy } from './starter-policy';
