/** A call of git, taken apart: what stands before its verb, and what behind it. */
import type { Word } from './shell-words';

export interface GitCall {
  /** Empty where there is none. */
  readonly verb: string;
  /** What stands behind the verb. */
  readonly rest: readonly Word[];
  /** Where git is sent before it begins, from where it starts; empty when it stays. */
  readonly folder: string;
  /** The settings of this call, `NAME=value`; for `--config-env` the value is the name of a variable. */
  readonly settings: readonly string[];
}

/** Options of git itself that take the next word (git(1)). */
const WITH_WORD = /^(?:-[cC]|--(?:config-env|git-dir|work-tree|namespace|attr-source))$/;

/** `args`: what stands behind `git`. */
export function gitCall(args: readonly Word[]): GitCall {
  let folder = '';
  const settings: string[] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const { text = '', open = false } = args[at] ?? {};
    if (text === '' && open) continue; // a variable that may hold options, or nothing
    if (!text.startsWith('-')) break;
    const [, option = text, joined] = /^(--[^=]+)=([^]*)$/.exec(text) ?? [];
    const value = joined ?? (WITH_WORD.test(option) ? (args[++at]?.text ?? '') : '');
    if (option === '-C' || option === '--work-tree') folder = below(folder, value);
    else if (option === '-c' || option === '--config-env') settings.push(value);
  }
  return { verb: args[at]?.text ?? '', rest: args.slice(at + 1), folder, settings };
}

/** A path as it is meant in a folder, which is empty where nobody was sent. */
export const below = (folder: string, path: string): string => (folder === '' || path.startsWith('/') ? path : path === '' ? folder : `${folder}/${path}`);
