/** `linekeeper install` and `uninstall`: the git hooks of this repository, and assistants' hooks. */
import path from 'node:path';
import { ASSISTANTS, type Assistant, type Scope } from '../../provenance/assistants';
import { hookState, installHooks, SetupError, uninstallHooks } from '../../provenance/assistants/setup';
import { installGitHooks, NOTES_REF } from '../../provenance/commits';
import { gitHooksState, submodulesOf, uninstallGitHooks, type Repository } from '../../git';
import {
  pushNotesAlong,
  removeGitHooks,
  stopPushingNotesAlong,
} from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { LFS_SAYS } from '../output/lfs-words';
import { assistantsHere, isGroup, knownAssistant, namedAssistants, setupOptions } from '../assistants-to-set-up';
import { setUpRuntime } from '../runtime-for-hooks';
import { repositoryAround } from '../arguments/repository-around';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { countOf, printable } from '../../policy';
import { loadPolicy, managedSettings, type ManagedSettings } from '../../policy/load';
import { otherInstalled, uninstallEverywhere } from '../uninstall-everywhere';
import { recordedPlaces } from '../user-data';

/** The options of both. `settings`: what is done to one's own settings, and to the repository's. */
const optionsFor = (settings: { readonly own: string; readonly shared: string }): Verb['options'] => ({
  git: { type: 'boolean', says: 'the Git hooks of this repository. Default if no assistant is named' },
  assistant: {
    type: 'string',
    multiple: true,
    value: 'ID',
    says: 'the hooks of an assistant (claude-code), of those on this machine (found), or of every one (all)',
  },
  submodules: { type: 'boolean', says: 'the Git hooks here and in the submodules that are checked out' },
  user: { type: 'boolean', says: settings.own },
  project: { type: 'boolean', says: settings.shared },
});
const USAGE = '[--git] [--assistant ID…|found|all] [--user|--project] [--submodules]';
const ENFORCE_USAGE = '--enforce [--managed [--root DIR]] [--assistant ID…|found|all] [--user|--project]';

/** The options of rules that assistants enforce by themselves. `says`: of `--enforce`, `--managed` and `--root`. */
const enforceOptions = (...says: readonly [string, string, string]): Verb['options'] => ({
  enforce: { type: 'boolean', says: says[0] },
  managed: { type: 'boolean', says: says[1] },
  root: { type: 'string', value: 'DIR', says: says[2] },
});

export const install: Verb = {
  name: 'install',
  summary: 'Install the hooks of Git and of assistants',
  example: 'linekeeper install --git --assistant claude-code',
  exits: '0 done. 1 if a part could not be installed, such as hooks in new clones.',
  usage: `${USAGE} [--notes] | --all DIR [--notes] | ${ENFORCE_USAGE} [--sandbox]`,
  options: {
    ...optionsFor({
      own: 'write hooks into your own settings (default)',
      shared: "write hooks into the repository's settings, for everybody",
    }),
    notes: { type: 'boolean', says: 'push and fetch the notes with plain git push and git fetch' },
    all: { type: 'string', value: 'DIR', says: 'install the Git hooks in every clone below DIR, and in new clones' },
    ...enforceOptions(
      "write the policy's rules into assistants' own settings, so that they hold without hooks",
      'with --enforce: write rules and hooks to places that only an administrator can change',
      'with --managed: write below DIR instead of /, to build an image',
    ),
    sandbox: { type: 'boolean', says: "with --enforce: switch on the assistant's sandbox if it is off by default" },
  },
  async run(call): Promise<ExitCode> {
    if (call.values['enforce'] === true) return (await import('../enforce/write-or-remove-native-rules')).enforce(call);
    refuseWithoutEnforce(call);
    const below = folderOfAll(call);
    if (below !== undefined) return (await import('../install-in-all-repositories')).installAll(call, below);
    const wanted = await wants(call);
    const repository = wanted.git || wanted.scope === 'project' ? call.repository() : undefined;
    if (wanted.git && repository) {
      const report = await installGitHooks(repository, setUpRuntime(call.terminal));
      call.terminal.out(
        `git hooks: installed in ${report.folder}${report.kept.length > 0 ? `; the hooks that were there (${report.kept.join(', ')}) are run first` : ''}\n`,
      );
      if (report.lfs) call.terminal.out(`Git LFS: ${LFS_SAYS.sent}\n`);
      await installInSubmodules(call, repository);
    }
    if (wanted.notes && repository) {
      const remotes = await pushNotesAlong(repository);
      const carried =
        remotes.length === 0
          ? ' once there is a remote and this is run again'
          : ` (${remotes.map(printable).join(', ')})${(await repository.hasRef(NOTES_REF)) ? '' : '; "git fetch" brings those that colleagues have pushed'}`;
      call.terminal.out(`notes: plain "git push" and "git fetch" carry them${carried}\n`);
    }
    if (wanted.assistants.length > 0) setUpRuntime(call.terminal);
    const around = repository ?? repositoryAround(call);
    if (around) await loadPolicy(around); // keeps whether it restricts agents, for hooks that can't start the program
    return inTurn(call, wanted, (assistant) => {
      const done = installHooks(assistant, setupOptions(call, wanted.scope, repository));
      const words = { installed: 'installed in', updated: 'renewed in', already: 'already there, in' }[done.outcome];
      const trust =
        assistant.trust && done.outcome !== 'already'
          ? `; it runs them once you have trusted them: ${assistant.trust.how}`
          : '';
      return `${words} ${done.files.join(', ')}${trust}`;
    });
  },
};

export const uninstall: Verb = {
  name: 'uninstall',
  summary: 'Remove the hooks, and restore the changed files',
  example: 'linekeeper uninstall --everywhere',
  usage: `${USAGE} | (--everywhere | --everything) [--if-last] | --all DIR | ${ENFORCE_USAGE}`,
  options: {
    ...enforceOptions(
      "remove the policy's rules from assistants' own settings",
      'with --enforce: remove the rules and hooks that only an administrator can change',
      'with --managed: remove below DIR instead of /',
    ),
    ...optionsFor({ own: 'from your own settings (default)', shared: "from the repository's settings" }),
    all: { type: 'string', value: 'DIR', says: 'remove the Git hooks of every clone below DIR, and of new clones' },
    everywhere: {
      type: 'boolean',
      says: 'remove the hooks of all repositories and assistants, and the command from your PATH',
    },
    everything: {
      type: 'boolean',
      says: 'like --everywhere, and also delete records, notes, sign-offs and deployments. Asks here and for each remote. Only in a terminal outside of the editor',
    },
    'if-last': { type: 'boolean', says: 'change nothing if another Linekeeper is installed for this account' },
  },
  async run(call): Promise<ExitCode> {
    if (call.values['enforce'] === true) return (await import('../enforce/write-or-remove-native-rules')).release(call);
    refuseWithoutEnforce(call);
    const { everywhere, everything } = call.values;
    if (call.values['if-last'] === true) {
      const second = otherInstalled(call);
      if (second !== undefined) {
        call.terminal.out(`Linekeeper ${second} is installed too, and hooks start it: nothing was changed.\n`);
        return 0;
      }
    }
    if (everywhere === true || everything === true)
      return uninstallEverywhere(call, setupOptions(call, 'user', undefined), everything === true);
    const below = folderOfAll(call);
    if (below !== undefined) {
      refuseRequired(['git'], managedSettings());
      return (await import('../install-in-all-repositories')).uninstallAll(call, below);
    }
    const wanted = await wants(call);
    refuseRequired([...(wanted.git ? ['git'] : []), ...wanted.assistants.map(({ id }) => id)], managedSettings());
    const repository = wanted.git || wanted.scope === 'project' ? call.repository() : undefined;
    if (wanted.git && repository) {
      const wereThere = (await gitHooksState(repository)) !== 'absent';
      await stopPushingNotesAlong(repository);
      const remaining = await uninstallGitHooks(repository);
      if (call.values['submodules'] === true) await uninstallInSubmodules(call, repository);
      call.terminal.out(
        wereThere ? 'git hooks: removed; previous hooks restored\n' : 'git hooks: Linekeeper had installed none\n',
      );
      if (recordedPlaces(repository).length > 0)
        call.terminal.out(
          'kept: the records in .git/linekeeper, and the notes of commits ("linekeeper purge --notes --yes" deletes both)\n',
        );
      const options = setupOptions(call, 'user', repository);
      const hooked = ASSISTANTS.filter((one) => !wanted.assistants.includes(one))
        .filter((one) => hookState(one, options).state !== 'absent')
        .map(({ title }) => title);
      if (hooked.length > 0)
        call.terminal.out(
          `kept: your hooks of ${hooked.join(', ')}, which are for all repositories ("linekeeper uninstall --everywhere" takes them out)\n`,
        );
      if (remaining.length > 0)
        call.terminal.out(`git hooks: lines that others added are kept in ${remaining.map(printable).join(', ')}\n`);
    }
    return inTurn(call, wanted, (assistant) => {
      const done = uninstallHooks(assistant, setupOptions(call, wanted.scope, repository));
      const words = {
        restored: 'is as it was before:',
        removed: 'our hooks are taken out of',
        absent: 'there were no hooks of ours in',
      }[done.outcome];
      return done.files.length === 0 ? `has no hooks with --${wanted.scope}` : `${words} ${done.files.join(', ')}`;
    });
  },
};

/** With `--submodules`; else says how many have none, since commits there would have no trailers. */
async function installInSubmodules({ terminal, values }: Call, repository: Repository): Promise<void> {
  const runtime = setUpRuntime(terminal);
  let without = 0;
  for (const submodule of await submodulesOf(repository))
    if (values['submodules'] === true) {
      const { folder } = await installGitHooks(submodule, runtime);
      terminal.out(`submodule ${printable(nameIn(repository, submodule))}: installed in ${printable(folder)}\n`);
    } else if ((await gitHooksState(submodule, runtime)) === 'absent') without++;
  if (without > 0)
    terminal.out(
      `submodules: ${countOf(without, 'has', 'have')} no hooks. "linekeeper install --submodules" installs them there too.\n`,
    );
}

async function uninstallInSubmodules({ terminal }: Call, repository: Repository): Promise<void> {
  for (const submodule of await submodulesOf(repository)) {
    if ((await removeGitHooks(submodule)) === undefined) continue;
    terminal.out(`submodule ${printable(nameIn(repository, submodule))}: removed; previous hooks restored\n`);
  }
}

const nameIn = (superproject: Repository, submodule: Repository): string =>
  path.relative(superproject.root, submodule.root);

/** The folder that `--all` names; it goes with nothing else. */
function folderOfAll({ values }: Call): string | undefined {
  const folder = values['all'];
  if (typeof folder !== 'string') return undefined;
  const beside = ['submodules', 'assistant', 'user', 'project'].find((name) => values[name] !== undefined);
  if (folder === '' || beside !== undefined)
    throw new CannotSay(
      folder === ''
        ? '--all takes a folder: linekeeper install --all ~/code'
        : `--all is for git's hooks and notes alone: call it again for --${beside ?? ''}.`,
    );
  return folder;
}

/** Throws a {@link CannotSay} for hooks that the organization requires on this machine. */
export function refuseRequired(ids: readonly string[], settings: ManagedSettings | undefined): void {
  const required = ids.filter((id) => settings?.locked.hooks?.includes(id) === true);
  if (settings === undefined || required.length === 0) return;
  throw new CannotSay(
    `These hooks are required by your organization (${printable(settings.file)}), so nothing was taken out: ${required.join(', ')}. Your administrator can change that.`,
  );
}

function refuseWithoutEnforce({ values }: Call): void {
  const alone = ['managed', 'root', 'sandbox'].find((name) => values[name] !== undefined && values[name] !== false);
  if (alone !== undefined) throw new CannotSay(`--${alone} goes with --enforce alone: add --enforce.`);
}

/** Each assistant separately: in a group, one that can't be set up does not stop the others. */
function inTurn(
  call: Call,
  { assistants, isGroup: group }: Wants,
  perform: (assistant: Assistant) => string,
): ExitCode {
  let code: ExitCode = 0;
  if (group && assistants.length === 0)
    call.terminal.out('assistants: none that has hooks was found here. Name one with --assistant ID.\n');
  for (const assistant of assistants) {
    try {
      call.terminal.out(`${assistant.title}: ${perform(assistant)}\n`);
    } catch (error) {
      if (!group || !(error instanceof SetupError)) throw error;
      call.terminal.err(`linekeeper: ${assistant.title}: ${error.message}`);
      code = 1;
    }
  }
  return code;
}

interface Wants {
  readonly git: boolean;
  readonly notes: boolean;
  readonly assistants: readonly Assistant[];
  /** Assistants were requested that nobody named: all, or those on this machine. */
  readonly isGroup: boolean;
  readonly scope: Scope;
}

/** Without arguments, it is the git hooks of this repository. */
async function wants(call: Call): Promise<Wants> {
  if (call.values['user'] === true && call.values['project'] === true)
    throw new CannotSay('--user and --project exclude each other: choose one.');
  const ids = namedAssistants(call);
  const scope = call.values['project'] === true ? 'project' : 'user';
  const place = { home: call.terminal.home, env: call.terminal.env, repositoryRoot: call.terminal.cwd };
  const here = ids.includes('found') && !ids.includes('all') ? await assistantsHere(call) : undefined;
  const assistants = ids.flatMap((id) =>
    isGroup(id)
      ? ASSISTANTS.filter((assistant) => assistant.hooks(scope, place).length > 0 && here?.has(assistant.id) !== false)
      : [knownAssistant(id)],
  );
  const carry = call.values['notes'] === true;
  // The hook pushes notes there.
  return {
    git: call.values['git'] === true || call.values['submodules'] === true || carry || ids.length === 0,
    notes: carry,
    assistants: [...new Set(assistants)],
    isGroup: ids.some(isGroup),
    scope,
  };
}
