/** The door of git: the repository, its diffs, commits and hooks. It knows no authors: see `commits`. */
export {
  GitError,
  gitCalls,
  runGit,
  startAndWait,
  tooManyOpen,
  type Start,
  isGitError,
  whyFailed,
} from './plumbing/run-git';
export { outputLines, outputNames } from './plumbing/lines-and-names-in-output';
export { bareFolder, findPlaces, Repository, type Places } from './plumbing/repository';
export { committedFile } from './plumbing/committed-file';
export { changesOfCommits } from './diff/own-changes-of-commits';
export { comparisonsOf, ownOf, mergeOwnChanges } from './diff/own-changes-of-merges';
export {
  completed,
  diffTrees,
  hasLines,
  isSpecial,
  isZero,
  type DiffFile,
  rememberDiff,
  diffIndex,
  forgetDiffs,
  rememberedDiff,
} from './diff/diff-trees-and-index';
export { withAlternates } from './plumbing/alternates-variable';
export { inMerge } from './plumbing/merge-in-memory';
export { writeCommitOf, writeTreeOf } from './plumbing/write-trees-and-commits';
export { emptyTree, isolatedGit } from './plumbing/isolated-git';
export {
  gitHooksState,
  BUSY_TIMES,
  HOOK_MS,
  HooksError,
  lfsHooksState,
  writeGitHooks,
  hooksAreAsLeft,
  repairGitHooks,
  hasEditorRuntime,
  carriesNotesLater,
  isNewClone,
  markNewClone,
  registerClone,
  saveEditorRuntime,
  saveProgram,
  uninstallGitHooks,
  type HooksReport,
  type HooksState,
  type Runtime,
  wereInstalled,
} from './hooks';
export { nameForGit } from './plumbing/name-in-index';
export { branchNow, headNow, headOf, mayHaveRefs, refNow } from './plumbing/head-and-branch';
export { baseRemote, baseRemoteOf, remotesIn } from './plumbing/remotes-in-configuration';
export { repositoryName } from './plumbing/repository-name';
export { submodulesOf } from './plumbing/submodules';
export { isCutOff, readCommit, readCommits, whereCutOff, type Commit, parseCommit } from './plumbing/read-commits';
export { parseEntries, type TreeEntry, treeEntries } from './diff/tree-entries';
export { patchesFor, treesOf } from './diff/trees-of-chosen-files';
export { combinedChanges, type CombinedFile } from './diff/combined-files-of-merges';
export {
  changedFilesOf,
  isPatch,
  patchesOf,
  changedLinesOf,
  type RawChange,
  type Comparison,
  type PatchFile,
  type PatchHunk,
  tellsTooLittle,
  askedOf,
} from './diff/stream-patches-between-commits';
export { readBlobs, readNamed } from './plumbing/read-blobs-and-named-objects';
export { readStateFile, writeStateFile } from './plumbing/best-effort-state-file';
export { untrustedFile } from './plumbing/untrusted-file-in-repository';
export {
  scratchFolder,
  withWorktreeIndex,
  withWorktreeTree,
  indexTree,
  type WorktreeIndex,
} from './diff/uncommitted-trees';
