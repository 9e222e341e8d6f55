/**
 * Histories before the first commit. All text is new then, so a line is by those who wrote its words, wherever they
 * went: moved, copied, re-indented, in a file with another name or other line ends. Half of the words are of a small
 * vocabulary, so that lines resemble each other.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MemoryBench } from './memory';
import { authorOf, type Actor } from './model';
import type { Score } from './world';

const HOWS = ['write', 'word', 'add', 'drop', 'indent', 'move', 'copy', 'rename', 'ends', 'open', 'remove'] as const;

export interface FreshStep {
  readonly actor: Actor;
  readonly changes: readonly {
    readonly how: (typeof HOWS)[number];
    readonly file: number;
    readonly at: number;
    readonly to: number;
  }[];
}

export const anyFreshSteps: fc.Arbitrary<readonly FreshStep[]> = fc.array(
  fc.record({
    actor: fc.constantFrom<Actor>('ai-one', 'ai-two', 'human', 'nobody'),
    changes: fc.array(fc.record({ how: fc.constantFrom(...HOWS), file: fc.nat(9), at: fc.nat(99), to: fc.nat(99) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  { minLength: 2, maxLength: 10 },
);

interface Word {
  readonly text: string;
  readonly by: Actor;
}

interface Line {
  /** A copy has that of its original. */
  readonly id: number;
  readonly words: readonly Word[];
  readonly indent: number;
  /** Rewritten so far by one who was not watched on the way that nothing says it is still the same line. */
  readonly lost: boolean;
}

interface File {
  readonly lines: readonly Line[];
  readonly ends: '\n' | '\r\n';
  /** Without a break behind its last line. */
  readonly open: boolean;
}

const VOCABULARY = [
  'const',
  'value',
  'index',
  'count',
  'state',
  'items',
  'total',
  'label',
  'width',
  'order',
  'match',
  'queue',
  'event',
  'cache',
  'token',
  'scope',
  'delta',
  'owner',
  'route',
  'batch',
];
const NAMES = ['a.ts', 'b.ts', 'c.ts', 'dir/d.ts', 'dir/e.ts'] as const;
/** Of its words so many must stay from one look to the next. */
const STAYS_FROM = 0.6;
/** With so many of its words in common, a line may be taken for another one that it stands for. */
const LIKE_FROM = 0.25;

const textOf = ({ words }: Line): string => words.map(({ text }) => text).join(' ');

export class FreshWorld {
  private files = new Map<string, File>();
  /** All lines at the last look. */
  private lines: readonly Line[] = [];
  private seen: ReadonlyMap<number, Line> = new Map();
  private next = 0;
  private id = 0;

  constructor(
    private readonly bench: MemoryBench,
    private readonly score: Score,
  ) {}

  async play(steps: readonly FreshStep[]): Promise<void> {
    for (const { actor, changes } of steps) {
      const id = String(this.id++);
      if (actor !== 'nobody') {
        this.look();
        await this.bench.before(id, actor, NAMES);
      }
      for (const c of changes) this.change(c, actor);
      this.write();
      if (actor === 'nobody') continue;
      this.look();
      await this.bench.after(id, actor);
    }
    this.look();
    await this.judge();
  }

  private change({ how, file, at, to }: FreshStep['changes'][number], by: Actor): void {
    const there = [...this.files.keys()];
    const free = NAMES.filter((name) => !this.files.has(name));
    const name = there[file % Math.max(1, there.length)];
    const own = name === undefined ? undefined : this.files.get(name);
    if (name === undefined || !own || own.lines.length === 0 || (how === 'write' && to % 4 === 0)) {
      const made = free[at % Math.max(1, free.length)];
      if (made !== undefined)
        this.files.set(made, {
          lines: Array.from({ length: 3 + (at % 3) }, () => this.line(by)),
          ends: '\n',
          open: at % 5 === 0,
        });
      return;
    }
    const { lines } = own;
    const here = at % lines.length;
    const line = lines[here];
    if (!line) return;
    const put = (next: readonly Line[]): void => void this.files.set(name, { ...own, lines: next });
    const reword = (words: readonly Word[]): void => put(lines.with(here, { ...line, words }));
    const block = lines.slice(here, here + 2 + (to % 2));
    const word = to % line.words.length;
    switch (how) {
      case 'write':
        return put(lines.toSpliced(here, 0, ...Array.from({ length: 1 + (to % 3) }, () => this.line(by))));
      case 'word':
        return reword(line.words.with(word, this.word(by)));
      case 'add':
        return reword(line.words.toSpliced(word, 0, this.word(by)));
      case 'drop':
        return line.words.length > 4 ? reword(line.words.toSpliced(word, 1)) : undefined;
      case 'indent':
        return put(lines.map((l, i) => (i >= here && i < here + 1 + (to % 3) ? { ...l, indent: l.indent + 2 } : l)));
      case 'remove':
        return put(lines.toSpliced(here, 1));
      case 'ends':
        return void this.files.set(name, { ...own, ends: own.ends === '\n' ? '\r\n' : '\n' });
      case 'open':
        return void this.files.set(name, { ...own, open: !own.open });
      case 'move': {
        const rest = lines.toSpliced(here, block.length);
        return put(rest.toSpliced(to % (rest.length + 1), 0, ...block));
      }
      case 'copy': {
        const target = there[to % there.length] ?? name;
        const other = this.files.get(target) ?? own;
        return void this.files.set(target, {
          ...other,
          lines: other.lines.toSpliced(to % (other.lines.length + 1), 0, ...block),
        });
      }
      case 'rename': {
        const other = free[to % Math.max(1, free.length)];
        if (other === undefined) return;
        this.files.delete(name);
        this.files.set(other, own);
      }
    }
  }

  private line(by: Actor): Line {
    return {
      id: this.next++,
      words: Array.from({ length: 6 }, (_, i) => this.word(by, i % 2 === 0)),
      indent: 0,
      lost: false,
    };
  }

  private word(by: Actor, unique = true): Word {
    const n = Math.imul(++this.next, 2_654_435_761) >>> 0;
    return {
      text: unique
        ? n
            .toString(26)
            .padStart(7, '0')
            .replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)))
        : (VOCABULARY[n % VOCABULARY.length] ?? ''),
      by,
    };
  }

  private write(): void {
    for (const name of NAMES) {
      const file = this.files.get(name);
      if (file)
        this.bench.write(
          name,
          file.lines
            .map(
              (line, i) =>
                `${' '.repeat(line.indent)}${line.words.map((word) => word.text).join(' ')}${file.open && i === file.lines.length - 1 ? '' : file.ends}`,
            )
            .join(''),
        );
      else this.bench.remove(name);
    }
  }

  /**
   * What a line lost since the last look may be too much to know it again; and one that was copied and changed at once
   * may be another, as may one that is as such a line was, and a copy that comes where such a line goes. A new line
   * that has by chance as many words of one that is gone may be taken for it.
   */
  private look(): void {
    const before = this.seen;
    const all = [...this.files.values()].flatMap((file) => file.lines);
    const left = all.map(textOf);
    const gone = this.lines.filter((line) => {
      const at = left.indexOf(textOf(line));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const unclear = new Set(this.lines.filter(({ lost }) => lost).map(textOf));
    const isLike = ({ words }: Line, other: Line): boolean =>
      words.filter(({ text }) => other.words.some((word) => word.text === text)).length >= LIKE_FROM * words.length;
    const copied = new Set(all.map(({ id }) => id).filter((id, i, ids) => ids.indexOf(id) !== i));
    const looked = (line: Line): Line => {
      const last = before.get(line.id);
      const kept = last ? line.words.filter((word) => last.words.includes(word)).length : line.words.length;
      const all = Math.max(last?.words.length ?? 0, line.words.length);
      const isUnclear = last
        ? unclear.has(textOf(line)) || (copied.has(line.id) && gone.some((other) => other.lost && isLike(line, other)))
        : gone.some((other) => isLike(line, other));
      return kept < STAYS_FROM * all || (kept < all && copied.has(line.id)) || isUnclear
        ? { ...line, lost: true }
        : line;
    };
    this.files = new Map([...this.files].map(([name, file]) => [name, { ...file, lines: file.lines.map(looked) }]));
    this.lines = [...this.files.values()].flatMap((file) => file.lines);
    this.seen = new Map(this.lines.map((line) => [line.id, line]));
  }

  private async judge(): Promise<void> {
    const said = (await this.bench.commitAll()) ?? [];
    const wrong: string[] = [];
    this.score.commits++;
    for (const [name, { lines }] of this.files) {
      const ranges = said.find((file) => file.path === name)?.ranges ?? [];
      lines.forEach((line, i) => {
        const authors = line.words.map((word) => authorOf(word.by));
        const truth = authors.includes('ai') ? 'ai' : authors.includes('unknown') ? 'unknown' : 'human';
        const author = ranges.find((range) => range.start <= i + 1 && i + 1 <= range.end)?.author;
        this.score.lines++;
        if (author === truth || line.lost) return;
        if (author === 'unknown') this.score.missed++;
        else
          wrong.push(
            `${name}:${String(i + 1)} ${String(author)} and not ${truth}: ${line.words.map((word) => `${word.text}/${word.by}`).join(' ')}`,
          );
      });
    }
    assert.deepEqual(wrong, []);
  }
}
