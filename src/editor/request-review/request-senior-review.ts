/**
 * *Request Review*: shows the pull request and creates it if the person is signed in at the forge; else opens
 * the forge's page for it, filled in. It starts from any state of the work: the steps that are needed first are listed,
 * and nothing is saved, committed, pushed or sent without the person's consent.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { RequestedReview } from '../../review/request';
import type { Surveys } from '../state/survey-worktrees';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from '../commands/choose-worktree';
import { gitOf } from '../commands/git-extension';
import type { BranchFacts } from '../../review/pull-request';
import { pushNotesToo, reasonOf } from '../commands/push-notes';
import { writesTrailers } from '../hooks/announce-set-up-state';
import type { VirtualPages } from '../virtual-pages';
import { accessTo, knownForge, offerSignIn, placeOf, type Access, type ForgeRemote } from './forge-access';
import { isForgeError } from './forge-failure-text';
import { openForm } from './open-pull-request-page';
import { showAndSend } from './preview-and-send-pull-request';
import { commandsFor, messageFor, type Situation, type Step } from './steps-before-review';
import { askSteps } from './steps-dialog';

/** Errors whose messages are for people. */
const EXPECTED: ReadonlySet<string> = new Set(['ReviewError', 'GateError', 'GitError', 'HooksError']);

interface RequestReviewPorts {
  readonly worktrees: Worktrees;
  readonly surveys: Surveys;
  readonly pages: VirtualPages;
  /** Throws a HooksError or a GitError. */
  readonly installHooks: (worktree: Worktree) => Promise<unknown>;
  readonly t: Translate;
}

/** The state of the work, its forge, and whether the person is signed in there. */
interface Standing {
  readonly situation: Situation;
  readonly place: ForgeRemote;
  readonly access: Access | undefined;
}

export function requestSeniorReview(ports: RequestReviewPorts): () => Promise<void> {
  return async () => {
    const { surveys, t } = ports;
    const worktree = await chooseWorktree(ports.worktrees, t);
    if (!worktree) return;
    try {
      for (;;) {
        const standing = await busy(t('Looking at your changes…'), () => standingOf(worktree, surveys, t));
        if (!standing) return;
        const steps = await stepsChosen(worktree, standing, t);
        if (steps === 'saved') continue;
        if (steps) await perform(worktree, steps, standing, ports);
        return;
      }
    } catch (error) {
      if (!(error instanceof Error) || !EXPECTED.has(error.name)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}

/** Undefined after a message that there is nothing to do. Throws a ReviewError or a GitError. */
async function standingOf(worktree: Worktree, surveys: Surveys, t: Translate): Promise<Standing | undefined> {
  const { reviewBase } = await import('../../review/request'); // loads parsers that nothing else here needs
  const uncommitted = (await surveys.fresh(worktree))?.change.files.map((file) => file.path) ?? [];
  const standing = await reviewBase(worktree.repository, knownForge);
  if (standing.commits === 0 && uncommitted.length === 0) {
    void vscode.window.showInformationMessage(
      t('Nothing to review: no uncommitted changes, and no commits ahead of {0}.', standing.base),
    );
    return undefined;
  }
  const hooks = writesTrailers(await worktree.hooksState());
  const staged = (await worktree.repository.git(['diff', '--cached', '--quiet'], { codes: [0, 1] })).code === 1;
  const place = await placeOf(worktree.repository, standing.address, standing.remote);
  return { situation: { ...standing, uncommitted, staged, hooks }, place, access: await accessTo(place) };
}

async function stepsChosen(
  worktree: Worktree,
  { situation, access }: Standing,
  t: Translate,
): Promise<readonly Step[] | 'saved' | undefined> {
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) =>
      document.isDirty &&
      document.uri.scheme === 'file' &&
      !path.relative(worktree.root, document.uri.fsPath).startsWith('..'),
  );
  if (situation.pushed && situation.uncommitted.length === 0 && !situation.onBase && unsaved.length === 0)
    return [{ kind: 'open' }];
  const git = await gitOf(worktree);
  const typed = git?.inputBox.value.trim() ?? '';
  const answer = await askSteps(
    {
      situation,
      message: typed === '' ? messageFor(situation.uncommitted) : typed,
      unsaved,
      signedIn: access !== undefined,
    },
    t,
  );
  return answer === 'saved' || answer === undefined ? answer : answer.steps;
}

/** One after the other; the first failure is reported and ends it. */
async function perform(
  worktree: Worktree,
  steps: readonly Step[],
  { place, access }: Standing,
  { pages, installHooks, t }: RequestReviewPorts,
): Promise<void> {
  if (steps.some(({ kind }) => kind === 'setUp')) await installHooks(worktree);
  const git = await gitOf(worktree);
  if (!git && steps.some(({ kind }) => kind !== 'setUp' && kind !== 'open')) {
    const terminal = vscode.window.createTerminal({ cwd: worktree.root });
    terminal.show();
    terminal.sendText(commandsFor(steps), false);
    void vscode.window.showInformationMessage(t('Run the commands in the terminal, then request the review again.'));
    return;
  }
  for (const step of steps) {
    try {
      if (step.kind === 'branch') await git?.createBranch(step.name, true);
      if (step.kind === 'commit') {
        await git?.commit(step.message, { all: !step.staged });
        if (git) git.inputBox.value = '';
      }
    } catch (error) {
      void vscode.window.showErrorMessage(
        step.kind === 'branch'
          ? t('The branch could not be created: {0}', reasonOf(error))
          : t('The commit failed: {0}', reasonOf(error)),
      );
      return;
    }
  }
  const requested = await prepared(worktree, place, access, t);
  const isPushed = requested.branch.pushed || steps.some(({ kind }) => kind === 'push');
  if (steps.some(({ kind }) => kind === 'push') && !(await push(worktree, requested.branch, t))) return;
  const openInBrowser = (): Promise<void> => openForm(worktree, place, requested, t);
  // the forge can't make a pull request of commits that it does not have; its page says so
  if (access && isPushed)
    return showAndSend({ access, place, requested, root: worktree.root, pages, openInBrowser, t });
  await openInBrowser();
  if (!access) await offerSignIn(place);
}

const busy = <T>(title: string, work: () => Promise<T>): Thenable<T> =>
  vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work);

async function prepared(
  worktree: Worktree,
  { forge }: ForgeRemote,
  access: Access | undefined,
  t: Translate,
): Promise<RequestedReview> {
  const { requestReview } = await import('../../review/request');
  const openRequests = access && {
    openRequests: () =>
      access.api.openRequests().catch((error: unknown) => {
        if (isForgeError(error)) return undefined; // who is busy is not essential; the next request reports what is wrong
        throw error;
      }),
  };
  return busy(t('Preparing the review…'), () =>
    requestReview({
      ...{ repository: worktree.repository, forge, wholeText: 'clipboard', now: worktree.now },
      ...openRequests,
    }),
  );
}

// Pushes a branch and its attribution notes, after the person agreed.

/**
 * True when the branch is on the remote afterwards. If the editor has no git of its own, the command is put into a
 * terminal.
 */
async function push(worktree: Worktree, { remote, head, pushCommand }: BranchFacts, t: Translate): Promise<boolean> {
  const repository = await gitOf(worktree);
  if (!repository) {
    const terminal = vscode.window.createTerminal({ cwd: worktree.root });
    terminal.show();
    terminal.sendText(pushCommand, false);
    void vscode.window.showInformationMessage(
      t('Push with the command in the terminal, then request the review again.'),
    );
    return false;
  }
  try {
    // The editor's own git has the person's credentials.
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Pushing {0}…', head) },
      async () => {
        await repository.push(remote.name, `HEAD:refs/heads/${head}`, true);
        await pushNotesToo(worktree, remote.name, repository, t);
      },
    );
    return true;
  } catch (error) {
    void vscode.window.showErrorMessage(t('{0} could not be pushed: {1}', head, reasonOf(error)));
    return false;
  }
}
