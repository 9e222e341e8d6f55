/**
 * Whether an approved change was merged into the base since, as a squash or its commits, and taken back there: then the
 * approval is used up, and making the same change again is another change. After a real merge git itself knows the
 * commits, and nothing of them is left to compare.
 */
import { inMerge, isolatedGit, type Repository } from '../../../git';
import { isMergedInto, type Range } from '../range/commit-range';
import type { GivenApproval } from '../gate-input-types';
import { differing, type ChangeSinceApproval } from './changes-since-approval';

/** At most this many states of the base are searched; with more, the change counts as taken back just now. */
const LOOKED_AT = 200;

/** Where to look for an approved change. */
interface Approved {
  /** The base that it was approved for, and the current base. */
  readonly since: string;
  readonly base: string;
  /** The approved commit, and the current one. */
  readonly commit: string;
  readonly head: string;
  /** What it changes. */
  readonly paths: readonly string[];
  /** When it was approved, in milliseconds since the epoch: what the base took back by then is of no interest. */
  readonly at: number;
}

/** A commit of the base that touches what was approved. */
interface Touching {
  readonly id: string;
  readonly paths: readonly string[];
  /** When it was there, as far as the base's dates say: the latest date of it and those before it. Milliseconds. */
  readonly by: number;
}

/** Approvals, the tiers that need them, and what has changed since each of their commits. */
export interface ApprovalsToSearch {
  readonly approvals: readonly GivenApproval[];
  readonly tiers: readonly { readonly name: string; readonly names: ReadonlySet<string> }[];
  readonly drift: ReadonlyMap<string, ChangeSinceApproval>;
}

/** By tier, the approvals that are used up there. Throws a GitError. */
export async function usedUp(
  repository: Repository,
  range: Range,
  { approvals, tiers, drift }: ApprovalsToSearch,
): Promise<ReadonlyMap<string, ReadonlySet<GivenApproval>>> {
  const used = new Map<string, Set<GivenApproval>>();
  const bases = new Map<string, string>();
  const times = new Map<string, number>();
  const oldestFirst = [...approvals].sort((one, other) => approvedAt(one) - approvedAt(other));
  for (const approval of oldestFirst) {
    const { commit, signed, state } = approval;
    if (state !== 'approved' || (signed === undefined && typeof drift.get(commit) === 'string')) continue;
    if (!bases.has(commit)) bases.set(commit, await branchedAt(repository, range, commit));
    const since = signed?.base ?? bases.get(commit) ?? range.base;
    for (const { name, names } of tiers) {
      if (signed !== undefined && !Object.hasOwn(signed.changes, name)) continue;
      const key = `${since} ${commit} ${name}`;
      const at = approvedAt(approval);
      // The oldest one comes first, so what is known holds for the later ones.
      const time =
        times.get(key) ??
        (await takenBack(repository, { since, base: range.base, commit, head: range.head, paths: [...names], at }));
      times.set(key, time);
      if (time >= at && time > -Infinity) used.set(name, (used.get(name) ?? new Set()).add(approval));
    }
  }
  return used;
}

/** A signature names the very base that it is for; without a time, nothing shows that an approval came later. */
const approvedAt = ({ at, signed }: GivenApproval): number => (signed === undefined ? (at ?? -Infinity) : -Infinity);

/** Where an approved commit left the base. Throws a GitError. */
async function branchedAt(repository: Repository, range: Range, commit: string): Promise<string> {
  if (commit === range.head) return range.firstMergeBase;
  const found = await isolatedGit(repository, ['merge-base', range.base, commit], { codes: [0, 1, 128] });
  return found.stdout.toString('utf8').trim() || range.base;
}

/** When the base had an approved change no longer, in milliseconds; -Infinity where it has it or never had it. */
async function takenBack(repository: Repository, approved: Approved): Promise<number> {
  const { since, base, commit, paths, at } = approved;
  if (since === base || since === commit || paths.length === 0) return -Infinity;
  const touching = await touchingCommits(repository, approved);
  const last = touching.length - 1;
  if (last < 1) return -Infinity;
  const changed = await differing(repository, since, commit, { paths });
  const seen = new Set<string>();
  const first = touching.findIndex((touch) => {
    for (const path of touch.paths) seen.add(path);
    return [...changed].every((path) => seen.has(path));
  });
  if (first < 0 || first === last || (await hasNow(repository, approved))) return -Infinity;
  for (let index = last - 1; index >= first; index--) {
    const { by = 0 } = touching[index + 1] ?? {};
    if (by < at) return -Infinity;
    if (last - index > LOOKED_AT || (await has(repository, touching[index]?.id ?? base, approved))) return by;
  }
  return -Infinity;
}

/** Whether the base had, as of one of its commits, what was approved. */
async function has(repository: Repository, id: string, { commit, head, paths }: Approved): Promise<boolean> {
  if ((await differing(repository, id, head, { paths })).size === 0) return true;
  const more = await inMerge(repository, id, commit, (tree, objects) =>
    differing(repository, id, tree, { objects, paths }),
  );
  return more !== 'not-comparable' && more.size === 0;
}

/** Whether the base has it still. After a real merge, merging once more would say so after a revert too. */
async function hasNow(repository: Repository, approved: Approved): Promise<boolean> {
  const { base, commit, head, paths } = approved;
  if (await isMergedInto(repository, base, commit))
    return (await differing(repository, base, head, { paths })).size === 0;
  return has(repository, base, approved);
}

/** The base's commits that touch some of the paths, oldest first. Throws a GitError. */
async function touchingCommits(repository: Repository, { since, base, paths }: Approved): Promise<readonly Touching[]> {
  const range = ['-m', '--first-parent', '--no-renames', '--name-only', '-z', '--format=%x01%H %ct', base, `^${since}`];
  const { stdout } = await isolatedGit(
    repository,
    ['--literal-pathspecs', 'log', '--reverse', ...range, '--', ...paths],
    { timeout: 120_000 },
  );
  let by = -Infinity;
  return stdout
    .toString('utf8')
    .split('\u0001')
    .slice(1)
    .map((entry): Touching => {
      const [head = '', ...names] = entry.split('\0').map((name) => name.replace(/^\n/, ''));
      const [id = '', seconds = ''] = head.split(' ');
      by = Math.max(by, Number(seconds) * 1000);
      return { id, paths: names.filter((name) => name !== ''), by };
    });
}
