/**
 * What no agent may do, whatever a policy says: an agent can't loosen its own leash. This file judges a command's
 * words; `judge-changed-paths.ts` judges files.
 */
import {
  beforeDashes,
  braces,
  type GitCall,
  gitCall,
  type Invocation,
  nameOf,
  type ReadScript,
  type SettingChange,
  settingChange,
  type Word,
} from '../../danger/shell';
import { dropsSharedHooks, sharedHookTaken } from './removal-of-shared-hooks';
import { movesBase } from './moves-of-base-branch';
import { changesNotes } from './changes-to-git-notes';
import { AUDIENCE } from '../audience-of-verbs';
import type { Forbidden } from './types';

// What a command does with Linekeeper itself: the command that it starts, and whether it removes the program.

/** Our name in package installers: with a version, or with the publisher before it and the platform after it. */
const OUR_NAME = /^(?:linekeeper\.)?linekeeper(?:@[^]*)?$/i;
/** The command line's script file, which Node also finds without its extension. */
const OUR_FILE = /(?:^|[\\/])dist[\\/]cli(?:\.js)?$/;
/** Our name is looked for in this many non-option words: `npm exec -- linekeeper`. */
const FIRST_WORDS = 4;

/** Programs that start no others: for them our name is an ordinary argument. */
const READERS =
  /^(?:echo|printf|[ef]?grep|rg|ag|ack|git|gh|ls|cat|head|tail|less|more|man|which|type|whereis|cd|pushd|mkdir|touch|rm|cp|mv|ln|find|fd|diff|wc|file|stat|test|\[{1,2}|vim?|nano|sed|sort|export|alias|read|for|case|kill|pkill|pgrep|curl|wget)$/;

/**
 * The command that speaks for a person, when the words start Linekeeper with one: by its name, or by its script file.
 * Options may precede both.
 */
function verbForPeople(words: readonly Word[]): string | undefined {
  if (READERS.test(nameOf(words[0]))) return undefined;
  const plain = words.flatMap((word, index) => (word.text.startsWith('-') ? [] : [index])).slice(0, FIRST_WORDS);
  const at = plain.find((index) => isOurs(words[index]));
  if (at === undefined) return undefined;
  const rest = words.slice(at + 1).map((word) => word.text);
  const verb = rest.find((text, index) => !text.startsWith('-') && rest[index - 1] !== '--repo');
  if (verb === undefined || rest.some((text) => text === '--help' || text === '-h')) return undefined;
  const audience = Object.hasOwn(AUDIENCE, verb) ? AUDIENCE[verb] : undefined;
  if (audience === 'person') return verb;
  const word = audience instanceof RegExp ? rest.find((text) => audience.test(text)) : undefined;
  return word === undefined ? undefined : `${verb} ${word.split('=')[0] ?? ''}`;
}

const isOurs = (word: Word | undefined): boolean =>
  word !== undefined && (OUR_NAME.test(nameOf(word)) || OUR_FILE.test(word.text));

/** Programs that remove others, or extensions; for some, only what follows their name is left here. */
const INSTALLERS =
  /^(?:p?npm|yarn|bun|volta|code(?:-insiders|-oss)?|codium|vscodium|code-server|cursor|windsurf|kiro|antigravity|positron|uninstall|remove|un|rm)$/i;
const TAKES_AWAY = /^(?:uninstall|remove|rm|r|un|unlink|--(?:uninstall|disable)-extension)$/;

/** Whether the words remove Linekeeper from this machine, or from an editor. */
function takesUsAway(words: readonly Word[]): boolean {
  const texts = words.flatMap(({ text }) => (text.startsWith('--') ? text.split('=') : [text]));
  const name = nameOf(words[0]).toLowerCase();
  // `rm` uninstalls only after `yarn` and similar managers, which are no longer in the words; by itself it removes a
  // file
  if (!INSTALLERS.test(name) || (name === 'rm' && !texts.some((text) => /^(?:-g|--global)$/.test(text)))) return false;
  return texts.some((text) => TAKES_AWAY.test(text)) && texts.some((text) => OUR_NAME.test(text));
}

const ADDS = /^(?:install|i|in|ins|add|link|--(?:install|update)-extension|--install)$/;
/** The options and the words by which a package manager installs for the whole machine. Editors and Volta always do. */
const FOR_MACHINE = /^(?:-g|--global|--location=global|global)$/;
const ALWAYS_FOR_MACHINE = /^(?:volta|code|codium|vscodium|cursor|windsurf|kiro|antigravity|positron)/i;
/** A version of ours that somebody chose. The newest is what a person gets too. */
const OUR_VERSION = /^(?:linekeeper\.)?linekeeper@(?!latest$)/i;
/** Our package as a file, in a folder or at an address. */
const OUR_PACKAGE = /(?:^|[\\/])linekeeper[^\\/]*\.(?:tgz|vsix|tar\.gz)(?:[?#][^]*)?$/i;

/** Whether the words install Linekeeper for the whole machine: an older version, or a copy that somebody changed. */
function replacesUs(words: readonly Word[]): boolean {
  const texts = words.flatMap(({ text }) => (/^--[a-z]+-extension=/.test(text) ? text.split('=') : [text]));
  const name = nameOf(words[0]);
  // after `yarn` and similar managers, which are no longer in the words, their own verb comes first
  if (!(INSTALLERS.test(name) || /^(?:add|global)$/.test(name)) || !texts.some((text) => ADDS.test(text))) return false;
  const global = ALWAYS_FOR_MACHINE.test(name) || texts.some((text) => FOR_MACHINE.test(text));
  return global && texts.slice(1).some((text) => OUR_VERSION.test(text) || OUR_PACKAGE.test(text));
}

/** Variables that switch the hooks of a manager off. */
const HOOKS_OFF = /^(?:HUSKY|LEFTHOOK)=(?:0|false|)$|^HUSKY_SKIP_HOOKS=(?!0?$)|^SKIP_SIMPLE_GIT_HOOKS=(?!0?$)/;
/** git subcommands that run hooks and can skip them. */
const VERIFIED = new Set(['commit', 'merge', 'am', 'rebase', 'push', 'pull', 'cherry-pick', 'revert']);
/** Where hooks are, or another file that sets this. */
const HOOKS_PATH = /^(?:core\.hookspath|include(?:if\.[^]*)?\.path)$/i;

const TO_A_PERSON = 'Tell the person what you would do and why, and let them run it.';

/** `read` returns the text of a file, by its name in the command; undefined for none. */
export function forbiddenBy(invocation: Invocation, read: ReadScript): Forbidden | undefined {
  const { words } = invocation;
  const own = verbForPeople(words);
  if (own !== undefined)
    return { why: `\`linekeeper ${own}\` speaks for a person, so an agent may not run it.`, instead: TO_A_PERSON };
  if (takesUsAway(words))
    return {
      why: 'This would remove Linekeeper, which records and restricts agents.',
      instead: TO_A_PERSON,
    };
  if (replacesUs(words))
    return {
      why: 'This would install another version of Linekeeper, which records and restricts agents, so a person must agree first.',
      instead: TO_A_PERSON,
      ask: true,
    };
  const dropped = dropsSharedHooks(invocation, read);
  if (dropped !== undefined) return sharedHookTaken(dropped);
  const git = nameOf(words[0]) === 'git';
  const exports = EXPORTS.test(nameOf(words[0]));
  const off = git || exports ? setIn(invocation).find((text) => HOOKS_OFF.test(text)) : undefined;
  if (off !== undefined && (exports || VERIFIED.has(gitCall(words.slice(1)).verb)))
    return {
      why: `\`${off}\` switches off git's hooks, and they write the record of who wrote what.`,
      instead: 'Run it without that variable; if a hook fails, report its message.',
    };
  if (setIn(invocation).some((text) => namesHooks(text, read, git))) return hooksPath();
  if (changesNotes(invocation, read))
    return {
      why: 'This would change the notes on who wrote what, or on sign-offs, pending sign-offs and deployments (`refs/notes/ai` and beside it).',
      instead: 'Leave them to Linekeeper, which keeps them by itself: `linekeeper notes push`, `fetch` and `repair`.',
    };
  return git ? forbiddenGit(gitCall(words.slice(1))) : undefined;
}

const EXPORTS = /^(?:export|declare|typeset|readonly|local|setenv)$/;

/** The variables that are set for this program, or for later ones. */
function setIn({ words, assignments }: Invocation): readonly string[] {
  return EXPORTS.test(nameOf(words[0])) ? [...assignments, ...words.slice(1).map((word) => word.text)] : assignments;
}

/**
 * Whether a variable gives git a setting, or a settings file, that says where hooks are. `git`: the program that gets
 * it is git.
 */
function namesHooks(assignment: string, read: ReadScript, git: boolean): boolean {
  const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(assignment) ?? [];
  if (/^GIT_CONFIG_KEY_\d+$/.test(name)) return HOOKS_PATH.test(value);
  if (name === 'GIT_CONFIG_PARAMETERS') return /core\.hookspath|include(?:if\.[^']*)?\.path/i.test(value);
  const file = Object.hasOwn(SETTINGS_IN, name) ? SETTINGS_IN[name]?.(value) : undefined;
  const forGit = name.startsWith('GIT_CONFIG_');
  if (file === undefined || value === '' || value === '/dev/null' || !(git || forGit)) return false;
  const text = read(file);
  // a file named for this purpose that does not exist yet may be written first
  return text === undefined ? git && forGit : /hookspath|^\s*\[include/im.test(text);
}

/** Variables by which git reads settings from outside the repository. */
const SETTINGS_IN: Readonly<Record<string, (value: string) => string>> = {
  GIT_CONFIG_GLOBAL: (value) => value,
  GIT_CONFIG_SYSTEM: (value) => value,
  HOME: (value) => `${value}/.gitconfig`,
  XDG_CONFIG_HOME: (value) => `${value}/git/config`,
};

function hooksPath(): Forbidden {
  return {
    why: 'This would change which git hooks run, and the hooks write the record of who wrote what.',
    instead: 'Leave `core.hooksPath` as it is, or ask the person to change it.',
  };
}

function forbiddenGit(call: GitCall): Forbidden | undefined {
  const { verb, settings, rest } = call;
  if (settings.some((text) => HOOKS_PATH.test(text.replace(/=[^]*$/, '')))) return hooksPath();
  const texts = rest.map((word) => word.text);
  const options = beforeDashes(rest).flatMap((word) => braces(word.text));
  const base = movesBase(call);
  if (base) return base;
  if (verb === 'config') return setsHooksPath(settingChange(rest)) ? hooksPath() : undefined;
  if (makesCommits(verb, texts))
    return {
      why: `\`git ${verb}\` makes commits without the hooks that record who wrote what, so a person must agree first.`,
      instead: 'Use `git commit`, `git rebase` or `git cherry-pick`, or let the person run it.',
      ask: true,
    };
  if (replaces(verb, texts))
    return {
      why: `\`git ${verb}\` would have git show other commits than those that were recorded, so a person must agree first.`,
      instead: TO_A_PERSON,
      ask: true,
    };
  if (!VERIFIED.has(verb)) return undefined;
  const skips = options.some(
    (text, index) =>
      NO_VERIFY.test(text) ||
      (verb === 'commit' && (text === '--no-post-rewrite' || isShortN(text, options[index - 1]))) ||
      (verb === 'am' && text === '-n'),
  );
  return skips
    ? {
        why: `\`git ${verb}\` without its hooks leaves no record of who wrote what.`,
        instead: 'Run it without `--no-verify`; if a hook fails, report its message.',
      }
    : undefined;
}

/** Including abbreviations that git accepts; `--no-verify-signatures` is a different option. */
const NO_VERIFY = /^--no-veri(?:fy?)?$/;
/** git subcommands that create commits without any hook. */
const HOOKLESS = new Set(['commit-tree', 'fast-import', 'filter-branch', 'filter-repo']);

const makesCommits = (verb: string, texts: readonly string[]): boolean =>
  HOOKLESS.has(verb) && !texts.some((text) => /^(?:-h|--help|--analyze|--dry-run)$/.test(text));

/** Whether it makes git replace one object with another. */
function replaces(verb: string, texts: readonly string[]): boolean {
  if (verb === 'update-ref') return texts.some((text) => text.startsWith('refs/replace/'));
  return (
    verb === 'replace' &&
    texts.some((text) => text !== '' && !text.startsWith('-')) &&
    !texts.some((text) => /^(?:-l|--list)$/.test(text))
  );
}

/** `-n`, alone or combined (`-anm`); after a letter that takes a value, the rest is the value. */
function isShortN(text: string, before: string | undefined): boolean {
  if (
    before !== undefined &&
    /^(?:-[a-zA-Z]*[mFcCt]|--(?:message|file|author|date|template|cleanup|trailer|reuse-message|reedit-message|fixup|squash))$/.test(
      before,
    )
  )
    return false;
  const letters = /^-([a-zA-Z]+)/.exec(text)?.[1] ?? '';
  return letters.replace(/[mFcCtuS].*$/, '').includes('n');
}

/** Whether it sets where hooks are, or removes the setting that does. */
function setsHooksPath(change: SettingChange | undefined): boolean {
  if (!change) return false;
  if (change.names.length === 0) return change.file === undefined; // in an editor; any other file is judged by its path
  return change.names.some((name) => (change.section ? /^(?:core|include(?:if\.[^]*)?)$/i : HOOKS_PATH).test(name));
}
