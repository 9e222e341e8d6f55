/** What is shown: pages, trees, warnings, notices. */
import type * as vscode from 'vscode';
import { SessionFiles } from '../changes/session-diff-documents';
import { ChangesTree } from '../changes/changes-tree';
import { policyPage, POLICY_PAGE, ruleUri } from '../commands/open-policy';
import { openSessionDiff } from '../commands/open-session-diff';
import { setUpPage, SET_UP_PAGE } from '../commands/preview-set-up';
import { trailersPage, TRAILERS_PAGE } from '../commands/preview-trailers';
import { revertSession } from '../commands/revert-session';
import { coveragePage, COVERAGE_PAGE } from '../commands/show-assistant-coverage';
import { ExceptionStatus } from '../agent-refusals/exception-status';
import { HELD_BACK_PAGE, heldBackPage } from '../agent-refusals/refusals-page';
import { HeldBack } from '../agent-refusals/notify-of-refusals';
import { SetUpAnnouncer } from '../hooks/announce-set-up-state';
import { FirstRun } from '../hooks/offer-set-up';
import { Notices } from '../hooks/notice-queue';
import { putOnTerminalPath } from '../hooks/terminal-path';
import { translate as t } from '../translate';
import { Acknowledgements } from '../problems/acknowledgements';
import { Dangers } from '../problems/find-dangers';
import { Problems } from '../problems/change-diagnostics';
import { warningPage } from '../problems/warning-help-page';
import { ReviewDocuments } from '../review/review-documents';
import { fetchNotesQuietly } from '../review/fetch-notes';
import { OfferNotes } from '../review/offer-to-fetch-notes';
import { Reviews } from '../review/background-reviews';
import { ReviewTree } from '../review/review-tree';
import { commitPage } from '../commit-pages';
import { VirtualPages } from '../virtual-pages';
import { Lessons } from '../problems/lessons-of-worktree';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import type { Knowledge } from './wire-background-state';
import type { Recording } from './wire-recording';
import type { Workplace } from './window-context';

export interface Known {
  readonly workplace: Workplace;
  readonly recording: Recording;
  readonly knowledge: Knowledge;
}

export function surfacesOf(context: vscode.ExtensionContext, { workplace, recording, knowledge }: Known) {
  const { now, home, log, runtime, setupOptions, worktrees, ofDocuments, ofWorktrees } = workplace;
  const { assistants, recorder } = recording;
  const { surveys, formerPath, pictures } = knowledge;

  const acknowledgements = new Acknowledgements();
  const pages = new VirtualPages(
    {
      [TRAILERS_PAGE]: (root) => withWorktree(worktrees, root, (worktree) => trailersPage(worktree, pictures, t)),
      [SET_UP_PAGE]: (root) =>
        withWorktree(worktrees, root, (worktree) => setUpPage(worktree, runtime, setupOptions, t)),
      [COVERAGE_PAGE]: (root) =>
        withWorktree(worktrees, root, (worktree) =>
          Promise.resolve(coveragePage(worktree, setupOptions, assistants.unseen(), t)),
        ),
      [POLICY_PAGE]: (root) => withWorktree(worktrees, root, policyPage),
      [HELD_BACK_PAGE]: (root) =>
        withWorktree(worktrees, root, (worktree) => Promise.resolve(heldBackPage(worktree, t))),
    },
    (root, commit) => withWorktree(worktrees, root, (worktree) => commitPage(worktree, commit)),
  );
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
    changed: async () => {
      putOnTerminalPath(context, home, runtime, t);
      await announcer.announce();
    },
  };
  return {
    acknowledgements,
    pages,
    announcer,
    notices,
    firstRun,
    tree,
    sessions,
    dangers,
    ruleAt,
    lessons,
    problems,
    exceptions,
    heldBack,
    allowing,
    reviews,
    reviewDocuments,
    reviewing,
    offerNotes,
    settingUp,
  };
}

export type Surfaces = ReturnType<typeof surfacesOf>;

async function withWorktree(
  worktrees: Worktrees,
  root: string,
  use: (worktree: NonNullable<ReturnType<Worktrees['ofFolder']>>) => Promise<string>,
): Promise<string> {
  const worktree = worktrees.ofFolder(root);
  return worktree ? use(worktree) : '';
}
