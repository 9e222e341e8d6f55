/** The one dialog of *Request Review*: every step that will be done, each of which can be changed first. */
import * as vscode from 'vscode';
import type { Translate } from '../translate';
import { branchNameFor, stepsFor, type Choices, type Situation, type Step } from './steps-before-review';

interface DialogFacts {
  readonly situation: Situation;
  readonly message: string;
  /** Open documents of the work tree with unsaved changes. */
  readonly unsaved: readonly vscode.TextDocument[];
  /** At the forge: then the pull request is shown, and can be created from here. */
  readonly signedIn: boolean;
}

interface Row extends vscode.QuickPickItem {
  readonly act?: 'go' | 'rename' | 'message' | 'toggle' | 'setUp' | 'save' | 'open';
}

type DialogAnswer = { readonly steps: readonly Step[] } | 'saved' | undefined;

/**
 * The steps that the person wants done; `saved` when files were saved and everything must be checked again; undefined
 * when they cancelled.
 */
export async function askSteps(
  { situation, message, unsaved, signedIn }: DialogFacts,
  t: Translate,
): Promise<DialogAnswer> {
  let choices: Choices = { branch: branchNameFor(message), message, commit: true, setUp: true };
  let isNamed = false;
  for (;;) {
    const steps = stepsFor(situation, choices);
    const picked = await vscode.window.showQuickPick(
      rowsFor({ situation, signedIn }, choices, steps, unsaved.length, t),
      {
        title: t('Request Review'),
        placeHolder: t('Nothing happens until you choose the first row. Choose a step to change it.'),
        ignoreFocusOut: true,
        matchOnDetail: true,
      },
    );
    switch (picked?.act) {
      case 'go':
        return { steps };
      case 'open':
        return { steps: [{ kind: 'open' }] };
      case 'rename': {
        const branch = await vscode.window.showInputBox({
          title: t('Name of the new branch'),
          value: choices.branch,
          validateInput: (value) => (isBranchName(value) ? undefined : t('Not a valid branch name.')),
        });
        if (branch !== undefined) [choices, isNamed] = [{ ...choices, branch }, true];
        break;
      }
      case 'message': {
        const text = await vscode.window.showInputBox({
          title: t('Commit message'),
          value: choices.message,
          validateInput: (value) => (value.trim() === '' ? t('Write a message.') : undefined),
        });
        if (text !== undefined)
          choices = { ...choices, message: text, ...(isNamed ? {} : { branch: branchNameFor(text) }) };
        break;
      }
      case 'toggle':
        choices = { ...choices, commit: !choices.commit };
        break;
      case 'setUp':
        choices = { ...choices, setUp: !choices.setUp };
        break;
      case 'save':
        for (const document of unsaved) await document.save();
        return 'saved';
      case undefined:
        if (picked === undefined) return undefined;
    }
  }
}

type Facts = Pick<DialogFacts, 'situation' | 'signedIn'>;

function rowsFor(
  { situation, signedIn }: Facts,
  { commit, setUp }: Choices,
  steps: readonly Step[],
  unsaved: number,
  t: Translate,
): Row[] {
  const verbs = {
    setUp: t('set up AI trailers'),
    branch: t('create branch'),
    commit: t('commit'),
    push: t('push'),
    open: signedIn ? t('show the pull request') : t('open the pull request'),
  };
  const all = steps.map(({ kind }) => verbs[kind]).join(' → ');
  const count = situation.uncommitted.length;
  return [
    { label: `$(run-all) ${t('Do all of this')}`, description: all, act: 'go' },
    { label: t('Steps'), kind: vscode.QuickPickItemKind.Separator },
    ...steps.map((step) => rowFor(step, { situation, signedIn }, t)),
    { label: t('Other'), kind: vscode.QuickPickItemKind.Separator },
    ...(unsaved > 0
      ? [
          {
            label: `$(save) ${unsaved === 1 ? t('Save 1 unsaved file first') : t('Save {0} unsaved files first', unsaved)}`,
            description: t('otherwise its edits are left out'),
            act: 'save',
          } as const,
        ]
      : []),
    ...(count > 0 && situation.commits > 0
      ? [
          {
            label: commit
              ? `$(exclude) ${t('Leave uncommitted changes out')}`
              : `$(add) ${t('Commit uncommitted changes too')}`,
            description: count === 1 ? t('1 file') : t('{0} files', count),
            act: 'toggle',
          } as const,
        ]
      : []),
    ...(!situation.hooks && !setUp && steps.some(({ kind }) => kind === 'commit')
      ? [
          {
            label: `$(tools) ${t('Set up AI trailers first')}`,
            description: t('otherwise the commit does not say which lines AI wrote'),
            act: 'setUp',
          } as const,
        ]
      : []),
    ...(situation.commits > 0 && !situation.onBase && situation.branch !== null && steps.length > 1
      ? [{ label: `$(link-external) ${t('Open Anyway')}`, description: t('without pushing'), act: 'open' } as const]
      : []),
  ];
}

function rowFor(step: Step, { situation: { base, onBase }, signedIn }: Facts, t: Translate): Row {
  switch (step.kind) {
    case 'setUp':
      return {
        label: `$(tools) ${t('Set up AI trailers (Git hooks)')}`,
        description: t('so that the commit says which lines AI wrote; choose to leave it out'),
        act: 'setUp',
      };
    case 'branch':
      return {
        label: `$(git-branch) ${t('Create branch {0}', step.name)}`,
        description: onBase ? t("you're on {0}", base) : t('no branch is checked out'),
        act: 'rename',
      };
    case 'commit': {
      const files = step.paths.length === 1 ? t('1 file') : t('{0} files', step.paths.length);
      return {
        label: `$(git-commit) ${step.staged ? t('Commit staged changes') : t('Commit {0}', files)}: “${plain(step.message)}”`,
        ...(step.staged
          ? {}
          : {
              detail: `${step.paths.slice(0, NAMED_AT_MOST).join(', ')}${step.paths.length > NAMED_AT_MOST ? ', …' : ''}`,
            }),
        act: 'message',
      };
    }
    case 'push':
      return {
        label: `$(cloud-upload) ${t('Push {0} to {1}', step.branch, step.remote)}`,
        description: t('with AI notes'),
      };
    case 'open':
      if (signedIn)
        return {
          label: `$(git-pull-request-create) ${t('Show the pull request')}`,
          description: t('then you create it, or open it in your browser'),
        };
      return {
        label: `$(git-pull-request-create) ${t('Open the pull request page')}`,
        description: t('with the description on your clipboard; you submit it there'),
      };
  }
}

const NAMED_AT_MOST = 4;

/** Names from outside must not show icons. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/\$\(/g, '$ (');

/** The rules of git-check-ref-format(1), in short. */
const isBranchName = (name: string): boolean =>
  /^(?![-/.@])(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\\x00-\x1f\x7f]+(?<![/.])$/.test(name);
