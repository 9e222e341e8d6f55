/**
 * Replays the range, commit by commit: which lines each file then has, and the authorship of each of them.
 */
import type { RawChange, PatchFile } from '../../../git';
import type { FileAttribution, LineAuthorship } from '../../../provenance/authorship/types';
import { UNKNOWN_AUTHOR, withoutFormatting } from '../../../provenance/authorship';
import type { CommitChanges, RangeChanges } from './changes-by-commit';
import { disclosuresOf, withDisclosures, type DisclosedAuthors } from '../disclosures/read-and-apply-disclosures';
import { joinFiles, type Make, type ParentFile } from './lines-of-merged-file';
import { FileLines, hunksFromEnd, NONE, type Entry, type Line } from './lines-during-replay';
import type { AuthorsOf } from '../gate-input-types';
import type { Range } from './commit-range';
import { outsideKey } from './plan-range-replay';
import { isHeavier, madeOf, worse, type Taint } from './inherited-line-authorship';
import { StateByCommit } from './state-by-commit';
import { Written } from './lines-written-earlier-in-range';

/** A line of the merge base that the range changed or removed. */
interface Removal {
  readonly taint: Taint;
  readonly text: string;
}

type ReadChanges = Pick<RangeChanges, 'outside' | 'next'>;

/** The state at the head. */
export interface Replayed {
  /** The line `line` (1-based) of a file at the head; undefined for a file that the range did not change. */
  readonly lineAt: (path: string, line: number) => Line | undefined;
  /** The lines of a file at the head, as far as the range touched it. */
  readonly linesOf: (path: string) => readonly Entry[];
  /** Who changed or removed which line (1-based) of a file at the merge base. */
  readonly removals: (path: string) => ReadonlyMap<number, Removal>;
  /** Attribution of every commit, with the commits' claims applied. */
  readonly commits: ReadonlyMap<string, DisclosedAuthors>;
}

/** The files that the range has touched, by path. Those that it has not copied yet may belong to other states, too. */
class State {
  private readonly own = new Set<FileLines>();

  constructor(readonly files = new Map<string, FileLines>()) {}

  copy(): State {
    this.own.clear();
    return new State(new Map(this.files));
  }

  /** A file of it, for modification. */
  editable(file: FileLines): FileLines {
    if (this.own.has(file)) return file;
    const copy = file.copy();
    this.own.add(copy);
    return copy;
  }
}

/** Replays a range. Everything before its commits must have been read from `changes`. Throws a GitError. */
export async function replayRange(range: Range, changes: ReadChanges, authorsOf: AuthorsOf): Promise<Replayed> {
  return new Replay(range, changes, authorsOf).run();
}

class Replay {
  private readonly stateBy: StateByCommit<State>;
  /** Files from before the merge base, by `outsideKey`. */
  private readonly outside = new Map<string, FileLines>();
  private readonly removed = new Map<string, Map<number, Removal>>();
  private readonly written = new Written();
  private readonly commits = new Map<string, DisclosedAuthors>();
  private last: { readonly commit: string; readonly exempt: boolean; readonly taints: Map<LineAuthorship, Taint> } = {
    commit: '',
    exempt: false,
    taints: new Map(),
  };

  constructor(
    private readonly range: Range,
    private readonly changes: ReadChanges,
    private readonly authorsOf: AuthorsOf,
  ) {
    this.stateBy = new StateByCommit(
      range,
      () => new State(),
      (state) => state.copy(),
    );
  }

  async run(): Promise<Replayed> {
    const { range, changes, stateBy } = this;
    for (const file of await changes.outside()) this.outside.set(outsideKey(file.path, file.newId), backwards(file));
    for (const commit of range.commits) {
      const { id, parents } = commit;
      const change = await changes.next();
      this.commits.set(id, withDisclosures(this.authorsOf(commit, change.own), disclosuresOf(commit)));
      const states = parents.length === 0 ? [stateBy.take(undefined)] : parents.map((parent) => stateBy.take(parent));
      stateBy.put(id, this.after(id, states, change));
    }
    const end = stateBy.at(range.head).files;
    const none: ReadonlyMap<number, Removal> = new Map();
    return {
      lineAt: (path, line) => end.get(path)?.at(line - 1),
      linesOf: (path) => end.get(path)?.entries ?? [],
      removals: (path) => this.removed.get(path) ?? none,
      commits: this.commits,
    };
  }

  private after(id: string, states: readonly State[], { diff, merge }: CommitChanges): State {
    const [first = new State()] = states;
    return merge === undefined ? this.applied(id, first, diff) : this.merged(id, states, merge);
  }

  /** A file as it was before a change; a new one is empty. */
  private before({ files }: State, { status, path, from, oldId }: RawChange): FileLines {
    if (status === 'A') return new FileLines(null, []);
    const source = from ?? path;
    return files.get(source) ?? this.untouched(source, oldId);
  }

  /** A file that the range has not touched before; `id`: of its content. */
  private untouched(path: string, id: string): FileLines {
    return this.outside.get(outsideKey(path, id)) ?? new FileLines(path, [], 1);
  }

  private applied(id: string, state: State, diff: readonly PatchFile[]): State {
    const before = diff.map((file) => ({ file, lines: state.editable(this.before(state, file)) }));
    for (const { file } of before)
      if (file.status === 'D' || file.status === 'R') state.files.delete(file.from ?? file.path);
    const removedKeys = goneKeys(diff);
    const authored = byPath(this.commits.get(id)?.files ?? []);
    for (const { file, lines } of before) {
      const by = authored.get(file.path);
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
          this.make(id, hunk.removed, old, hunk.added, (index) => added(hunk.newStart + index + 1), removedKeys),
        );
      }
      if (file.status !== 'D') state.files.set(file.path, file.binary ? new FileLines(null, []) : lines);
    }
    return state;
  }

  /** New lines, with the authorship they inherit from the lines that they derive from. */
  private make(
    id: string,
    goneTexts: readonly string[],
    removed: readonly Line[],
    texts: readonly string[],
    provenanceOf: (index: number) => LineAuthorship,
    isGone: (key: string) => boolean,
  ): Line[] {
    const copied = this.written.of(texts, isGone);
    const taints = texts.map((_, index) => worse(this.taint(id, provenanceOf(index)), copied.taints[index] ?? null));
    // Only a more severe authorship affects a new line, so no others are compared.
    const heaviest = removed.reduce<Taint | null>((most, { taint }) => (isHeavier(taint, most) ? taint : most), null);
    const tainted = heaviest !== null && taints.some((one) => isHeavier(heaviest, one));
    // Of equally severe ones the first counts, so the search stops at the most severe one.
    const from = tainted
      ? madeOf(
          goneTexts,
          texts,
          (old, now) => isHeavier(removed[old]?.taint ?? null, taints[now] ?? null),
          (old) => !isHeavier(heaviest, removed[old]?.taint ?? null),
        )
      : undefined;
    const all = removed.some(({ base, was }) => base > 0 || was !== NONE)
      ? later(() => madeOf(goneTexts, texts))
      : undefined;
    let behind = '';
    return texts.map((text, index): Line => {
      const taint = (from?.[index] ?? []).reduce(
        (worst, one) => worse(worst, removed[one]?.taint ?? null),
        taints[index] ?? this.taint(id, UNKNOWN_AUTHOR),
      );
      const key = copied.keys[index] ?? '';
      this.written.add(key, taint, behind);
      if (key !== '') behind = key;
      const former =
        all === undefined
          ? NONE
          : later(() =>
              [...new Set((all()[index] ?? []).flatMap((one) => basesOf(removed[one])))].slice(0, WAS_AT_MOST),
            );
      return { text, base: 0, taint, commit: id, was: former };
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
    for (const origin of basesOf(line)) {
      const known = here.get(origin);
      here.set(origin, { taint: worse(by, known?.taint ?? null), text: known?.text ?? line.text });
    }
  }

  private merged(id: string, states: readonly State[], { plan, patchOf }: NonNullable<CommitChanges['merge']>): State {
    const authored = byPath(this.commits.get(id)?.files ?? []);
    const [state = new State()] = states;
    const results = plan.files.map(({ path, versions, id: content, removed }) => {
      const by = authored.get(path);
      const removedBy = provenanceRanges(by?.removed);
      if (removed !== null)
        this.removedByMerge(id, { file: patchOf(removed), lines: this.before(state, removed) }, removedBy);
      const [only] = versions;
      if (only === undefined) return { path, lines: undefined };
      if (versions.length === 1 && only.file === null) return { path, lines: states[only.parent]?.files.get(path) };
      const parents = versions.map(({ parent, file }): ParentFile => {
        const of = states[parent] ?? new State();
        return file === null
          ? { file: undefined, lines: of.files.get(path) ?? this.untouched(path, content) }
          : { file: patchOf(file), lines: this.before(of, file) };
      });
      if (only.parent === 0) this.removedByMerge(id, parents[0], removedBy);
      if (parents.some(({ file }) => file?.binary === true)) return { path, lines: new FileLines(null, []) };
      const added = provenancesOf(by?.ranges);
      const make: Make = (removed, texts, start) =>
        this.make(
          id,
          removed.map(({ text }) => text),
          removed,
          texts,
          (index) => added(start + index + 1),
          () => false,
        );
      return { path, lines: joinFiles(parents, make) };
    });
    for (const { path, lines } of results) {
      if (lines === undefined) state.files.delete(path);
      else state.files.set(path, lines);
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

/** A file from before the merge base: lines that the merge base does not have have no author in the range. */
function backwards(file: PatchFile): FileLines {
  if (file.status === 'A') return new FileLines(null, []);
  const lines = new FileLines(file.from ?? file.path, [], 1);
  for (const { hunk, at } of hunksFromEnd(file, lines))
    lines.replace(
      at,
      hunk.oldEnd - hunk.oldStart,
      hunk.added.map(() => 0),
    );
  return lines;
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
