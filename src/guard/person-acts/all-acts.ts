/** The rows of all forges, registries and hosts. */
import { FORGE_ACTS } from './forges';
import type { ForgeActs } from './forges/types';
import { DEPLOYMENT_ACTS, DEPLOYMENT_MUTATIONS, DEPLOYMENT_REQUESTS, DEPLOYMENT_TOOLS } from './deployment-acts';
import { MIGRATION_ACTS } from './migration-acts';
import { REGISTRY_ACTS, REGISTRY_CODE, REGISTRY_REQUESTS } from './package-registry-acts';

/** Each is made when somebody asks for it. */
export const ACTS: readonly (() => ForgeActs)[] = [
  ...FORGE_ACTS,
  () => ({ commands: REGISTRY_ACTS(), requests: REGISTRY_REQUESTS, code: REGISTRY_CODE }),
  () => ({
    commands: DEPLOYMENT_ACTS(),
    requests: DEPLOYMENT_REQUESTS(),
    mutations: DEPLOYMENT_MUTATIONS(),
    tools: DEPLOYMENT_TOOLS,
  }),
  () => ({ commands: MIGRATION_ACTS() }),
];
