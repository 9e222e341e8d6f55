/** Which files git would write, move or remove, as far as its words show. */
import { after, below, type GitCall, gitCall, joinedTo, plainOf, settingChange, type Word } from '../../danger/shell';

/** Whether git, in a folder, interprets a name as a branch or a commit and not as a file. */
export type IsRevision = (name: string, folder: string) => boolean;

const GIT_PATHS = new Set(['rm', 'mv', 'restore', 'checkout', 'clean']);
const DEEP = new Set(['rm', 'mv', 'clean', 'restore', 'checkout', 'stash']);
const SHOWS = new Set(['diff', 'log', 'show', 'format-patch', 'archive', 'whatchanged']);
/** Words for the whole folder: what they change there depends on too much. */
export const EVERYTHING = /^(?:\.\/?|:\/|\*)$/;

/** Whether folders include everything in them. */
export const isDeepInGit = (args: readonly Word[]): boolean => DEEP.has(gitCall(args).verb);

/** `assignments`: `NAME=value` before git. */
export function gitTargets(
  args: readonly Word[],
  assignments: readonly string[],
  isRevision: IsRevision,
): readonly Word[] {
  const call = gitCall(args);
  const sent = (words: readonly Word[]): readonly Word[] =>
    words.map((word) => ({ ...word, text: below(call.folder, word.text) }));
  const seldomCall = seldom(call, assignments);
  if (seldomCall) return sent(seldomCall);
  const { verb, rest, folder } = call;
  if (!GIT_PATHS.has(verb)) return [];
  const dashes = rest.findIndex((word) => word.text === '--');
  const branch = verb === 'checkout' ? rest.findIndex((word) => /^(?:-b|-B|--orphan)$/.test(word.text)) : -1;
  const named =
    dashes >= 0 && verb === 'checkout'
      ? rest.slice(dashes + 1)
      : branch >= 0
        ? []
        : pathsOnly(verb, plainOf(rest), folder, isRevision);
  // restoring everything at once is the usual way back to the last commit
  return sent(
    named.filter(
      (word) => !EVERYTHING.test(word.text) || folder !== '' || fromElsewhere(verb, rest, folder, isRevision),
    ),
  );
}

/** Whether files are taken from a commit other than the last one. */
function fromElsewhere(verb: string, rest: readonly Word[], folder: string, isRevision: IsRevision): boolean {
  const named =
    verb === 'checkout'
      ? plainOf(rest)
          .slice(0, 1)
          .filter(({ open, text }) => !open && isRevision(text, folder))
      : [];
  const source = [...named, ...after(rest, /^(?:-s|--source)$/), ...joinedTo(rest, /^--source=([^]+)$/)].at(-1)?.text;
  return source !== undefined && !/^(?:HEAD|@)$/.test(source);
}

/** Without the branch or the commit that `git checkout` takes first. */
function pathsOnly(verb: string, named: readonly Word[], folder: string, isRevision: IsRevision): readonly Word[] {
  const [first] = named;
  return verb === 'checkout' && first && !first.open && isRevision(first.text, folder) ? named.slice(1) : named;
}

/** What subcommands write that are rarely used for writing; undefined for others. */
function seldom({ verb, rest, settings }: GitCall, assignments: readonly string[]): readonly Word[] | undefined {
  const [first] = rest;
  const plain = (...takes: readonly string[]): Word[] => plainOf(rest, takes);
  switch (verb) {
    case 'stash': {
      const pathspec = rest.findIndex((word) => word.text === '--');
      if (first?.text !== 'push' && pathspec < 0) return [];
      return (pathspec >= 0 ? rest.slice(pathspec + 1) : plain('-m', '--message').slice(1)).filter(
        (word) => !EVERYTHING.test(word.text),
      );
    }
    case 'checkout-index':
      return [
        ...plain('--stage'),
        ...joinedTo(rest, /^--prefix=([^]+)$/).map((word) => ({ ...word, text: `${word.text.replace(/\/$/, '')}/*` })),
      ];
    case 'update-index': // `MODE,OBJECT,FILE`: the first two do not matter if unknown
      return [
        ...plain('--cacheinfo', '--chmod'),
        ...joinedTo(rest, /^[^,]*,[^,]*,([^]+)$/).map((word) => ({ ...word, open: false })),
      ];
    case 'config': {
      const file = settingChange(rest)?.file;
      return file ? [file] : [];
    }
    case 'worktree':
      return first?.text === 'add'
        ? plain('-b', '-B', '--reason').slice(1, 2)
        : first?.text === 'remove' || first?.text === 'move'
          ? plain().slice(1)
          : [];
    case 'clone':
      return plain('-b', '--branch', '-o', '--origin', '--depth', '-c', '--config', '-j', '--template').slice(1);
    case 'init':
      return madeBy(plain('-b', '--initial-branch', '--template', '--separate-git-dir', '--object-format')[0], {
        rest,
        settings,
        assignments,
      });
    case 'merge-file':
      return plain('-L').slice(0, 1);
    default:
      return SHOWS.has(verb)
        ? [
            ...after(rest, /^(?:-o|--output|--output-directory)$/),
            ...joinedTo(rest, /^(?:--output(?:-directory)?=|-o)([^]+)$/),
          ].flatMap((word) => [word, { ...word, text: `${word.text}/*` }])
        : undefined;
  }
}

/** In an existing repository `git init` changes nothing, except for template hooks and the location of git's folder. */
function madeBy(
  named: Word | undefined,
  {
    rest,
    settings,
    assignments,
  }: { readonly rest: readonly Word[]; readonly settings: readonly string[]; readonly assignments: readonly string[] },
): Word[] {
  const folder = named ?? { text: '.', open: false };
  const template =
    rest.some((word) => /^--template(?:=.|$)/.test(word.text)) ||
    settings.some((text) => /^init\.templatedir=./i.test(text)) ||
    assignments.some((text) => /^GIT_TEMPLATE_DIR=./.test(text));
  const elsewhere = rest.some((word) => /^--separate-git-dir(?:=|$)/.test(word.text));
  return [
    ...(named ? [named] : []),
    ...(template || elsewhere ? [{ ...folder, text: `${folder.text}/.git/hooks` }] : []),
  ];
}
