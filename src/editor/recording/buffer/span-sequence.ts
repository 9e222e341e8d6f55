/**
 * The runs of a text (text-spans.ts), in chunks: a change to a few of thousands of runs shares the other chunks with the
 * previous sequence.
 *
 * Offsets are UTF-16 code units of the living text. Pure.
 */
import { sharedEnds } from '../../../provenance/authorship';
import { atOnce, type TimeSliced } from '../../time-slices';
import { grown, isVisible, SpanList, sameRun, type Replacement, type Span } from './text-spans';
import { partAt, startsOf } from './binary-search';

interface Chunk {
  readonly runs: readonly Span[];
  /** Number of its characters that are in the text. */
  readonly living: number;
}

/** Runs per chunk; a chunk has at most twice as many. */
const CHUNK = 64;
/** This many are processed before other work may run. */
const RUNS_IN_A_SLICE = 250;

/** How a sequence differs from another one without deleted runs. */
interface Difference {
  /** Where the difference begins in both texts. */
  readonly start: number;
  readonly living: readonly Span[];
  readonly deleted: readonly Span[];
  readonly other: readonly Span[];
}

/** Immutable. */
export class RunSequence {
  /** The start of each chunk. */
  private starts: readonly number[] | undefined;

  private constructor(
    private readonly chunks: readonly Chunk[],
    private readonly size: number,
    /** How much memory it does not share with the sequence it was made from: its own runs, plus one per chunk. */
    readonly kept: number,
  ) {}

  /** `size`: runs per chunk. */
  static of(runs: readonly Span[], size = CHUNK): RunSequence {
    const writer = new ChunkWriter(size);
    for (const run of runs) writer.add(run);
    return RunSequence.made(writer, size);
  }

  all(): readonly Span[] {
    return this.chunks.flatMap(({ runs }) => runs);
  }

  /**
   * Applies replacements that do not touch each other, in ascending order; all offsets are in the text before. Deleted
   * text stays in the sequence, marked as gone. Text typed directly after what the same author just typed belongs to
   * the same origin.
   */
  splice(replacements: readonly Replacement[]): RunSequence {
    return atOnce(this.splicing(replacements));
  }

  /** The same in slices. */
  *splicing(replacements: readonly Replacement[]): TimeSliced<RunSequence> {
    const result = new ChunkWriter(this.size);
    let next = 0;
    /** How many were inserted: one that deletes may continue in the next run. */
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
        for (
          let replacement = replacements[next];
          replacement !== undefined && replacement.offset <= at;
          replacement = replacements[next]
        ) {
          const from = Math.max(replacement.offset, start);
          const end = replacement.offset + replacement.deleted;
          const to = Math.max(from, Math.min(end, at));
          result.add(cut(from));
          done = from;
          place(replacement);
          result.add({ ...cut(to), deletedBy: replacement.by });
          done = to;
          if (end > at) break;
          next++;
          if (next % RUNS_IN_A_SLICE === 0) yield;
        }
        result.add(cut(at));
      }
    }
    for (let replacement = replacements[next]; replacement !== undefined; replacement = replacements[next]) {
      place(replacement);
      next++;
    }
    return RunSequence.made(result, this.size);
  }

  /** Without deleted runs, and with the others mapped by `seen`. */
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

  /** The living runs of a part of the text. */
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

  /** How it differs from another sequence that has no deleted runs. */
  differenceFrom(base: RunSequence): Difference {
    const chunks = sharedEnds(this.chunks.length, base.chunks.length, (x, y) => this.chunks[x] === base.chunks[y]);
    const spans = this.chunks.slice(chunks.head, this.chunks.length - chunks.tail).flatMap(({ runs }) => runs);
    const baseRuns = base.chunks.slice(chunks.head, base.chunks.length - chunks.tail).flatMap(({ runs }) => runs);
    const living = spans.filter(isVisible);
    const same = sharedEnds(living.length, baseRuns.length, (x, y) => {
      const [run, baseRun] = [living[x], baseRuns[y]];
      return run !== undefined && baseRun !== undefined && sameRun(run, baseRun);
    });
    const shared = this.chunks.slice(0, chunks.head).reduce((sum, chunk) => sum + chunk.living, 0);
    return {
      start: living.slice(0, same.head).reduce((sum, { length }) => sum + length, shared),
      living: living.slice(same.head, living.length - same.tail),
      deleted: spans.filter((run) => !isVisible(run)),
      other: baseRuns.slice(same.head, baseRuns.length - same.tail),
    };
  }

  private static made(writer: ChunkWriter, size: number): RunSequence {
    const chunks = writer.end();
    return new RunSequence(chunks, size, writer.own + chunks.length);
  }
}

class ChunkWriter {
  /** Newly written runs. */
  own = 0;
  private readonly chunks: Chunk[] = [];
  private open = new SpanList();

  constructor(private readonly size: number) {}

  /** The last written run. */
  get last(): Span | undefined {
    return this.open.runs.at(-1) ?? this.chunks.at(-1)?.runs.at(-1);
  }

  add(run: Span): void {
    this.open.add(run);
    if (this.open.runs.length >= 2 * this.size) this.close(this.size);
  }

  /** Adds an unchanged chunk. */
  take(chunk: Chunk): void {
    const { runs } = this.open;
    const [first] = chunk.runs;
    // Runs that now form one piece are joined; small chunks are merged so that the sequence does not fragment.
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
