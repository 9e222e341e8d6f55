/**
 * A synthetic history of some months, about which everything that a report could say is known: each line is an object
 * that remembers who wrote it, in which commit, and when the branch lost it.
 */
import type { FileAttribution, LineRange } from '../../src/provenance/authorship/types';
import { addCounts, countLines, NO_COUNTS } from '../../src/provenance/authorship';
import { NOTES_REF, writeNote } from '../../src/provenance/commits/notes/format';
import type { TestRepository } from './repository';

export interface MadeLine {
  readonly text: string;
  readonly who: MadeWho;
  readonly born: MadeCommit;
  /** Seconds since the epoch when the branch lost it. */
  died?: number;
}

export type MadeWho =
  | { readonly author: 'human' | 'unknown' }
  | { readonly author: 'ai'; readonly assistant: string; readonly model: string };

type Files = Map<string, readonly MadeLine[]>;

export interface MadeCommit {
  /** Its number, which is also its mark in the fast-import stream. */
  readonly mark: number;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly person: string;
  readonly message: string;
  readonly parents: readonly MadeCommit[];
  readonly files: Files;
  /** What it added and removed itself, by file. */
  readonly changes: readonly {
    readonly path: string;
    readonly added: readonly MadeLine[];
    readonly removed: readonly MadeLine[];
    readonly removedBy: MadeWho;
  }[];
  readonly noted: boolean;
}

const DAY = 86_400;

export class MadeHistory {
  readonly commits: MadeCommit[] = [];
  private lines = 0;
  private seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** The next number of a fixed sequence, from 0 to below `below`. */
  random(below: number): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.seed / 2 ** 32) * below);
  }

  newLines(count: number, who: MadeWho, born: MadeCommit): MadeLine[] {
    return Array.from({ length: count }, () => ({
      text: `line ${String(++this.lines)} of ${who.author}\n`,
      who,
      born,
    }));
  }

  /**
   * A commit on top of `parents`; `change` returns the new lines of each file that it changes (undefined: deleted).
   */
  commit(
    options: {
      readonly time: number;
      readonly person: string;
      readonly message?: string;
      readonly parents: readonly MadeCommit[];
      readonly noted?: boolean;
      readonly by: MadeWho;
      readonly main: boolean;
    },
    change: (self: MadeCommit, before: Files) => ReadonlyMap<string, readonly MadeLine[] | undefined>,
  ): MadeCommit {
    const { time, person, parents, by } = options;
    const files: Files = new Map(parents[0]?.files);
    const changes: MadeCommit['changes'][number][] = [];
    const self: MadeCommit = {
      mark: this.commits.length + 1,
      time,
      person,
      message: options.message ?? `Change ${String(this.commits.length + 1)}`,
      parents,
      files,
      changes,
      noted: options.noted ?? true,
    };
    for (const [path, now] of change(self, files)) {
      const before = files.get(path) ?? [];
      const [had, has] = [new Set(before), new Set(now ?? [])];
      const merged = new Set(parents.slice(1).flatMap((parent) => parent.files.get(path) ?? []));
      const added = (now ?? []).filter((line) => !had.has(line));
      const removed = before.filter((line) => !has.has(line));
      // What a merge combines is not its own change.
      if (parents.length < 2) changes.push({ path, added, removed, removedBy: by });
      else if (added.some((line) => !merged.has(line))) throw new Error('merges here have nothing of their own');
      if (options.main) for (const line of removed) line.died = time;
      if (now === undefined) files.delete(path);
      else files.set(path, now);
    }
    this.commits.push(self);
    return self;
  }

  /**
   * Imports it into a new repository, with a note for each commit that should have one. Returns the commits' ids by
   * their marks.
   */
  async into(test: TestRepository): Promise<ReadonlyMap<number, string>> {
    const bytes = (text: string): string => `data ${String(Buffer.byteLength(text))}\n${text}\n`;
    let stream: string[] = [];
    let ids: ReadonlyMap<number, string> = new Map();
    const marks = test.at('.git/marks');
    const flush = async (): Promise<void> => {
      await imported(test, [`--import-marks-if-exists=${marks}`, `--export-marks=${marks}`], stream.join(''));
      stream = [];
      ids = new Map(
        test
          .read('.git/marks')
          .split('\n')
          .flatMap((line): [number, string][] => {
            const match = /^:(\d+) ([0-9a-f]+)$/.exec(line);
            return match?.[1] !== undefined && match[2] !== undefined ? [[Number(match[1]), match[2]]] : [];
          }),
      );
    };
    for (const { mark, time, person, message, parents, files, changes } of this.commits) {
      const who = `${person} <${person}@example.com> ${String(time)} +0000`;
      // A revert names an id, which is unknown until the commit exists.
      if (message.includes('MARK-')) await flush();
      stream.push(
        `commit refs/heads/made-${String(mark)}\nmark :${String(mark)}\nauthor ${who}\ncommitter ${who}\n${bytes(message.replace(/MARK-(\d+)/, (_, other: string) => ids.get(Number(other)) ?? ''))}`,
      );
      for (const [at, parent] of parents.entries())
        stream.push(`${at === 0 ? 'from' : 'merge'} :${String(parent.mark)}\n`);
      const paths =
        parents.length > 1
          ? [...new Set([...files.keys(), ...(parents[0]?.files.keys() ?? [])])].filter(
              (path) => files.get(path) !== parents[0]?.files.get(path),
            )
          : changes.map(({ path }) => path);
      for (const path of paths) {
        const lines = files.get(path);
        stream.push(
          lines === undefined
            ? `D ${path}\n`
            : `M 100644 inline ${path}\n${bytes(lines.map(({ text }) => text).join(''))}`,
        );
      }
      stream.push('\n');
    }
    await flush();
    const last = this.commits.at(-1);
    const notes = this.commits.flatMap((commit) => {
      const id = ids.get(commit.mark);
      if (!commit.noted || commit.changes.length === 0 || id === undefined) return [];
      const text = writeNote(id, `${commit.person} <${commit.person}@example.com>`, attributionOf(commit));
      return [`N inline ${id}\n${bytes(text)}`];
    });
    await imported(
      test,
      [],
      `commit ${NOTES_REF}\ncommitter Ada <ada@example.com> ${String(last?.time ?? 0)} +0000\n${bytes('notes')}${notes.join('')}\n`,
    );
    await test.git('update-ref', 'refs/heads/main', ids.get(last?.mark ?? 0) ?? '');
    await test.git('reset', '--quiet', '--hard', 'main');
    return ids;
  }
}

async function imported(test: TestRepository, words: readonly string[], stream: string): Promise<void> {
  const result = await test.run(['fast-import', '--quiet', '--force', ...words], { input: stream });
  if (result.code !== 0) throw new Error(result.stderr);
}

function attributionOf({ changes, files, parents }: MadeCommit): Parameters<typeof writeNote>[2] {
  const range = (line: number, who: MadeWho): LineRange => ({
    start: line,
    end: line,
    author: who.author,
    edited: false,
    assistant: who.author === 'ai' ? who.assistant : null,
    model: who.author === 'ai' ? who.model : null,
    session: who.author === 'ai' ? 's-1' : null,
    evidence: who.author === 'unknown' ? null : 'reported',
  });
  const at = (
    lines: readonly MadeLine[] | undefined,
    wanted: readonly MadeLine[],
    by: (line: MadeLine) => MadeWho,
  ): LineRange[] => {
    const set = new Set(wanted);
    return (lines ?? []).flatMap((line, index) => (set.has(line) ? [range(index + 1, by(line))] : []));
  };
  const known = ({ author }: LineRange): boolean => author !== 'unknown';
  const all = changes.map(({ path, added, removed, removedBy }): FileAttribution => ({
    path,
    from: null,
    status: 'M',
    binary: false,
    ranges: at(files.get(path), added, ({ who }) => who).filter(known),
    removed: at(parents[0]?.files.get(path), removed, () => removedBy).filter(known),
    change: null,
  }));
  const sum = (side: 'ranges' | 'removed'): ReturnType<typeof countLines> =>
    all.reduce((counts, file) => addCounts(counts, countLines(file[side])), NO_COUNTS);
  return { files: all, added: sum('ranges'), removed: sum('removed') };
}

export const ASSISTANTS: readonly MadeWho[] = [
  { author: 'ai', assistant: 'claude-code', model: 'claude-opus-4-8' },
  { author: 'ai', assistant: 'claude-code', model: 'claude-sonnet-4-5' },
  { author: 'ai', assistant: 'kiro', model: 'claude-sonnet-4-5' },
  { author: 'ai', assistant: 'github-copilot', model: 'gpt-5' },
];

const PEOPLE = ['ada', 'ben', 'cleo', 'dan', 'eve', 'fay', 'gus'];
const FILES = [
  'src/api/orders.ts',
  'src/api/users.ts',
  'src/web/page.ts',
  'infra/prod/main.tf',
  'docs/guide.md',
  'src/db/migrations/1.sql',
  'test/orders.test.ts',
];

/**
 * Months of work with branches, merges, reverts, files that are deleted and restored, and commits that nothing
 * recorded. AI's share grows.
 */
export function someMonths({
  seed,
  from,
  commits,
  daysEach,
}: {
  readonly seed: number;
  readonly from: number;
  readonly commits: number;
  readonly daysEach: number;
}): MadeHistory {
  const made = new MadeHistory(seed);
  const one = <T>(list: readonly T[]): T =>
    list[made.random(list.length)] ??
    (() => {
      throw new Error('an empty list');
    })();
  const who = (): MadeWho => {
    const dice = made.random(100);
    const ai = 15 + (45 * made.commits.length) / commits;
    return dice < ai ? one(ASSISTANTS) : dice < 85 ? { author: 'human' } : { author: 'unknown' };
  };
  const edited = (before: readonly MadeLine[], self: MadeCommit, by: MadeWho): readonly MadeLine[] => {
    const at = made.random(before.length + 1);
    const gone = before.length > 8 ? made.random(5) : 0;
    return [...before.slice(0, at), ...made.newLines(1 + made.random(9), by, self), ...before.slice(at + gone)];
  };
  const change =
    (by: MadeWho, count: number) =>
    (self: MadeCommit, before: Files): ReadonlyMap<string, readonly MadeLine[]> => {
      const paths = new Set(Array.from({ length: count }, () => one(FILES)));
      return new Map([...paths].map((path) => [path, edited(before.get(path) ?? [], self, by)]));
    };
  let time = from;
  const human: MadeWho = { author: 'human' };
  let head = made.commit(
    { time, person: 'ada', parents: [], by: human, main: true },
    (self) => new Map(FILES.map((path) => [path, made.newLines(12, human, self)])),
  );
  while (made.commits.length < commits) {
    time += Math.floor(daysEach * DAY * (0.5 + made.random(100) / 100));
    const [dice, person, by] = [made.random(100), one(PEOPLE), who()];
    const noted = made.random(100) < 90;
    if (dice < 25) {
      // A branch of some commits, while the main branch continues; both may change the same file.
      const [fork, other] = [head, one(PEOPLE)];
      let tip = fork;
      for (let i = 0; i <= made.random(3); i++)
        tip = made.commit(
          { time: (time += 3_600 * (1 + made.random(20))), person: other, parents: [tip], by, main: false },
          change(by, 2),
        );
      const mine = who();
      head = made.commit({ time: (time += 3_600), person, parents: [head], by: mine, main: true }, change(mine, 1));
      const [ours, theirs] = [head, tip];
      head = made.commit(
        {
          time: (time += DAY * made.random(4)),
          person,
          message: 'Merge branch',
          parents: [ours, theirs],
          by: human,
          main: true,
        },
        () => mergedFiles(fork, ours, theirs),
      );
    } else if (dice < 30 && head.parents.length === 1 && head.changes.length > 0) {
      const back = head;
      head = made.commit(
        {
          time,
          person,
          message: `Revert "${back.message}"\n\nThis reverts commit MARK-${String(back.mark)}.`,
          parents: [head],
          by: human,
          main: true,
        },
        (self) =>
          new Map(
            back.changes.map(({ path }) => [
              path,
              remade(back.parents[0]?.files.get(path) ?? [], back.files.get(path) ?? [], self),
            ]),
          ),
      );
    } else {
      head = made.commit({ time, person, parents: [head], by, main: true, noted }, change(by, 1 + made.random(3)));
    }
  }
  return made;
}

/** The old content again; lines that come back are new lines with their old text. */
function remade(before: readonly MadeLine[], now: readonly MadeLine[], self: MadeCommit): readonly MadeLine[] {
  const there = new Set(now);
  return before.map((line) => (there.has(line) ? line : { text: line.text, who: line.who, born: self }));
}

/** Both sides' changes since the fork: lines that neither removed, and those that each added. */
function mergedFiles(
  fork: MadeCommit,
  ours: MadeCommit,
  theirs: MadeCommit,
): ReadonlyMap<string, readonly MadeLine[] | undefined> {
  const paths = [...theirs.files.keys()].filter((path) => theirs.files.get(path) !== fork.files.get(path));
  return new Map(
    paths.map((path) => {
      const [base, mine, other] = [
        fork.files.get(path) ?? [],
        ours.files.get(path) ?? [],
        theirs.files.get(path) ?? [],
      ];
      if (mine === base) return [path, other];
      const [inBase, inMine, inOther] = [new Set(base), new Set(mine), new Set(other)];
      const result: MadeLine[] = [];
      let at = 0;
      for (const line of mine) {
        if (!inBase.has(line)) {
          result.push(line);
          continue;
        }
        // Their lines up to this one precede it.
        const there = other.indexOf(line);
        if (there >= 0)
          for (; at < there; at++) {
            const theirLine = other[at];
            if (theirLine && !inBase.has(theirLine)) result.push(theirLine);
          }
        if (inOther.has(line)) result.push(line);
        at = Math.max(at, there + 1);
      }
      for (; at < other.length; at++) {
        const line = other[at];
        if (line && !inBase.has(line) && !inMine.has(line)) result.push(line);
      }
      return [path, result];
    }),
  );
}
