/** What git cannot bring back: uncommitted work, other people's branches, and history. */
import { fact } from '../rule-rows/facts-from-sentences';
import { gitCall, resolved } from '../shell';
import { isTemporary } from './paths-hit-by-deletion';
import { setTo, type Call, type CommandNotice, type Family, type Loses, programs } from './program-call';
import { CRITICAL_FILES } from '../rules/destructive/fs-critical-file';
import { REMOTE_BRANCH, SHARED_BRANCH } from '../rules/destructive/git-force-push';

const UNCOMMITTED = 'destructive/git-discard: throws away changes that are not committed';
const MOVED_BRANCH = 'destructive/git-discard (medium): moves a branch that is there to another commit';
const EVERY_CHANGE = 'destructive/git-discard: throws away every change that is not committed';
const FILE_CHANGES = 'destructive/fs-critical-file: throws away changes that are not committed';
const HISTORY = 'destructive/git-history: rewrites the history of this repository';
const LOOSE_COMMITS = 'destructive/git-history: removes commits that no branch has';

const SHARED =
  /^(?:main|master|develop|development|trunk|production|prod|staging|release(?:[/-].*)?|stable|next|hotfix\/.*|v?\d+(?:\.\w+)*|gh-pages)$/;
/** The whole work tree, as a pathspec. */
const ALL = /^(?:\.\/?|:\/?|\*|\.\/\*|:\/\*|:\(top\).*|\*\*|:\(glob\)\*\*)$/;

/** Whether an option is given, which git also accepts abbreviated. */
const hasOption = (args: readonly string[], long: string, shortest: string, letter?: string): boolean =>
  args.some(
    (text) =>
      (text.startsWith(`--${shortest}`) && `--${long}`.startsWith(text.replace(/=.*$/, ''))) ||
      (letter !== undefined && new RegExp(`^-[a-zA-Z]*${letter}`).test(text)),
  );

const git: Family = (call) => {
  const { verb, rest, folder } = gitCall(call.words);
  const all = rest.map(({ text }) => text);
  const end = all.indexOf('--');
  const args = end < 0 ? all : all.slice(0, end);
  if (args.some((text) => text === '--help' || text === '-h')) return undefined;
  const named = [...args.filter((text) => !text.startsWith('-')), ...(end < 0 ? [] : all.slice(end + 1))];
  const within = (names: readonly string[]): string[] =>
    names.flatMap((name) => call.folders.map((one) => resolved(folder === '' ? one : resolved(one, folder), name)));
  if (OWN_WORK.test(verb) && within(['.']).every((one) => isTemporary(call, one))) return undefined;
  const judge = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  const found = judge?.({ args, named, behind: end < 0 ? undefined : all.slice(end + 1), within, call });
  const loses = LOSES[verb];
  return [...[found ?? []].flat().map((one) => (loses === undefined ? one : { ...one, loses })), ...environment(call)];
};

/** Verbs that only lose what lies in the clone where they run. */
const OWN_WORK =
  /^(?:reset|clean|checkout|restore|switch|stash|branch|rm|read-tree|checkout-index|filter-branch|filter-repo|reflog|gc|prune)$/;

/** What is lost where something was found. */
const LOSES: Readonly<Partial<Record<string, Loses>>> = {
  reset: 'changes',
  checkout: 'changes',
  restore: 'changes',
  switch: 'changes',
  'checkout-index': 'changes',
  'read-tree': 'changes',
  clean: 'untracked',
  stash: 'stash',
  // without -f git itself refuses
  rm: 'changes',
};

function environment(call: Call): CommandNotice[] {
  const hidden = setTo(call, 'GIT_SSH_COMMAND') ?? '';
  if (/\brm\s+-/.test(hidden)) return [fact('destructive/remote-opaque: runs a command that is hidden in a variable')];
  return [];
}

interface GitWords {
  /** Before `--`. */
  readonly args: readonly string[];
  /** The words that are not options. */
  readonly named: readonly string[];
  readonly behind: readonly string[] | undefined;
  /** Names as absolute paths. */
  readonly within: (names: readonly string[]) => string[];
  readonly call: Call;
}
type Verb = (words: GitWords) => CommandNotice | readonly CommandNotice[] | undefined;

const places = (paths: readonly string[], notice: CommandNotice): CommandNotice[] =>
  paths.length === 0 ? [] : [{ ...notice, places: paths }];

const push: Verb = ({ args, named, call }) => {
  if (hasOption(args, 'dry-run', 'dr', 'n')) return undefined;
  const [, ...refs] = named;
  if (hasOption(args, 'mirror', 'm'))
    return fact('destructive/git-force-push: makes the remote the same as this clone, and removes what is not here');
  if (hasOption(args, 'delete', 'de', 'd')) return deletesRef(refs.length > 0 ? refs : ['?']);
  const isOpen = (ref: string): boolean => call.words.some(({ text, open }) => open && text === ref);
  const deleted = refs.filter((ref) => /^\+?:./.test(ref) && !isOpen(ref)).map((ref) => ref.replace(/^\+?:/, ''));
  if (deleted.length > 0) return deletesRef(deleted);
  if (hasOption(args, 'prune', 'pru'))
    return fact('destructive/git-force-push: removes branches of the remote that are not here');
  const lease = args.some((text) => text.startsWith('--force-w') || text.startsWith('--force-i'));
  const force = args.some(
    (text) => /^--forc?e?(?:=.*)?$/.test(text) || /^--fo(?:rce?)?$/.test(text) || /^-[a-zA-Z]*f[a-zA-Z]*$/.test(text),
  );
  const plus = refs.filter((ref) => ref.startsWith('+'));
  const to = (ref: string): string =>
    ref
      .replace(/^\+/, '')
      .split(':')
      .at(-1)
      ?.replace(/^refs\/heads\//, '') ?? ref;
  if (!lease && !force && plus.length === 0) return undefined;
  const pushedRefs = (lease || force ? refs : plus).map(to);
  const elsewhere =
    pushedRefs.length > 0 && pushedRefs.every((ref) => !SHARED.test(ref) && ref !== 'HEAD' && ref !== '');
  if (elsewhere) return lease ? undefined : { ...fact(REMOTE_BRANCH), severity: 'medium' };
  if (lease && pushedRefs.length === 0)
    return { ...fact('destructive/git-force-push: overwrites the branch of the remote'), severity: 'medium' };
  return fact(SHARED_BRANCH);
};

const deletesRef = (refs: readonly string[]): CommandNotice =>
  fact('destructive/git-force-push: removes {what} from the remote', {
    what: refs.slice(0, 3).join(', ').slice(0, 80),
  });

const reset: Verb = ({ args }) => {
  if (hasOption(args, 'hard', 'h')) return fact(UNCOMMITTED);
  return hasOption(args, 'merge', 'me') ? fact(UNCOMMITTED) : undefined;
};

/** The named words without those that are an option's value. */
const withoutValues = (named: readonly string[], args: readonly string[], option: RegExp): readonly string[] => {
  const taken = new Set(args.filter((_, index) => option.test(args[index - 1] ?? '')));
  return named.filter((name) => !taken.has(name));
};

const clean: Verb = ({ args, named: all, behind, within }) => {
  const named = withoutValues(all, args, /^-[a-zA-Z]*e$|^--exclude$/);
  if (
    hasOption(args, 'dry-run', 'd', undefined) ||
    args.some((text) => /^-[a-zA-Z]*n/.test(text)) ||
    hasOption(args, 'interactive', 'in', 'i')
  )
    return undefined;
  if (!hasOption(args, 'force', 'f', 'f')) return undefined;
  const only = [...new Set([...named, ...(behind ?? [])])].filter((one) => !ALL.test(one));
  const deletes = fact('destructive/git-discard: deletes files that git does not know, for good');
  if (only.length === 0) return deletes;
  return places(within(only), fact('destructive/fs-critical-file: deletes files that git does not know'));
};

const checkout: Verb = ({ args, named, behind, within, call }) => {
  // the letters behind `-b` are the branch's name
  if (args.some((text) => /^-b\S/.test(text))) return undefined;
  const [moved] = args.flatMap((text) => /^-B(\S+)$/.exec(text)?.[1] ?? []);
  if (moved !== undefined) return SHARED.test(moved) ? fact(MOVED_BRANCH) : undefined;
  if (hasOption(args, 'force', 'f', 'f')) return fact(UNCOMMITTED);
  if (args.some((text) => text.startsWith('--pathspec-from-file'))) return fact(UNCOMMITTED);
  if (args.some((text) => text === '-B')) return SHARED.test(named[0] ?? '') ? fact(MOVED_BRANCH) : undefined;
  if (args.some((text) => /^(?:-b|--orphan|-t|--track|--detach|-d)$/.test(text))) return undefined;
  const paths = behind ?? named;
  if (paths.some((one) => ALL.test(one))) return fact(EVERY_CHANGE);
  return places(
    within(behind ?? (named.length > 0 && call.isRevision(named[0] ?? '') ? named.slice(1) : named)),
    fact(FILE_CHANGES),
  );
};

const restore: Verb = ({ args, named, within }) => {
  const staged = hasOption(args, 'staged', 'st', 'S');
  if (staged && !hasOption(args, 'worktree', 'w', 'W')) return undefined;
  if (args.some((text) => text.startsWith('--pathspec-from-file'))) return fact(UNCOMMITTED);
  const paths = withoutValues(named, args, /^-s$|^--source$/);
  if (paths.some((one) => ALL.test(one))) return fact(EVERY_CHANGE);
  return places(within(paths), fact(FILE_CHANGES));
};

const stash: Verb = ({ named, behind, within }) => {
  const [subcommand] = named;
  if (subcommand === 'clear') return fact('destructive/git-discard: deletes all stashes');
  if (subcommand === 'drop') return fact('destructive/git-discard (medium): deletes a stash');
  return subcommand === 'push' && behind
    ? places(within(behind), fact('destructive/fs-critical-file: takes changes out of files'))
    : undefined;
};

const branch: Verb = ({ args, named, call }) => {
  const removes =
    args.some((text) => /^-[a-zA-Z]*D/.test(text)) ||
    (hasOption(args, 'delete', 'delete', 'd') && hasOption(args, 'force', 'f', 'f'));
  if (!removes && args.some((text) => /^-[a-zA-Z]*[fMC]|^--force$/.test(text))) {
    const isRenamed = args.some((text) => /^-[a-zA-Z]*[mMcC]|^--(?:move|copy)$/.test(text));
    const moved = isRenamed ? named.at(-1) : named[0];
    if (moved === undefined) return undefined;
    if (SHARED.test(moved)) return fact('destructive/git-discard (medium): moves a branch that others work on');
    return call.isRevision(moved) ? fact(MOVED_BRANCH) : undefined;
  }
  if (!removes) return undefined;
  const severity = named.some((name) => SHARED.test(name)) || named.length === 0 ? 'high' : 'medium';
  return fact(
    'destructive/git-discard (medium): removes a branch, though its commits may be nowhere else',
    {},
    severity,
  );
};

const rewrites: Verb = ({ args }) =>
  args.some((text) => /^--(?:analyze|dry-run)$/.test(text)) ? undefined : fact(HISTORY);

const VERBS: Readonly<Record<string, Verb>> = {
  push,
  reset,
  clean,
  checkout,
  restore,
  stash,
  branch,
  switch: ({ args: all }) => {
    const args = all.map((text) => text.replace(/^(-[cC])\S+$/, '$1'));
    if (hasOption(args, 'discard-changes', 'di') || hasOption(args, 'force', 'f', 'f')) return fact(UNCOMMITTED);
    return args.includes('-C') ? fact(MOVED_BRANCH) : undefined;
  },
  'checkout-index': ({ args }) =>
    hasOption(args, 'force', 'f', 'f') && hasOption(args, 'all', 'a', 'a') ? fact(EVERY_CHANGE) : undefined,
  'read-tree': ({ args }) =>
    args.includes('--reset') || (args.includes('-u') && !args.includes('-m')) ? fact(UNCOMMITTED) : undefined,
  rm: ({ args, named, within }) =>
    args.some((text) => /^(?:-n|--dry-run|--cached)$/.test(text))
      ? undefined
      : named.some((one) => ALL.test(one))
        ? fact('destructive/fs-recursive-delete: removes everything in this repository')
        : places(
            within(named),
            fact(CRITICAL_FILES, { verb: 'removes', what: named.slice(0, 3).join(', ').slice(0, 80) }),
          ),
  mv: ({ named, within }) =>
    places(
      within(named.slice(0, -1)),
      fact(CRITICAL_FILES, { verb: 'moves', what: named.slice(0, 3).join(', ').slice(0, 80) }),
    ).map((notice) => ({
      ...notice,
      severity: 'medium' as const,
    })),
  'filter-branch': rewrites,
  'filter-repo': rewrites,
  'fast-import': () => undefined,
  reflog: ({ args, named }) =>
    /^(?:expire|delete)$/.test(named[0] ?? '') && !args.includes('--dry-run')
      ? fact('destructive/git-history: removes what git could bring lost commits back from')
      : undefined,
  gc: ({ args }) =>
    args.some((text) => /^--prune=(?:now|all)/.test(text)) ? { ...fact(LOOSE_COMMITS), severity: 'medium' } : undefined,
  prune: ({ args }) =>
    args.some((text) => /^(?:-n|--dry-run)$/.test(text)) ? undefined : { ...fact(LOOSE_COMMITS), severity: 'medium' },
  'update-ref': ({ args }) =>
    args.includes('-d') || args.includes('--stdin')
      ? fact('destructive/git-discard: removes a branch, a tag or the notes')
      : undefined,
  'symbolic-ref': ({ args }) =>
    args.some((text) => /^(?:-d|--delete)$/.test(text))
      ? fact('destructive/git-discard: removes a reference')
      : undefined,
  tag: ({ args, call, named }) =>
    hasOption(args, 'delete', 'delete', 'd') && (named.length > 2 || call.words.some(({ open }) => open))
      ? fact('destructive/git-discard: removes tags')
      : undefined,
  fetch: ({ args, named }) =>
    named.some((ref) => /^\+?refs\/heads\/.*:refs\/heads\//.test(ref)) &&
    (named.some((ref) => ref.startsWith('+')) ||
      hasOption(args, 'prune', 'pr', 'p') ||
      hasOption(args, 'force', 'f', 'f'))
      ? fact('destructive/git-discard: overwrites the branches of this clone with those of the remote')
      : undefined,
  submodule: ({ args, named }) =>
    named[0] === 'deinit' && args.some((text) => /^(?:-f|--force|--all)$/.test(text))
      ? fact('destructive/git-discard (medium): throws away changes in submodules')
      : undefined,
  worktree: ({ args, named }) =>
    named[0] === 'remove' && hasOption(args, 'force', 'f', 'f')
      ? fact('destructive/git-discard (medium): throws away changes in a work tree')
      : undefined,
  lfs: ({ args, named }) =>
    named[0] === 'prune' && args.includes('--force')
      ? { ...fact('destructive/git-history: removes large files that may be nowhere else'), severity: 'medium' }
      : named[0] === 'migrate' && args.includes('--everything')
        ? fact(HISTORY)
        : undefined,
  obliterate: () => fact('destructive/git-history: removes a file from all of the history'),
  'delete-merged-branches': () => fact('destructive/git-discard (medium): removes branches'),
  'delete-branch': () => fact('destructive/git-force-push: removes a branch, here and at the remote'),
  'delete-tag': () => fact('destructive/git-force-push: removes a tag, here and at the remote'),
  'reset-file': () => undefined,
};

const bfg: Family = () => fact(HISTORY);
export const GIT: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'git hub': git,
  'bfg git-filter-repo': bfg,
});
