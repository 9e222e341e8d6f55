/**
 * Who wrote each line of a file: git knows which commit a line comes from, and that commit's attribution knows the
 * author.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { splitLines, UNKNOWN_AUTHOR } from '../../authorship';
import type { ChangeAttribution, LineAuthorship, LineRange } from '../../authorship/types';
import { readCommits, type Commit, type Repository, GitError, whyFailed } from '../../../git';
import { attributionOfNote } from '../notes/format';
import { notesOf } from '../notes';
import { showCommits, type CommitAttribution } from './attribution-from-commit-notes';

export interface BlamedLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  /** Null while uncommitted. */
  readonly commit: string | null;
  /** Who made the commit, as git reports it; null while uncommitted. */
  readonly made: Made | null;
  readonly by: LineAuthorship;
}

interface Made {
  /** Name of the commit's author. */
  readonly author: string;
  /** The day it was written, in the author's time zone: `2026-11-23`. */
  readonly day: string;
}

export interface BlamedHow {
  /** As plain `git blame` reports it: moved and re-indented lines belong to whoever moved them. */
  readonly plain: boolean;
  /** Commits to skip, as `git blame --ignore-rev` does. */
  readonly ignore?: readonly string[];
  /** Absolute paths of files with such commits. */
  readonly ignoreFiles?: readonly string[];
  /** Only these lines (1-based, both ends included). Default: all. */
  readonly only?: readonly Pick<LineRange, 'start' | 'end'>[];
  /** What the messages of commits say about their authors. */
  readonly words?: {
    /** Whether a commit's message says anything. */
    readonly speaks: (commit: Commit, hasNote: boolean) => boolean;
    /** The commits with it. `paths`: the files that are asked about. */
    readonly hear: (
      shown: readonly CommitAttribution[],
      paths: ReadonlySet<string>,
    ) => Promise<readonly CommitAttribution[]>;
  };
}

/**
 * The lines of a file in a commit, or in the work tree when none is given; undefined when there is no such file.
 * `uncommitted`: who wrote what is not committed. Throws a GitError.
 */
export async function blameLines(
  repository: Repository,
  file: string,
  commit: string | undefined,
  options: BlamedHow,
  uncommitted: () => Promise<ChangeAttribution>,
): Promise<BlamedLine[] | undefined> {
  const detection = options.plain ? [] : ['-w', '-M', '-C'];
  const ignored = [
    ...(options.ignore ?? []).map((revision) => `--ignore-rev=${revision}`),
    ...(options.ignoreFiles ?? []).map((list) => `--ignore-revs-file=${list}`),
  ];
  const only = (options.only ?? []).map(({ start, end }) => `-L${String(start)},${String(end)}`);
  const answer = await repository.git(
    [
      '-c',
      'core.quotePath=false',
      'blame',
      '--porcelain',
      '--no-textconv',
      ...detection,
      ...ignored,
      ...only,
      ...(commit === undefined ? [] : [commit]),
      '--',
      file,
    ],
    { codes: [0, 128], timeout: 120_000 },
  );
  if (answer.code !== 0) {
    if (!/no such (?:path|ref)|cannot l?stat/i.test(answer.stderr))
      throw new GitError('failed', whyFailed(answer).replace(/^fatal: /, ''));
    return commit === undefined ? newFile(repository, file, uncommitted) : undefined;
  }
  const origins = parsePorcelain(answer.stdout.toString('utf8'));
  const authors = await authorsOf(
    repository,
    [...new Set(origins.flatMap((origin) => origin.commit ?? []))],
    new Set(origins.map((origin) => origin.path)),
    options,
  );
  const pending = origins.some((origin) => origin.commit === null)
    ? (await uncommitted()).files.find((f) => f.path === file)
    : undefined;
  return origins.map(({ commit: id, made, path, sourceLine, line, text }): BlamedLine => {
    const by = id === null ? provenanceAt(pending?.ranges, line) : authors(id, path, sourceLine);
    return { line, text, commit: id, made: id === null ? null : made, by: by ?? UNKNOWN_AUTHOR };
  });
}

/** An untracked file: every line is new. */
async function newFile(
  repository: Repository,
  file: string,
  uncommitted: () => Promise<ChangeAttribution>,
): Promise<BlamedLine[] | undefined> {
  const pending = (await uncommitted()).files.find((f) => f.path === file && f.status === 'A');
  if (!pending || pending.binary) return undefined;
  const lines = splitLines(readFileSync(path.join(repository.root, ...file.split('/')), 'utf8'));
  return lines.map((text, index) => ({
    line: index + 1,
    text: text.replace(/\r?\n$/, ''),
    commit: null,
    made: null,
    by: provenanceAt(pending.ranges, index + 1) ?? UNKNOWN_AUTHOR,
  }));
}

type AuthorOf = (commit: string, path: string, line: number) => BlamedLine['by'] | undefined;

/**
 * Our own notes name exactly the lines that `show` has. Only commits with another tool's note, or whose message says
 * something, must be compared with their parents.
 */
async function authorsOf(
  repository: Repository,
  ids: readonly string[],
  paths: ReadonlySet<string>,
  { words }: BlamedHow,
): Promise<AuthorOf> {
  const notes = await notesOf(repository, ids);
  const speaking = words
    ? [...(await readCommits(repository, ids)).values()]
        .filter((one) => words.speaks(one, notes.has(one.id)))
        .map(({ id }) => id)
    : [];
  const answers = new Map(
    [...notes].flatMap(([id, note]) =>
      note.record === null || speaking.includes(id) ? [] : [[id, attributionOfNote(note)] as const],
    ),
  );
  const others = new Set([...[...notes.keys()].filter((id) => !answers.has(id)), ...speaking]);
  const found = [...(await showCommits(repository, [...others])).values()];
  const shown = new Map((words ? await words.hear(found, paths) : found).map((one) => [one.commit.id, one]));
  return (id, file, line) => {
    const answer = answers.get(id);
    if (answer) return answer.added(file, line);
    return provenanceAt(shown.get(id)?.files.find((f) => f.path === file)?.ranges, line);
  };
}

function provenanceAt(ranges: readonly LineRange[] | undefined, line: number): BlamedLine['by'] | undefined {
  const range = ranges?.find((r) => r.start <= line && line <= r.end);
  return (
    range && {
      author: range.author,
      edited: range.edited,
      assistant: range.assistant,
      model: range.model,
      session: range.session,
      evidence: range.evidence,
    }
  );
}

interface Origin {
  readonly commit: string | null;
  readonly made: Made;
  readonly path: string;
  readonly sourceLine: number;
  readonly line: number;
  readonly text: string;
}

/** What git reports once per commit, before its first line. */
interface Source {
  readonly commit: string | null;
  path: string;
  author: string;
  /** Seconds since the epoch, and the zone as `+0130`. */
  time: number;
  zone: string;
}

/**
 * Parses `git blame --porcelain` (git-blame(1)): a header, the commit's details the first time it appears, then the
 * line after a tab.
 */
function parsePorcelain(text: string): Origin[] {
  const origins: Origin[] = [];
  const sources = new Map<string, Source>();
  const days = new Map<Source, Made>();
  let current: { readonly source: Source; readonly sourceLine: number; readonly line: number } | undefined;
  for (const row of text.split('\n')) {
    if (current === undefined) {
      const [id = '', sourceLine, line] = row.split(' ');
      const source = sources.get(id) ?? {
        commit: /^0+$/.test(id) ? null : id,
        path: '',
        author: '',
        time: 0,
        zone: '+0000',
      };
      sources.set(id, source);
      current = { source, sourceLine: Number(sourceLine), line: Number(line) };
    } else if (row.startsWith('\t')) {
      const { source, sourceLine, line } = current;
      const made = days.get(source) ?? { author: source.author, day: dayOf(source) };
      days.set(source, made);
      origins.push({ commit: source.commit, made, path: source.path, sourceLine, line, text: row.slice(1) });
      current = undefined;
    } else if (row.startsWith('filename ')) current.source.path = unquote(row.slice(9));
    else if (row.startsWith('author ')) current.source.author = row.slice(7);
    else if (row.startsWith('author-time ')) current.source.time = Number(row.slice(12));
    else if (row.startsWith('author-tz ')) current.source.zone = row.slice(10);
  }
  return origins;
}

function dayOf({ time, zone }: Source): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -60 : 60);
  const there = new Date((time + offset) * 1000);
  return Number.isNaN(there.getTime()) ? '' : there.toISOString().replace(/T.*$/, '');
}

/** git quotes names with control characters as C strings. */
function unquote(name: string): string {
  if (!name.startsWith('"')) return name;
  const bytes: number[] = [];
  const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };
  const inner = Buffer.from(name.slice(1, -1));
  for (let i = 0; i < inner.length; i++) {
    const byte = inner[i] ?? 0;
    if (byte !== 0x5c) {
      bytes.push(byte);
      continue;
    }
    const next = String.fromCharCode(inner[++i] ?? 0);
    if (/[0-7]/.test(next)) {
      bytes.push(parseInt(inner.toString('latin1', i, i + 3), 8));
      i += 2;
    } else bytes.push(escapes[next] ?? next.charCodeAt(0));
  }
  return Buffer.from(bytes).toString('utf8');
}
