/** Exports a repository as tables: everything once, then only what is new. */
import { OBJECT_ID } from '../../base/patterns';
import { createHash } from 'node:crypto';
import { version as PROGRAM } from '../../../package.json';
import { isAncestor, listHistory, noteIds } from '../../provenance/commits';
import { type Repository } from '../../git';
import type { Policy } from '../../policy';
import { attributedHistory, findingsOf } from '../report';
import { bytesOf, type TableFormat } from './table-formats';
import {
  isOtherVersion,
  partitionOf,
  readState,
  removeOthers,
  statePath,
  writePart,
  type ExportState,
} from './partitions-and-state';
import { commitRow, findingRow, lineRows, type RowOptions } from './table-rows-of-commits';
import { traceRecords } from './agent-trace-records';
import { SCHEMA_VERSION, TABLE_NAMES, type Row, type TableName } from './table-schema';

export const EXPORT_FORMATS = ['parquet', 'ndjson', 'agent-trace'] as const;
type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface ExportRequest {
  /** Absolute. */
  readonly folder: string;
  readonly format: ExportFormat;
  /** The name that the tables give the repository. */
  readonly name: string;
  /** A full id. */
  readonly tip: string;
  readonly policy: Policy;
  readonly people: boolean;
  /** Include what danger rules find in each commit, which takes longer. */
  readonly findings: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Rows of the small tables, which are rewritten each time; `at`: seconds, for the month. */
  readonly others: Readonly<Partial<Record<TableName, readonly { readonly at: number; readonly row: Row }[]>>>;
  readonly progress?: (done: number, all: number) => void;
  /** The same while commits are searched for findings. */
  readonly findingsProgress?: (done: number, all: number) => void;
}

export interface Exported {
  /** Commits that were exported this time. */
  readonly commits: number;
  /** Everything was rewritten. */
  readonly whole: boolean;
  /** Files of the export so far. */
  readonly parts: number;
}

/** At most this many rows go into one file. */
const ROWS_AT_MOST = 200_000;
const TRACES = 'agent-trace';

/** Throws a GitError or a file system error. */
export async function exportTables(here: Repository, request: ExportRequest): Promise<Exported> {
  // Git's output is streamed, so that git works in parallel and nothing large is held in memory.
  const repository = here.beside();
  const { folder, format, name, tip, policy, people } = request;
  // A folder that has findings goes on having them: without them, its newest commits would look clean.
  const earlier = readState(folder, name);
  const hasFindings = earlier?.parts.some((part) => part.startsWith('findings/')) === true;
  const findings = (request.findings || hasFindings) && format !== 'agent-trace';
  const tables = format === 'agent-trace' ? [TRACES] : TABLE_NAMES;
  const notes = await noteIds(repository);
  const tiers = createHash('sha256')
    .update(
      JSON.stringify([
        policy.tiers.map((tier) => [tier.name, tier.paths]),
        policy.since,
        ...(findings ? [PROGRAM, policy.rules, policy.rulesOff] : []),
      ]),
    )
    .digest('hex')
    .slice(0, 16);
  const before = await goesOn(repository, request, { state: earlier, notes, tiers });
  const listed = await listHistory(repository, tip, { ...(before ? { without: [before.tip] } : {}), now: request.now });
  const keptParts = (before?.parts ?? []).filter((part) =>
    ['commits', 'lines', 'findings', TRACES].some((table) => part.startsWith(`${table}/`)),
  );
  removeOthers(folder, tables, name, new Set(keptParts));
  const writer = new PartWriter(folder, format, name, tip.slice(0, 12));
  const options: RowOptions = { policy, people };
  const at = new Map(listed.map(({ id, time }) => [id, time]));
  let done = 0;
  for await (const { shown } of attributedHistory(repository, listed, notes)) {
    const time = at.get(shown.commit.id) ?? 0;
    if (format === 'agent-trace')
      for (const record of traceRecords(shown, time)) writer.addLine(TRACES, time, JSON.stringify(record));
    else {
      writer.add('commits', time, commitRow(shown, time, options));
      for (const row of lineRows(shown, time, options)) writer.add('lines', time, row);
    }
    if (++done % 1_000 === 0) request.progress?.(done, listed.length);
  }
  if (findings) {
    const { findingsProgress: progress } = request;
    const found = await findingsOf(repository, { listed, notes, policy, progress });
    for (const [commit, all] of found) {
      const time = at.get(commit) ?? 0;
      for (const finding of all) writer.add('findings', time, findingRow(commit, finding, time, options));
    }
  }
  if (format !== 'agent-trace')
    for (const table of TABLE_NAMES) for (const { at, row } of request.others[table] ?? []) writer.add(table, at, row);
  const parts = [...keptParts, ...writer.end()].sort();
  const state: ExportState = {
    version: SCHEMA_VERSION,
    format,
    repository: name,
    tip,
    notes: await digestOfNotes(repository, tip, notes),
    policy: tiers,
    people,
    parts,
  };
  writePart(
    folder,
    `_linekeeper/${statePath('', name).split(/[\\/]/).at(-1) ?? ''}`,
    `${JSON.stringify(state, null, 1)}\n`,
  );
  return { commits: done, whole: !before, parts: parts.length };
}

/** What exists already, if the next export can simply continue it. */
async function goesOn(
  repository: Repository,
  { format, tip, people }: ExportRequest,
  {
    state,
    notes,
    tiers,
  }: { readonly state: ExportState | undefined; readonly notes: ReadonlyMap<string, string>; readonly tiers: string },
): Promise<ExportState | undefined> {
  if (
    !state ||
    isOtherVersion(state) ||
    state.format !== format ||
    state.people !== people ||
    state.policy !== tiers ||
    !OBJECT_ID.test(state.tip)
  )
    return undefined;
  if (!(await isAncestor(repository, state.tip, tip))) return undefined;
  return (await digestOfNotes(repository, state.tip, notes)) === state.notes ? state : undefined;
}

/** The notes of all commits reachable from `tip`, as one digest. */
async function digestOfNotes(repository: Repository, tip: string, notes: ReadonlyMap<string, string>): Promise<string> {
  const hash = createHash('sha256');
  for (const { id } of await listHistory(repository, tip, { now: 0 })) hash.update(`${id} ${notes.get(id) ?? ''}\n`);
  return hash.digest('hex');
}

/** Collects rows by table and month, and writes them as files. */
class PartWriter {
  private readonly rows = new Map<string, { readonly table: TableName; readonly month: string; rows: Row[] }>();
  private readonly texts = new Map<string, { readonly table: string; readonly month: string; lines: string[] }>();
  private readonly written: string[] = [];

  constructor(
    private readonly folder: string,
    private readonly format: ExportFormat,
    private readonly repository: string,
    private readonly run: string,
  ) {}

  add(table: TableName, time: number, row: Row): void {
    const month = monthOf(time);
    const key = `${table} ${month}`;
    const open = this.rows.get(key) ?? { table, month, rows: [] };
    this.rows.set(key, open);
    open.rows.push(row);
    if (open.rows.length >= ROWS_AT_MOST) this.flush(key);
  }

  addLine(table: string, time: number, line: string): void {
    const month = monthOf(time);
    const open = this.texts.get(month) ?? { table, month, lines: [] };
    this.texts.set(month, open);
    open.lines.push(line);
  }

  end(): readonly string[] {
    for (const key of this.rows.keys()) this.flush(key);
    for (const { table, month, lines } of this.texts.values())
      this.put(table, month, 'jsonl', lines.map((line) => `${line}\n`).join(''));
    return this.written;
  }

  private flush(key: string): void {
    const open = this.rows.get(key);
    if (!open || open.rows.length === 0) return;
    const format: TableFormat = this.format === 'parquet' ? 'parquet' : 'ndjson';
    this.put(open.table, open.month, format, bytesOf(format, open.table, open.rows));
    open.rows = [];
  }

  private put(table: string, month: string, ending: string, bytes: Uint8Array | string): void {
    const part = `${partitionOf(table, this.repository, month)}/part-${this.run}-${String(this.written.length)}.${ending}`;
    writePart(this.folder, part, bytes);
    this.written.push(part);
  }
}

const monthOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 7);
