/** `linekeeper fleet`: questions about many repositories, answered from their exports. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
  ask,
  clickhouseView,
  DUCKDB,
  findDuckdb,
  foldersOf,
  gatherExports,
  merge,
  questionIn,
  questions,
  type Answer,
  type Question,
} from '../../aftermath/fleet';
import { TABLE_NAMES } from '../../aftermath/export';
import { jsonText, printable } from '../../policy';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const fleet: Verb = {
  name: 'fleet',
  summary: 'Query the exports of many repositories with DuckDB',
  example: 'linekeeper fleet exports --question months',
  usage: 'FOLDER… [--question ID…] [--sql FILE…] [--memory SIZE] [--merge DIR] [--engine clickhouse] [--list]',
  options: {
    question: { type: 'string', multiple: true, value: 'ID', says: 'only this question' },
    sql: { type: 'string', multiple: true, value: 'FILE', says: 'a question of your own' },
    memory: { type: 'string', value: 'SIZE', says: "the database's limit of memory; default: 1GB" },
    merge: { type: 'string', value: 'DIR', says: 'write the exports into a few large files, for faster answers' },
    engine: {
      type: 'string',
      value: 'NAME',
      says: 'duckdb (default) answers; clickhouse prints its tables over a folder or an address',
    },
    list: { type: 'boolean', says: 'show the questions' },
  },
  async run(call): Promise<ExitCode> {
    const { terminal, positionals, values, json } = call;
    if (values['list'] === true) {
      terminal.out(
        json
          ? jsonText(questions())
          : questions()
              .map(({ id, title }) => `${id.padEnd(14)} ${title}\n`)
              .join(''),
      );
      return 0;
    }
    if (positionals.length === 0)
      throw new CannotSay(
        'Name the folders with exports: linekeeper fleet exports. "linekeeper export --format parquet --output DIR" makes one.',
      );
    if (engineOf(call) === 'clickhouse') return clickhouseTables(call);
    const memory = values['memory'] ?? '1GB';
    if (typeof memory !== 'string' || !/^\d{1,6}(?:\.\d+)?\s?[KMGT]i?B$/i.test(memory))
      throw new CannotSay('--memory takes a size such as 500MB or 2GB.');
    const wanted = wantedIn(call);
    const exports = gatherExports(foldersOf(positionals, terminal.cwd));
    if (typeof exports === 'string') throw new CannotSay(printable(exports));
    for (const notice of exports.notices) terminal.err(`linekeeper: ${printable(notice)}`);
    const api = findDuckdb(terminal.cwd);
    if (!api)
      throw new CannotSay(
        `This needs DuckDB, which does not come with Linekeeper: npm install ${DUCKDB}, in this folder or globally (-g).`,
      );
    let answers: readonly Answer[] = [];
    try {
      if (typeof values['merge'] === 'string')
        await merge(api, exports, emptyFolder(path.resolve(terminal.cwd, values['merge'])), { memory });
      else answers = await ask(api, exports, wanted, { memory });
    } catch (error) {
      if (error instanceof CannotSay) throw error;
      throw new CannotSay(
        `DuckDB could not answer: ${printable(error instanceof Error ? error.message : String(error))}`,
      );
    }
    if (typeof values['merge'] === 'string') {
      terminal.out(
        json
          ? jsonText({ repositories: exports.repositories, folder: values['merge'] })
          : `${String(exports.repositories)} ${exports.repositories === 1 ? 'repository' : 'repositories'} merged into ${printable(values['merge'])}.\n`,
      );
      return 0;
    }
    terminal.out(
      json
        ? jsonText({
            repositories: exports.repositories,
            answers: answers.map(({ id, title, columns, rows }) => ({ id, title, columns, rows })),
          })
        : answers.map(textOf).join('\n'),
    );
    return 0;
  },
};

function engineOf({ values }: Call): 'duckdb' | 'clickhouse' {
  const engine = values['engine'] ?? 'duckdb';
  if (engine === 'duckdb' || engine === 'clickhouse') return engine;
  throw new CannotSay(`--engine takes duckdb or clickhouse, not ${JSON.stringify(engine)}.`);
}

/** The statements that make the tables in ClickHouse. Nothing is run, and no address is asked. */
function clickhouseTables({ terminal, positionals, values, json }: Call): ExitCode {
  const [place, more] = positionals;
  const duckOption = ['question', 'sql', 'memory', 'merge'].find((option) => values[option] !== undefined);
  if (duckOption !== undefined)
    throw new CannotSay(`--${duckOption} is for DuckDB: --engine clickhouse only prints tables.`);
  if (place === undefined || more !== undefined)
    throw new CannotSay(
      '--engine clickhouse takes one folder, or one address such as https://BUCKET.s3.REGION.amazonaws.com/exports.',
    );
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(place);
  const address = isAddress ? place : path.resolve(terminal.cwd, place);
  if (/[*?{}]/.test(address))
    throw new CannotSay(
      `${printable(place)} has a character that ClickHouse takes for a pattern (* ? { }). Name one folder without.`,
    );
  const exports = isAddress ? undefined : gatherExports([address]);
  if (typeof exports === 'string') throw new CannotSay(printable(exports));
  for (const notice of exports?.notices ?? []) terminal.err(`linekeeper: ${printable(notice)}`);
  const tables = TABLE_NAMES.map((table) => clickhouseView(table, { address, format: exports?.format ?? 'parquet' }));
  terminal.out(json ? jsonText({ engine: 'clickhouse', statements: tables }) : `${tables.join('\n')}\n`);
  return 0;
}

function emptyFolder(folder: string): string {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CannotSay(
      `${printable(folder)} is not empty. Merge into a new folder, then put it in the place of the old one.`,
    );
  return folder;
}

function wantedIn({ values, terminal }: Call): readonly Question[] {
  const named = (key: string): readonly string[] =>
    Array.isArray(values[key]) ? values[key].filter((one): one is string => typeof one === 'string') : [];
  const [ids, files] = [named('question'), named('sql')];
  const all = questions();
  const unknown = ids.find((id) => !all.some((one) => one.id === id));
  if (unknown !== undefined)
    throw new CannotSay(`There is no question ${JSON.stringify(unknown)}. "linekeeper fleet --list" lists them.`);
  const prepared = files.map((file) => {
    try {
      return questionIn(path.resolve(terminal.cwd, file));
    } catch (error) {
      throw new CannotSay(
        `${printable(file)} could not be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
  return ids.length + prepared.length === 0 ? all : [...all.filter(({ id }) => ids.includes(id)), ...prepared];
}

function textOf({ title, columns, rows, seconds }: Answer): string {
  const cells = [
    columns,
    ...rows.map((row) =>
      row.map((value) =>
        value === null || value === undefined
          ? ''
          : printable(typeof value === 'string' ? value : JSON.stringify(value)),
      ),
    ),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  const isText = columns.map((_, at) => rows.some((row) => typeof row[at] === 'string' && !/^-?[\d.]+$/.test(row[at])));
  const lines = cells.map((row) =>
    `  ${row.map((cell, at) => (isText[at] === true ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`.trimEnd(),
  );
  return `${printable(title)}  (${seconds.toFixed(2)} s)\n${lines.join('\n')}\n`;
}
