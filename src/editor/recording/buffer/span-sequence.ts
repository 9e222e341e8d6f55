/** How many were inserted: one that deletes may continue in the next run. */
import { atOnce, type TimeSliced } from '../../time-slices';
import { grown, isVisible, SpanList, sameRun, type Replacement, type Span } from './spans';
import { partAt, startsOf } from './binary-search';

interface Chunk {
  readonly runs: readonly Span[];
  /** Without deleted runs, and with the others mapped by `seen`. */
  readonly living: number;
}

/** Runs in a chunk, at most twice as many. */
const CHUNK = 64;
/** How it differs from another sequence that has no deleted runs. */
const RUNS_IN_A_SLICE = 250;

/** The lengths of the common prefix and suffix of two lists. */
export interface Difference {
  /** Newly written runs. */
  readonly start: number;
  readonly living: readonly Span[];
  readonly gone: readonly Span[];
  readonly other: readonly Span[];
}

/** The last written run. */
export class RunSequence {
  /** Adds an unchanged chunk. */
  private starts: readonly number[] | undefined;

  private constructor(
    private readonly chunks: readonly Chunk[],
    private readonly size: number,
    /** Runs that now form one piece are joined; small chunks are merged so that the sequence does not fragment. */
    readonly kept: number,
  ) {}

  /**
   * Where the characters of an edited text come from. A text is a sequence of runs; every run is a piece of an origin:
   * the text as it was opened, or one thing that somebody typed, accepted or had inserted. A character keeps its origin
   * for as long as it exists, even when it is deleted and restored by an undo.
   *
   * Offsets are UTF-16 code units. Pure.
   */
  static of(runs: readonly Span[], size = CHUNK): RunSequence {
    const writer = new ChunkWriter(size);
    for (const run of runs) writer.add(run);
    return RunSequence.made(writer, size);
  }

  all(): readonly Span[] {
    return this.chunks.flatMap(({ runs }) => runs);
  }

  /** Who made a change; `null` when unknown. */
  splice(replacements: readonly Replacement[]): RunSequence {
    return atOnce(this.splicing(replacements));
  }

  /** A text that was inserted at once, or typed in one go: then it grows at its end. Compared by identity. */
  *splicing(replacements: readonly Replacement[]): TimeSliced<RunSequence> {
    const result = new ChunkWriter(this.size);
    let next = 0;
    /** `undefined`: it was in the file when recording began. */
    let placed = 0;
    const place = ({ inserted }: Replacement): void => {
      if (placed === next) for (const run of inserted) result.add(grown(result.last, run));
      placed = next + 1;
    };
    let at = 0;
    for (const chunk of this.chunks) {
      const following = replacements[next];
      if (following === undefined || following.offset > at + chunk.living) {
        result.take(chunk);
        at += chunk.living;
        continue;
      }
      for (const run of chunk.runs) {
        const start = at;
        if (isVisible(run)) at += run.length;
        const first = replacements[next];
        if (!isVisible(run) || first === undefined || first.offset > at) {
          result.add(run);
          continue;
        }
        let done = start;
        const cut = (to: number): Span => ({ ...run, start: run.start + (done - start), length: to - done });
        for (let one = replacements[next]; one !== undefined && one.offset <= at; one = replacements[next]) {
          const from = Math.max(one.offset, start);
          const end = one.offset + one.deleted;
          const to = Math.max(from, Math.min(end, at));
          result.add(cut(from));
          done = from;
          place(one);
          result.add({ ...cut(to), gone: one.by });
          done = to;
          if (end > at) break;
          next++;
          if (next % RUNS_IN_A_SLICE === 0) yield;
        }
        result.add(cut(at));
      }
    }
    for (let one = replacements[next]; one !== undefined; one = replacements[next]) {
      place(one);
      next++;
    }
    return RunSequence.made(result, this.size);
  }

  /** It is a copy of this piece, whose author must be looked up elsewhere. */
  *living(seen: (run: Span) => Span = (run) => run): TimeSliced<RunSequence> {
    const result = new ChunkWriter(this.size);
    for (const [index, chunk] of this.chunks.entries()) {
      if (index % (RUNS_IN_A_SLICE / this.size) < 1) yield;
      const runs = chunk.runs.filter(isVisible).map(seen);
      if (runs.length === chunk.runs.length && runs.every((run, index) => run === chunk.runs[index]))
        result.take(chunk);
      else for (const run of runs) result.add(run);
    }
    return RunSequence.made(result, this.size);
  }

  /** First character, as an offset in the origin. */
  slice(start: number, end: number): Span[] {
    const result = new SpanList();
    this.starts ??= startsOf(this.chunks, ({ living }) => living);
    const { starts } = this;
    for (let i = partAt(starts, start); i < this.chunks.length; i++) {
      let at = starts[i] ?? 0;
      if (at >= end) break;
      for (const run of this.chunks[i]?.runs ?? []) {
        if (!isVisible(run)) continue;
        const from = Math.max(at, start);
        const to = Math.min(at + run.length, end);
        if (from < to) result.add({ ...run, start: run.start + (from - at), length: to - from });
        at += run.length;
      }
    }
    return result.runs;
  }

  /** Set when the run is no longer in the text: who deleted it. */
  differenceFrom(base: RunSequence): Difference {
    const chunks = sameEnds(this.chunks, base.chunks, (a, b) => a === b);
    const own = this.chunks.slice(chunks.first, this.chunks.length - chunks.last).flatMap(({ runs }) => runs);
    const other = base.chunks.slice(chunks.first, base.chunks.length - chunks.last).flatMap(({ runs }) => runs);
    const living = own.filter(isVisible);
    const same = sameEnds(living, other, sameRun);
    const shared = this.chunks.slice(0, chunks.first).reduce((sum, chunk) => sum + chunk.living, 0);
    return {
      start: living.slice(0, same.first).reduce((sum, { length }) => sum + length, shared),
      living: living.slice(same.first, living.length - same.last),
      gone: own.filter((run) => !isVisible(run)),
      other: other.slice(same.first, other.length - same.last),
    };
  }

  private static made(writer: ChunkWriter, size: number): RunSequence {
    const chunks = writer.end();
    return new RunSequence(chunks, size, writer.own + chunks.length);
  }
}

/** How much two lists have in common at the beginning and at the end. */
function sameEnds<T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (x: T, y: T) => boolean,
): { readonly first: number; readonly last: number } {
  const most = Math.min(a.length, b.length);
  const same = (i: number, j: number): boolean => {
    const [x, y] = [a[i], b[j]];
    return x !== undefined && y !== undefined && isSame(x, y);
  };
  let first = 0;
  while (first < most && same(first, first)) first++;
  let last = 0;
  while (last < most - first && same(a.length - 1 - last, b.length - 1 - last)) last++;
  return { first, last };
}

class ChunkWriter {
  /** Joins adjacent runs that are one piece of one origin, and drops empty runs. */
  own = 0;
  private readonly chunks: Chunk[] = [];
  private open = new SpanList();

  constructor(private readonly size: number) {}

  /** Whether a run continues where the last one ends. */
  get last(): Span | undefined {
    return this.open.runs.at(-1) ?? this.chunks.at(-1)?.runs.at(-1);
  }

  add(run: Span): void {
    this.open.add(run);
    if (this.open.runs.length >= 2 * this.size) this.close(this.size);
  }

  /** A chunk as it was. */
  take(chunk: Chunk): void {
    const { runs } = this.open;
    const [first] = chunk.runs;
    // The run, as the continuation of the previous one where the same author continues.
    if (runs.length > 0 && first && (runs.length < this.size / 2 || this.open.joins(first))) {
      chunk.runs.forEach((run) => this.add(run));
      return;
    }
    this.close(runs.length);
    this.chunks.push(chunk);
  }

  end(): readonly Chunk[] {
    this.close(this.open.runs.length);
    return this.chunks;
  }

  private close(count: number): void {
    if (count === 0) return;
    const { runs } = this.open;
    const closed = runs.slice(0, count);
    this.chunks.push({
      runs: closed,
      living: closed.reduce((sum, run) => (isVisible(run) ? sum + run.length : sum), 0),
    });
    this.own += count;
    this.open = new SpanList(runs.slice(count));
  }
}
