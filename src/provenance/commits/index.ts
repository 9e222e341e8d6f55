/** The door of commits: how they came about, whose lines they have, their notes, trailers and settling. */
export type { MessageHookCall } from './message/git-message-cleanup';
export { Changes } from './compare-commit-changes';
export { NOTES_REF, readNote } from './notes/format';
export { addLineNotes, mayHaveNotes, readLineNotes, removeLineNotes } from './notes/append-only-line-notes';
export { DEBTS_REF, DEPLOYMENTS_REF, PROMPTS_REF, RUNS_REF, SIGN_OFFS_REF } from './notes/refs-of-line-notes';
export {
  afterCommit,
  afterEdits,
  isWorthPreparing,
  prepareNextCommit,
  waitingFile,
} from './settle/background-work-after-commit';
export { attributeChange, withCounts } from './authors/attribute-change';
export { attributed, showCommits, type CommitAttribution } from './authors/attribution-from-commit-notes';
export {
  believedTime,
  historySteps,
  listHistory,
  type HistoryStep,
  type Listed,
} from './origins/stream-commit-changes-of-history';
export { blameFile, type BlamedLine, type BlameOptions } from './authors/blame-file';
export { exchangeLineNotes, fetchLineNotes, pushLineNotes, type LineNotesSynced } from './notes/sync/sync-line-notes';
export { finishMessage } from './message/finish-message';
export {
  formerAuthorsIn,
  formerAuthorsOf,
  type FormerAuthor,
  type FormerAuthors,
  type FormerAuthorsAsked,
  PERSONS,
} from './authors/authors-of-reverts';
export { answersBefore, keepAnswers } from './message/keep-prepared-trailers-valid';
export { isAncestor } from './origins/is-ancestor';
export {
  addEarlier,
  firstParentSteps,
  sidesIn,
  type FirstParentStep,
  type Side,
  type Sides,
} from './origins/changes-by-first-parent-commit';
export { oldestWithNote } from './origins/commits-older-than-notes';
export { mergeIntoNote, noteIds, noteReader, notesOf, WRITTEN_NOTES_REF } from './notes';
export { missingModelsIn } from './settle/commits-awaiting-model';
export { overridesInWork } from './notes/policy-overrides-in-notes';
export {
  prepareAnswer,
  prepareMessage,
  stagedTrailers,
  type ChangedContents,
  type TrailerPolicy,
} from './message/prepare-message-and-trailers';
export { readTrailers, trailerLine, trailersFor } from './message/trailers';
export { removeDrafts } from './settle/note-drafts-of-linked-worktrees';
export { keepException, keepExceptionEnd, keepRun } from './settle/keep-runs-and-exceptions-until-settled';
export { readRuns, type RecordedException, type RecordedRun } from './notes/runs-and-exceptions-in-notes';
export { revertedBy, revertLeft } from './origins/revert-in-progress';
export { settle, settleAll } from './settle';
export { keepPrompts } from './settle/prompts-into-notes';
export { isSettled } from './settle/settled-checkpoint';
export { settleBeforeRecording } from './settle/settle-before-recording';
export { settleFirst } from './settle/settle-before-read';
export { statusOf } from './authors/attribute-uncommitted';
export { installGitHooks } from './install-hooks-and-record';
