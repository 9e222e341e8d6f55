/** The rows of *Set Up*: this repository, the assistants that are here, and what whoever leads decides for all. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { ASSISTANTS, type Assistant } from '../../provenance/assistants';
import { examineAssistants, isHere } from '../../provenance/assistants/coverage';
import { hasHooks, hookState, installHooks } from '../../provenance/assistants/setup';
import { installGitHooks } from '../../provenance/commits';
import {
  pushesNotesAlong,
  pushNotesAlong,
  remotesLeftOut,
} from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { gitHooksState, submodulesOf, type Repository, type Runtime } from '../../git';
import { POLICY_PATH } from '../../policy';
import { loadPolicy, restrictsAgents } from '../../policy/load';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import { createPolicy } from './create-policy';
import { workflowRow } from './create-workflow';
import { runCli } from './run-cli';
import { setupOptionsIn, type SetUpPorts } from './hook-set-up-context';
import { inHome } from '../workspace/path-in-home';

export interface Choice extends vscode.QuickPickItem {
  /** Does it and returns a sentence about what was done; left out for a heading. */
  readonly perform?: () => Promise<string> | string;
  /** The row that leads to the assistants that are not here. */
  readonly act?: 'more';
}

type Ports = Pick<SetUpPorts, 'runtime' | 'setupOptions' | 't'>;

/** In sections. What is decided for all comes first for somebody who leads, else last. */
export async function choices(worktree: Worktree, ports: Ports): Promise<readonly Choice[]> {
  const { t } = ports;
  const here = [...(await repositoryRows(worktree, ports))];
  const { present, absent } = assistantsOf(worktree, ports);
  const found = [
    ...present.map((assistant) => assistantRow(assistant, ports, true)),
    ...(present.length > 0 ? await enforceRow(worktree, ports) : []),
  ];
  const more: readonly Choice[] =
    absent.length === 0
      ? []
      : [
          {
            label: t('Other assistants…'),
            detail: t('{0} more that are not found on this machine.', absent.length),
            act: 'more',
          },
        ];
  const keys = editorKeysRow(t);
  const team = [...(await teamRows(worktree, t))];
  const sections = [
    { title: t('This repository'), rows: here },
    { title: t('Assistants found here'), rows: found },
    { title: t('This editor'), rows: [keys] },
  ];
  const forAll = { title: t('For the whole team'), rows: team };
  const ordered = (await leads(worktree)) ? [forAll, ...sections] : [...sections, forAll];
  return [...ordered, { title: t('More'), rows: more }].flatMap(({ title, rows }): readonly Choice[] =>
    rows.length === 0 ? [] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...rows],
  );
}

/** Rows for the assistants that are not found here. */
export const absentAssistants = (worktree: Worktree, ports: Ports): readonly Choice[] =>
  assistantsOf(worktree, ports).absent.map((assistant) => assistantRow(assistant, ports, false));

/** The assistants that have hooks: those that are on this machine, and the others. */
export function assistantsOf(
  { repository }: Pick<Worktree, 'repository'>,
  { setupOptions }: Pick<Ports, 'setupOptions'>,
): { readonly present: readonly Assistant[]; readonly absent: readonly Assistant[] } {
  const { reports } = examineAssistants(repository, setupOptionsIn(repository, setupOptions));
  const here = new Set(reports.filter(isHere).map(({ id }) => id));
  const all = ASSISTANTS.filter((assistant) => hasHooks(assistant, setupOptions));
  return { present: all.filter(({ id }) => here.has(id)), absent: all.filter(({ id }) => !here.has(id)) };
}

async function repositoryRows({ repository }: Worktree, { runtime, t }: Ports): Promise<readonly Choice[]> {
  const hooks = await gitHooksState(repository, runtime);
  const isPushed = (await pushesNotesAlong(repository)) && (await remotesLeftOut(repository)).length === 0;
  const submodules = await submodulesOf(repository);
  const hooksFolder = path.relative(repository.root, path.join(repository.commonDir, 'hooks'));
  return [
    {
      label: t('AI trailers in commits'),
      detail:
        hooks === 'installed'
          ? t('Already set up.')
          : t('Git hooks in {0} name the assistant and its lines. Your own hooks run first.', hooksFolder),
      picked: true,
      perform: async () => {
        const { kept: keptHooks } = await installGitHooks(repository, runtime);
        return keptHooks.length > 0
          ? t('Git hooks installed. Your existing hooks ({0}) run first.', keptHooks.join(', '))
          : t('Git hooks installed.');
      },
    },
    ...(submodules.length === 0
      ? []
      : [
          {
            label: t('AI trailers in the commits of submodules'),
            detail: (await areSetUp(submodules, runtime))
              ? t('Already set up.')
              : t(
                  'Also Git hooks in {0}.',
                  submodules.map(({ root }) => path.relative(repository.root, root)).join(', '),
                ),
            picked: true,
            perform: async () => {
              for (const submodule of submodules) await installGitHooks(submodule, runtime);
              return submodules.length === 1
                ? t('Git hooks installed in 1 submodule.')
                : t('Git hooks installed in {0} submodules.', submodules.length);
            },
          },
        ]),
    {
      // Git itself does not push notes: a colleague's clone would not know who wrote what.
      label: t('Push and fetch notes'),
      detail: isPushed
        ? t('Already set up.')
        : t(
            'Your pushes include the notes, so that colleagues and CI see the author of each line. Writes {0}.',
            '.git/config',
          ),
      picked: true,
      perform: async () => {
        await installGitHooks(repository, runtime); // the hook pushes them
        const remotes = await pushNotesAlong(repository);
        return remotes.length > 0
          ? t('git push and git fetch carry notes ({0}).', remotes.join(', '))
          : t('There is no remote yet. When you add one, its notes are pushed and fetched.');
      },
    },
  ];
}

async function areSetUp(submodules: readonly Repository[], runtime: Runtime): Promise<boolean> {
  for (const submodule of submodules) if ((await gitHooksState(submodule, runtime)) !== 'installed') return false;
  return true;
}

/** The setting of a person that lets keys beyond those of completions pass through. */
export const EDITOR_KEYS = 'keybindings.commands';

export const hasEditorKeys = (): boolean =>
  vscode.workspace.getConfiguration('linekeeper').get<boolean>(EDITOR_KEYS, false);

export const setEditorKeys = async (isOn: boolean): Promise<void> =>
  vscode.workspace
    .getConfiguration('linekeeper')
    .update(EDITOR_KEYS, isOn ? true : undefined, vscode.ConfigurationTarget.Global);

function editorKeysRow(t: Translate): Choice {
  return {
    label: t('More keys'),
    detail: hasEditorKeys()
      ? t('Already set up.')
      : t(
          'Records Rename, Format, Organize Imports and Replace as yours, and adds the keys of a review. Writes your setting linekeeper.{0}.',
          EDITOR_KEYS,
        ),
    picked: true,
    perform: async () => {
      await setEditorKeys(true);
      return t('The keys of the editor and the review are on.');
    },
  };
}

async function teamRows(worktree: Worktree, t: Translate): Promise<readonly Choice[]> {
  const workflow = await workflowRow(worktree, t);
  return [
    ...(existsSync(path.join(worktree.root, POLICY_PATH))
      ? []
      : [
          {
            label: t('Policy'),
            detail: t('Writes {0}: which files need whose sign-off.', POLICY_PATH),
            picked: false,
            perform: async () => {
              await createPolicy(worktree);
              return t('Review {0} and add your seniors.', POLICY_PATH);
            },
          },
        ]),
    ...(workflow === undefined ? [] : [{ ...workflow, picked: false }]),
  ];
}

function assistantRow(assistant: Assistant, { t, setupOptions }: Ports, picked: boolean): Choice {
  const { file, state } = hookState(assistant, setupOptions);
  return {
    label: assistant.title,
    detail:
      state === 'installed'
        ? t('Already set up.')
        : t('Adds hooks to {0} to record its edits.', inHome(file ?? '', setupOptions.home)),
    picked,
    perform: () => {
      const done = installHooks(assistant, setupOptions);
      return done.outcome === 'already'
        ? t('{0} was already set up.', assistant.title)
        : t('{0} is set up ({1}).', assistant.title, inHome(done.file, setupOptions.home));
    },
  };
}

/** Asks for rules that assistants enforce where no hook runs, if the policy keeps something from them. */
async function enforceRow({ root, repository }: Worktree, { runtime, t }: Ports): Promise<readonly Choice[]> {
  const { policy } = await loadPolicy(repository);
  if (!restrictsAgents(policy)) return [];
  const title = t("Write the policy into assistants' settings");
  return [
    {
      label: title,
      detail: t("Writes the policy's restrictions into the assistants' own settings. Undo Set Up removes them."),
      picked: false,
      perform: async () => {
        const out = await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Notification, title, cancellable: true },
          (_progress, token) => runCli(runtime, ['install', '--enforce'], { root, token, codes: [0, 1] }),
        );
        const count = out?.split('\n').filter((line) => line.includes(': rules ')).length ?? 0;
        return count === 1
          ? t('1 assistant enforces the policy without hooks.')
          : t('{0} assistants enforce the policy without hooks.', count);
      },
    },
  ];
}

const COMMITS_LOOKED_AT = 100;

/** Whoever made at least half of the latest commits decides most things here. */
async function leads({ repository }: Worktree): Promise<boolean> {
  const email = (await repository.userEmail()).toLowerCase();
  const log = await repository.text(['log', `--max-count=${String(COMMITS_LOOKED_AT)}`, '--format=%aE', 'HEAD', '--'], {
    codes: [0, 128],
  });
  const authors = log.split('\n').filter((line) => line !== '');
  const count = authors.filter((author) => author.toLowerCase() === email).length;
  return authors.length === 0 || count * 2 >= authors.length;
}
