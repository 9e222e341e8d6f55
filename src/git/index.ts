/** The door of git: the repository, its diffs, commits, notes, trailers and hooks. */
export { attributeChange } from './attribution/attribute-change';
export { blameFile, type BlamedLine, type BlameOptions } from './attribution/blame';
export { untrustedFile } from './plumbing/untrusted-files';
export { settleBeforeRecording, isSettled } from './settle/checkpoint';
export { isCutOff, readCommit, readCommits, whereCutOff, type Commit, type Person } from './plumbing/commit';
export { completed, diffTrees, hasLines, isSpecial, isZero, type DiffFile } from './diff/diff';
export { removeDrafts } from './settle/linked-worktree-drafts';
export { headNow, headOf } from './plumbing/head';
export {
  gitHooksState,
  HOOK_MS,
  HooksError,
  installGitHooks,
  saveProgram,
  uninstallGitHooks,
  type HooksReport,
  type HooksState,
  type Runtime,
} from './hooks';
export {
  believedTime,
  historySteps,
  listHistory,
  type HistoryStep,
  type Listed,
  type Timed,
} from './history/history-changes';
export { formerAuthorsOf, type FormerAuthor, type FormerAuthors } from './attribution/taken-back';
export { isAncestor } from './history/ancestry';
export { revertedBy } from './history/revert';
export { NOTES_REF, readNote } from './notes/format';
export { Changes } from './notes/patch-id';
export { mergeIntoNote, noteIds, noteReader, notesOf, WRITTEN_NOTES_REF } from './notes';
export { missingModelsIn } from './settle/missing-model';
export { readBlobs, readNamed } from './plumbing/cat-file';
export { comparisonsOf, ownOf } from './diff/merge-changes';
export { patchesOf, type Comparison, type PatchFile, type PatchHunk } from './diff/patches';
export { emptyTree, isolatedGit } from './plumbing/isolated-git';
export { finishMessage } from './message/commit-msg';
export type { HookCall } from './message/git-cleanup';
export {
  prepareAnswer,
  prepareMessage,
  stagedTrailers,
  type ChangedContents,
  type TrailerPolicy,
} from './message/prepare-commit-msg';
export { afterCommit, isWorthPreparing, prepareNextCommit } from './settle/after-commit';
export { readStateFile, writeStateFile } from './plumbing/best-effort-file';
export { bareFolder, findPlaces, isOutside, Repository, type Places } from './plumbing/repository';
export { GitError, gitCalls, runGit, startAndWait, type GitOptions, type GitResult, type Start } from './plumbing/run';
export { settle, settleAll } from './settle';
export { settleFirst } from './settle/settle-before-read';
export {
  addLineNotes,
  DEBTS_REF,
  DEPLOYMENTS_REF,
  PROMPTS_REF,
  mayHaveNotes,
  readLineNotes,
  removeLineNotes,
  SIGN_OFFS_REF,
  type LineNote,
} from './notes/line-notes';
export { fetchLineNotes, pushLineNotes, type LineNotesSynced } from './notes/sync/line-notes';
export { overridesInWork, type PolicyOverride } from './notes/session-remarks';
export { attributed, showCommits, type CommitAttribution } from './attribution/show';
export { statusOf } from './attribution/status';
export { parseEntries, type TreeEntry } from './diff/ls-tree';
export { readTrailers, trailerLine, trailersFor, type Trailer, type TrailerChoice } from './message/trailers';
