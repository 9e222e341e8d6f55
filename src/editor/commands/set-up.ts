/** *Set Up*: says what will be recorded and written where, lets the person choose, and does it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { ASSISTANTS, type Assistant } from '../../agents';
import { hasHooks, hookState, installHooks, SetupError, uninstallHooks, type SetupOptions } from '../../agents/setup';
import { installGitHooks } from '../../commits';
import { GitError, gitHooksState, HooksError, uninstallGitHooks, type Runtime } from '../../git';
import { POLICY_PATH } from '../../policy';
import { pushesNotesAlong, pushNotesAlong, remotesLeftOut, stopPushingNotesAlong } from '../../commits/sync';
import { forgetHooks, rememberHooks } from '../hooks/reinstall';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose';
import { createPolicy } from './create-policy';
import { workflowRow } from './create-workflow';
import type { VirtualPages } from '../virtual';
import { SEPARATOR } from '../../platform';

interface SetUpPorts {
  readonly worktrees: Worktrees;
  readonly pages: VirtualPages;
  readonly runtime: Runtime;
  readonly setupOptions: SetupOptions;
  readonly memory: vscode.Memento;
  readonly t: Translate;
  /** The set-up has changed. */
  readonly changed: () => Promise<void>;
}

interface Choice extends vscode.QuickPickItem {
  /** Does it and returns a sentence about what was done. */
  readonly perform: () => Promise<string> | string;
}

export function setUp(ports: SetUpPorts): () => Promise<void> {
  return async () => {
    const { worktrees, t } = ports;
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    if (!(await explained(t))) return;
    const picked = await vscode.window.showQuickPick(await choices(worktree, ports), {
      title: t('Set Up Linekeeper'),
      placeHolder: t('Choose what Linekeeper may add'),
      canPickMany: true,
      ignoreFocusOut: true,
    });
    if (!picked || picked.length === 0) return;
    const done: string[] = [];
    try {
      for (const choice of picked) done.push(await choice.perform());
    } catch (error) {
      if (!isExpected(error)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
    if (done.length === 0) return;
    await rememberHooks(ports.memory, ports.runtime);
    await ports.changed();
    void vscode.window.showInformationMessage(done.join(' '));
  };
}

/** Three sentences, before any choice. */
async function explained(t: Translate): Promise<boolean> {
  const choose = t('Choose What to Add');
  const detail = [
    t('Linekeeper keeps which lines you typed and which AI wrote in the .git folder. Nothing leaves this machine.'),
    t(
      'Git hooks add trailers such as “Assisted-by” and a git note to commits with AI lines. They go where you push them.',
    ),
    t("Assistant hooks record each assistant's edits as its own. “Undo Set Up” restores every file."),
  ].join('\n\n');
  return (
    (await vscode.window.showInformationMessage(
      t('Set up Linekeeper in this repository?'),
      { modal: true, detail },
      choose,
    )) === choose
  );
}

/**
 * *Undo Set Up*: restores the git hooks of one repository and, where the person wants that, their assistants' hooks,
 * which are one for all repositories. Asks first, and says which of them lose what.
 */
export function undoSetUp({ worktrees, setupOptions, memory, t, changed }: SetUpPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    try {
      const hasGitHooks = (await gitHooksState(worktree.repository)) !== 'absent';
      const assistants = ASSISTANTS.filter((assistant) => hookState(assistant, setupOptions).state !== 'absent');
      if (!hasGitHooks && assistants.length === 0) {
        void vscode.window.showInformationMessage(t('Nothing is set up here, so there is nothing to undo.'));
        return;
      }
      const scope = await askScope(t, worktree, hasGitHooks, assistants);
      if (scope === undefined) return;
      await stopPushingNotesAlong(worktree.repository);
      await uninstallGitHooks(worktree.repository);
      const removed =
        scope === 'everywhere'
          ? assistants.filter((assistant) => uninstallHooks(assistant, setupOptions).outcome !== 'absent')
          : [];
      if (scope === 'everywhere') await forgetHooks(memory);
      await changed();
      const names = [
        ...(hasGitHooks ? [t('the git hooks of this repository')] : []),
        ...removed.map((assistant) => assistant.title),
      ].join(', ');
      void vscode.window.showInformationMessage(t('Removed: {0}. Previous hooks restored. Recorded data kept.', names));
    } catch (error) {
      if (!isExpected(error)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}

/** Undefined when the person cancelled. */
async function askScope(
  t: Translate,
  worktree: Worktree,
  hasGitHooks: boolean,
  assistants: readonly { readonly title: string }[],
): Promise<'here' | 'everywhere' | undefined> {
  const here = t('This Repository Only');
  const everywhere = t('Remove Everything');
  const detail = [
    ...(hasGitHooks
      ? [t('{0}: commits get no more AI trailers. The hooks that were there before are restored.', worktree.root)]
      : []),
    ...(assistants.length > 0
      ? [
          t(
            'All your repositories: edits by {0} are no longer recorded.',
            assistants.map(({ title }) => title).join(', '),
          ),
        ]
      : []),
    t('What was recorded is kept.'),
  ].join('\n\n');
  const answer = await vscode.window.showWarningMessage(
    t('Undo what Linekeeper set up?'),
    { modal: true, detail },
    everywhere,
    ...(hasGitHooks && assistants.length > 0 ? [here] : []),
  );
  return answer === everywhere ? 'everywhere' : answer === here ? 'here' : undefined;
}

const isExpected = (error: unknown): error is Error =>
  error instanceof HooksError || error instanceof GitError || error instanceof SetupError;

async function choices(worktree: Worktree, ports: SetUpPorts): Promise<Choice[]> {
  const { runtime, t } = ports;
  const hooks = await gitHooksState(worktree.repository, runtime);
  const policyFile = path.join(worktree.root, POLICY_PATH);
  const workflow = await workflowRow(worktree, ports.pages, t);
  return [
    {
      label: t('Trailers in commit messages'),
      detail:
        hooks === 'installed' ? t('Already set up.') : t('Adds AI trailers to commits. Existing hooks run first.'),
      picked: true,
      perform: async () => {
        const { kept } = await installGitHooks(worktree.repository, runtime);
        return kept.length > 0
          ? t('Git hooks installed. Your existing hooks ({0}) run first.', kept.join(', '))
          : t('Git hooks installed.');
      },
    },
    await notesChoice(worktree, ports),
    ...foundFirst(
      ASSISTANTS.filter((assistant) => hasHooks(assistant, ports.setupOptions)).map((assistant) =>
        assistantChoice(assistant, ports),
      ),
    ),
    ...(existsSync(policyFile)
      ? []
      : [
          {
            label: t('Starter policy'),
            detail: t('Writes {0}: which files need whose sign-off. Edit it, then commit it.', POLICY_PATH),
            picked: false,
            perform: async () => {
              await createPolicy(worktree);
              return t('Review {0} and add your seniors.', POLICY_PATH);
            },
          },
        ]),
    // Last, because it shows the file's text.
    ...(workflow === undefined ? [] : [{ ...workflow, picked: false }]),
  ];
}

/** Git itself does not push notes: a colleague's clone would not know who wrote what. */
async function notesChoice({ repository }: Worktree, { runtime, t }: SetUpPorts): Promise<Choice> {
  return {
    label: t('Push and fetch notes'),
    detail:
      (await pushesNotesAlong(repository)) && (await remotesLeftOut(repository)).length === 0
        ? t('Already set up.')
        : t('Plain git push and git fetch carry who wrote each line, so colleagues and CI see it too.'),
    picked: true,
    perform: async () => {
      await installGitHooks(repository, runtime); // the hook pushes them
      const remotes = await pushNotesAlong(repository);
      return remotes.length > 0
        ? t('git push and git fetch carry notes ({0}).', remotes.join(', '))
        : t('There is no remote yet. Add one and run Set Up again to push and fetch notes.');
    },
  };
}

/** Assistants that are on this machine come first. */
const foundFirst = (all: readonly Choice[]): Choice[] =>
  [...all].sort((one, other) => Number(other.picked === true) - Number(one.picked === true));

function assistantChoice(assistant: Assistant, ports: SetUpPorts): Choice {
  const { t, setupOptions } = ports;
  const { file, state } = hookState(assistant, setupOptions);
  return {
    label: assistant.title,
    detail:
      state === 'installed'
        ? t('Already set up.')
        : t('Adds hooks to {0} to record its edits.', shortened(file ?? '', setupOptions.home)),
    picked: state === 'installed' || (file !== undefined && existsSync(path.dirname(file))),
    perform: () => {
      const done = installHooks(assistant, setupOptions);
      return done.outcome === 'already'
        ? t('{0} was already set up.', assistant.title)
        : t('{0} is set up ({1}).', assistant.title, shortened(done.file, setupOptions.home));
    },
  };
}

const shortened = (file: string, home: string): string =>
  file.startsWith(home + SEPARATOR) ? `~${file.slice(home.length)}` : file;

/**
 * How assistants' hooks are set up from here. The same as on the command line, so that either can undo what the other
 * did.
 */
export function setupOptionsOf(runtime: Runtime, home: string, env: SetupOptions['env']): SetupOptions {
  const program = runtime.electron
    ? ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', runtime.executable, runtime.cli]
    : [runtime.executable, runtime.cli];
  return { scope: 'user', program, stateDir: path.join(home, '.linekeeper', 'setup'), home, env };
}

/** The same for a repository, in either scope. */
export const setupOptionsIn =
  ({ root, commonDir }: Worktree['repository'], options: SetupOptions) =>
  (scope: SetupOptions['scope']): SetupOptions => ({
    ...options,
    scope,
    stateDir: scope === 'user' ? options.stateDir : path.join(commonDir, 'linekeeper', 'setup'),
    repositoryRoot: root,
  });
