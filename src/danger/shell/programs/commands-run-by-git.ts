/** Commands that git runs: aliases, and values of its options and settings. */
import { gitCall } from './git-command-line';
import type { Reads, ReadScript } from './readers-of-scripts-and-aliases';
import type { Word } from '../words/invocation';
import { quoted } from './shell-text-in-arguments';

/** Commands that git is told to run: aliases, and commands of a rebase, a bisection or the submodules. */
export function gitTexts(args: readonly string[]): string[] {
  const aliases = args
    .flatMap(
      (text, index) =>
        /^alias\.[^=]*=([^]+)$/.exec(text)?.[1] ?? (/^alias\.[^=]*$/.test(args[index - 1] ?? '') ? text : []),
    )
    .map((text) => (text.startsWith('!') ? text.slice(1) : `git ${text}`));
  const after = (verb: RegExp): string[] =>
    args.some((text) => verb.test(text)) ? args.slice(args.findIndex((text) => verb.test(text)) + 1) : [];
  const executed = args.flatMap((text, index) =>
    /^(?:--exec|-x)$/.test(args[index - 1] ?? '') && args.includes('rebase')
      ? text
      : (/^--exec=([^]*)$/.exec(text)?.[1] ?? []),
  );
  const bisected = args.includes('bisect') ? [after(/^run$/).map(quoted).join(' ')] : [];
  const foreach = args.includes('submodule')
    ? [
        after(/^foreach$/)
          .filter((text) => !text.startsWith('--'))
          .join(' '),
      ]
    : [];
  const kept = args.includes('config')
    ? args.flatMap((text, index) => (RUN_BY_GIT.test(args[index - 1] ?? '') ? text.replace(/^!/, '') : []))
    : [];
  const settings = args.flatMap((text, index) =>
    args[index - 1] === '-c'
      ? (/^(?:core\.(?:editor|pager|fsmonitor|sshcommand|askpass)|sequence\.editor|diff\.external|pager\.\w+)=([^]+)$/i.exec(
          text,
        )?.[1] ?? [])
      : [],
  );
  return [...aliases, ...executed, ...bisected, ...foreach, ...settings, ...kept].filter((text) => text !== '');
}

/** Commands of aliases that variables give git: `GIT_CONFIG_KEY_0=alias.x GIT_CONFIG_VALUE_0='!…' git x`. */
export function aliasesIn(assignments: readonly string[]): string[] {
  const valueOf = (name: string): string =>
    assignments.findLast((text) => text.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  const texts = assignments.flatMap((text) => {
    const [, index] = /^GIT_CONFIG_KEY_(\d+)=alias\./i.exec(text) ?? [];
    if (index !== undefined) return valueOf(`GIT_CONFIG_VALUE_${index}`);
    return text.startsWith('GIT_CONFIG_PARAMETERS=')
      ? [...text.matchAll(/'alias\.[^'=]+(?:=|'=')((?:[^']|'\\'')*)'/g)].map(([, value = '']) => value)
      : [];
  });
  return texts.map((text) => (text.startsWith('!') ? text.slice(1) : `git ${text}`));
}

/** Variables that name a file of git's settings, and where it lies below their value. */
const SETTINGS_IN: readonly (readonly [string, string])[] = [
  ['GIT_CONFIG_GLOBAL', ''],
  ['GIT_CONFIG_SYSTEM', ''],
  ['HOME', '/.gitconfig'],
  ['XDG_CONFIG_HOME', '/git/config'],
];

/**
 * The alias that a call takes from a variable (`--config-env=alias.up=X`), or from a settings file that a variable names;
 * undefined for none, and an empty text where only a run can tell.
 */
export function aliasByVariable(
  assignments: readonly string[],
  args: readonly Word[],
  read: ReadScript,
): string | undefined {
  const { verb, rest } = gitCall(args);
  const valueOf = (name: string): string | undefined =>
    assignments.findLast((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
  const texts = args.map(({ text }) => text);
  const [given] = texts.flatMap((text, index) => {
    const [, value] =
      /^--config-env=(.+)$/.exec(texts[index - 1] === '--config-env' ? `--config-env=${text}` : text) ?? [];
    const [, name, variable] = /^alias\.([^=]+)=(.+)$/i.exec(value ?? '') ?? [];
    return name?.toLowerCase() === verb.toLowerCase() && variable !== undefined ? [valueOf(variable) ?? ''] : [];
  });
  const [stored] = SETTINGS_IN.flatMap(([variable, below]) => {
    const value = valueOf(variable);
    const settings = value === undefined || value === '' ? undefined : read(`${value}${below}`);
    return settings === undefined ? [] : (aliasInSettings(settings, verb) ?? []);
  });
  const text = given ?? stored;
  if (text === undefined || text === '') return text;
  return `${text.startsWith('!') ? text.slice(1) : `git ${text}`} ${rest.map((word) => quoted(word.text)).join(' ')}`;
}

/** An alias in the text of a settings file. */
function aliasInSettings(settings: string, verb: string): string | undefined {
  let inAliases = false;
  for (const line of settings.split('\n')) {
    if (/^\s*\[/.test(line)) inAliases = /^\s*\[alias\]/i.test(line);
    const [, name, value] = inAliases ? (/^(?:\s*\[alias\])?\s*([\w-]+)\s*=\s*(.+?)\s*$/i.exec(line) ?? []) : [];
    if (name?.toLowerCase() === verb.toLowerCase())
      return (value ?? '').replace(/^"([^]*)"$/, '$1').replace(/\\(["\\])/g, '$1');
  }
  return undefined;
}

/** git's own subcommands in daily use: only other ones are looked up as aliases. */
const GITS_OWN = new Set(
  'add am apply archive bisect blame branch bundle cat-file check-ignore checkout cherry cherry-pick clean clone commit config describe diff difftool fetch filter-branch for-each-ref format-patch fsck gc grep hash-object help init log ls-files ls-remote ls-tree maintenance merge merge-base mergetool mv name-rev notes pull push range-diff rebase reflog remote replace rerere reset restore rev-list rev-parse revert rm shortlog show show-ref sparse-checkout stash status submodule switch symbolic-ref tag update-index update-ref var verify-commit version worktree'.split(
    ' ',
  ),
);

/** The text of an alias for a subcommand (git-config(1)): git ignores aliases that would hide its own. */
export function aliasText(args: readonly Word[], { alias }: Reads): string[] {
  const { verb, rest } = gitCall(args);
  const known = /^[\w.-]+$/.test(verb) && !GITS_OWN.has(verb) ? alias(verb) : undefined;
  if (known === undefined) return [];
  return [
    `${known.startsWith('!') ? known.slice(1) : `git ${known}`} ${rest.map(({ text }) => quoted(text)).join(' ')}`,
  ];
}

/** The alias that a `git config` call makes: its name and its text. */
export function aliasMade(args: readonly string[]): readonly [string, string] | undefined {
  const at = args.findIndex((text) => /^alias\.[\w.-]+$/.test(text));
  const text = args[at + 1];
  if (at < 0 || text === undefined || !args.slice(0, at).includes('config')) return undefined;
  return [(args[at] ?? '').slice(6), text];
}

/** git settings whose value git runs. */
const RUN_BY_GIT =
  /^(?:core\.(?:editor|pager|fsmonitor|sshcommand|askpass)|sequence\.editor|diff\.(?:external|[^.]+\.(?:textconv|command))|merge\.[^.]+\.driver|filter\.[^.]+\.(?:clean|smudge|process)|credential\.(?:[^]+\.)?helper|pager\.\w+)$/i;
