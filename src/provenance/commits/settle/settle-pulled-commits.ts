/**
 * Commits that a pull brought and a forge made of commits that are known here: a squash, or commits that were picked or
 * rebased there. Their sources are found by content, and only where the answer is certain: the whole change is equal,
 * and everything that it can come from says the same of its lines.
 */
import { OBJECT_ID } from '../../../base/patterns';
import path from 'node:path';
import { outputLines, readCommits, type Commit, type Repository } from '../../../git';
import { countLettersIn, MIN_IDENTIFYING_LETTERS } from '../../authorship';
import { trace } from '../../../base/debug-trace';
import type { ChangeAttribution } from '../../authorship/types';
import { seeNotes } from '../notes';
import { Changes } from '../compare-commit-changes';
import { changedPaths, changeFromSources, isSameWork, noteChange } from '../notes/repair-notes';
import { readLines } from '../origins/read-and-append-state-lines';

/** HEAD came from one commit to another that was not made here. */
export interface Pulled {
  readonly before: string;
  readonly after: string;
}

/** Of what one pull brought, up to this many commits are examined: the newest ones. */
const EXAMINED_AT_MOST = 50;
/** Up to this many branches are looked at, the newest ones, and as many commits of theirs. */
const BRANCHES_AT_MOST = 20;
const ASIDE_AT_MOST = 300;
/** Lines of HEAD's log in which branches that are deleted by now are found. */
const LOGGED_AT_MOST = 300;
/** So many changes are read to be compared, for one pull. */
const COMPARED_AT_MOST = 24;

/** Writes the notes of these commits; returns those that got one. Throws a GitError. */
export async function settlePulled(repository: Repository, moves: readonly Pulled[], now: number): Promise<string[]> {
  const noted: string[] = [];
  for (const move of moves) {
    const targets = await unnotedOf(repository, move);
    const sources = targets.length === 0 ? undefined : await Sources.of(repository, targets, move.after);
    if (sources === undefined) continue;
    for (const [at, target] of targets.entries()) {
      const change = await sources.changeFor(target, targets.slice(at), now);
      if (change !== undefined && (await noteChange(repository, target, change))) noted.push(target.id);
    }
  }
  return noted;
}

/** The new first-parent commits without a note, oldest first. */
async function unnotedOf(repository: Repository, { before, after }: Pulled): Promise<Commit[]> {
  const ids = await listed(repository, [
    '--reverse',
    '--first-parent',
    '--max-parents=1',
    `--max-count=${String(EXAMINED_AT_MOST)}`,
    after,
    '--not',
    before,
  ]);
  if (ids.length === 0) return [];
  const { notes } = await seeNotes(repository, ids);
  return [
    ...(
      await readCommits(
        repository,
        ids.filter((id) => !notes.get(id)?.record),
      )
    ).values(),
  ].filter(({ parents }) => parents.length === 1);
}

async function listed(repository: Repository, words: readonly string[]): Promise<string[]> {
  const list = await repository.git(['rev-list', ...words], { codes: [0, 128] });
  return outputLines(list.stdout);
}

/** Commits beside a pulled branch, with what is known of them. */
class Sources {
  private readonly changes: Changes;
  private compared = 0;

  private constructor(
    private readonly repository: Repository,
    /** Newest first, none before what was made of it. */
    private readonly aside: ReadonlyMap<string, Commit>,
    private readonly noted: ReadonlySet<string>,
    private readonly paths: ReadonlyMap<string, readonly string[]>,
  ) {
    this.changes = new Changes(repository);
  }

  static async of(repository: Repository, targets: readonly Commit[], after: string): Promise<Sources | undefined> {
    const branches = await repository.git(
      [
        'for-each-ref',
        '--sort=-committerdate',
        `--count=${String(BRANCHES_AT_MOST)}`,
        `--no-merged=${after}`,
        '--format=%(objectname)',
        'refs/heads',
        'refs/remotes',
      ],
      { codes: [0, 128, 129] },
    );
    const ends = [
      ...branches.stdout.toString('utf8').split('\n'),
      ...readLines(path.join(repository.gitDir, 'logs', 'HEAD'))
        .slice(-LOGGED_AT_MOST)
        .map((line) => line.split(' ', 2)[1] ?? ''),
    ].filter((id) => OBJECT_ID.test(id));
    if (ends.length === 0) return undefined;
    const ids = await listed(repository, [
      '--topo-order',
      `--max-count=${String(ASIDE_AT_MOST)}`,
      '--ignore-missing',
      ...new Set(ends),
      '--not',
      after,
    ]);
    const { notes } = await seeNotes(repository, ids);
    if (notes.size === 0) return undefined;
    const aside = await readCommits(repository, ids);
    const paths = await changedPaths(repository, [...targets.map(({ id }) => id), ...aside.keys()]);
    return new Sources(repository, aside, new Set(notes.keys()), paths);
  }

  /**
   * What is certain of a pulled commit; undefined if nothing is. `newer`: it, and what was pulled on top of it: what
   * builds on these is not its source.
   */
  async changeFor(target: Commit, newer: readonly Commit[], now: number): Promise<ChangeAttribution | undefined> {
    const found: (readonly string[])[] = [];
    const covered = new Set<string>();
    for (const end of this.aside.values()) {
      if (covered.has(end.id)) continue;
      const chain = await this.chainTo(target, end, newer);
      for (const from of [chain, { base: end.parents[0], commits: [end] }]) {
        if (from === undefined || !(await this.isEqual(target, from.base, from.commits))) continue;
        const known = from.commits.map(({ id }) => id).filter((id) => this.noted.has(id));
        if (known.length === 0) continue;
        found.push(known.reverse());
        for (const { id } of from.commits) covered.add(id);
        break;
      }
    }
    const [first, ...others] = found;
    if (first === undefined) return undefined;
    const change = await changeFromSources(this.repository, target, first, now);
    for (const worktree of others)
      if (JSON.stringify(await changeFromSources(this.repository, target, worktree, now)) !== JSON.stringify(change)) {
        trace('note', () => `${target.id.slice(0, 10)}: may be made of different commits that say different things`);
        return undefined;
      }
    return change;
  }

  /** The commits up to one that are not in what was pulled, newest first, and the one that they are based on. */
  private async chainTo(
    target: Commit,
    end: Commit,
    newer: readonly Commit[],
  ): Promise<{ readonly base: string; readonly commits: readonly Commit[] } | undefined> {
    const seen = new Set([end.id]);
    const bases = new Set<string>();
    for (const id of seen)
      for (const parent of this.aside.get(id)?.parents ?? [])
        if (this.aside.has(parent)) seen.add(parent);
        else bases.add(parent);
    const [base] = bases;
    if (base === undefined || newer.some(({ id }) => bases.has(id))) return undefined;
    const commits = [...this.aside.values()].filter(({ id }) => seen.has(id));
    if (!this.mayBe(target, commits)) return undefined;
    if (bases.size === 1) return { base, commits };
    // The branch took up its base on the way: what it is compared with is the latest of that.
    if (this.compared >= COMPARED_AT_MOST) return undefined;
    this.compared++;
    const [merged] = (
      await this.repository.git(['merge-base', target.parents[0] ?? '', end.id], { codes: [0, 1, 128] })
    ).stdout
      .toString('utf8')
      .split('\n');
    return merged === undefined || merged === '' ? undefined : { base: merged, commits };
  }

  /** Whether these commits touched all that the target did. */
  private mayBe(target: Commit, commits: readonly Commit[]): boolean {
    const touched = new Set(commits.flatMap(({ id }) => this.paths.get(id) ?? []));
    const wanted = this.paths.get(target.id) ?? [];
    return wanted.length > 0 && wanted.every((name) => touched.has(name));
  }

  private async isEqual(target: Commit, base: string | undefined, commits: readonly Commit[]): Promise<boolean> {
    if (!this.mayBe(target, commits) || this.compared >= COMPARED_AT_MOST) return false;
    const [end] = commits;
    if (end === undefined || base === undefined) return false;
    this.compared++;
    const [wanted, net] = [await this.changes.of(target.parents[0], target.id), await this.changes.of(base, end.id)];
    return (
      this.changes.mayEqual(wanted, net) &&
      (await this.changes.key(wanted)) === (await this.changes.key(net)) &&
      // Two people bump the same number.
      (commits.some((commit) => isSameWork(commit, target)) ||
        countLettersIn([...(await this.changes.linesOf(wanted))]) >= MIN_IDENTIFYING_LETTERS)
    );
  }
}
