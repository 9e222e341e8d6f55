/** A git command line, parsed: what comes before its subcommand, and what after it. */
import { after, beforeDashes, joinedTo, plainOf } from '../words/options';
import { braces } from '../words/glob';
import type { Word } from '../words/invocation';

export interface GitCall {
  /** Empty where there is none. */
  readonly verb: string;
  /** The arguments after the subcommand. */
  readonly rest: readonly Word[];
  /** The folder that git changes to first (`-C`), relative to where it starts; empty when it stays. */
  readonly folder: string;
  /** `--git-dir`; empty without one. */
  readonly gitDir: string;
  /** The configuration given in this call, `NAME=value`; for `--config-env` the value is the name of a variable. */
  readonly settings: readonly string[];
}

/** Options of git itself that take the next word as their value (git(1)). */
const WITH_WORD = /^(?:-[cC]|--(?:config-env|git-dir|work-tree|namespace|attr-source))$/;

/** `args`: the words after `git`. */
export function gitCall(args: readonly Word[]): GitCall {
  let folder = '';
  let gitDir = '';
  const settings: string[] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const { text = '', open = false } = args[at] ?? {};
    if (text === '' && open) continue; // a variable that may hold options, or nothing
    if (!text.startsWith('-')) break;
    const [, option = text, joined] = /^(--[^=]+)=([^]*)$/.exec(text) ?? [];
    const value = joined ?? (WITH_WORD.test(option) ? (args[++at]?.text ?? '') : '');
    if (option === '-C' || option === '--work-tree') folder = below(folder, value);
    else if (option === '--git-dir') gitDir = value;
    else if (option === '-c' || option === '--config-env') settings.push(value);
  }
  return { verb: args[at]?.text ?? '', rest: args.slice(at + 1), folder, gitDir, settings };
}

/** A path as seen from a folder, which is empty when there was no `-C`. */
export const below = (folder: string, path: string): string =>
  folder === '' || path.startsWith('/') ? path : path === '' ? folder : `${folder}/${path}`;

/** What a `git config` call changes. */
export interface SettingChange {
  /** The possible names of the setting, or the section; empty where any could be meant. */
  readonly names: readonly string[];
  /** A whole section is removed or renamed. */
  readonly section: boolean;
  /** The file to change, if one is named. */
  readonly file: Word | undefined;
}

const SETTING_ACTION = /^(?:list|get|set|unset|edit|rename-section|remove-section)$/;
const SETTING_READS = /^(?:--get(?:-.+)?|-l|--list|--show-origin|get|list)$/;
const SETTING_CHANGES = /^(?:--unset(?:-all)?|--add|--replace-all|set|unset)$/;
const SETTING_EDITS = /^(?:-e|--edit|edit)$/;
const SETTING_SECTION = /^(?:--)?(?:remove|rename)-section$/;

/** What `git config` changes, given the arguments after it; undefined where it only reads. */
export function settingChange(rest: readonly Word[]): SettingChange | undefined {
  const plain = plainOf(rest, ['-f', '--file', '--blob', '--type', '--default', '--value', '--url', '--comment']);
  const action = SETTING_ACTION.test(plain[0]?.text ?? '') ? plain[0]?.text : undefined;
  const does = [
    ...beforeDashes(rest).flatMap(({ text }) => (text.startsWith('-') ? text : [])),
    ...(action === undefined ? [] : [action]),
  ];
  const names = (action === undefined ? plain : plain.slice(1)).slice(0, 1).flatMap((word) => braces(word.text));
  const is = (what: RegExp): boolean => does.some((text) => what.test(text));
  const file = [...after(rest, /^(?:-f|--file)$/), ...joinedTo(rest, /^--file=([^]+)$/)][0];
  if (is(SETTING_READS)) return undefined;
  if (is(SETTING_EDITS)) return { names: [], section: false, file };
  if (is(SETTING_SECTION)) return { names, section: true, file };
  return is(SETTING_CHANGES) || plain.length > 1 ? { names, section: false, file } : undefined;
}
