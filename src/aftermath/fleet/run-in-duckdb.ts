/**
 * Runs questions with DuckDB, if it is installed. It is not part of Linekeeper: 70 MB, and most people never need it.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SCHEMA_VERSION, TABLE_NAMES, writePart, type ExportState } from '../export';
import { duckdbView } from './views-by-sql-engine';
import type { Exports } from './gather-exports';
import type { Question } from './load-sql-question-files';
import { slashedHere } from '../../base/platform';

export const DUCKDB = '@duckdb/node-api';

/** The parts of DuckDB that are used. */
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ columnNames(): string[]; getRowsJson(): unknown[][] }>;
  closeSync(): void;
}
interface Api {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{ connect(): Promise<Connection>; closeSync(): void }>;
  };
}

/**
 * DuckDB from the folder `cwd`, from next to Linekeeper, or from the packages that npm installed globally; undefined
 * when it is in none of them.
 */
export function findDuckdb(cwd: string): Api | undefined {
  const places = [
    path.join(cwd, 'x.js'),
    __filename,
    path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'x.js'),
    path.join(path.dirname(process.execPath), 'node_modules', 'x.js'),
  ];
  for (const place of places) {
    try {
      return createRequire(place)(DUCKDB) as Api; // its own documented classes
    } catch {
      // look in the next place
    }
  }
  return undefined;
}

export interface Answer {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** Values are text where they exceed the range of a number. */
  readonly rows: readonly (readonly unknown[])[];
  readonly seconds: number;
}

/** Runs something on the tables of exports. `memory`: in DuckDB's notation, such as `2GB`. Rethrows DuckDB's errors. */
async function withTables<Result>(
  api: Api,
  exports: Exports,
  memory: string,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const instance = await api.DuckDBInstance.create(':memory:', { memory_limit: memory });
  const connection = await instance.connect();
  try {
    // The footers of files describe what is where in them; they are read once for all questions.
    await connection.run('SET parquet_metadata_cache = true');
    for (const table of TABLE_NAMES) await connection.run(duckdbView(table, exports.files[table], exports));
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Runs the questions one after another. Rethrows DuckDB's errors. */
export function ask(
  api: Api,
  exports: Exports,
  questions: readonly Question[],
  { memory }: { readonly memory: string },
): Promise<Answer[]> {
  return withTables(api, exports, memory, async (connection) => {
    const answers: Answer[] = [];
    for (const { id, title, sql } of questions) {
      const from = performance.now();
      const reader = await connection.runAndReadAll(sql);
      answers.push({
        id,
        title,
        columns: reader.columnNames(),
        rows: reader.getRowsJson(),
        seconds: (performance.now() - from) / 1000,
      });
    }
    return answers;
  });
}

/**
 * Merges exports into few large files, by month: many small ones take longer to open than to read. `folder` must be
 * empty or not exist. Rethrows DuckDB's errors, or throws a file system error.
 */
export function merge(
  api: Api,
  exports: Exports,
  folder: string,
  { memory }: { readonly memory: string },
): Promise<void> {
  return withTables(api, exports, memory, async (connection) => {
    mkdirSync(folder, { recursive: true });
    const tables = TABLE_NAMES.filter((table) => exports.files[table].length > 0);
    await connection.run('SET preserve_insertion_order = false');
    for (const table of tables)
      await connection.run(
        `COPY (SELECT * FROM ${table}) TO '${path.join(folder, table).replaceAll("'", "''")}' (FORMAT parquet, PARTITION_BY (month), COMPRESSION zstd)`,
      );
    const parts = tables.flatMap((table) =>
      readdirSync(path.join(folder, table), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => slashedHere(path.relative(folder, path.join(entry.parentPath, entry.name)))),
    );
    const state: ExportState = {
      version: SCHEMA_VERSION,
      format: 'parquet',
      repository: 'merged',
      tip: '',
      notes: '',
      policy: '',
      people: false,
      merged: exports.repositories,
      parts,
    };
    writePart(folder, '_linekeeper/merged.json', `${JSON.stringify(state)}\n`);
  });
}
