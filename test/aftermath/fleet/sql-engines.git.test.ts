/**
 * Every statement of docs/dev/fleet-sql.md, run by DuckDB and by ClickHouse over the same exports: two repositories with encoded
 * names, tables that only one of them has, tables without a file, and the same merged.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recordDeployment } from '../../../src/aftermath';
import { exportVerb } from '../../../src/cli/verbs/export';
import { fleet } from '../../../src/cli/verbs/fleet';
import { TABLE_NAMES } from '../../../src/aftermath/export';
import { findClickhouse, type Clickhouse } from '../../support/clickhouse';
import { itInFull } from '../../support/full';
import { someMonths } from '../../support/made-history';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../../docs/dev/fleet-sql.md'), 'utf8');
const BLOCKS = [...PAGE.matchAll(/```sql\n([^]*?)```/g)].map(([, sql = '']) => sql.trim());
const QUESTIONS = BLOCKS.filter((sql) => sql.startsWith('SELECT'));
const VIEWS = BLOCKS.filter((sql) => !sql.startsWith('SELECT')).flatMap((sql) =>
  sql.split(/;\n?/).filter((one) => one !== ''),
);

const INCIDENT = `version: 1
title: Orders gone
state: closed
began: 2026-04-01T10:00:00Z
contribution: did-not
failure-mode: missing-test
`;

type Rows = readonly unknown[][];

describe('the SQL of docs/dev/fleet-sql.md', function () {
  this.timeout(600_000);
  let out: string;
  let merged: string;
  let empty: string;
  let clickhouse: Clickhouse | string;
  const repositories: TestRepository[] = [];

  before(async () => {
    out = mkdtempSync(path.join(tmpdir(), 'linekeeper-fleet-'));
    merged = path.join(out, '..', `${path.basename(out)}-merged`);
    empty = path.join(out, '..', `${path.basename(out)}-empty`);
    for (const [name, seed] of [
      ['github.com/acme/shop', 3],
      ["git.example.com/o'hara/größe 1", 4],
    ] as const) {
      const test = await TestRepository.create();
      repositories.push(test);
      const history = someMonths({ seed, from: Date.parse('2026-01-05T09:00:00Z') / 1000, commits: 40, daysEach: 2 });
      const ids = await history.into(test);
      if (seed === 3)
        for (const [index, commit] of [...ids.values()].filter((_, at) => at % 7 === 0).entries())
          await recordDeployment(
            test.repository(),
            {
              commit,
              stage: index % 2 === 0 ? 'canary' : 'production',
              at: Date.parse('2026-05-01T10:00:00Z') + index * 86_400_000,
              state: index === 1 ? 'failed' : 'deployed',
              id: '',
              by: '',
            },
            0,
          );
      if (seed === 4) {
        test.write('db/migrations/7.sql', 'DROP TABLE orders;\n');
        test.write('.linekeeper/incidents/2026-04-01-orders-gone.yml', INCIDENT);
        await test.commit('Drop the orders', { at: '2026-04-01T09:00:00Z' });
      }
      const { code, err } = await callVerb(
        exportVerb,
        ['--format', 'parquet', '--output', out, '--name', name, ...(seed === 4 ? ['--findings'] : [])],
        test.root,
      );
      assert.equal(code, 0, err.join('\n'));
    }
    const done = await callVerb(fleet, [out, '--merge', merged], repositories[0]?.root ?? '');
    assert.equal(done.code, 0, done.err.join('\n'));
    clickhouse = await findClickhouse();
    if (typeof clickhouse === 'string') process.stdout.write(`Not run on ClickHouse: ${clickhouse}\n`);
  });
  after(async () => {
    for (const folder of [out, merged, empty]) rmSync(folder, { recursive: true, force: true });
    await Promise.all(repositories.map((test) => test.dispose()));
  });

  /** The questions as the page has them, answered by DuckDB. */
  const byDuckdb = async (folder: string): Promise<readonly Rows[]> => {
    const files = QUESTIONS.map((sql, index) => {
      const file = path.join(out, `${String(index)}.sql`);
      writeFileSync(file, sql);
      return ['--sql', file];
    });
    const {
      code,
      out: text,
      err,
    } = await callVerb(fleet, [folder, ...files.flat(), '--json'], repositories[0]?.root ?? '');
    assert.equal(code, 0, err.join('\n'));
    return (JSON.parse(text) as { answers: { rows: Rows }[] }).answers.map(({ rows }) => rows);
  };
  const engine = (context: Mocha.Context): Clickhouse => {
    if (typeof clickhouse === 'string') return context.skip();
    return clickhouse;
  };
  const byClickhouse = async (run: Clickhouse, tables: readonly string[]): Promise<readonly Rows[]> =>
    (await run([...tables, ...QUESTIONS])).slice(tables.length).map((rows) => rows ?? []);
  /** Numbers as numbers: engines write them in several ways. */
  const plain = (all: readonly Rows[]): unknown =>
    all.map((rows) =>
      rows.map((row) =>
        row.map((value) => (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value)),
      ),
    );
  const tablesOver = async (place: string): Promise<readonly string[]> => {
    const { code, out: text, err } = await callVerb(fleet, [place, '--engine', 'clickhouse', '--json'], out);
    assert.equal(code, 0, err.join('\n'));
    return (JSON.parse(text) as { statements: string[] }).statements;
  };

  itInFull('has nine questions, and a view for each table', () => {
    assert.equal(QUESTIONS.length, 9);
    assert.deepEqual(
      VIEWS.map((sql) => /VIEW (\w+)/.exec(sql)?.[1]),
      [...TABLE_NAMES],
    );
    assert.deepEqual(
      [...new Set(readdirSync(out).filter((name) => TABLE_NAMES.some((table) => table === name)))].sort(),
      ['commits', 'deployments', 'findings', 'health', 'incidents', 'lines'],
      'and sign_offs has no file',
    );
  });

  itInFull('gives the same answers in DuckDB and ClickHouse', async function () {
    const run = engine(this);
    const here = VIEWS.map((sql) => sql.replace(/s3\('https:\/\/[^/]+\/exports\//, `file('${out}/`));
    assert.ok(here.every((sql) => sql.includes(`file('${out}/`)));
    const [duck, click] = [await byDuckdb(out), await byClickhouse(run, here)];
    assert.deepEqual(plain(click), plain(duck));
    assert.ok(
      duck.every((rows) => rows.length > 0),
      JSON.stringify(duck),
    );
    const [names] = (await run([...here, 'SELECT DISTINCT repository FROM commits ORDER BY repository'])).slice(-1);
    assert.deepEqual(names, [["git.example.com/o'hara/größe 1"], ['github.com/acme/shop']]);
  });

  itInFull('gives the same answers over the tables that fleet --engine clickhouse prints', async function () {
    const run = engine(this);
    for (const folder of [out, merged])
      assert.deepEqual(plain(await byClickhouse(run, await tablesOver(folder))), plain(await byDuckdb(folder)), folder);
  });

  itInFull('answers over a place without files', async function () {
    const run = engine(this);
    const tables = (await tablesOver(out)).map((sql) => sql.replace(`file('${out}/`, `file('${empty}/`));
    assert.deepEqual(
      (await byClickhouse(run, tables)).map((rows) => rows.length),
      QUESTIONS.map(() => 0),
    );
  });

  it('is printed for object storage as the page shows it', async () => {
    const tables = await tablesOver('https://BUCKET.s3.REGION.amazonaws.com/exports');
    assert.deepEqual(
      tables.map((sql) => sql.replace(/;$/, '')),
      VIEWS,
    );
    const refuse = async (...words: string[]): Promise<string> => {
      const { code, err } = await callVerb(fleet, [...words, '--engine', 'clickhouse'], out);
      assert.equal(code, 2);
      return err.join('\n');
    };
    assert.match(await refuse('https://x.example/{a,b}'), /has a character that ClickHouse takes for a pattern/);
    assert.match(await refuse(out, '--merge', 'x'), /--merge is for DuckDB/);
    assert.match(await refuse(out, merged), /takes one folder, or one address/);
    assert.match(
      (await callVerb(fleet, [out, '--engine', 'oracle'], out)).err.join(),
      /--engine takes duckdb or clickhouse/,
    );
    const [quoted = ''] = await tablesOver("https://x.example/o'hara\\");
    assert.ok(quoted.includes("s3('https://x.example/o\\'hara\\\\/commits/**/*.parquet'"), quoted);
  });
});
