/**
 * Replays the range, commit by commit: which lines each file then has, and the authorship of each of them.
 */
import type { PatchFile } from '../../git';
import type { FileAttribution, LineAuthorship } from '../../authorship/types';
import { UNKNOWN_AUTHOR, withoutFormatting } from '../../authorship';
import { outsideOf, type RangeChanges } from './changes';
import { disclosuresOf, withDisclosures, type DisclosedAuthors } from '../disclosures/commit-disclosures';
import { joinFiles, type ParentFile } from './merge-lines';
import { changedLines, FileLines, NONE, type Line } from './file-lines';
import type { AuthorsOf } from '../ports';
import type { Range } from './commit-range';
import { isHeavier, madeOf, worse, type Taint } from './taint';
import { Written } from './written';

/** A line of the merge base that the range changed or removed. */
export interface Removal {
  readonly taint: Taint;
  readonly text: string;
}

/** The state at the head. */
export interface Replayed {
  /** The line `line` (1-based) of a file at the head; undefined for a file that the range did not change. */
  readonly lineAt: (path: string, line: number) => Line | undefined;
  /** The lines of a file at the head, as far as the range touched it. */
  readonly linesOf: (path: string) => readonly Line[];
  /** Who changed or removed which line (1-based) of a file at the merge base. */
  readonly removals: (path: string) => ReadonlyMap<number, Removal>;
  /** Attribution of every commit, with the commits' claims applied. */
  readonly commits: ReadonlyMap<string, DisclosedAuthors>;
}

type State = Map<string, FileLines>;

/** Replays a range. Everything before its commits must have been read from `changes`. Throws a GitError. */
export async function replayRange(range: Range, changes: RangeChanges, authorsOf: AuthorsOf): Promise<Replayed> {
  return new Replay(range, changes, authorsOf).run();
}

class Replay {
  private readonly states = new Map<string, State>();
  private readonly removed = new Map<string, Map<number, Removal>>();
  private readonly written = new Written();
  private readonly waiting = new Map<string, number>();
  private readonly commits = new Map<string, DisclosedAuthors>();
  private last: { readonly commit: string; readonly exempt: boolean; readonly taints: Map<LineAuthorship, Taint> } = {
    commit: '',
    exempt: false,
    taints: new Map(),
  };

  constructor(
    private readonly range: Range,
    private readonly changes: RangeChanges,
    private readonly authorsOf: AuthorsOf,
  ) {}

  async run(): Promise<Replayed> {
    const { range, changes } = this;
    for (const { parents } of range.commits)
      for (const parent of parents) this.waiting.set(parent, (this.waiting.get(parent) ?? 0) + 1);
    this.states.set(range.mergeBase, new Map());
    for (const id of outsideOf(range)) this.states.set(id, this.backwards(await changes.outside()));
    for (const commit of range.commits) {
      const { id, parents } = commit;
      const { diffs, own } = await changes.next();
      this.commits.set(id, withDisclosures(this.authorsOf(commit, own), disclosuresOf(commit)));
      this.states.set(
        id,
        diffs.length === 1
          ? this.applied(id, this.taken(parents[0]), diffs[0] ?? [])
          : this.merged(
              id,
              parents.map((parent) => this.taken(parent)),
              diffs,
            ),
      );
    }
    const end = this.states.get(range.head) ?? new Map<string, FileLines>();
    const none: ReadonlyMap<number, Removal> = new Map();
    return {
      lineAt: (path, line) => end.get(path)?.at(line - 1),
      linesOf: (path) => end.get(path)?.lines ?? [],
      removals: (path) => this.removed.get(path) ?? none,
      commits: this.commits,
    };
  }

  /** The state of a parent, for modification: a copy while other commits still build on it. */
  private taken(parent: string | undefined): State {
    const state = (parent === undefined ? undefined : this.states.get(parent)) ?? new Map<string, FileLines>();
    if (parent === undefined) return state;
    const left = (this.waiting.get(parent) ?? 1) - 1;
    this.waiting.set(parent, left);
    if (left > 0 || parent === this.range.mergeBase || parent === this.range.head)
      return new Map([...state].map(([path, file]) => [path, file.copy()]));
    this.states.delete(parent);
    return state;
  }

  /**
   * The state at a commit outside the range from which a part of it branched off: lines that the merge base does not
   * have have no author in the range.
   */
  private backwards(diff: readonly PatchFile[]): State {
    const state: State = new Map();
    for (const file of diff) {
      const lines = fileBefore(state, file);
      for (const { hunk, at } of hunksFromEnd(file, lines))
        lines.replace(
          at,
          hunk.oldEnd - hunk.oldStart,
          hunk.added.map((text): Line => ({ text, base: 0, taint: null, commit: null, was: NONE })),
        );
      state.set(file.path, lines);
    }
    return state;
  }

  private applied(id: string, state: State, diff: readonly PatchFile[]): State {
    const before = diff.map((file) => ({ file, lines: fileBefore(state, file) }));
    for (const { file } of before) if (file.status === 'D' || file.status === 'R') state.delete(file.from ?? file.path);
    const gone = goneKeys(diff);
    const told = byPath(this.commits.get(id)?.files ?? []);
    for (const { file, lines } of before) {
      const by = told.get(file.path);
      const [added, removed] = [provenancesOf(by?.ranges), provenancesOf(by?.removed)];
      for (const { hunk, at } of hunksFromEnd(file, lines)) {
        const old = lines.replace(at, hunk.oldEnd - hunk.oldStart, []);
        old.forEach((line, index) => {
          this.remove(
            lines.base,
            { ...line, text: hunk.removed[index] ?? '' },
            this.taint(id, removed(hunk.oldStart + index + 1)),
          );
        });
        lines.replace(
          at,
          0,
          this.make(id, hunk.removed, old, hunk.added, (index) => added(hunk.newStart + index + 1), gone),
        );
      }
      if (file.status !== 'D') state.set(file.path, file.binary ? new FileLines(null, []) : lines);
    }
    return state;
  }

  /** New lines, with the authorship they inherit from the lines that they derive from. */
  private make(
    id: string,
    goneTexts: readonly string[],
    gone: readonly Line[],
    texts: readonly string[],
    provenanceOf: (index: number) => LineAuthorship,
    isGone: (key: string) => boolean,
  ): Line[] {
    const copied = this.written.of(texts, isGone);
    const own = texts.map((_, index) => worse(this.taint(id, provenanceOf(index)), copied.taints[index] ?? null));
    // Only a more severe authorship affects a new line, so no others are compared.
    const heaviest = gone.reduce<Taint | null>((most, { taint }) => (isHeavier(taint, most) ? taint : most), null);
    const tainted = heaviest !== null && own.some((one) => isHeavier(heaviest, one));
    // Of equally severe ones the first counts, so the search stops at the most severe one.
    const from = tainted
      ? madeOf(
          goneTexts,
          texts,
          (old, now) => isHeavier(gone[old]?.taint ?? null, own[now] ?? null),
          (old) => !isHeavier(heaviest, gone[old]?.taint ?? null),
        )
      : undefined;
    const all = gone.some(({ base, was }) => base > 0 || was !== NONE)
      ? later(() => madeOf(goneTexts, texts))
      : undefined;
    let behind = '';
    return texts.map((text, index): Line => {
      const taint = (from?.[index] ?? []).reduce(
        (worst, one) => worse(worst, gone[one]?.taint ?? null),
        own[index] ?? this.taint(id, UNKNOWN_AUTHOR),
      );
      const key = copied.keys[index] ?? '';
      this.written.add(key, taint, behind);
      if (key !== '') behind = key;
      const was =
        all === undefined
          ? NONE
          : later(() => [...new Set((all()[index] ?? []).flatMap((one) => basesOf(gone[one])))].slice(0, WAS_AT_MOST));
      return { text, base: 0, taint, commit: id, was };
    });
  }

  /** One object for all lines with the same authorship in a commit. */
  private taint(id: string, provenance: LineAuthorship): Taint {
    if (this.last.commit !== id) this.last = { commit: id, exempt: this.range.exempt.has(id), taints: new Map() };
    const { taints, exempt } = this.last;
    let taint = taints.get(provenance);
    if (taint === undefined) taints.set(provenance, (taint = { hand: provenance, commit: id, exempt }));
    return taint;
  }

  private remove(base: string | null, line: Line, taint: Taint): void {
    if (base === null) return;
    const here = this.removed.get(base) ?? new Map<number, Removal>();
    this.removed.set(base, here);
    const by = worse(taint, line.taint);
    // The base line's first change is recorded already. Nothing is less severe than a person's, except exempt lines.
    if (line.base === 0 && (by.exempt || (by.hand.author === 'human' && this.range.exempt.size === 0))) return;
    for (const one of basesOf(line)) {
      const known = here.get(one);
      here.set(one, { taint: worse(by, known?.taint ?? null), text: known?.text ?? line.text });
    }
  }

  private merged(id: string, states: readonly State[], diffs: readonly (readonly PatchFile[])[]): State {
    const told = byPath(this.commits.get(id)?.files ?? []);
    const changes = diffs.map((diff) => new Map(diff.map((file) => [file.path, file])));
    const sources = diffs.map(
      (diff) =>
        new Set(diff.filter(({ status }) => status === 'D' || status === 'R').map((file) => file.from ?? file.path)),
    );
    const paths = new Set(
      states.flatMap((state, index) => [...state.keys()].filter((path) => !(sources[index]?.has(path) ?? false))),
    );
    for (const path of changes.flatMap((change) => [...change.keys()])) paths.add(path);
    const state: State = new Map();
    for (const path of paths) {
      const versions = states.map((one, index): ParentFile => {
        const file = changes[index]?.get(path);
        return { file, lines: file === undefined ? (one.get(path) ?? untouched(path)) : fileBefore(one, file).copy() };
      });
      if (versions.some(({ file }) => file?.status === 'D' || file?.binary === true)) {
        if (versions.some(({ file }) => file?.binary === true)) state.set(path, new FileLines(null, []));
        this.removedByMerge(id, versions[0], provenanceRanges(told.get(path)?.removed));
        continue;
      }
      const by = told.get(path);
      this.removedByMerge(id, versions[0], provenanceRanges(by?.removed));
      const added = provenancesOf(by?.ranges);
      state.set(
        path,
        joinFiles(versions, (gone, texts, start) =>
          this.make(
            id,
            gone.map(({ text }) => text),
            gone,
            texts,
            (index) => added(start + index + 1),
            () => false,
          ),
        ),
      );
    }
    return state;
  }

  /** The lines that the merge itself removed; its attribution names exactly those, as the first parent has them. */
  private removedByMerge(
    id: string,
    first: ParentFile | undefined,
    removed: (line: number) => LineAuthorship | undefined,
  ): void {
    if (first?.file === undefined) return;
    for (const hunk of first.file.hunks) {
      for (let index = hunk.oldStart; index < hunk.oldEnd; index++) {
        const provenance = removed(index + 1);
        if (provenance !== undefined)
          this.remove(
            first.lines.base,
            { ...first.lines.at(index), text: hunk.removed[index - hunk.oldStart] ?? '' },
            this.taint(id, provenance),
          );
      }
    }
  }
}

/** The lines of the base that a line is, or derives from. */
const basesOf = (line: Line | undefined): readonly number[] =>
  line === undefined ? [] : line.base > 0 ? [line.base] : line.was();

/** Computed on first use. */
function later<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: work() }).value;
}

/** A line that derives from more lines of the base than this is not traced to all of them. */
const WAS_AT_MOST = 16;

const untouched = (path: string): FileLines => new FileLines(path, [], 1);

/** The file as it was before a change; a new one is empty. */
function fileBefore(state: State, file: PatchFile): FileLines {
  if (file.status === 'A') return new FileLines(null, []);
  const path = file.from ?? file.path;
  const lines = state.get(path) ?? untouched(path);
  return file.status === 'C' ? lines.copy() : lines;
}

/** The hunks of a file, last first, so that the positions of the others stay valid. */
function hunksFromEnd(
  file: PatchFile,
  lines: FileLines,
): readonly { readonly hunk: PatchFile['hunks'][number]; readonly at: number }[] {
  lines.reach(changedLines(file));
  return [...file.hunks].reverse().map((hunk) => ({ hunk, at: hunk.oldStart }));
}

function goneKeys(diff: readonly PatchFile[]): (key: string) => boolean {
  const keys = later(
    () => new Set(diff.flatMap(({ hunks }) => hunks.flatMap(({ removed }) => removed.map(withoutFormatting)))),
  );
  return (key) => keys().has(key);
}

const byPath = (files: readonly FileAttribution[]): ReadonlyMap<string, FileAttribution> =>
  new Map(files.map((file) => [file.path, file]));

function provenanceRanges(ranges: FileAttribution['ranges'] | undefined): (line: number) => LineAuthorship | undefined {
  const all = ranges ?? [];
  return (line) => {
    let [low, high] = [0, all.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = all[middle];
      if (range === undefined) return undefined;
      if (line < range.start) high = middle - 1;
      else if (line > range.end) low = middle + 1;
      else return range;
    }
    return undefined;
  };
}

function provenancesOf(ranges: FileAttribution['ranges'] | undefined): (line: number) => LineAuthorship {
  const ask = provenanceRanges(ranges);
  return (line) => ask(line) ?? UNKNOWN_AUTHOR;
}
