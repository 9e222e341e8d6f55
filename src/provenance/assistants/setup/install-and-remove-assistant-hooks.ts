/** Sets up, removes and inspects an assistant's hooks. */
import { projectCommands, userCommands, isOurCommand } from './hook-commands';
import { inFile, SetupError, unkept } from './setup-error';
import {
  missingFolders,
  readConfig,
  removeConfig,
  requireInside,
  writeConfig,
  type FileContent,
} from './read-write-and-remove-config';
import {
  addHooks,
  isBare,
  presence,
  removeHooks,
  switchedOff,
  type Presence,
  type WantedHooks,
} from './edit-hooks-config';
import { digest, dropReceipt, foldersMadeAround, readReceipt, writeReceipt, type Receipt } from './original-contents';
import { isWindows } from '../../../base/platform';
import type { Assistant, HookCommands, HookSetup, Scope, Surroundings } from '../types';

// Hooks that are files of their own: such a file is either entirely ours, or somebody else's and left alone.

/** Whether the file is one that we wrote for this assistant, in this or an earlier version. */
const isOurs = (text: string, assistant: string): boolean =>
  text.includes('Linekeeper hook') && isOurCommand(text, assistant);

function filePresence(text: string, wanted: string, assistant: string): Presence {
  if (text === wanted) return 'all';
  return isOurs(text, assistant) ? 'some' : 'none';
}

/** The desired text of the file. Throws a {@link SetupError} where somebody else's file is in the way. */
function fileWith(file: string, text: string | undefined, wanted: string, assistant: string): string {
  if (text !== undefined && text.trim() !== '' && !isOurs(text, assistant))
    throw new SetupError('occupied', file, 'there is a file of somebody else with the name that our hook must have');
  return wanted;
}

/** What remains of the file without us: null for nothing. */
const fileWithout = ({ text, bytes }: FileContent, assistant: string): Buffer | null =>
  isOurs(text, assistant) ? null : bytes;

export interface SetupOptions extends Surroundings {
  readonly scope: Scope;
  /**
   * The words that start Linekeeper, such as Node's path and the script's. Used in `user` scope; a project's hooks
   * contain no path.
   */
  readonly program: readonly string[];
  /** The first of these words is an editor's own executable that acts as Node. Default: no. */
  readonly electron?: boolean;
  /** Our own folder, outside what git tracks; created when missing. */
  readonly stateDir: string;
}

interface Installed {
  /** The first of `files`. */
  readonly file: string;
  readonly files: readonly string[];
  /** `already`: nothing was written; `updated`: hooks of an earlier version were replaced. */
  readonly outcome: 'installed' | 'updated' | 'already';
}

interface Uninstalled {
  /** The first of `files`; empty where this assistant has no hooks of this scope. */
  readonly file: string;
  readonly files: readonly string[];
  /**
   * `restored`: byte for byte as before; `removed`: the file had changed since, so only our hooks were removed;
   * `absent`: there were none.
   */
  readonly outcome: 'restored' | 'removed' | 'absent';
}

export interface HookState {
  /** The first of `files`. Undefined where this assistant has no hooks of this scope. */
  readonly file?: string;
  readonly files: readonly string[];
  /**
   * `changed`: some of our hooks are missing or outdated; `off`: the file turns all hooks off; `unreadable`: see
   * `detail`.
   */
  readonly state: 'installed' | 'absent' | 'changed' | 'off' | 'unreadable';
  /** A sentence for people; not for `installed` and `absent`. */
  readonly detail?: string;
}

/**
 * Writes the assistant's hooks; a second call changes nothing. Throws a {@link SetupError}, and then nothing was
 * written (or, of several files, only the first ones).
 */
export function installHooks(assistant: Assistant, options: SetupOptions): Installed {
  const plans = plansOf(assistant, options);
  for (const plan of plans) rewritten(plan); // any error in one of them is found before the first is written
  const outcomes = plans.map((plan) => installOne(plan, options.stateDir));
  const outcome = (['updated', 'installed', 'already'] as const).find((one) => outcomes.includes(one)) ?? 'already';
  return { ...filesOf(plans), outcome };
}

/** Renews hooks of another program, in files that nobody has changed since it wrote them. Throws a {@link SetupError}. */
export function renewHooks(assistant: Assistant, options: SetupOptions): boolean {
  const isUntouched = ({ file }: Plan): boolean => {
    const current = readConfig(file);
    return (
      current !== undefined && readReceipt(options.stateDir, assistant.id, file)?.written === digest(current.bytes)
    );
  };
  return plansOf(assistant, options).every(isUntouched) && installHooks(assistant, options).outcome === 'updated';
}

/**
 * Removes the hooks. Throws a {@link SetupError}, and then nothing was written (or, of several files, only the first
 * ones).
 */
export function uninstallHooks(assistant: Assistant, options: SetupOptions): Uninstalled {
  if (!hasHooks(assistant, options)) return { file: '', files: [], outcome: 'absent' };
  const plans = plansOf(assistant, options);
  const outcomes = plans.map((plan) => uninstallOne(plan, options.stateDir));
  const outcome = (['removed', 'restored', 'absent'] as const).find((one) => outcomes.includes(one)) ?? 'absent';
  return { ...filesOf(plans), outcome };
}

/** Read-only. Never throws. */
export function hookState(assistant: Assistant, options: SetupOptions): HookState {
  const setups = assistant.hooks(options.scope, options);
  const [first] = setups;
  if (!first) return { files: [], state: 'absent' };
  const files = { file: first.file, files: setups.map((setup) => setup.file) };
  try {
    const plans = setups.map((setup) => planOf(assistant, setup, options));
    const found = plans.map((plan) => presenceIn(plan, readConfig(plan.file)?.text ?? ''));
    if (found.every((one) => one === 'none')) return { ...files, state: 'absent' };
    for (const { file, setup } of plans) {
      const off =
        setup.kind === 'listed'
          ? inFile(file, () => switchedOff(readConfig(file)?.text ?? '', setup.offSwitches))
          : undefined;
      if (off !== undefined)
        return {
          ...files,
          state: 'off',
          detail: `${file} has "${off}": true, so ${assistant.title} runs no hooks at all.`,
        };
    }
    if (found.every((one) => one === 'all')) return { ...files, state: 'installed' };
    return {
      ...files,
      state: 'changed',
      detail: `The hooks in ${files.files.join(', ')} are not those of this Linekeeper; run "linekeeper install --assistant ${assistant.id} --${options.scope}" to renew them.`,
    };
  } catch (error) {
    return { ...files, state: 'unreadable', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether this assistant has hooks of that scope at all. */
export const hasHooks = (assistant: Assistant, options: SetupOptions): boolean =>
  assistant.hooks(options.scope, options).length > 0;

/** The desired hooks in one file. */
interface Plan {
  readonly assistant: string;
  readonly file: string;
  readonly setup: HookSetup;
  readonly commands: HookCommands;
}

function filesOf(plans: readonly Plan[]): { readonly file: string; readonly files: readonly string[] } {
  const files = plans.map((plan) => plan.file);
  return { file: files[0] ?? '', files };
}

function plansOf(assistant: Assistant, options: SetupOptions): Plan[] {
  const setups = assistant.hooks(options.scope, options);
  if (setups.length === 0)
    throw new SetupError('not-supported', assistant.title, `there is nowhere to write hooks with --${options.scope}`);
  for (const { file } of setups)
    if (options.scope === 'project' && options.repositoryRoot !== undefined)
      requireInside(file, options.repositoryRoot);
  return setups.map((setup) => planOf(assistant, setup, options));
}

function planOf(assistant: Assistant, setup: HookSetup, options: SetupOptions): Plan {
  const commands =
    options.scope === 'user'
      ? userCommands(
          { words: options.program, electron: options.electron === true, windows: isWindows(options.platform) },
          assistant,
        )
      : projectCommands(assistant);
  return { assistant: assistant.id, file: setup.file, setup, commands };
}

const wantedOf = (plan: Plan, setup: Extract<HookSetup, { kind: 'listed' }>): WantedHooks => ({
  assistant: plan.assistant,
  defaults: setup.defaults,
  entries: setup.entries(plan.commands),
});

function presenceIn(plan: Plan, text: string): Presence {
  const { setup, file } = plan;
  return setup.kind === 'file'
    ? filePresence(text, setup.text(plan.commands), plan.assistant)
    : inFile(file, () => presence(text, wantedOf(plan, setup)));
}

/** The new content of the file, and how much of it is there already. */
function rewritten(plan: Plan): {
  readonly current: FileContent | undefined;
  readonly had: Presence;
  readonly text: string;
} {
  const { setup, file } = plan;
  const current = readConfig(file);
  const had = presenceIn(plan, current?.text ?? '');
  const text =
    setup.kind === 'file'
      ? fileWith(file, current?.text, setup.text(plan.commands), plan.assistant)
      : inFile(file, () => addHooks(current?.text ?? '', wantedOf(plan, setup)));
  return { current, had, text };
}

function installOne(plan: Plan, stateDir: string): Installed['outcome'] {
  const { assistant, file, setup } = plan;
  const { current, had, text } = rewritten(plan);
  if (had === 'all') return 'already';
  const bytes = Buffer.from(text);
  const earlier = readReceipt(stateDir, assistant, file);
  const untouched = current !== undefined && earlier?.written === digest(current.bytes);
  const before = untouched ? earlier.before : withoutOurs(plan, current);
  const folders = [
    ...new Set([...missingFolders(file), ...(earlier?.folders ?? []), ...foldersMadeAround(stateDir, file)]),
  ];
  keepReceipt(stateDir, { assistant, file, before, written: digest(bytes), folders }, bytes);
  writeConfig(file, bytes, setup.kind === 'file' && setup.executable);
  return had === 'none' ? 'installed' : 'updated';
}

function uninstallOne(plan: Plan, stateDir: string): Uninstalled['outcome'] {
  const { assistant, file, setup } = plan;
  const current = readConfig(file);
  const receipt = readReceipt(stateDir, assistant, file);
  if (current === undefined) {
    dropReceipt(stateDir, assistant, file);
    return 'absent';
  }
  const exact = receipt?.written === digest(current.bytes);
  const rest = exact ? receipt.before : withoutOurs(plan, current);
  if (!exact && rest?.equals(current.bytes) === true) {
    dropReceipt(stateDir, assistant, file);
    return 'absent';
  }
  const nothingLeft =
    !exact &&
    setup.kind === 'listed' &&
    receipt?.before === null &&
    inFile(file, () => isBare(rest?.toString('utf8') ?? '', setup.defaults));
  if (rest === null || nothingLeft) removeConfig(file, receipt?.folders ?? []);
  else writeConfig(file, rest);
  dropReceipt(stateDir, assistant, file);
  return exact ? 'restored' : 'removed';
}

/** The file as if we had never been there; null where there would be none. */
function withoutOurs({ assistant, file, setup }: Plan, current: FileContent | undefined): Buffer | null {
  if (current === undefined) return null;
  if (setup.kind === 'file') return fileWithout(current, assistant);
  const rest = inFile(file, () => removeHooks(current.text, assistant));
  return rest === current.text ? current.bytes : Buffer.from(rest);
}

function keepReceipt(stateDir: string, receipt: Receipt, written: Uint8Array): void {
  try {
    writeReceipt(stateDir, receipt, written);
  } catch (error) {
    throw unkept(stateDir, error);
  }
}
