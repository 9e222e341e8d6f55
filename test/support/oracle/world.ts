/**
 * Plays a history on the oracle's files and on a bench, and holds what the bench says of each commit against the truth.
 */
import assert from 'node:assert/strict';
import type { Author, LineRange } from '../../../src/provenance/authorship/types';
import {
  change,
  indent,
  insert,
  NOTHING,
  paste,
  remove,
  seen,
  textOf,
  truth,
  wordsOf,
  type Actor,
  type FileState,
  type Verdict,
} from './model';
import type { Change, Step } from './steps';

/** What was said of one file of a commit. */
export interface Said {
  readonly path: string;
  readonly ranges: readonly LineRange[];
  readonly removed: readonly LineRange[];
}

/** Where a history is played. Contents are those of the work tree. */
export interface Bench {
  write(path: string, text: string): void;
  before(id: string, actor: Actor, files: readonly string[]): Promise<void>;
  after(id: string, actor: Actor, files: readonly string[]): Promise<void>;
  /** Commits everything; undefined when there is nothing to commit. */
  commitAll(): Promise<readonly Said[] | undefined>;
}

export interface Score {
  commits: number;
  lines: number;
  /** Lines that were called unknown although somebody is known. */
  missed: number;
}

export const NAMES = ['one.txt', 'dir/two.txt'] as const;

export class World {
  private readonly work = new Map<string, FileState>();
  /** As somebody looked at it last. */
  private readonly seen = new Map<string, FileState>();
  private head: ReadonlyMap<string, FileState> = new Map();
  private readonly older = new Set<string>();
  private id = 0;

  constructor(
    private readonly bench: Bench,
    private readonly score: Score,
  ) {}

  async start(): Promise<void> {
    for (const name of NAMES) this.put(name, insert(NOTHING, 0, 6, 6, 'nobody'));
    await this.bench.commitAll();
    this.committed();
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (step.kind === 'edit') await this.edit(step);
      else await this.commit();
      this.trace(step.kind === 'edit' ? `${step.actor} ${step.changes.map((c) => c.how).join(' ')}` : step.kind);
    }
  }

  private put(name: string, state: FileState): void {
    if (this.work.get(name) !== state) this.bench.write(name, textOf(state));
    this.work.set(name, state);
  }

  /** Whatever happened since somebody looked last was done by one: only the difference can be seen. */
  private look(by: Actor, files: Iterable<string> = [...this.work.keys()]): void {
    for (const name of files) {
      const last = this.seen.get(name);
      const state = this.work.get(name) ?? NOTHING;
      const looked = last && last !== state ? seen(last, state, by) : state;
      this.work.set(name, looked);
      this.seen.set(name, looked);
    }
  }

  private async edit(step: Extract<Step, { kind: 'edit' }>): Promise<void> {
    const name = NAMES[step.file] ?? NAMES[0];
    const other = NAMES[1 - step.file] ?? NAMES[1];
    const id = String(this.id++);
    const files = step.changes.some((c) => c.how === 'carry') ? NAMES : [name];
    const recorded = step.actor !== 'nobody';
    if (recorded) {
      this.look('nobody', files);
      await this.bench.before(id, step.actor, files);
    }
    for (const c of step.changes) {
      const states = [this.work.get(name) ?? NOTHING, this.work.get(other) ?? NOTHING] as const;
      const [mine, theirs] = changed(states[0], states[1], c, step.actor);
      this.put(name, mine);
      this.put(other, theirs);
    }
    if (recorded) {
      this.look(step.actor, files);
      await this.bench.after(id, step.actor, files);
    }
  }

  private async commit(): Promise<void> {
    this.look('nobody');
    const said = await this.bench.commitAll();
    if (!said) return;
    this.score.commits++;
    for (const name of NAMES) {
      const file: Said | undefined = said.find((f) => f.path === name);
      assert.deepEqual(
        wrongIn(
          name,
          truthOf(this.head.get(name) ?? NOTHING, this.work.get(name) ?? NOTHING, this.older),
          file,
          this.score,
        ),
        [],
      );
    }
    this.committed();
  }

  private committed(): void {
    this.head = new Map(this.work);
    for (const [name, state] of this.work) this.seen.set(name, state);
    for (const state of this.work.values()) for (const word of wordsOf(state)) this.older.add(word);
  }

  /** With LINEKEEPER_TRACE set, what the files look like after each step. */
  private trace(what: string): void {
    if (process.env['LINEKEEPER_TRACE'] !== undefined)
      console.log(what, [...this.work].map(([name, state]) => `\n-- ${name}\n${textOf(state)}`).join(''));
  }
}

export type TruthOf = (
  added: readonly number[],
  removed: readonly number[],
) => { readonly added: readonly Verdict[]; readonly removed: readonly Verdict[] };

export const truthOf =
  (base: FileState, target: FileState, older: ReadonlySet<string>): TruthOf =>
  (added, removed) =>
    truth(base, target, older, added, removed);

/**
 * What is said of a file and is wrong. No line may be called what it is not; one that is called unknown although
 * somebody is recorded is missed, and counted.
 */
export function wrongIn(
  name: string,
  wantedOf: TruthOf,
  said: Said | undefined,
  score: Score,
  missedIsWrong = false,
): string[] {
  const spread = (list: readonly LineRange[]): Map<number, LineRange> =>
    new Map(list.flatMap((r) => Array.from({ length: r.end - r.start + 1 }, (_, i) => [r.start + i, r] as const)));
  const added = spread(said?.ranges ?? []);
  const removed = spread(said?.removed ?? []);
  const wanted = wantedOf([...added.keys()], [...removed.keys()]);
  const check = (sign: string, found: ReadonlyMap<number, LineRange>, verdicts: readonly Verdict[]): string[] =>
    verdicts.flatMap((verdict) => {
      const range = found.get(verdict.line);
      const author: Author = range?.author ?? 'unknown';
      score.lines++;
      const missed = author === 'unknown' && !verdict.authors.includes('unknown');
      if (missed) score.missed++;
      if (missed && !missedIsWrong) return [];
      if (!verdict.authors.includes(author))
        return [
          `${name} ${sign}${String(verdict.line)} ${author} and not ${verdict.authors.join(' or ')}: ${verdict.text}`,
        ];
      if (author === 'ai' && verdict.assistant !== null && range?.assistant !== verdict.assistant)
        return [
          `${name} ${sign}${String(verdict.line)} ${String(range?.assistant)} and not ${verdict.assistant}: ${verdict.text}`,
        ];
      return [];
    });
  return [...check('+', added, wanted.added), ...check('-', removed, wanted.removed)];
}

/** One change of a file; the other one is where lines are carried to. */
export function changed(file: FileState, other: FileState, c: Change, by: Actor): readonly [FileState, FileState] {
  const length = file.lines.length;
  const at = length === 0 ? 0 : c.at % length;
  const words = file.lines[at]?.words.length ?? 0;
  if (c.how === 'insert' || length < 2)
    return [insert(file, length === 0 ? 0 : c.at % (length + 1), c.count, 6, by), other];
  if (c.how === 'indent') return [indent(file, at, c.count, by), other];
  if (c.how === 'remove') return [remove(file, at, Math.min(c.count, length - at - 1), by), other];
  if (c.how === 'move' || c.how === 'carry') {
    const block = file.lines.slice(at, at + c.count);
    const left = remove(file, at, block.length, by);
    const more = c.word % 3 === 0 ? 1 : 0;
    if (c.how === 'carry') return [left, paste(other, c.word % (other.lines.length + 1), block, more, by)];
    return [paste(left, c.word % (left.lines.length + 1), block, more, by), other];
  }
  return words > 3 || c.how === 'add' ? [change(file, at, c.word % words, c.how, by), other] : [file, other];
}
