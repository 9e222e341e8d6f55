/** The composition root of the extension: makes every part and gives each what it uses. */
import * as vscode from 'vscode';
import { backgroundOf } from './background';
import { putOnTerminalPath } from './hooks/terminal-path';
import { rulePage } from './commands/explain-rule';
import { registerCommands } from './commands/register-commands';
import { announceRecording, announceReview, announceWorktrees, isReviewOpen } from './context-keys';
import { healHooks } from './hooks/repair-hooks';
import { saveEditorRuntime, saveProgram, type Repository, type Runtime } from '../git';
import { watchTerminals } from './hooks/report-agents-without-hooks';
import { ProvenanceHover } from './decorations/provenance-hover';
import { Marks } from './decorations/author-marks';
import { translate as t } from './translate';
import { CommitLinks } from './commit-pages';
import { SCHEME } from './page-scheme';
import { BlastHover } from './problems/blast-radius-hover';
import { Fixes } from './problems/quick-fixes';
import { registerAssistance } from './policy/policy-completion-and-hover';
import { watchPolicy } from './policy/broken-policy-notice';
import { PolicyDiagnostics } from './policy/policy-diagnostics';
import { REVIEW_SCHEME } from './review/review-documents';
import { ReviewHover } from './review/review-hover';
import { ReviewMarks } from './review/review-marks';
import { listenToEdits } from './recording/recording-listeners';
import { StatusBar } from './status/status-bar';
import { watchLockedSettings } from './personal-and-locked-settings';
import { watchNewRepositories } from './workspace/watch-new-repositories';
import type { PlaceFinder } from './workspace/worktree-of-file';
import { watchWorktrees } from './workspace/watch-worktrees';
import type { Worktrees } from './workspace/worktrees';
import { handlersOf } from './activation/command-handlers';
import { knowledgeOf } from './activation/wire-background-state';
import { recordingOf } from './activation/wire-recording';
import { clipboardWithConsent } from './read-clipboard';
import { surfacesOf, type Known, type Surfaces } from './activation/wire-views';
import { workplaceOf } from './activation/window-context';

export function activateEditor(context: vscode.ExtensionContext, background = backgroundOf): void {
  const workplace = workplaceOf(context, background);
  const recording = recordingOf(workplace, context.storageUri, clipboardWithConsent(context.globalState, t));
  const knowledge = knowledgeOf(context, workplace, recording);
  const known = { workplace, recording, knowledge };
  const surfaces = surfacesOf(context, known);
  const whenTrusted = (): void => begin(context, known, surfaces);
  context.subscriptions.push(
    ...partsOf(context, known, surfaces),
    ...reviewPartsOf(context, surfaces),
    ...listenersOf(context, known, surfaces, whenTrusted),
  );
  const { worktrees, places } = workplace;
  findWorktrees(worktrees, places);
  announceWorktrees(worktrees);
  announceRecording(recording.recorder);
  if (vscode.workspace.isTrusted) whenTrusted();
}

/** What records, knows and shows. */
function partsOf(context: vscode.ExtensionContext, known: Known, surfaces: Surfaces): readonly vscode.Disposable[] {
  const { workplace, recording, knowledge } = known;
  const { now, log, places, tracing, worktrees, ofDocuments, ofWorktrees } = workplace;
  const { accepting, commands, chatEdits, assistants, unrecorded, unsaved, recorder } = recording;
  const { filler, surveys, sights, pictures, committed } = knowledge;
  const { acknowledgements, pages, announcer, notices, problems } = surfaces;
  const selector: vscode.DocumentSelector = { scheme: 'file' };
  return [
    log,
    tracing,
    ofDocuments,
    ofWorktrees,
    worktrees,
    unrecorded,
    notices,
    chatEdits,
    recorder,
    listenToEdits({
      recorder,
      accepting,
      commands,
      assistants,
      unsaved,
      places,
      worktrees,
      storage: context.storageUri,
      log,
    }),
    filler,
    surveys,
    sights,
    pictures,
    acknowledgements,
    pages,
    new Marks(sights, committed, context.extensionUri),
    vscode.languages.registerHoverProvider(selector, new ProvenanceHover(sights, pictures, committed, t, now)),
    vscode.languages.registerHoverProvider(
      selector,
      new BlastHover({ problems, pictures, places, worktrees, background: ofWorktrees, t, log }),
    ),
    new StatusBar({ worktrees, places, pictures, unrecorded, t }),
    problems,
    vscode.languages.registerCodeActionsProvider(selector, new Fixes(problems, t), {
      providedCodeActionKinds: Fixes.kinds,
    }),
    announcer,
    vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, new CommitLinks()),
    new PolicyDiagnostics({ worktrees, pictures, background: ofDocuments, t, log }),
    registerAssistance({ worktrees, background: ofDocuments, t }),
    watchLockedSettings(notices, t),
    watchPolicy({ pictures, worktrees: () => worktrees.all(), notices, t }),
  ];
}

/** What a review of a branch is read with. */
function reviewPartsOf(context: vscode.ExtensionContext, surfaces: Surfaces): readonly vscode.Disposable[] {
  const { tree, sessions, reviews, reviewDocuments, reviewing } = surfaces;
  return [
    tree,
    sessions.files,
    reviews,
    reviewDocuments,
    reviewing.tree,
    new ReviewMarks({
      reviews,
      documents: reviewDocuments,
      extensionUri: context.extensionUri,
      rulePage: (rule) => rulePage(context.extensionUri, rule),
    }),
    vscode.languages.registerHoverProvider({ scheme: REVIEW_SCHEME }, new ReviewHover(reviews, reviewDocuments, t)),
  ];
}

/** What each change leads to, in this order. */
function listenersOf(
  context: vscode.ExtensionContext,
  known: Known,
  surfaces: Surfaces,
  whenTrusted: () => void,
): readonly vscode.Disposable[] {
  const { workplace, recording, knowledge } = known;
  const { log, runtime, setupOptions, places, worktrees } = workplace;
  const { assistants, unrecorded, recorder } = recording;
  const { fill, surveys, sights, pictures } = knowledge;
  const { pages, announcer, notices, firstRun, exceptions, heldBack, reviews, reviewing, offerNotes, tree } = surfaces;
  return [
    surveys.onDidChange((worktree) => {
      announceReview(surveys);
      offerNotes.look(worktree).catch((error: unknown) => log.warn(`Notes could not be offered: ${String(error)}`));
      if (reviewing.tree.isVisible || isReviewOpen()) reviews.request(worktree);
    }),
    registerCommands(handlersOf(context, known, surfaces), log),
    watchTerminals({
      places,
      worktrees: () => worktrees.all(),
      setupOptions,
      memory: context.globalState,
      notices,
      t,
      log,
    }),
    vscode.window.onDidChangeActiveTextEditor(() => announceRecording(recorder)),
    worktrees.onDidAdd(() => announceWorktrees(worktrees)),
    pictures.onDidChange((worktree) => pages.refresh(worktree.root)),
    exceptions,
    surveys.onDidChange((worktree) => {
      const survey = surveys.of(worktree);
      if (survey) sights.headSeen(worktree, survey.head);
    }),
    surveys.onDidChange((worktree) => {
      heldBack.look(worktree, surveys.of(worktree)?.heard.refusals ?? []);
      exceptions.show();
    }),
    surveys.onDidChange((worktree) =>
      assistants.atWork(worktree, (surveys.of(worktree)?.heard.atWork.length ?? 0) > 0),
    ),
    surveys.onDidChange((worktree) => unrecorded.newer(worktree, surveys.of(worktree)?.newer ?? 0)),
    recorder.onDidKeep((worktree) => {
      surveys.request(worktree);
      sights.lookAgain(worktree);
    }),
    watchWorktrees(worktrees, places, (worktree, happening) => {
      surveys.request(worktree);
      if (happening === 'files' || happening === 'git') fill();
      if (happening !== 'files' && happening !== 'base') sights.lookAgain(worktree);
      if (happening === 'git' || happening === 'hooks') void announcer.announce();
      if (happening === 'git') tree.tellTrailers();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => findWorktrees(worktrees, places)),
    watchNewRepositories(places, () => {
      findWorktrees(worktrees, places);
      recorder.openAll();
      announceRecording(recorder);
      sights.lookAgain();
    }),
    worktrees.onDidAdd(({ repository }) => {
      if (vscode.workspace.isTrusted) savePrograms(repository, runtime);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(whenTrusted),
    vscode.window.onDidChangeWindowState(() => fill()),
    pictures.onDidChange((worktree) => firstRun.look(worktree)),
    announcer.onDidChange(() => worktrees.all().forEach((worktree) => firstRun.look(worktree))),
  ];
}

/** What Restricted Mode holds back. */
function begin(context: vscode.ExtensionContext, { workplace, knowledge }: Known, surfaces: Surfaces): void {
  const { home, log, runtime, setupOptions, worktrees } = workplace;
  const { filler, surveys, sights } = knowledge;
  const { announcer, tree } = surfaces;
  putOnTerminalPath(context, home, runtime, t);
  worktrees.all().forEach(({ repository }) => savePrograms(repository, runtime));
  worktrees.all().forEach((worktree) => surveys.request(worktree));
  tree.tellTrailers();
  worktrees.all().forEach(({ root }) => filler.request(root));
  sights.lookAgain();
  void announcer.announce();
  void healHooks(worktrees.all(), { memory: context.globalState, runtime, setupOptions, log });
}

/** For hooks that the repository's settings and the editor's own chat agent run. */
function savePrograms(repository: Repository, runtime: Runtime): void {
  saveProgram(repository, runtime);
  saveEditorRuntime(repository, runtime);
}

function findWorktrees(worktrees: Worktrees, places: PlaceFinder): void {
  places.forget();
  for (const { uri } of vscode.workspace.workspaceFolders ?? [])
    if (uri.scheme === 'file') worktrees.ofFolder(uri.fsPath);
}
