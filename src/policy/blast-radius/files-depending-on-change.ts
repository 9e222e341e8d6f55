/**
 * The door of the blast radius: what depends on a change, as far as the repository shows, each with its evidence and
 * owner. It searches the files of a tree for names, and history for what changed together; it informs, and decides
 * nothing.
 */
import type { Change } from '../../danger';
import type { Repository } from '../../git';
import { list } from '..';
import { isLeaf, offeredBy } from './offered-names';
import { filesOfRecentCommits } from './files-of-recent-commits';
import type { BlastRadius, Edge, Offered } from './types';

/** A commit of more files is weak evidence about any two. */
const FILES_OF_COMMIT = 30;
const TOGETHER_AT_LEAST = 3;
/** The other file must have changed in at least this share of a file's changes. */
const SHARE_AT_LEAST = 0.5;
const OF_ONE_FILE = 5;

/**
 * Files that changed together before: dependencies that no parser can find. One git call at most. `from`: the commit
 * that history is read from; `keep`: it will be again. Throws a GitError.
 */
async function changedTogether(
  repository: Repository,
  { from, keep }: { readonly from: string; readonly keep: boolean },
  changed: ReadonlySet<string>,
): Promise<readonly Omit<Edge, 'owners'>[]> {
  const times = new Map<string, number>();
  const together = new Map<string, Map<string, number>>();
  for (const files of await filesOfRecentCommits(repository, from, keep)) {
    if (files.length === 0 || files.length > FILES_OF_COMMIT) continue;
    for (const file of files.filter((one) => changed.has(one))) {
      times.set(file, (times.get(file) ?? 0) + 1);
      const others = together.get(file) ?? new Map<string, number>();
      together.set(file, others);
      for (const neighbour of files)
        if (!changed.has(neighbour)) others.set(neighbour, (others.get(neighbour) ?? 0) + 1);
    }
  }
  return [...together].flatMap(([path, others]) => {
    const all = times.get(path) ?? 0;
    return [...others]
      .filter(([, count]) => count >= TOGETHER_AT_LEAST && count / all >= SHARE_AT_LEAST)
      .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
      .slice(0, OF_ONE_FILE)
      .map(([dependent, count]) => ({
        kind: 'history' as const,
        path,
        dependent,
        line: null,
        evidence: `changed together in ${String(count)} of ${String(all)} commits`,
      }));
  });
}

const NEEDLES_AT_MOST = 200;
const EDGES_AT_MOST = 200;
const EVIDENCE_AT_MOST = 120;
/** At most this much of git's output is read. Bytes. */
const FOUND_AT_MOST = 8_000_000;

interface BlastRequest {
  readonly changes: readonly Change[];
  /** The commit whose files are searched; null: the work tree's. */
  readonly tree: string | null;
  /** Owners of a file by CODEOWNERS. Called only when something depends on the change. */
  readonly owners: () => Promise<(path: string) => readonly string[]>;
}

/** At most two git calls, beside `owners`. The content of files never makes it throw; a git that can't be started throws a GitError. */
export async function blastRadius(
  repository: Repository,
  { changes, tree, owners }: BlastRequest,
): Promise<BlastRadius> {
  const changed = new Set(changes.flatMap(({ path, from }) => (from === null ? [path] : [path, from])));
  const looked = changes
    .filter(({ path }) => !isLeaf(path))
    .map((change) => ({ path: change.path, offered: offeredBy(change) }));
  const offered = looked.flatMap((one) => one.offered ?? []);
  const unread = looked.filter((one) => one.offered === undefined).map(({ path }) => path);
  const cannotTell =
    unread.length === 0
      ? []
      : [`What depends on ${list(unread)} isn't known: references to this kind of file are not read.`];
  if (offered.length > NEEDLES_AT_MOST)
    cannotTell.push(
      `The change touches ${String(offered.length)} names; only the first ${String(NEEDLES_AT_MOST)} were looked for.`,
    );
  const { edges: named, untold } =
    offered.length === 0
      ? NOTHING_NAMED
      : await references(repository, offered.slice(0, NEEDLES_AT_MOST), tree, changed);
  cannotTell.push(...untold);
  const head = tree ?? (await repository.commitId('HEAD'));
  const history =
    changed.size === 0 || head === undefined
      ? []
      : await changedTogether(repository, { from: head, keep: tree === null }, changed);
  const found = [...named, ...history];
  const ownersOf = found.length === 0 ? () => [] : await owners();
  const edges = found.map((edge): Edge => ({ ...edge, owners: ownersOf(edge.dependent) }));
  if (edges.length > EDGES_AT_MOST)
    cannotTell.push(`${String(edges.length)} dependencies were found; the first ${String(EDGES_AT_MOST)} are listed.`);
  return {
    files: new Set(edges.map(({ dependent }) => dependent)).size,
    edges: edges.slice(0, EDGES_AT_MOST),
    cannotTell,
  };
}

/** How many files name each changed one, other changed ones included; and what is unknown, as sentences. */
interface Dependents {
  readonly counts: ReadonlyMap<string, number>;
  readonly cannotTell: readonly string[];
}

/** At most one git call. Files that only changed together before are not counted. Throws a GitError. */
export async function dependentsOf(
  repository: Repository,
  { changes, tree }: Pick<BlastRequest, 'changes' | 'tree'>,
): Promise<Dependents> {
  const looked = changes
    .filter(({ path }) => !isLeaf(path))
    .map((change) => ({ path: change.path, offered: offeredBy(change) }));
  const offered = looked.flatMap((one) => one.offered ?? []);
  const unread = looked.filter((one) => one.offered === undefined).map(({ path }) => path);
  const found = new Map<string, Set<string>>();
  const { edges, untold } =
    offered.length === 0
      ? NOTHING_NAMED
      : await references(repository, offered.slice(0, NEEDLES_AT_MOST), tree, new Set());
  for (const { path, dependent } of edges)
    if (dependent !== path) found.set(path, (found.get(path) ?? new Set()).add(dependent));
  return {
    counts: new Map([...found].map(([path, dependents]) => [path, dependents.size])),
    cannotTell: [
      ...untold,
      ...(unread.length === 0
        ? []
        : [
            `How many files depend on ${list(unread)} isn't known, as references to this kind of file are not read: the policy's "blast" requires nothing there.`,
          ]),
      ...(offered.length > NEEDLES_AT_MOST
        ? [
            `The change touches ${String(offered.length)} names; dependents of only the first ${String(NEEDLES_AT_MOST)} were counted for the policy's blast.`,
          ]
        : []),
    ],
  };
}

interface Named {
  readonly edges: readonly Omit<Edge, 'owners'>[];
  /** Why there may be more, as sentences. */
  readonly untold: readonly string[];
}

const NOTHING_NAMED: Named = { edges: [], untold: [] };

/** The lines of other files that name something; the first one for each file and name. */
async function references(
  repository: Repository,
  offered: readonly Offered[],
  tree: string | null,
  changed: ReadonlySet<string>,
): Promise<Named> {
  const needles = [...new Set(offered.map(({ needle }) => needle))];
  const where = tree === null ? ['--untracked'] : [tree];
  const { stdout, code } = await repository.git(
    [
      'grep',
      '-n',
      '-I',
      '-z',
      '-i',
      '--no-color',
      '--full-name',
      '-F',
      ...needles.flatMap((needle) => ['-e', needle]),
      ...where,
      '--',
      ':/',
    ],
    { codes: [0, 1, 128] },
  );
  const edges = new Map<string, Omit<Edge, 'owners'>>();
  const cut = stdout.length > FOUND_AT_MOST;
  const lines = stdout.toString('utf8', 0, FOUND_AT_MOST).split('\n');
  if (cut) lines.pop(); // a truncated line, which could name a different file
  for (const found of lines) {
    const [place = '', number = '', ...rest] = found.split('\0');
    const dependent = tree !== null && place.startsWith(`${tree}:`) ? place.slice(tree.length + 1) : place;
    const line = rest.join(' ');
    if (dependent === '' || changed.has(dependent) || line.length > 2000) continue;
    for (const { kind, path, needle, isNamedBy } of offered) {
      const key = `${kind} ${path} ${dependent}`;
      if (edges.has(key) || !line.toLowerCase().includes(needle.toLowerCase()) || !isNamedBy(line, dependent)) continue;
      edges.set(key, { kind, path, dependent, line: Number(number), evidence: short(line) });
    }
  }
  return {
    edges: [...edges.values()],
    untold: [
      ...(cut
        ? [
            `More files may depend on the change: so many lines hold one of its names (${list(needles.slice(0, 5))}${needles.length > 5 ? ' and others' : ''}) that only the first 8 MB of them were looked at.`,
          ]
        : []),
      ...(code === 128 ? ["What depends on the change isn't known: git could not search the files."] : []),
    ],
  };
}

function short(line: string): string {
  const clean = line.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return clean.length > EVIDENCE_AT_MOST ? `${clean.slice(0, EVIDENCE_AT_MOST - 1)}…` : clean;
}
