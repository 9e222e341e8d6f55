/** What leaves several folders for one reason: the folders of modules with what calls them, and folders side by side. */
import { textAt } from '../../yaml-and-json';
import type { NoticedIn } from '../../types';
import { addressOf } from './flat-settings-and-addresses';
import { pastOf, type Placed } from './removed-and-recreated-resources';

/** The files of one folder in a change: one module. */
export interface Folder {
  /** With `/` at its end. */
  readonly path: string;
  /** All its files that are in the change leave. */
  readonly isGone: boolean;
  /** And the repository is known to have no others of the kind there. */
  readonly isEmpty: boolean;
  readonly before: readonly Placed[];
  readonly after: readonly Placed[];
  readonly noticed: readonly NoticedIn[];
}

/** So many folders side by side leave for one reason. */
const MUCH = 3;

/** By its place in the repository, what others call: by itself it makes nothing. */
const IS_CALLED = /(?:^|\/)(?:[\w-]*[_-])?modules?\//i;

/** A call of a module in the repository. */
interface Call {
  readonly by: Folder;
  readonly address: string;
  readonly target: string;
  /** What it calls after the change, if it is still there. */
  readonly now: string | undefined;
}

/** The addresses below modules that `removed` blocks take out of the state alone: `module.data.aws_db_instance.main`. */
const keptBy = (after: readonly Placed[]): readonly string[] =>
  pastOf(after).removed.flatMap(({ from, destroys }) => (!destroys && from.startsWith('module.') ? [from] : []));

/** Whether what leaves a module stays by a block of a folder that calls it, or, for a module, something in it does. */
const isKept = (address: string | undefined, retained: readonly string[]): boolean =>
  address !== undefined &&
  retained.some(
    (from) =>
      `.${from}`.endsWith(`.${address}`) || (address.startsWith('module.') && `.${from}.`.includes(`.${address}.`)),
  );

/** The findings of all folders, those that leave for one reason with one cause. */
export function acrossFolders(folders: readonly Folder[]): readonly NoticedIn[] {
  const calls = folders.flatMap(callsIn);
  const gone = folders.filter(({ isGone }) => isGone);
  const rootsIn = (parent: string): number =>
    gone.filter(({ path }) => parentOf(path) === parent && !IS_CALLED.test(path)).length;
  const retained = folders.flatMap(({ after }) => keptBy(after));
  return folders.flatMap((folder) => {
    const noticed = folder.noticed.filter(({ address, side }) => side !== 'old' || !isKept(address, retained));
    if (!folder.isGone) return noticed;
    const leavingNotices = noticed.filter(({ address }) => !isTakenOver(folder, address));
    const cause = causeOf(folder, new Set());
    if (cause !== undefined) return leavingNotices.map((one) => ({ ...one, cause, across: true }));
    if (!folder.isEmpty || !IS_CALLED.test(folder.path)) return leavingNotices;
    return leavingNotices.map((one) => ({
      ...one,
      cause: 'modules that nothing calls',
      across: true,
      severity: 'low',
    }));
  });

  /** That of the call which leaves, or of the folders beside it. */
  function causeOf(folder: Folder, seen: Set<Folder>): string | undefined {
    if (seen.has(folder)) return undefined;
    seen.add(folder);
    for (const { by, address } of calls.filter(({ target, now }) => target === folder.path && now === undefined)) {
      const call = by.noticed.find((one) => one.address === address && one.side === 'old');
      const cause = call === undefined ? undefined : by.isGone ? (causeOf(by, seen) ?? call.cause) : call.cause;
      if (cause !== undefined) return cause;
    }
    const parent = parentOf(folder.path);
    return rootsIn(parent) >= MUCH && !IS_CALLED.test(folder.path) ? `folders in ${parent}` : undefined;
  }

  /** Whoever called the folder calls another one that has the same by the same name: it stays where it is. */
  function isTakenOver({ path }: Folder, address: string | undefined): boolean {
    const callers = calls.filter(({ target }) => target === path);
    return (
      callers.length > 0 &&
      callers.every(({ now }) =>
        folders.some((other) => other.path === now && other.after.some(({ item }) => addressOf(item) === address)),
      )
    );
  }
}

/** The folders of the repository that modules of a folder are made from, by their addresses. */
export const targetsOf = (path: string, all: readonly Placed[]): ReadonlyMap<string, string> =>
  new Map(
    all.flatMap(({ item }) => {
      const source = item.kind === 'module' ? (textAt(item.body, 'source') ?? '') : '';
      const target = /^\.\.?\//.test(source) ? joinPath(path, source) : undefined;
      return target === undefined ? [] : [[addressOf(item), target] as const];
    }),
  );

function callsIn(by: Folder): readonly Call[] {
  const newTargets = targetsOf(by.path, by.after);
  return [...targetsOf(by.path, by.before)].map(([address, target]) => ({
    by,
    address,
    target,
    now: newTargets.get(address),
  }));
}

/** The folder of a file, with `/` at its end; empty for the top of the repository. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);

/** A folder, from another one: with `/` at its end. Undefined where it is outside the repository. */
export function joinPath(from: string, to: string): string | undefined {
  const parts = from.split('/').filter((part) => part !== '');
  for (const part of to.split('/'))
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  return parts.map((part) => `${part}/`).join('');
}
