/**
 * What no agent may do, whatever a policy says: an agent can't loosen its own leash. Here as far as a command's words tell;
 * files are in `guard.ts`.
 */
import { nameOf } from './listed';
import type { Invocation, Word } from './shell-words';

/** What is refused, and what to do instead; both as sentences for the model and the person. */
export interface Forbidden {
  readonly why: string;
  readonly instead: string;
}

/** Our verbs that take back or stand in for a person's word. */
const OWN_VERBS = new Set(['declare', 'ack', 'acknowledge', 'sign', 'uninstall', 'purge']);
/** Verbs of git that run hooks, and can be told not to. */
const VERIFIED = new Set(['commit', 'merge', 'am', 'rebase', 'push', 'pull', 'cherry-pick', 'revert']);
/** Where hooks are, or another file that says so. */
const HOOKS_PATH = /^(?:core\.hookspath|include(?:if\.[^]*)?\.path)$/i;

const TO_A_PERSON = 'Tell the person what you would do and why, and let them run it.';

export function forbiddenBy({ words, assignments }: Invocation): Forbidden | undefined {
  const named = assignments.find((text) => /^GIT_CONFIG(?:_KEY_\d+|_PARAMETERS)=/.test(text) && /core\.hookspath/i.test(text));
  if (named !== undefined) return hooksPath();
  const own = ownVerb(words);
  if (own !== undefined) return { why: `\`linekeeper ${own}\` speaks for a person, so an agent may not run it.`, instead: TO_A_PERSON };
  return nameOf(words[0]) === 'git' ? forbiddenGit(words.slice(1)) : undefined;
}

/** The verb, when the words start Linekeeper: by its name, or by its file. */
function ownVerb(words: readonly Word[]): string | undefined {
  const at = words.findIndex((word, index) => index < 4 && (nameOf(word) === 'linekeeper' || /(?:^|[\\/])dist[\\/]cli\.js$/.test(word.text)));
  const verb = at < 0 ? undefined : words[at + 1]?.text;
  return verb !== undefined && OWN_VERBS.has(verb) ? verb : undefined;
}

function hooksPath(): Forbidden {
  return { why: 'This would change which git hooks run, and the hooks write the record of who wrote what.', instead: 'Leave `core.hooksPath` as it is, or ask the person to change it.' };
}

function forbiddenGit(args: readonly Word[]): Forbidden | undefined {
  let at = 0;
  for (; at < args.length; at++) {
    const text = args[at]?.text ?? '';
    if (text === '-c' || text === '--config-env') {
      if (HOOKS_PATH.test((args[at + 1]?.text ?? '').split('=')[0] ?? '')) return hooksPath();
      at++;
    } else if (/^--config-env=core\.hookspath/i.test(text)) return hooksPath();
    else if (/^(?:-C|--git-dir|--work-tree|--namespace|--exec-path)$/.test(text)) at++;
    else if (!text.startsWith('-')) break;
  }
  const verb = args[at]?.text ?? '';
  const rest = args.slice(at + 1).map((word) => word.text);
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  if (verb === 'config') return setsHooksPath(rest) ? hooksPath() : undefined;
  if (!VERIFIED.has(verb)) return undefined;
  const skips = options.some((text, index) => text.startsWith('--no-veri') || (verb === 'commit' && isShortN(text, options[index - 1])));
  return skips ? { why: `\`git ${verb}\` without its hooks leaves no record of who wrote what.`, instead: 'Run it without `--no-verify`; if a hook fails, say what it says.' } : undefined;
}

/** `-n`, alone or among other letters (`-anm`); after a letter that takes a value the rest is the value. */
function isShortN(text: string, before: string | undefined): boolean {
  if (before !== undefined && /^(?:-[a-zA-Z]*[mFcCt]|--(?:message|file|author|date|template|cleanup|trailer|reuse-message|reedit-message|fixup|squash))$/.test(before)) return false;
  const letters = /^-([a-zA-Z]+)/.exec(text)?.[1] ?? '';
  return letters.replace(/[mFcCtuS].*$/, '').includes('n');
}

function setsHooksPath(args: readonly string[]): boolean {
  const key = args.findIndex((text) => HOOKS_PATH.test(text));
  if (key < 0) return args.some((text) => /^--(?:remove|rename)-section$|^(?:remove|rename)-section$/.test(text)) && args.some((text) => /^core$/i.test(text));
  if (args.some((text) => /^(?:--get(?:-all|-regexp)?|get|--show-origin)$/.test(text))) return false;
  return args.some((text) => /^(?:--unset(?:-all)?|--add|--replace-all|unset|set)$/.test(text)) || args.length > key + 1;
}
