/** Holds what Linekeeper says of a commit against what is known of it. */
import { linesOf } from './ledger';
import { EMPTY, type FileDiff } from './objects';
import { allowed, type Change, type Kind, truthOf, type Verdict } from './truth';
import { trailers } from './trailers';
import type { World } from './world';

export interface Range {
  start: number;
  end: number;
  author: Kind;
  assistant?: string | null;
  model?: string | null;
  session?: string | null;
}
interface Counts {
  ai: number;
  human: number;
  unknown: number;
}
export interface Shown {
  commit: string;
  added: Counts;
  removed: Counts;
  files: { path: string; from?: string | null; ranges: Range[]; removed: Range[]; binary?: boolean }[];
  trailers: Record<string, string[]>;
}

export interface Fault {
  kind: 'wrong' | 'missed' | 'session' | 'count' | 'lines' | 'trailers' | 'failed' | 'blame' | 'clones';
  commit: string;
  where: string;
  text: string;
  told: string;
  truth: string;
}

export interface Tally {
  commits: number;
  lines: number;
  /** Lines for which only one answer is right. */
  sharp: number;
  told: number;
  faults: Fault[];
}

export const tally = (): Tally => ({ commits: 0, lines: 0, sharp: 0, told: 0, faults: [] });

const shown = (of: Verdict) => `must [${[...of.must].join(' ')}] may [${[...of.may].join(' ')}]`;
const numbers = (ranges: Range[]) =>
  ranges.flatMap((range) =>
    Array.from({ length: range.end - range.start + 1 }, (_, at) => ({ at: range.start + at, range })),
  );

export class Examiner {
  readonly tally = tally();
  readonly shows = new Map<string, Shown>();

  private readonly anew = new Set<string>();
  private readonly seen = new Set<string>();

  constructor(private readonly world: World) {}

  /** Examines every commit that has come since the last look. */
  look(): void {
    const { scratch } = this.world;
    scratch.steps.push({ kind: 'look' });
    for (const sha of scratch.ask('rev-list', '--reverse', 'HEAD', '--branches').split('\n').filter(Boolean)) {
      if (this.seen.has(sha)) continue;
      this.seen.add(sha);
      this.commit(sha);
    }
    for (const failed of this.world.failed.splice(0)) this.fault('failed', 'HEAD', 'record', '', failed, 'silence');
  }

  private commit(sha: string): void {
    const { objects } = this.world;
    const parents = objects.parentsOf(sha);
    this.tally.commits += 1;
    const { answer, err } = this.asked(sha, 'show', ['show', sha]);
    if (answer === undefined) return;
    const show = answer as Shown;
    if (err !== '') this.fault('failed', sha, 'show', '', err, 'silence');
    this.shows.set(sha, show);
    trailers(this, this.world, sha, show);
    if (parents.length > 1) this.merge(sha, parents, show);
    else this.plain(sha, parents[0] ?? EMPTY, show);
  }

  private plain(sha: string, parent: string, show: Shown): void {
    const { objects } = this.world;
    if (parent === EMPTY && this.tally.commits > 1) this.anew.add(sha);
    const counts = objects.counts(parent, sha);
    for (const side of ['added', 'removed'] as const) {
      const sum = show[side].ai + show[side].human + show[side].unknown;
      if (sum !== counts[side]) this.fault('count', sha, side, '', String(sum), String(counts[side]));
    }
    this.lines(sha, this.change(parent, sha), objects.diff(parent, sha), show);
  }

  private change(parent: string, sha: string): Change {
    const { objects } = this.world;
    return {
      parent: parent === EMPTY ? new Map() : objects.files(parent),
      files: objects.files(sha),
      past: parent === EMPTY ? new Set() : objects.past(parent),
      inverse: this.world.inverseOf(sha),
    };
  }

  /** A merge's own lines are those that none of its parents has in their place. */
  private merge(sha: string, parents: string[], show: Shown): void {
    const { objects } = this.world;
    const diffs = parents.map((parent) => objects.diff(parent, sha));
    const own = (diffs[0] ?? []).flatMap((file) => {
      const others = diffs.slice(1).map((diff) => diff.find((other) => other.path === file.path));
      if (others.includes(undefined)) return [];
      const added = file.added.filter((at) => others.every((other) => other?.added.includes(at)));
      return [{ ...file, added, removed: [], hunks: [{ added, removed: [] }] }];
    });
    const change = this.change(parents[0] ?? EMPTY, sha);
    const past = new Set(parents.flatMap((parent) => [...objects.past(parent)]));
    this.lines(sha, { ...change, past }, own, { ...show, files: show.files.map((file) => ({ ...file, removed: [] })) });
  }

  lines(
    sha: string,
    change: Change,
    diffs: FileDiff[],
    show: { files: { path: string; ranges: Range[]; removed: Range[] }[] },
  ): void {
    for (const diff of diffs) {
      const file = show.files.find((one) => one.path === diff.path);
      // What is not a text file, a link or a submodule, is held against its count only.
      if (
        diff.added.length + diff.removed.length === 0 ||
        !(change.files.has(diff.path) || change.parent.has(diff.from))
      )
        continue;
      if (file === undefined) {
        this.fault('lines', sha, diff.path, '', 'no such file', `${String(diff.added.length)} lines`);
        continue;
      }
      const truth = truthOf(this.world.ledger, change, diff);
      this.side(
        sha,
        `${diff.path} +`,
        linesOf(change.files.get(diff.path) ?? ''),
        diff.added,
        truth.added,
        file.ranges,
      );
      this.side(
        sha,
        `${diff.from} -`,
        linesOf(change.parent.get(diff.from) ?? ''),
        diff.removed,
        truth.removed,
        file.removed,
      );
    }
  }

  private side(
    sha: string,
    where: string,
    text: string[],
    expected: number[],
    truth: Map<number, Verdict>,
    ranges: Range[],
  ): void {
    const told = new Map(numbers(ranges).map(({ at, range }) => [at, range]));
    if ([...told.keys()].sort((a, b) => a - b).join() !== [...expected].sort((a, b) => a - b).join()) {
      this.fault('lines', sha, where, '', [...told.keys()].join(), expected.join());
    }
    for (const [at, verdict] of truth) {
      const range = told.get(at);
      if (range !== undefined) this.line(sha, `${where}${String(at)}`, text[at - 1] ?? '', verdict, range);
    }
  }

  private line(sha: string, where: string, text: string, verdict: Verdict, range: Range): void {
    const right = allowed(verdict);
    this.tally.lines += 1;
    if (right.size === 1) this.tally.sharp += 1;
    if (range.author !== 'unknown') this.tally.told += 1;
    if (range.author === 'unknown' && !right.has('unknown')) {
      // Of a branch that begins anew nothing is left but what stands in the notes of others, line by line.
      if (!verdict.twin && !this.anew.has(sha)) this.fault('missed', sha, where, text, 'unknown', shown(verdict));
    } else if (range.author !== 'unknown' && !right.has(range.author))
      this.fault('wrong', sha, where, text, range.author, shown(verdict));
    else if (range.author === 'ai' && !verdict.twin) {
      const actor = `ai:${range.assistant ?? ''}:${range.session ?? ''}`;
      if (!verdict.must.has(actor) && !verdict.may.has(actor))
        this.fault('session', sha, where, text, actor, shown(verdict));
    }
  }

  /** What Linekeeper answers about a commit, and says besides; no answer is a fault. */
  asked(commit: string, where: string, args: readonly string[]): { answer: unknown; err: string } {
    const { scratch } = this.world;
    const { code, out, err } = scratch.linekeeper([...args, '--json', '--repo', scratch.dir]);
    try {
      return { answer: JSON.parse(out), err };
    } catch {
      this.fault('failed', commit, where, '', `${String(code)} ${err}`, 'an answer');
      return { answer: undefined, err };
    }
  }

  fault(kind: Fault['kind'], commit: string, where: string, text: string, told: string, truth: string): void {
    this.tally.faults.push({ kind, commit, where, text, told, truth });
  }
}
