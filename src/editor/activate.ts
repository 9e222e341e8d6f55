/** The composition root of the extension: makes every part and gives each what it uses. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { backgroundOf, splicesFrom, type Background } from './background';
import { SessionFiles } from './changes/session-files';
import { ChangesTree, CHANGES_VIEW } from './changes/tree';
import { leaveRuntime, runtimeOf } from './chat/runtime';
import { readClipboard } from './clipboard';
import { acknowledge, takeBackAcknowledgement } from './commands/acknowledge';
import { declareAuthor } from './commands/declare-author';
import { declareUnknown } from './commands/declare-unknown';
import { explainRule, rulePage } from './commands/explain-rule';
import { investigateIncident } from './commands/investigate-incident';
import { openPolicy, policyPage, POLICY_PAGE, ruleUri } from './commands/open-policy';
import { reportCommands } from './commands/open-report';
import { openSessionDiff } from './commands/open-session-diff';
import { previewSetUp, setUpPage, SET_UP_PAGE } from './commands/preview-set-up';
import { previewTrailers, trailersPage, TRAILERS_PAGE } from './commands/preview-trailers';
import { revertSession } from './commands/revert-session';
import { setUp } from './commands/set-up';
import { setupOptionsOf } from './commands/set-up-options';
import { undoSetUp } from './commands/undo-set-up';
import { coveragePage, COVERAGE_PAGE, showCoverage } from './commands/show-coverage';
import { showProvenance } from './commands/show-provenance';
import { registerCommands } from './commands/registry';
import { announceRecording, announceReview, announceWorktrees, isReviewOpen } from './contexts';
import { whatWillCiSay } from './commands/what-ci-says';
import { switchRuleOff } from './commands/switch-rule-off';
import { toggleAttribution } from './commands/toggle-attribution';
import { Filler } from './transcripts/backfill';
import { allowForAWhile, endAllowance } from './held-back/allow';
import { ExceptionStatus } from './held-back/exception-status';
import { HELD_BACK_PAGE, heldBackPage } from './held-back/page';
import { HeldBack } from './held-back/tell';
import { SetUpAnnouncer } from './hooks/announce';
import { FirstRun } from './hooks/first-run';
import { healHooks, rememberHooks } from './hooks/reinstall';
import { installGitHooks } from '../commits';
import { saveProgram } from '../git';
import { Notices } from './hooks/notices';
import { watchTerminals } from './hooks/terminal-notice';
import { ProvenanceHover } from './decorations/hover';
import { Marks } from './decorations/decorations';
import { Acknowledgements } from './problems/acknowledgements';
import { BlastHover } from './problems/blast-hover';
import { Dangers } from './problems/dangers';
import { Fixes } from './problems/fixes';
import { registerAssistance } from './policy/language-features';
import { watchPolicy } from './policy/broken-notice';
import { PolicyDiagnostics } from './policy/diagnostics';
import { Problems } from './problems/problems';
import { warningPage } from './problems/warning-page';
import { Pictures } from './state/changed-files';
import { CommittedAuthors } from './state/committed-authors';
import { Sights } from './state/visible-document-hunks';
import { Surveys } from './state/survey-worktrees';
import { ReviewDocuments, REVIEW_SCHEME } from './review/documents';
import { fetchNotesOnAuthors, fetchNotesQuietly } from './review/fetch-notes';
import { OfferNotes } from './review/offer-notes';
import { requestChanges } from './review/request-changes';
import { approveOnForge } from './review/forge-page';
import { ReviewHover } from './review/hover';
import { ReviewMarks } from './review/marks';
import { goToNextUnread, markReadAndGoOn, openReviewedFile, showReview } from './review/read-on';
import { Reviews } from './review/reviews';
import { signReview } from './review/sign';
import { ReviewTree } from './review/tree';
import { Accepting } from './recording/commands/accepting';
import { CommandBrackets } from './recording/commands/command-brackets';
import { ChatEdits } from './recording/chat/chat-edits';
import { UnsavedTexts } from './recording/document/unsaved-text';
import { listenToEdits } from './recording/listeners';
import { Recorder } from './recording/recorder';
import { AssistantsInWindow } from './recording/chat/assistants-at-work';
import { Unrecorded } from './recording/untracked-status';
import { StatusBar } from './status/status-bar';
import { Tracing } from './tracing';
import { translate as t } from './translate';
import { askTeams } from './request-review/ask-teams';
import { requestSeniorReview } from './request-review/request-senior-review';
import { VirtualPages } from './virtual';
import { watchNewRepositories } from './workspace/new-repositories';
import { PlaceFinder } from './workspace/places';
import { Lessons } from './problems/lessons';
import { traceLine } from './commands/trace-line';
import { watchWorktrees } from './workspace/watch';
import type { Worktree } from './workspace/worktree';
import { Worktrees } from './workspace/worktrees';

export function activateEditor(context: vscode.ExtensionContext): void {
  const now = Date.now;
  const home = homedir();
  const log = vscode.window.createOutputChannel('Linekeeper', { log: true });
  const runtime = runtimeOf(context.extensionPath);
  const setupOptions = setupOptionsOf(runtime, home, process.env);
  const places = new PlaceFinder(now);
  // What somebody sees while typing must not wait until a large change of many files is understood.
  const tracing = new Tracing(log);
  const inBackground = (): Background =>
    backgroundOf(
      context.extensionPath,
      (sentence) => log.warn(sentence),
      () => tracing.sink,
    );
  const [ofDocuments, ofWorktrees] = [inBackground(), inBackground()];
  const worktrees = new Worktrees(places, now, ofDocuments, ofWorktrees);

  // What happens.
  const accepting = new Accepting(now);
  const commands = new CommandBrackets();
  const chatEdits = new ChatEdits(now);
  const assistants = new AssistantsInWindow({
    now,
    isEditing: (uri) => accepting.wasJust(uri.toString()) || chatEdits.covers(uri),
  });
  const willBeSaved = (file: string): void => {
    const located = vscode.workspace.isTrusted ? places.locate(file) : undefined;
    const worktree = located && worktrees.of(file);
    // Asked ahead, so that a save need not wait for git; and not while the key press is being handled.
    if (worktree) setImmediate(() => void worktree.isIgnored(located.path));
  };
  const unrecorded = new Unrecorded(t, log);
  const unsaved = new UnsavedTexts(context.storageUri, now());
  const recorder = new Recorder({
    places,
    worktreeOf: (file) => worktrees.of(file),
    willBeSaved,
    accepting,
    commands,
    assistants,
    unrecorded,
    clipboard: readClipboard,
    unsaved,
    compare: async (before, after) => splicesFrom(await ofDocuments.ask('compare', { before, after })),
    now,
    log,
  });

  // What is known.
  const filler = new Filler({ program: join(context.extensionPath, 'dist', 'fill.js'), home, now, log });
  const fill = (): void => {
    if (vscode.workspace.isTrusted && vscode.window.state.focused)
      for (const { root } of worktrees.all()) filler.request(root);
  };
  const surveys = new Surveys({ background: ofWorktrees, now, log });
  const formerPath = (worktree: Worktree, path: string): string | undefined =>
    surveys.of(worktree)?.change.files.find((file) => file.path === path)?.from ?? undefined;
  const sights = new Sights({ recorder, places, worktrees, background: ofDocuments, formerPath, now, log });
  const pictures = new Pictures(surveys, sights);
  const committed = new CommittedAuthors({ background: ofDocuments, formerPath });

  // What is shown.
  const acknowledgements = new Acknowledgements();
  const pages = new VirtualPages({
    [TRAILERS_PAGE]: (root) => withWorktree(worktrees, root, (worktree) => trailersPage(worktree, pictures, t)),
    [SET_UP_PAGE]: (root) => withWorktree(worktrees, root, (worktree) => setUpPage(worktree, runtime, setupOptions, t)),
    [COVERAGE_PAGE]: (root) =>
      withWorktree(worktrees, root, (worktree) =>
        Promise.resolve(coveragePage(worktree, setupOptions, assistants.unseen(), t)),
      ),
    [POLICY_PAGE]: (root) => withWorktree(worktrees, root, policyPage),
    [HELD_BACK_PAGE]: (root) => withWorktree(worktrees, root, (worktree) => Promise.resolve(heldBackPage(worktree, t))),
  });
  const announcer = new SetUpAnnouncer(() => worktrees.all());
  const notices = new Notices();
  const firstRun = new FirstRun({ memory: context.globalState, notices, pictures, hooks: announcer, t, log });
  const tree = new ChangesTree(worktrees, pictures, announcer, t);
  const sessions = {
    worktrees,
    files: new SessionFiles({ worktrees, pictures, recorder, background: ofDocuments, formerPath }),
    sessions: (worktree: Worktree) => tree.sessions(worktree),
    t,
  };
  const dangers = new Dangers({ pictures, background: ofDocuments, now, log });
  const ruleAt = (worktree: Worktree, line: number | null): vscode.Uri =>
    ruleUri(worktree, pages, pictures.survey(worktree)?.local.policy, line);
  const lessons = new Lessons(log);
  const problems = new Problems({
    pictures,
    dangers,
    lessons,
    acknowledgements,
    ruleUri: ({ worktree, tier }, warning) =>
      warningPage(context.extensionUri, worktree, warning) ??
      ruleAt(worktree, warning.about === 'danger' ? null : (tier?.line ?? null)),
    t,
  });
  const exceptions = new ExceptionStatus(worktrees, now, t);
  const heldBack = new HeldBack({
    notices,
    pages,
    now,
    openDiff: openSessionDiff(sessions),
    revert: revertSession(sessions),
    t,
  });
  const allowing = { worktrees, changed: () => exceptions.show(), now, t };
  const reviews = new Reviews(ofWorktrees);
  const reviewDocuments = new ReviewDocuments(worktrees, t);
  const reviewing = {
    worktrees,
    reviews,
    documents: reviewDocuments,
    tree: new ReviewTree(worktrees, reviews, t),
    background: ofWorktrees,
    t,
  };
  const offerNotes = new OfferNotes({
    memory: context.globalState,
    notices,
    surveys,
    fetch: (worktree) => fetchNotesQuietly(reviewing, worktree),
    t,
  });
  const settingUp = {
    worktrees,
    runtime,
    setupOptions,
    memory: context.globalState,
    t,
    changed: () => announcer.announce(),
  };
  const selector: vscode.DocumentSelector = { scheme: 'file' };

  const handlers = {
    'linekeeper.requestSeniorReview': requestSeniorReview({
      worktrees,
      surveys,
      pages,
      installHooks: async ({ repository }) => {
        await installGitHooks(repository, runtime);
        await rememberHooks(context.globalState, runtime);
        await announcer.announce();
      },
      t,
    }),
    'linekeeper.askTeams': askTeams({ worktrees, now, changed: (worktree) => surveys.request(worktree), t }),
    'linekeeper.previewTrailers': previewTrailers(worktrees, pages, (worktree) => surveys.fresh(worktree), t),
    'linekeeper.showProvenance': showProvenance({
      sights,
      pictures,
      ruleUri: ({ worktree, tier }) => ruleAt(worktree, tier?.line ?? null),
      pages,
      t,
      now,
    }),
    'linekeeper.showChanges': () => vscode.commands.executeCommand(`${CHANGES_VIEW}.focus`),
    'linekeeper.openSessionDiff': openSessionDiff(sessions),
    'linekeeper.revertSession': revertSession(sessions),
    'linekeeper.toggleAttribution': toggleAttribution,
    'linekeeper.acknowledge': acknowledge({ problems, acknowledgements, places, worktrees, t }),
    'linekeeper.switchRuleOff': switchRuleOff({ places, worktrees, t }),
    'linekeeper.declareAuthor': declareAuthor({ places, worktrees, recorder, t }),
    'linekeeper.declareUnknown': declareUnknown({ worktrees, survey: (worktree) => surveys.fresh(worktree), t }),
    'linekeeper.setUp': setUp(settingUp),
    'linekeeper.previewSetUp': previewSetUp(worktrees, pages, t),
    'linekeeper.undoSetUp': undoSetUp(settingUp),
    'linekeeper.showCoverage': showCoverage(worktrees, pages, t),
    'linekeeper.openPolicy': openPolicy(worktrees, pages, t),
    ...reportCommands({ worktrees, runtime, t }),
    'linekeeper.explainRule': explainRule(context.extensionUri, t),
    'linekeeper.takeBackAcknowledgement': takeBackAcknowledgement({ problems, acknowledgements, places, worktrees, t }),
    'linekeeper.allowForAWhile': allowForAWhile(allowing),
    'linekeeper.endAllowance': endAllowance(allowing),
    'linekeeper.traceLine': traceLine({ worktrees, places, pages, t }),
    'linekeeper.whatWillCiSay': whatWillCiSay({ worktrees, surveys, pages, runtime, t }),
    'linekeeper.requestChanges': requestChanges(reviewing),
    'linekeeper.showReview': showReview(reviewing),
    'linekeeper.nextUnread': goToNextUnread(reviewing),
    'linekeeper.readAndNext': markReadAndGoOn(reviewing),
    'linekeeper.openReviewedFile': openReviewedFile(reviewing),
    'linekeeper.approveOnForge': approveOnForge(reviewing),
    'linekeeper.signReview': signReview(reviewing),
    'linekeeper.fetchNotes': fetchNotesOnAuthors(reviewing),
    'linekeeper.investigateIncident': investigateIncident({ worktrees, pages, t, now }),
  };

  context.subscriptions.push(
    log,
    tracing,
    ofDocuments,
    ofWorktrees,
    worktrees,
    unrecorded,
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
    new PolicyDiagnostics({ worktrees, pictures, background: ofDocuments, t, log }),
    registerAssistance({ worktrees, background: ofDocuments, t }),
    watchPolicy({ pictures, worktrees: () => worktrees.all(), notices, t }),
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
    surveys.onDidChange((worktree) => {
      announceReview(surveys);
      offerNotes.look(worktree).catch((error: unknown) => log.warn(`Notes could not be offered: ${String(error)}`));
      if (reviewing.tree.isVisible || isReviewOpen()) reviews.request(worktree);
    }),
    registerCommands(handlers, log),
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
    watchWorktrees(worktrees, places, (worktree, what) => {
      surveys.request(worktree);
      if (what === 'files' || what === 'git') fill();
      if (what !== 'files' && what !== 'base') sights.lookAgain(worktree);
      if (what === 'git' || what === 'hooks') void announcer.announce();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => findWorktrees(worktrees, places)),
    watchNewRepositories(places, () => {
      findWorktrees(worktrees, places);
      recorder.openAll();
      announceRecording(recorder);
      sights.lookAgain();
    }),
    worktrees.onDidAdd(({ repository }) => {
      if (vscode.workspace.isTrusted) saveProgram(repository, runtime);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => begin()),
    vscode.window.onDidChangeWindowState(() => fill()),
    pictures.onDidChange((worktree) => firstRun.look(worktree)),
    announcer.onDidChange(() => worktrees.all().forEach((worktree) => firstRun.look(worktree))),
  );

  /** What Restricted Mode holds back. */
  const begin = (): void => {
    leaveRuntime(home, runtime);
    worktrees.all().forEach(({ repository }) => saveProgram(repository, runtime));
    worktrees.all().forEach((worktree) => surveys.request(worktree));
    tree.tellTrailers();
    worktrees.all().forEach(({ root }) => filler.request(root));
    sights.lookAgain();
    void announcer.announce();
    void healHooks(worktrees.all(), { memory: context.globalState, runtime, setupOptions, log });
  };
  findWorktrees(worktrees, places);
  announceWorktrees(worktrees);
  announceRecording(recorder);
  if (vscode.workspace.isTrusted) begin();
}

function findWorktrees(worktrees: Worktrees, places: PlaceFinder): void {
  places.forget();
  for (const { uri } of vscode.workspace.workspaceFolders ?? [])
    if (uri.scheme === 'file') worktrees.ofFolder(uri.fsPath);
}

async function withWorktree(
  worktrees: Worktrees,
  root: string,
  use: (worktree: NonNullable<ReturnType<Worktrees['ofFolder']>>) => Promise<string>,
): Promise<string> {
  const worktree = worktrees.ofFolder(root);
  return worktree ? use(worktree) : '';
}
