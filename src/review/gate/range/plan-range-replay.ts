/**
 * Which files have to be compared line by line to replay a range with merges, decided by names and ids alone. A topic
 * that branched off long ago differs from its merge in very many files, and almost none of them matter.
 */
import { changedFilesOf, combinedChanges, comparisonsOf, type RawChange, type Repository } from '../../../git';
import type { Listed } from './commit-range';
import { addsNothing, Removed, Version } from './versions-of-file';
import { planMerge, type MergePlan, type Versions } from './plan-merge';
import { StateByCommit } from './state-by-commit';

export interface RangePlan {
  readonly merges: ReadonlyMap<string, MergePlan>;
  /**
   * The files that parts of the range begin with where these branched off before the merge base, as they differ from
   * those of the merge base.
   */
  readonly outside: readonly RawChange[];
}

/** A plan is made anew, with more known, no more often than this; then everything is looked up. */
const ROUNDS = 3;

/** Plans a range. `outside`: commits outside the range that parts of it branched off. Throws a GitError. */
export async function planRange(
  repository: Repository,
  listed: Listed,
  outside: readonly string[],
): Promise<RangePlan> {
  const merges = listed.commits.filter(({ parents }) => parents.length > 1);
  const straight = listed.commits.filter(({ parents }) => parents.length <= 1);
  const combining = combinedChanges(repository, merges);
  combining.catch(() => undefined); // reported below
  const reading = changedFilesOf(repository, [
    ...straight.map(({ id, parents: [from = null] }) => ({ from, to: id })),
    ...outside.map((to) => ({ from: listed.mergeBase, to })),
    ...merges.map(({ id, parents: [from = null] }) => ({ from, to: id })),
  ]);
  const next = async (): Promise<readonly RawChange[]> => (await reading.next()).value ?? [];
  const changes = new Map<string, readonly RawChange[]>();
  for (const { id } of straight) changes.set(id, await next());
  const combined = await combining;
  // Nothing else can matter: in any other file each merge is like all of its parents, or like one that nobody touched.
  const touched = new Set(
    [...[...changes.values()].flat(), ...[...combined.values()].flat()].flatMap((file) =>
      'from' in file && file.from !== null ? [file.path, file.from] : [file.path],
    ),
  );
  const matters = ({ path, from }: RawChange): boolean => touched.has(path) || (from !== null && touched.has(from));
  const relevant = (files: readonly RawChange[]): readonly RawChange[] => files.filter(matters).map(detached);
  const before = new OutsideFiles();
  for (const _ of outside) before.add(relevant(await next()));
  for (const { id } of merges) changes.set(id, relevant(await next()));
  await reading.return(undefined);

  const all = new Map<string, readonly (readonly RawChange[])[]>();
  for (let round = 1; ; round++) {
    const plan = new Plan(listed, before);
    plan.make(changes, combined, all);
    if (plan.open.length === 0) return { merges: plan.merges, outside: before.asked };
    const commits = round < ROUNDS ? plan.open : merges.filter(({ id }) => !all.has(id));
    const answers = changedFilesOf(repository, commits.flatMap(comparisonsOf));
    for (const commit of commits) {
      const lists: (readonly RawChange[])[] = [];
      for (const _ of comparisonsOf(commit)) lists.push(relevant((await answers.next()).value ?? []));
      all.set(commit.id, lists);
    }
    await answers.return(undefined);
  }
}

class Plan {
  readonly merges = new Map<string, MergePlan>();
  /** Merges of which more has to be known. */
  readonly open: Listed['commits'][number][] = [];

  constructor(
    private readonly listed: Listed,
    private readonly before: OutsideFiles,
  ) {}

  make(
    changes: ReadonlyMap<string, readonly RawChange[]>,
    combined: Awaited<ReturnType<typeof combinedChanges>>,
    all: ReadonlyMap<string, readonly (readonly RawChange[])[]>,
  ): void {
    const stateBy = new StateByCommit<Versions>(
      this.listed,
      () => new Map(),
      (state) => new Map(state),
    );
    for (const commit of this.listed.commits) {
      const { id, parents } = commit;
      const first = changes.get(id) ?? [];
      if (parents.length < 2) {
        stateBy.put(id, this.applied(stateBy.take(parents[0]), first));
        continue;
      }
      const states = parents.map((parent) => stateBy.take(parent));
      const names = { parents: parents.length, first, combined: combined.get(id) ?? [], all: all.get(id) };
      const plan = planMerge(names, states, (path, content) => {
        this.before.ask(path, content);
      });
      if (plan === undefined) {
        this.open.push(commit);
        guess(states);
      } else this.merges.set(id, plan);
      stateBy.put(id, states[0] ?? (new Map() as Versions));
    }
  }

  private applied(state: Versions, files: readonly RawChange[]): Versions {
    const versions = files.map((file) => {
      const { path, from, status, oldId, newId, newMode } = file;
      const known = status === 'A' ? undefined : state.get(from ?? path);
      if (known === undefined && status !== 'A') this.before.ask(from ?? path, oldId);
      return { file, version: status === 'D' ? new Removed([known]) : new Version([known], newId, newMode) };
    });
    for (const { file, version } of versions)
      if (file.status === 'R' && file.from !== null) state.set(file.from, new Removed([version]));
    for (const { file, version } of versions) state.set(file.path, version);
    return state;
  }
}

/** Until more is known of a merge, every version is taken to matter. */
function guess([state, ...others]: readonly Versions[]): void {
  for (const another of others)
    for (const [path, version] of another) {
      const known = state?.get(path);
      if (!addsNothing(version, [known])) state?.set(path, new Version([known, version], '', ''));
    }
}

/** Files of commits before the merge base, by path and content, as they differ from those of the merge base. */
class OutsideFiles {
  private readonly known = new Map<string, RawChange>();
  private readonly wanted = new Set<RawChange>();

  add(files: readonly RawChange[]): void {
    for (const file of files)
      if (file.status !== 'D' && !this.known.has(outsideKey(file.path, file.newId)))
        this.known.set(outsideKey(file.path, file.newId), file);
  }

  /** Asks for a file that the range has not touched before. */
  ask(path: string, id: string): void {
    const file = this.known.get(outsideKey(path, id));
    if (file !== undefined) this.wanted.add(file);
  }

  get asked(): readonly RawChange[] {
    return [...this.wanted];
  }
}

/** By what a file outside the range is known: its path and the id of its content. */
export const outsideKey = (path: string, id: string): string => `${id} ${path}`;

/** A copy that does not keep all that git wrote around it. */
const detached = (file: RawChange): RawChange => ({
  ...file,
  path: alone(file.path),
  from: file.from === null ? null : alone(file.from),
  oldId: alone(file.oldId),
  newId: alone(file.newId),
});

const alone = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
