/** The door of the policy starter: what a first `.linekeeper.yml` could say here, from what the repository holds. */
export { readFacts, type RepositoryFacts } from './facts';
export { PRESETS, isPreset, starterPolicy, type Preset } from './starter';
