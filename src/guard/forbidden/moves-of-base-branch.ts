/** git commands that change what counts as the base branch, from which the policy is read. */
import { type GitCall, settingChange } from '../../danger/shell';
import type { Forbidden } from './types';

const REMOTE = /^refs\/remotes\/|^remotes\//;
/** Settings for a remote's URL, and for what is fetched from it. */
const SETTING = /^(?:remote\.[^]+\.(?:url|fetch|pushurl)|url\.[^]+\.(?:push)?insteadof)$/i;

const denied = (settingName: string): Forbidden => ({
  why: `This would change ${settingName}, which names the base that the policy is read from.`,
  instead: 'Fetch with plain `git fetch`, and leave the remote branches as the remote has them.',
});
/** It has everyday uses too. */
const needsPerson = (settingName: string): Forbidden => ({
  why: `This would change ${settingName}, which decides where the base and its policy come from: a person must agree first.`,
  instead: 'Tell the person what you would change and why, and let them run it.',
  ask: true,
});

/** What is refused or asked about because it moves the base; undefined for anything else. */
export function movesBase({ verb, rest, settings }: GitCall): Forbidden | undefined {
  const texts = rest.map(({ text }) => text);
  const named = texts.filter((text) => !text.startsWith('-'));
  if (settings.some((text) => SETTING.test(text.replace(/=[^]*$/, '')))) return needsPerson('the address of a remote');
  switch (verb) {
    case 'update-ref':
      return named.some((text) => REMOTE.test(text)) ? denied('a branch of the remote') : undefined;
    case 'symbolic-ref':
      return named.some((text) => REMOTE.test(text)) &&
        (named.length > 1 || texts.some((text) => /^(?:-d|--delete)$/.test(text)))
        ? denied("the remote's main branch")
        : undefined;
    case 'remote':
      return remote(named, texts);
    case 'config': {
      const change = settingChange(rest);
      if (change?.names.length === 1 && fetchesByName(change.names[0] ?? '', named.at(-1) ?? '')) return undefined;
      return change?.names.some((name) => SETTING.test(name) || (change.section && /^remote\./i.test(name)))
        ? needsPerson('the address of a remote')
        : undefined;
    }
    case 'fetch':
    case 'pull':
      return fetched(named);
    case 'push':
      return named.slice(1).some((text) => /:\+?refs\/remotes\//.test(text))
        ? denied('a branch of the remote')
        : undefined;
    case 'branch':
      return texts.some((text) => /^-[a-zA-Z]*r|^--remotes$/.test(text)) &&
        texts.some((text) => /^-[a-zA-Z]*[dD]|^--delete$/.test(text))
        ? needsPerson('a branch of the remote')
        : undefined;
    default:
      return undefined;
  }
}

function remote(named: readonly string[], texts: readonly string[]): Forbidden | undefined {
  const [subcommand = '', , second = ''] = named;
  if (subcommand === 'add') return needsPerson('the remotes'); // in a clone without one, it becomes the base's
  if (/^(?:remove|rm|rename)$/.test(subcommand)) return needsPerson('a remote');
  if (subcommand === 'set-url' || subcommand === 'set-branches') return needsPerson('the address of a remote');
  // asking the remote for its own main branch is harmless
  return subcommand === 'set-head' &&
    (second !== '' || texts.some((text) => /^(?:-d|--delete)$/.test(text))) &&
    !texts.some((text) => /^(?:-a|--auto)$/.test(text))
    ? denied("the remote's main branch")
    : undefined;
}

/** Whether a setting fetches each branch of a remote under its own name, as `git clone` sets it up. */
function fetchesByName(setting: string, value: string): boolean {
  const [, owner = ''] = /^remote\.([^]+)\.fetch$/i.exec(setting) ?? [];
  const [, source = '', target = ''] = /^\+?refs\/heads\/([^:]+):([^]+)$/.exec(value) ?? [];
  return owner !== '' && source !== '' && target === `refs/remotes/${owner}/${source}`;
}

/** Whether a refspec stores something in a remote-tracking branch other than the remote's branch of that name. */
function fetched([from = '', ...refspecs]: readonly string[]): Forbidden | undefined {
  const moves = refspecs.some((refspec) => {
    const [, source = '', target = ''] = /^\+?([^:]*):([^]*)$/.exec(refspec) ?? [];
    if (!REMOTE.test(target)) return false;
    const [, owner = '', branch = ''] = /remotes\/([^/]+)\/([^]*)$/.exec(target) ?? [];
    return owner !== from || source.replace(/^refs\/heads\//, '') !== branch;
  });
  return moves ? denied('a branch of the remote') : undefined;
}
