/**
 * Notes for commits that were made from noted ones where we could not watch: squashed, rebased or picked on a forge, or
 * rewritten by a tool that leaves no trace. Their sources are found by content: the commit's change equals that of one
 * noted commit, or of a chain of them together.
 */
import { OBJECT_ID } from '../../../base/patterns';
import type { ChangeAttribution } from '../../authorship/types';
import { openJournal } from '../../journal';
import { attributeChange } from '../authors/attribute-change';
import { outputLines, readCommits, type Commit, emptyTree, isolatedGit, type Repository } from '../../../git';
import { NOTES_REF, writeNote } from './format';
import { attributionOfSources } from '../origins/source-commits';
import { Changes } from '../compare-commit-changes';
import { readTree } from './sync/merge-notes-histories';
import { restoreNotes, changeNote } from './notes-store';

interface Repaired {
  /** Commits that now got a note, and the noted commits that it was derived from, oldest first. */
  readonly written: readonly { readonly commit: string; readonly from: readonly string[] }[];
  /** Noted commits that are missing in this repository: what was made from them is unknown. */
  readonly absent: number;
}

/**
 * A squash that was edited on the way still counts as one when at least this much of what it adds comes from the chain
 * of commits.
 */
const ALIKE_FROM = 0.5;
/** How many tips of other branches are examined for one commit. */
const ENDS_AT_MOST = 50;

/** Writes the notes that commits of `revisions` (arguments for `git rev-list`) are owed. Throws a GitError. */
export async function repairNotes(
  repository: Repository,
  revisions: readonly string[],
  now: () => number,
): Promise<Repaired> {
  await restoreNotes(repository, { all: true });
  const ref = await repository.commitId(NOTES_REF);
  if (ref === undefined) return { written: [], absent: 0 };
  const noted = new Set([...(await readTree(repository, ref)).keys()].filter((name) => OBJECT_ID.test(name)));
  const sources = await readCommits(repository, [...noted]);
  const absent = noted.size - sources.size;
  if (sources.size === 0) return { written: [], absent };
  const repair = await Repair.of(repository, [...sources.values()], revisions);
  const written: { commit: string; from: readonly string[] }[] = [];
  for (const commit of await repair.owed(noted)) {
    const from = await repair.sourcesOf(commit);
    if (from.length === 0) continue;
    if (await noteChange(repository, commit, await changeFromSources(repository, commit, from, now())))
      written.push({ commit: commit.id, from });
  }
  return { written, absent };
}

/** What noted commits, oldest first, say of the lines of one that was made from them. Throws a GitError. */
export async function changeFromSources(
  repository: Repository,
  commit: Commit,
  from: readonly string[],
  time: number,
): Promise<ChangeAttribution> {
  return attributeChange(repository, {
    from: commit.parents[0] ?? emptyTree(repository),
    to: commit.id,
    journal: openJournal(repository.gitDir, () => time),
    records: [],
    now: time,
    sources: await attributionOfSources(repository, from),
  });
}

/** Writes it into the commit's note, if it says anything. Throws a GitError. */
export async function noteChange(repository: Repository, commit: Commit, change: ChangeAttribution): Promise<boolean> {
  const known =
    change.added.ai + change.added.human + change.removed.ai + change.removed.human > 0 ||
    change.files.some((file) => file.change !== null && file.change.author !== 'unknown');
  if (known)
    await changeNote(repository, commit, (existing) =>
      writeNote(commit.id, `${commit.author.name} <${commit.author.email}>`, change, existing),
    );
  return known;
}

class Repair {
  private known: Promise<ReadonlySet<string>> | undefined;

  private constructor(
    private readonly repository: Repository,
    private readonly revisions: readonly string[],
    /** Noted commits by id that are not reachable from the revisions. */
    private readonly aside: ReadonlyMap<string, Commit>,
    /** All ancestors of those noted commits, newest first, that are not reachable from the revisions. */
    private readonly ends: readonly Commit[],
    private readonly changes: Changes,
  ) {}

  static async of(repository: Repository, noted: readonly Commit[], revisions: readonly string[]): Promise<Repair> {
    const list = async (...words: readonly string[]): Promise<string[]> =>
      outputLines(await repository.text(['rev-list', ...words], { timeout: 120_000 }));
    const reached = new Set(await list('--end-of-options', ...revisions.map((word) => word.replace(/^.*\.\./, ''))));
    const aside = new Map(noted.filter(({ id }) => !reached.has(id)).map((commit) => [commit.id, commit]));
    const branches = await list('--topo-order', '--branches', '--remotes', ...aside.keys());
    const ends = await readCommits(
      repository,
      branches.filter((id) => !reached.has(id)),
    );
    return new Repair(repository, revisions, aside, [...ends.values()], new Changes(repository));
  }

  /** Commits without a note that may be owed one, oldest first. Merges have almost nothing of their own. */
  async owed(noted: ReadonlySet<string>): Promise<Commit[]> {
    if (this.aside.size === 0) return [];
    const ids = (
      await this.repository.text(
        ['rev-list', '--reverse', '--topo-order', '--max-parents=1', '--end-of-options', ...this.revisions],
        { timeout: 120_000 },
      )
    )
      .split('\n')
      .filter((id) => id !== '' && !noted.has(id));
    const oldest = Math.min(...[...this.aside.values()].map((commit) => commit.author.time));
    const paths = await changedPaths(this.repository, [...ids, ...this.aside.keys()]);
    const touched = new Set([...this.aside.keys()].flatMap((id) => [...(paths.get(id) ?? [])]));
    return [...(await readCommits(this.repository, ids)).values()].filter(
      (commit) => commit.committer.time >= oldest && paths.get(commit.id)?.some((path) => touched.has(path)) === true,
    );
  }

  /** The noted commits that a commit came from, oldest first; empty when unknown. */
  async sourcesOf(target: Commit): Promise<readonly string[]> {
    const change = await this.changes.of(target.parents[0], target.id);
    if (change.files.length === 0) return [];
    for (const source of this.aside.values()) {
      if (source.parents.length > 1 || !isSameWork(source, target)) continue;
      const sourceChange = await this.changes.of(source.parents[0], source.id);
      if (
        this.changes.mayEqual(change, sourceChange) &&
        (await this.changes.key(change)) === (await this.changes.key(sourceChange))
      )
        return [source.id];
    }
    // Examining whole chains is slow, so only where one shares lines with the commit.
    if (!(await this.changes.sharesLines(change, await this.lines()))) return [];
    return (await this.fromLine(target)) ?? this.rewrittenFrom(target);
  }

  /** All lines that the unreachable noted commits added or removed. */
  private lines(): Promise<ReadonlySet<string>> {
    this.known ??= Promise.all(
      [...this.aside.values()].map(async (commit) =>
        this.changes.linesOf(await this.changes.of(commit.parents[0], commit.id)),
      ),
    ).then((sets) => new Set(sets.flatMap((set) => [...set])));
    return this.known;
  }

  /** A chain of commits that together made the same change, or most of it. */
  private async fromLine(target: Commit): Promise<readonly string[] | undefined> {
    const parent = target.parents[0];
    if (parent === undefined) return undefined;
    const change = await this.changes.of(parent, target.id);
    const ends = this.ends.filter((end) => end.committer.time <= target.committer.time).slice(0, ENDS_AT_MOST);
    let best: { readonly sources: readonly string[]; readonly score: number } | undefined;
    for (const end of ends) {
      const base = await this.repository.git(['merge-base', parent, end.id], { codes: [0, 1] });
      if (base.code !== 0) continue;
      const from = base.stdout.toString('utf8').trim();
      const net = await this.changes.of(from, end.id);
      const equal =
        this.changes.mayEqual(change, net) && (await this.changes.key(change)) === (await this.changes.key(net));
      const score = equal ? Infinity : await this.changes.likeness(change, net);
      if (score < ALIKE_FROM || score <= (best?.score ?? 0)) continue;
      const line = (
        await this.repository.text(['rev-list', '--reverse', '--topo-order', end.id, '--not', parent])
      ).split('\n');
      const sources = line.filter((id) => this.aside.has(id));
      if (sources.length > 0) best = { sources, score };
      if (equal && sources.length > 0) break;
    }
    return best?.sources;
  }

  /**
   * The same commit by author, time and message, with different content: for example, a file removed from the whole
   * history.
   */
  private async rewrittenFrom(target: Commit): Promise<readonly string[]> {
    const change = await this.changes.of(target.parents[0], target.id);
    for (const source of this.aside.values()) {
      if (
        source.author.time !== target.author.time ||
        subjectOf(source) !== subjectOf(target) ||
        source.parents.length > 1
      )
        continue;
      if ((await this.changes.likeness(change, await this.changes.of(source.parents[0], source.id))) > 0)
        return [source.id];
    }
    return [];
  }
}

/** Whether one could have been made from the other, so that an equal change is no coincidence. */
export const isSameWork = (a: Commit, b: Commit): boolean =>
  a.author.email === b.author.email || a.author.time === b.author.time || subjectOf(a) === subjectOf(b);

/** Forges append the number of the pull request. */
const subjectOf = (commit: Commit): string => (commit.message.split('\n')[0] ?? '').replace(/ \(#\d+\)$/, '');

/** The files that commits changed, by commit; one git call for all. */
export async function changedPaths(
  repository: Repository,
  ids: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const { stdout } = await isolatedGit(
    repository,
    ['log', '--no-walk=unsorted', '--stdin', '--root', '--name-only', '-z', '--no-renames', '--format=%x01%H'],
    { input: ids.map((id) => `${id}\n`).join(''), timeout: 120_000 },
  );
  return new Map(
    stdout
      .toString('utf8')
      .split('\x01')
      .map((block) => {
        const [id = '', ...names] = block.split('\0').map((name) => name.replace(/^\n/, ''));
        return [id, names.filter((name) => name !== '')] as const;
      }),
  );
}
