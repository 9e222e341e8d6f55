/** The hooks that a repository shares: what a command takes away of them, and what a change leaves of one. */
import { nameOf, writtenBy, type Invocation, type ReadScript } from '../../danger/shell';
import type { Forbidden } from './types';

/** The folder, or the file, of the hooks that a repository shares. */
const SHARED_HOOKS =
  /^(?:\.\/)?(?:\.husky|\.githooks)\/?\*?$|^(?:\.\/)?(?:\.pre-commit-config\.ya?ml|\.?lefthook\.(?:ya?ml|toml|json)|prek\.toml)$/;
/** One of them, by the name that git has for it. */
const SHARED_HOOK =
  /^(?:\.\/)?\.(?:husky|githooks)\/(?:pre-(?:commit|push|merge-commit|rebase)|(?:prepare-)?commit-msg)$/;
/** One hook, or a file of several. */
const isHookFile = (file: string): boolean =>
  SHARED_HOOK.test(file) || (SHARED_HOOKS.test(file) && !/^(?:\.\/)?\.(?:husky|githooks)/.test(file));

/** What a command removes, moves away, empties or uninstalls of them; undefined for nothing. */
export function dropsSharedHooks(invocation: Invocation, read: ReadScript): string | undefined {
  const { words } = invocation;
  const name = nameOf(words[0]).toLowerCase();
  const texts = words.slice(1).map(({ text }) => text);
  const operands = texts.filter((text) => !text.startsWith('-'));
  if (/^(?:lefthook|pre-commit|husky)$/.test(name))
    return operands[0] === 'uninstall' ? `${name} uninstall` : undefined;
  if (name === 'chmod' && /^[ugoa]*-[rw]*x|^[0-6]{3,4}$/.test(texts[0] ?? ''))
    return texts.find((text) => /^(?:\.\/)?\.(?:husky|githooks)\/(?!_\/)/.test(text));
  const emptied = emptiedBy(invocation, name, operands, read);
  if (emptied !== undefined) return emptied;
  const removes = /^(?:rm|rmdir|mv|trash|unlink|remove-item|del|rd)$/.test(name);
  const inGit = name === 'git' && /^(?:rm|mv)$/.test(operands[0] ?? '');
  if (!removes && !inGit) return undefined;
  const moves = [name, inGit ? operands[0] : ''].includes('mv');
  return operands.slice(inGit ? 1 : 0).find((text) => SHARED_HOOKS.test(text) || (!moves && SHARED_HOOK.test(text)));
}

/** The hook that a command overwrites with nothing that runs. */
function emptiedBy(
  invocation: Invocation,
  name: string,
  operands: readonly string[],
  read: ReadScript,
): string | undefined {
  const leaves = (file: string, after: string | undefined): boolean => {
    const before = isHookFile(file) ? read(file) : undefined;
    return before !== undefined && after !== undefined && leavesNoHook(file, before, after);
  };
  const written = invocation.outputs.find(({ text, append }) => append !== true && leaves(text, saidBy(invocation)));
  if (written !== undefined) return written.text;
  if (name === 'truncate' || (name === 'cp' && operands[0] === '/dev/null'))
    return operands.find((file) => leaves(file, ''));
  const { from } = invocation;
  if (name === 'tee' && from !== null) return operands.find((file) => leaves(file, saidBy(from)));
  if (name !== 'sed' && name !== 'gsed') return undefined;
  return operands.find((file) => {
    const before = isHookFile(file) ? read(file) : undefined;
    return before !== undefined && operands.some((script) => leavesNoHook(file, before, edited(before, script)));
  });
}

/** What a program writes; undefined where that is unknown. */
function saidBy(invocation: Invocation): string | undefined {
  const words = invocation.words.map(({ text }) => text).join(' ');
  if (/^(?::|true|cat \/dev\/null|)$/.test(words)) return '';
  const said = writtenBy(invocation);
  return said === undefined || said.open ? undefined : said.text;
}

/** What `sed` leaves, for the scripts by which hooks are taken out: `/TEXT/d`, `d`, `1i exit 0`. */
function edited(before: string, script: string): string {
  const [, quick, pattern] = /^(?:(\d*(?:,\$)?)|\/([\w .:@-]+)\/)d$/.exec(script) ?? [];
  if (pattern !== undefined)
    return before
      .split('\n')
      .filter((line) => !line.includes(pattern))
      .join('\n');
  if (quick !== undefined) return /^$|^1,\$$/.test(quick) ? '' : before;
  return /^[12]i\s*\\?\s*exit\b/.test(script) ? `exit 0\n${before}` : before;
}

/** Lines that run nothing. */
const IDLE =
  /^\s*(?:#.*|:|true|set -\S+|exit(?: 0)?|return(?: 0)?|\.\s.*husky\.sh["']?|fi|done|esac|export PATH=.*)?\s*$/;
/** Lines of a manager's file that run something. */
const RUNS = /^\s*(?:- )?["']?(?:run|id|entry|script|exec|runner)["']?\s*[:=]|^\s*-\s*(?:run|id)\s*:/;
const OURS = /\blinekeeper\b/;

/** Whether a change leaves nothing that a hook runs, or ends it first, or takes our line out of it. */
export function leavesNoHook(file: string, before: string, after: string): boolean {
  const isScript = SHARED_HOOK.test(file);
  const runs = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => !/^\s*#/.test(line) && (isScript ? !IDLE.test(line) : RUNS.test(line)))
      .map((line) => line.trim());
  const [had, has] = [runs(before), runs(after)];
  if (had.length === 0) return false;
  if (has.length === 0) return true;
  const ends = (text: string): boolean =>
    isScript && /^(?:\s*(?:#.*|set -\S+)?\n)*\s*exit(?: 0)?\s*(?:\n|$)/.test(text);
  if (ends(after) && !ends(before)) return true;
  const ours = (lines: readonly string[]): number => lines.filter((line) => OURS.test(line)).length;
  return ours(has) < ours(had) && !(OURS.test(after) && ours(has) > 0);
}

export const sharedHookTaken = (hook: string): Forbidden => ({
  why: `This takes away the git hooks that the repository shares (${hook}), so a person must agree first.`,
  instead: 'Change the one hook that is in the way, or ask the person.',
  ask: true,
});

/** A change of one file by an assistant's tool; `after` is undefined where what it leaves can't be told. */
export interface ProposedText {
  readonly file: string;
  readonly after: (before: string) => string | undefined;
}

/** What changes of an assistant's tools take away. `inside`: a file's path from the top of its repository. */
export function dropsByEdits(
  proposed: readonly ProposedText[],
  inside: (file: string) => string,
  text: (file: string) => string | undefined,
): Forbidden | undefined {
  const taken = proposed.find(({ file, after }) => {
    const name = inside(file);
    const before = isHookFile(name) ? text(file) : undefined;
    const result = before === undefined ? undefined : after(before);
    return before !== undefined && result !== undefined && leavesNoHook(name, before, result);
  });
  return taken === undefined ? undefined : sharedHookTaken(inside(taken.file));
}
