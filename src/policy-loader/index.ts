/**
 * Where the policy comes from: files of commits, the working copy, and the compiled form that hooks read.
 */
export { baseBranch, cacheOf } from './base-branch-entry';
export { loadPolicy, type LoadedPolicy } from './load';
export { compiled, digestOf, type CompiledPolicy } from './compile-cache';
export { restrictsAgents, wasRestricting } from './restricts-agents-marker';
export { treeFiles, type TreeFile } from './tree-files';
