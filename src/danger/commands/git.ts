/** What git cannot bring back: uncommitted work, other people's branches, and history. */
import { fact } from '../rule-rows/facts';
import { gitCall, resolved } from '../shell';
import { isTemporary } from './targets';
import { setTo, type Call, type CommandNotice, type Family, type Loses } from './call';

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
};

function environment(call: Call): CommandNotice[] {
  const hidden = setTo(call, 'GIT_SSH_COMMAND') ?? '';
  return /\brm\s+-/.test(hidden) ? [fact('runs a command that is hidden')] : [];
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
  if (hasOption(args, 'mirror', 'm')) return fact('makes the remote the same as');
  if (hasOption(args, 'delete', 'de', 'd')) return deletesRef(refs.length > 0 ? refs : ['?']);
  const isOpen = (ref: string): boolean => call.words.some(({ text, open }) => open && text === ref);
  const deleted = refs.filter((ref) => /^\+?:./.test(ref) && !isOpen(ref)).map((ref) => ref.replace(/^\+?:/, ''));
  if (deleted.length > 0) return deletesRef(deleted);
  if (hasOption(args, 'prune', 'pru')) return fact('removes branches of the remote that');
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
  const own = (lease || force ? refs : plus).map(to);
  const elsewhere = own.length > 0 && own.every((ref) => !SHARED.test(ref) && ref !== 'HEAD' && ref !== '');
  if (elsewhere) return lease ? undefined : { ...fact('overwrites a branch of the remote'), severity: 'medium' };
  if (lease && own.length === 0) return { ...fact('overwrites the branch of the remote'), severity: 'medium' };
  return fact('overwrites a branch of the remote that');
};

const deletesRef = (refs: readonly string[]): CommandNotice =>
  fact('removes from the remote', { what: refs.slice(0, 3).join(', ').slice(0, 80) });

const reset: Verb = ({ args }) => {
  if (hasOption(args, 'hard', 'h')) return fact('throws away changes that are not');
  return hasOption(args, 'merge', 'me') ? fact('throws away changes that are not') : undefined;
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
  const deletes = fact('deletes files that git does not');
  return only.length === 0 ? deletes : places(within(only), fact('deletes files unknown to git'));
};

const checkout: Verb = ({ args, named, behind, within, call }) => {
  // the letters behind `-b` are the branch's name
  if (args.some((text) => /^-b\S/.test(text))) return undefined;
  const [moved] = args.flatMap((text) => /^-B(\S+)$/.exec(text)?.[1] ?? []);
  if (moved !== undefined) return SHARED.test(moved) ? fact('moves a branch that is there') : undefined;
  if (hasOption(args, 'force', 'f', 'f')) return fact('throws away changes that are not');
  if (args.some((text) => text.startsWith('--pathspec-from-file'))) return fact('throws away changes that are not');
  if (args.some((text) => text === '-B'))
    return SHARED.test(named[0] ?? '') ? fact('moves a branch that is there') : undefined;
  if (args.some((text) => /^(?:-b|--orphan|-t|--track|--detach|-d)$/.test(text))) return undefined;
  const paths = behind ?? named;
  if (paths.some((one) => ALL.test(one))) return fact('throws away every change that is');
  return places(
    within(behind ?? (named.length > 0 && call.isRevision(named[0] ?? '') ? named.slice(1) : named)),
    fact('discards changes of files'),
  );
};

const restore: Verb = ({ args, named, within }) => {
  const staged = hasOption(args, 'staged', 'st', 'S');
  if (staged && !hasOption(args, 'worktree', 'w', 'W')) return undefined;
  if (args.some((text) => text.startsWith('--pathspec-from-file'))) return fact('throws away changes that are not');
  const paths = withoutValues(named, args, /^-s$|^--source$/);
  if (paths.some((one) => ALL.test(one))) return fact('throws away every change that is');
  return places(within(paths), fact('discards changes of files'));
};

const stash: Verb = ({ named, behind, within }) => {
  const [what] = named;
  if (what === 'clear') return fact('throws away everything that was put');
  if (what === 'drop') return fact('throws away what was put aside');
  return what === 'push' && behind ? places(within(behind), fact('takes changes out of files')) : undefined;
};

const branch: Verb = ({ args, named, call }) => {
  const removes =
    args.some((text) => /^-[a-zA-Z]*D/.test(text)) ||
    (hasOption(args, 'delete', 'delete', 'd') && hasOption(args, 'force', 'f', 'f'));
  if (!removes && args.some((text) => /^-[a-zA-Z]*[fMC]|^--force$/.test(text))) {
    const isRenamed = args.some((text) => /^-[a-zA-Z]*[mMcC]|^--(?:move|copy)$/.test(text));
    const moved = isRenamed ? named.at(-1) : named[0];
    if (moved === undefined) return undefined;
    if (SHARED.test(moved)) return fact('moves a branch that others work');
    return call.isRevision(moved) ? fact('moves a branch that is there') : undefined;
  }
  if (!removes) return undefined;
  const severity = named.some((name) => SHARED.test(name)) || named.length === 0 ? 'high' : 'medium';
  return fact('removes a branch that may be the only one', {}, severity);
};

const rewrites: Verb = ({ args }) =>
  args.some((text) => /^--(?:analyze|dry-run)$/.test(text))
    ? undefined
    : fact('rewrites the history of this repository');

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
    return hasOption(args, 'discard-changes', 'di') || hasOption(args, 'force', 'f', 'f')
      ? fact('throws away changes that are not')
      : args.includes('-C')
        ? fact('moves a branch that is there')
        : undefined;
  },
  'checkout-index': ({ args }) =>
    hasOption(args, 'force', 'f', 'f') && hasOption(args, 'all', 'a', 'a')
      ? fact('throws away every change that is')
      : undefined,
  'read-tree': ({ args }) =>
    args.includes('--reset') || (args.includes('-u') && !args.includes('-m'))
      ? fact('throws away changes that are not')
      : undefined,
  rm: ({ args, named, within }) =>
    args.some((text) => /^(?:-n|--dry-run|--cached)$/.test(text))
      ? undefined
      : named.some((one) => ALL.test(one))
        ? fact('removes everything in this repository')
        : places(within(named), fact('files', { verb: 'removes', what: named.slice(0, 3).join(', ').slice(0, 80) })),
  mv: ({ named, within }) =>
    places(
      within(named.slice(0, -1)),
      fact('files', { verb: 'moves', what: named.slice(0, 3).join(', ').slice(0, 80) }),
    ).map((one) => ({
      ...one,
      severity: 'medium' as const,
    })),
  'filter-branch': rewrites,
  'filter-repo': rewrites,
  'fast-import': () => undefined,
  reflog: ({ args, named }) =>
    /^(?:expire|delete)$/.test(named[0] ?? '') && !args.includes('--dry-run')
      ? fact('removes what git could bring lost')
      : undefined,
  gc: ({ args }) =>
    args.some((text) => /^--prune=(?:now|all)/.test(text))
      ? { ...fact('removes commits that no branch has'), severity: 'medium' }
      : undefined,
  prune: ({ args }) =>
    args.some((text) => /^(?:-n|--dry-run)$/.test(text))
      ? undefined
      : { ...fact('removes commits that no branch has'), severity: 'medium' },
  'update-ref': ({ args }) =>
    args.includes('-d') || args.includes('--stdin') ? fact('removes a branch a tag or') : undefined,
  'symbolic-ref': ({ args }) =>
    args.some((text) => /^(?:-d|--delete)$/.test(text)) ? fact('removes a reference') : undefined,
  tag: ({ args, call, named }) =>
    hasOption(args, 'delete', 'delete', 'd') && (named.length > 2 || call.words.some(({ open }) => open))
      ? fact('removes several tags')
      : undefined,
  fetch: ({ args, named }) =>
    named.some((ref) => /^\+?refs\/heads\/.*:refs\/heads\//.test(ref)) &&
    (named.some((ref) => ref.startsWith('+')) ||
      hasOption(args, 'prune', 'pr', 'p') ||
      hasOption(args, 'force', 'f', 'f'))
      ? fact('overwrites the branches of this clone')
      : undefined,
  submodule: ({ args, named }) =>
    named[0] === 'deinit' && args.some((text) => /^(?:-f|--force|--all)$/.test(text))
      ? fact('throws away changes in submodules')
      : undefined,
  worktree: ({ args, named }) =>
    named[0] === 'remove' && hasOption(args, 'force', 'f', 'f') ? fact('throws away changes in a work') : undefined,
  lfs: ({ args, named }) =>
    named[0] === 'prune' && args.includes('--force')
      ? { ...fact('removes large files that may be'), severity: 'medium' }
      : named[0] === 'migrate' && args.includes('--everything')
        ? fact('rewrites the history of this repository')
        : undefined,
  obliterate: () => fact('removes a file from all of'),
  'delete-merged-branches': () => fact('removes branches'),
  'delete-branch': () => fact('removes a branch here and at'),
  'delete-tag': () => fact('removes a tag here and at'),
  'reset-file': () => undefined,
};

const bfg: Family = () => fact('rewrites the history of this repository');
export const GIT: Readonly<Record<string, Family>> = { git, bfg, 'git-filter-repo': bfg, hub: git };
