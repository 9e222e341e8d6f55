/**
 * Where the policy comes from: files of commits, the working copy, and the compiled form that hooks read.
 */
export { baseBranch, cacheOf } from './base-entry';
export { loadPolicy, type LoadedPolicy } from './local';
export { compiled, digestOf, type CompiledPolicy } from './compiled';
export { holdsAgents, isHeld } from './held';
export { treeFiles, type TreeFile } from './tree-files';
