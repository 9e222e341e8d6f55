/**
 * How each file of a merge comes about, decided by the names and ids of files alone: most are as one parent has them, and
 * the others bring nothing to them. Only the rest has to be compared line by line. Pure.
 */
import type { RawChange, CombinedFile } from '../../../git';
import { addsNothing, Removed, Version, type Known } from './versions-of-file';

/** A parent's version of a file of a merge, and how the merge differs from it; null: not at all. */
interface PlannedVersion {
  readonly parent: number;
  readonly file: RawChange | null;
}

/** A file of a merge that is not just as the first parent has it. */
interface PlannedFile {
  readonly path: string;
  /** None: the merge does not have the file. A single one without a difference: it is taken from that parent. */
  readonly versions: readonly PlannedVersion[];
  /** Id of its content. */
  readonly id: string;
  /** What the merge removed itself of a file that every parent had. */
  readonly removed: RawChange | null;
}

export interface MergePlan {
  readonly files: readonly PlannedFile[];
  /** As `ownOf` takes them: of files that differ from every parent, against each parent, then between the parents. */
  readonly own: readonly (readonly RawChange[])[];
}

/** What is known of a merge's files. */
interface MergeNames {
  readonly parents: number;
  /** What differs from the first parent. */
  readonly first: readonly RawChange[];
  /** What differs from every parent, without looking for renames. */
  readonly combined: readonly CombinedFile[];
  /** What differs from each parent, then between the first and each other one: where the above leaves questions. */
  readonly all: readonly (readonly RawChange[])[] | undefined;
}

/** The versions of files that the range has touched, by path. */
export type Versions = Map<string, Known>;

/**
 * Plans a merge, and changes the first of `states` into the merge's own. Undefined where `all` has to be known first.
 * `ask`: gets the path and content of each file that is compared, or joined, though the range has not touched it before.
 */
export function planMerge(
  names: MergeNames,
  states: readonly Versions[],
  ask: (path: string, id: string) => void,
): MergePlan | undefined {
  const planned =
    names.all === undefined ? plannedOfTwo(names, states) : plannedOfAll(names.all, names.parents, states);
  if (planned === undefined) return undefined;
  for (const { path, id, versions } of planned.plan.files)
    for (const { parent, file } of versions) {
      const source = file?.from ?? path;
      if (file?.status !== 'A' && !states[parent]?.has(source)) ask(source, file?.oldId ?? id);
    }
  const [state] = states;
  for (const { path, version } of planned.changes) {
    if (version === undefined) state?.delete(path);
    else state?.set(path, version);
  }
  return planned.plan;
}

interface Planned {
  readonly plan: MergePlan;
  /** Undefined: the range has not touched it. */
  readonly changes: readonly { readonly path: string; readonly version: Known | undefined }[];
}

/** A merge of two, of which every file either is in one of them or has the same path in both. */
function plannedOfTwo({ parents, first, combined }: MergeNames, states: readonly Versions[]): Planned | undefined {
  const [firstParent, secondParent] = states;
  if (parents !== 2 || firstParent === undefined || secondParent === undefined) return undefined;
  if (combined.some(({ ids }) => ids.some(isNone))) return undefined;
  const files: PlannedFile[] = [];
  const changes: Planned['changes'][number][] = [];
  const [own1, own2, between]: [RawChange[], RawChange[], RawChange[]] = [[], [], []];
  const byPath = new Map(combined.map((file) => [file.path, file]));
  const done = new Set<string>();
  for (const file of first) {
    const { path, from, status, newId } = file;
    done.add(path);
    if (status === 'R' && from !== null) {
      done.add(from);
      changes.push({ path: from, version: goneFrom([firstParent.get(from), secondParent.get(from)]) });
      files.push({ path: from, versions: [], id: '', removed: null });
    }
    const both = byPath.get(path);
    if (status === 'D') {
      changes.push({ path, version: goneFrom([firstParent.get(path), secondParent.get(path)]) });
      files.push({ path, versions: [], id: '', removed: null });
    } else if (both !== undefined) {
      const against = changedFrom(both, 1, 2);
      own1.push(file);
      own2.push(against);
      const ways = changedFrom(both, 0, 1);
      if (ways.oldId !== ways.newId || ways.oldMode !== ways.newMode) between.push(ways);
      files.push({
        path,
        versions: [
          { parent: 0, file },
          { parent: 1, file: against },
        ],
        id: newId,
        removed: null,
      });
      changes.push({
        path,
        version: new Version([firstParent.get(path), secondParent.get(path)], newId, file.newMode),
      });
    } else {
      // As the second parent has it.
      const mine = status === 'A' ? undefined : firstParent.get(from ?? path);
      const theirs = secondParent.get(path);
      if (theirs === undefined && firstParent.get(path) === undefined && mine === undefined) continue;
      if (addsNothing(mine, [theirs])) {
        files.push({ path, versions: [{ parent: 1, file: null }], id: newId, removed: null });
        changes.push({ path, version: theirs });
      } else {
        files.push({
          path,
          versions: [
            { parent: 0, file },
            { parent: 1, file: null },
          ],
          id: newId,
          removed: null,
        });
        changes.push({ path, version: new Version([mine, theirs], newId, file.newMode) });
      }
    }
  }
  for (const [path, theirs] of secondParent) {
    const mine = firstParent.get(path);
    if (mine === theirs || done.has(path) || addsNothing(theirs, [mine])) continue;
    // As the first parent has it, though the second one changed it too.
    if (!(mine instanceof Version) || !(theirs instanceof Version)) return undefined;
    const { id, mode } = mine;
    const isSame = id === theirs.id && mode === theirs.mode;
    files.push({
      path,
      versions: [
        { parent: 0, file: null },
        { parent: 1, file: isSame ? null : changed(path, [theirs.mode, theirs.id], [mode, id]) },
      ],
      id,
      removed: null,
    });
    changes.push({ path, version: new Version([mine, theirs], id, mode) });
  }
  return { plan: { files, own: [own1, own2, between] }, changes };
}

/** Any other merge. */
function plannedOfAll(all: readonly (readonly RawChange[])[], parents: number, states: readonly Versions[]): Planned {
  const against = all.slice(0, parents);
  const byPath = against.map((files) => new Map(files.map((file) => [file.path, file])));
  const lost = against.map(
    (files) =>
      new Set(files.filter(({ status }) => status === 'D' || status === 'R').map((file) => file.from ?? file.path)),
  );
  const paths = new Set([
    ...states.flatMap((state) => [...state.keys()]),
    ...byPath.flatMap((files) => [...files.keys()]),
  ]);
  const files: PlannedFile[] = [];
  const changes: Planned['changes'][number][] = [];
  const ownPaths = new Set<string>();
  for (const path of paths) {
    const differs = byPath.map((each) => each.get(path));
    const isOwn = differs.every((file) => file !== undefined);
    if (isOwn) ownPaths.add(path);
    const known = states.map((state, parent) => {
      const file = differs[parent];
      return file?.status === 'A' ? undefined : state.get(file?.from ?? path);
    });
    const isGone =
      differs.some((file) => file?.status === 'D') ||
      lost.some((each, parent) => each.has(path) && differs[parent] === undefined) ||
      known.some((version, parent) => version instanceof Removed && differs[parent] === undefined);
    if (isGone) {
      if (known.some((version) => version !== undefined)) changes.push({ path, version: goneFrom(known) });
      files.push({ path, versions: [], id: '', removed: isOwn ? (differs[0] ?? null) : null });
      continue;
    }
    const same = known.filter((_, parent) => differs[parent] === undefined);
    const versions = known.flatMap((version, parent): PlannedVersion[] => {
      const file = differs[parent] ?? null;
      return file === null || same.length === 0 || !addsNothing(version, same) ? [{ parent, file }] : [];
    });
    const involved = versions.map(({ parent }) => known[parent]);
    const [found] = involved;
    const isTaken = versions.every(({ file }) => file === null) && involved.every((version) => version === found);
    if (isTaken && found === undefined && known[0] === undefined && differs[0] === undefined) continue;
    const some = differs.find((file) => file !== undefined);
    const touched = involved.find((version) => version instanceof Version);
    const id = some?.newId ?? (touched instanceof Version ? touched.id : '');
    const mode = some?.newMode ?? (touched instanceof Version ? touched.mode : '');
    files.push({ path, versions: isTaken ? versions.slice(0, 1) : versions, id, removed: null });
    changes.push({ path, version: isTaken ? found : new Version(involved, id, mode) });
  }
  const sources = new Set((against[0] ?? []).flatMap(({ path, from }) => (ownPaths.has(path) ? [from ?? path] : [])));
  return {
    plan: {
      files,
      own: [
        ...against.map((each) => each.filter(({ path }) => ownPaths.has(path))),
        ...all.slice(parents).map((each) => each.filter(({ path, from }) => sources.has(from ?? path))),
      ],
    },
    changes,
  };
}

const isNone = (id: string): boolean => /^0+$/.test(id);

const goneFrom = (versions: readonly (Known | undefined)[]): Known => new Removed(versions);

/** So many digits of a mode say what it is: a regular file, a link, a submodule. */
const KIND = 2;

const changed = (path: string, [oldMode, oldId]: Side, [newMode, newId]: Side): RawChange => ({
  path,
  from: null,
  status: oldMode.slice(0, KIND) === newMode.slice(0, KIND) ? 'M' : 'T',
  oldMode,
  newMode,
  oldId,
  newId,
});

type Side = readonly [mode: string, id: string];

const sideOf = ({ modes, ids }: CombinedFile, at: number): Side => [modes[at] ?? '', ids[at] ?? ''];

const changedFrom = (file: CombinedFile, from: number, to: number): RawChange =>
  changed(file.path, sideOf(file, from), sideOf(file, to));
