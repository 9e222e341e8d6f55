/**
 * Where the policy comes from: files of commits, the working copy, and the compiled form that hooks read.
 */
export { baseBranch, baseCommit, baseHead, baseName, cacheOf, commandToFindBase } from './policy-on-base-branch';
export { floorIn, managedFloors, misnamedFiles } from './policy-floors';
export { managedSettings, type LockedSettings, type ManagedSettings } from './managed-settings';
export { holdsAgents, loadPolicy, loadPolicyAndPeople, policyOutside, type LoadedPolicy } from './load-policy';

export {
  digestOf,
  digestWith,
  extendedAmong,
  extendedInFolder,
  extendedInTree,
  type ExtendedFiles,
} from './read-extended-files';
export { codeownersAt, codeownersInFolder, ownersAt } from './read-codeowners';
export { mayBeCalledByCi, ownCiFiles } from './ci-files-of-gate';
export { keptOfRuns, restrictsAgents, wasRestricting } from './restricts-agents-marker';
export { isInside, peopleInFolder, PeopleFileError, problemLines, withPeopleFiles } from './people-files';
export { keepTeams, keptTeams, knownTeams, type KnownTeams } from './cached-team-members';
export { treeFiles, type TreeFile } from './read-files-of-commit';
