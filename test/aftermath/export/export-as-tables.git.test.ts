/** Exports of a history of which everything is known, read back by another engine. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';
import { exportVerb } from '../../../src/cli/verbs/export';
import { fleet } from '../../../src/cli/verbs/fleet';
import { TABLES } from '../../../src/aftermath/export';
import { agentTrace } from '../../../src/provenance/assistants/importers/agent-trace';
import { itInFull } from '../../support/full';
import { someMonths, type MadeHistory, type MadeLine } from '../../support/made-history';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const FROM = Date.parse('2026-01-05T09:00:00Z') / 1000;

const authorOf = (line: MadeLine): string => (line.born.noted ? line.who.author : 'unknown');

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
    : [];

/** A record of Agent Trace, by the rules of https://agent-trace.dev and its published schemas. */
interface TraceRecord {
  readonly version: string;
  readonly id: string;
  readonly timestamp: string;
  readonly vcs: { readonly type: string; readonly revision: string };
  readonly tool: { readonly name: string; readonly version: string };
  readonly files: readonly {
    readonly path: string;
    readonly conversations: readonly {
      readonly url?: string;
      readonly contributor: { readonly type: string; readonly model_id?: string };
      readonly ranges: readonly { readonly start_line: number; readonly end_line: number }[];
    }[];
  }[];
}

describe('linekeeper export', () => {
  let test: TestRepository;
  let made: MadeHistory;
  let ids: ReadonlyMap<number, string>;
  let out: string;
  before(async function () {
    this.timeout(120_000);
    test = await TestRepository.create();
    made = someMonths({ seed: 11, from: FROM, commits: 90, daysEach: 2 });
    ids = await made.into(test);
  });
  after(() => test.dispose());
  beforeEach(() => {
    out = mkdtempSync(path.join(tmpdir(), 'linekeeper-export-'));
  });
  afterEach(() => {
    rmSync(out, { recursive: true, force: true });
  });

  const run = async (...words: string[]): Promise<{ readonly commits: number; readonly whole: boolean }> => {
    const {
      code,
      out: text,
      err,
    } = await callVerb(exportVerb, ['--output', out, '--json', '--name', 'acme/shop', ...words], test.root);
    assert.equal(code, 0, err.join('\n'));
    return JSON.parse(text) as { commits: number; whole: boolean };
  };

  /** Asks DuckDB itself, without a word of ours. */
  const duck = async (sql: string): Promise<unknown[][]> => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
  const table = (name: string, ending = 'parquet'): string =>
    `read_${ending === 'parquet' ? 'parquet' : 'json'}('${out}/${name}/**/*.${ending}', hive_partitioning = true)`;

  for (const format of ['parquet', 'ndjson']) {
    itInFull(`${format}: has every commit, and every line with its author`, async () => {
      assert.deepEqual((await run('--format', format)).commits, made.commits.length);
      const added = made.commits.flatMap(({ changes }) => changes.flatMap((change) => change.added));
      const truth = ['ai', 'human', 'unknown'].map(
        (author) => added.filter((line) => authorOf(line) === author).length,
      );
      assert.deepEqual(
        (
          await duck(
            `SELECT count(*), sum(added_ai), sum(added_human), sum(added_unknown) FROM ${table('commits', format)}`,
          )
        )[0]?.map(Number),
        [made.commits.length, ...truth],
      );
      const lines = await duck(
        `SELECT author, sum(end_line - start_line + 1) FROM ${table('lines', format)} WHERE side = 'new' GROUP BY author ORDER BY author`,
      );
      assert.deepEqual(
        lines.map(([author, count]) => [author, Number(count)]),
        ['ai', 'human', 'unknown'].map((author, at) => [author, truth[at]]),
      );
      const months = await duck(
        `SELECT DISTINCT CAST(repository AS VARCHAR), month = strftime(committed_at::TIMESTAMP, '%Y-%m') FROM ${table('commits', format)}`,
      );
      assert.deepEqual(months, [['acme/shop', true]]);
      const keys = await duck(`SELECT count(author_key) FROM ${table('commits', format)}`);
      assert.equal(Number(keys[0]?.[0]), 0, 'nobody is named by default');
    });
  }

  itInFull("gives each line's place in its commit", async () => {
    await run('--format', 'parquet');
    const commit =
      made.commits.find(
        ({ changes, noted }) => noted && changes.some(({ added }) => added.some((line) => line.who.author === 'ai')),
      ) ?? assert.fail('no commit with AI');
    const rows = await duck(
      `SELECT path, start_line, end_line FROM ${table('lines')} WHERE commit = '${ids.get(commit.mark) ?? ''}' AND side = 'new' AND author = 'ai' ORDER BY path, start_line`,
    );
    const found = new Set(
      rows.flatMap(([file, from, to]) =>
        Array.from(
          { length: Number(to) - Number(from) + 1 },
          (_, at) => `${String(file)}:${String(Number(from) + at)}`,
        ),
      ),
    );
    const truth = new Set(
      commit.changes.flatMap(({ path: file, added }) =>
        added
          .filter((line) => line.who.author === 'ai')
          .map((line) => `${file}:${String((commit.files.get(file)?.indexOf(line) ?? -1) + 1)}`),
      ),
    );
    assert.deepEqual(found, truth);
  });

  it('keys of people: the command says what the tables hold, and that whoever knows an address finds its key', async () => {
    const words = ['--format', 'ndjson', '--output', out, '--name', 'acme/shop'];
    const says = /hashed key .* of each author's e-mail address/;
    assert.match((await callVerb(exportVerb, [...words, '--people'], test.root)).err.join(''), says);
    assert.doesNotMatch((await callVerb(exportVerb, words, test.root)).err.join(''), says);
  });

  itInFull('a second Parquet reader reads it, with the published columns', async () => {
    await run('--format', 'parquet', '--people');
    const [file = ''] = filesIn(path.join(out, 'commits'));
    const bytes = readFileSync(file);
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    });
    assert.deepEqual(
      Object.keys(rows[0] ?? {}),
      TABLES.commits.map(({ name }) => name),
    );
    assert.match(String(rows[0]?.['author_key']), /^[0-9a-f]{16}$/);
  });

  itInFull('appends new commits, and starts again when notes changed or history was rewritten', async () => {
    let half = made.commits.at(-1);
    while (half && half.mark > 45) half = half.parents[0];
    await test.git('checkout', '-q', '--detach', ids.get(half?.mark ?? 1) ?? '');
    const first = await run('--format', 'parquet');
    const before = filesIn(path.join(out, 'commits'));
    await test.git('checkout', '-q', 'main');
    const second = await run('--format', 'parquet');
    assert.deepEqual([first.whole, second.whole, first.commits + second.commits], [true, false, made.commits.length]);
    assert.ok(
      before.every((file) => existsSync(file)),
      'what was there stays',
    );
    const counted = async (): Promise<unknown> =>
      (await duck(`SELECT count(*), count(DISTINCT commit) FROM ${table('commits')}`))[0]?.map(Number);
    assert.deepEqual(await counted(), [made.commits.length, made.commits.length]);
    assert.deepEqual(await run('--format', 'parquet'), { commits: 0, whole: false, parts: filesIn(out).length - 1 });
    const [noted = ''] = (await test.git('notes', '--ref=ai', 'list'))
      .split('\n')
      .map((line) => line.split(' ')[1] ?? '');
    const tip = await test.git('rev-parse', 'refs/notes/ai');
    await test.git('notes', '--ref=ai', 'remove', noted);
    assert.deepEqual((await run('--format', 'parquet')).whole, true);
    await test.git('update-ref', 'refs/notes/ai', tip.trim());
    await test.git('reset', '-q', '--hard', 'main~1');
    assert.equal((await run('--format', 'parquet')).whole, true);
    await test.git('reset', '-q', '--hard', 'made-' + String(made.commits.length));
    assert.deepEqual(
      [(await run('--format', 'parquet')).whole, await counted()],
      [false, [made.commits.length, made.commits.length]],
    );
  });

  it('findings: are in every later export of a folder, and stay there, when one export had them', async () => {
    const findings = (): readonly string[] => filesIn(path.join(out, 'findings'));
    test.write('destroy.sh', 'terraform destroy -auto-approve\n');
    await test.commit('Destroy');
    await run('--format', 'ndjson', '--findings');
    const before = findings();
    assert.notEqual(before.length, 0);
    assert.equal((await run('--format', 'ndjson')).whole, false);
    assert.deepEqual(findings(), before);
    test.write('more.sh', 'terraform destroy -auto-approve\n');
    await test.commit('Destroy more');
    assert.equal((await run('--format', 'ndjson')).commits, 1);
    assert.ok(findings().length > before.length);
    await test.git('reset', '-q', '--hard', 'HEAD~2');
    const asked = await callVerb(fleet, [`${out}/*`, '--question', 'repositories', '--json'], test.root);
    assert.deepEqual([asked.code, asked.err], [0, []], 'the folders of tables stand for their export');
  });

  itInFull('a part of an unfinished export is not read, and is removed by the next', async () => {
    await run('--format', 'parquet');
    const [file = ''] = filesIn(path.join(out, 'commits'));
    const left = path.join(path.dirname(file), 'part-000000000000-0.parquet');
    writeFileSync(left, readFileSync(file));
    const asked = JSON.parse((await callVerb(fleet, [out, '--question', 'repositories', '--json'], test.root)).out) as {
      answers: { rows: unknown[][] }[];
    };
    assert.equal(Number(asked.answers[0]?.rows[0]?.[1]), made.commits.length);
    await run('--format', 'parquet');
    assert.equal(existsSync(left), false);
    writeFileSync(path.join(out, '_linekeeper', 'acme%2Fshop.json'), '{"version":');
    assert.equal((await run('--format', 'parquet')).whole, true);
  });

  it('Agent Trace files can be imported again with the same lines', async () => {
    await run('--format', 'agent-trace');
    const all = filesIn(path.join(out, 'agent-trace'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
    const file = path.join(out, 'all.jsonl');
    writeFileSync(file, all);
    const read = await agentTrace.read(test.repository(), file);
    const found = new Map(
      [...read].map(([commit, parts]) => [
        commit,
        parts.reduce(
          (sum, { lines }) =>
            sum +
            (lines === 'all'
              ? assert.fail('all lines')
              : lines.reduce((count, [from, to]) => count + to - from + 1, 0)),
          0,
        ),
      ]),
    );
    const truth = new Map(
      made.commits.flatMap(({ mark, noted, changes }): [string, number][] => {
        const ai = changes.flatMap(({ added }) => added).filter((line) => noted && authorOf(line) === 'ai').length;
        return ai === 0 ? [] : [[ids.get(mark) ?? '', ai]];
      }),
    );
    assert.deepEqual(new Map([...found].sort()), new Map([...truth].sort()));
  });

  itInFull("Agent Trace records match the published schema, and have AI's lines only", async () => {
    await run('--format', 'agent-trace');
    const records = filesIn(path.join(out, 'agent-trace')).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as TraceRecord),
    );
    assert.ok(records.length > 0);
    for (const { version, id, timestamp, vcs, tool, files } of records) {
      assert.match(version, /^\d+\.\d+\.\d+$/);
      assert.match(id, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
      assert.ok(vcs.type === 'git' && /^[0-9a-f]{40}$/.test(vcs.revision));
      assert.deepEqual([typeof tool.name, typeof tool.version], ['string', 'string']);
      assert.notEqual(tool.name, 'linekeeper');
      for (const conversation of files.flatMap(({ conversations }) => conversations)) {
        assert.ok(conversation.url === undefined || URL.canParse(conversation.url));
        assert.ok(['ai', 'mixed'].includes(conversation.contributor.type));
        assert.ok((conversation.contributor.model_id ?? '').length <= 250);
        for (const { start_line: start, end_line: end } of conversation.ranges)
          assert.ok(Number.isInteger(start) && Number.isInteger(end) && 1 <= start && start <= end);
      }
    }
  });

  it('says which options it needs', async () => {
    for (const [words, says] of [
      [['--format', 'xml', '--output', out], /Choose one of parquet/],
      [['--format', 'parquet'], /needs --output DIR/],
      [['--people'], /go with --format/],
    ] as const) {
      const { code, err } = await callVerb(exportVerb, words, test.root);
      assert.equal(code, 2);
      assert.match(err.join('\n'), says);
    }
  });

  it('an export: is refused when another repository of the same name is in the folder already', async () => {
    const twin = await TestRepository.create();
    try {
      const folder = test.outside('exports');
      const exported = (of: TestRepository, ...words: string[]): ReturnType<typeof callVerb> =>
        callVerb(exportVerb, ['--format', 'ndjson', '--output', folder, ...words], of.root);
      twin.write('only-there.ts', 'x\n');
      await twin.commit('Another beginning');
      assert.equal(path.basename(twin.root), path.basename(test.root));
      assert.equal((await exported(twin)).code, 0);
      const before = filesIn(folder);
      const { code, err } = await exported(test);
      assert.equal(code, 2);
      assert.match(err.join(), /has an export of another repository with the name .*work tree.*: .* --name NAME/);
      assert.deepEqual(filesIn(folder), before);
      assert.equal((await exported(test, '--name', 'second')).code, 0);
      assert.equal((await exported(twin)).code, 0);
    } finally {
      await twin.dispose();
    }
  });

  it('linekeeper fleet answers every question alike from Parquet and NDJSON', async () => {
    await run('--format', 'parquet');
    const ask = async (): Promise<{ answers: { id: string; rows: unknown[][] }[] }> => {
      const {
        code,
        out: text,
        err,
      } = await callVerb(fleet, [`${path.dirname(out)}/${path.basename(out).slice(0, -1)}*`, '--json'], test.root);
      assert.equal(code, 0, err.join('\n'));
      return JSON.parse(text) as { answers: { id: string; rows: unknown[][] }[] };
    };
    const parquet = await ask();
    rmSync(path.join(out, '_linekeeper'), { recursive: true });
    for (const name of Object.keys(TABLES)) rmSync(path.join(out, name), { recursive: true, force: true });
    await run('--format', 'ndjson');
    assert.deepEqual(await ask(), parquet);
    const merged = path.join(out, 'merged');
    assert.equal((await callVerb(fleet, [out, '--merge', merged], test.root)).code, 0);
    assert.deepEqual(
      (JSON.parse((await callVerb(fleet, [merged, '--json'], test.root)).out) as typeof parquet).answers,
      parquet.answers,
    );
    assert.match((await callVerb(fleet, [out, '--merge', merged], test.root)).err.join('\n'), /is not empty/);
    const rows = (id: string): unknown[][] => parquet.answers.find((one) => one.id === id)?.rows ?? assert.fail(id);
    assert.equal(
      rows('months').reduce((sum, row) => sum + Number(row[1]), 0),
      made.commits.length,
    );
    const reverted = made.commits.filter(({ message }) => message.includes('MARK-'));
    assert.equal(
      rows('reverted').reduce((sum, row) => sum + Number(row[2]), 0),
      new Set(reverted.map(({ message }) => /MARK-(\d+)/.exec(message)?.[1])).size,
    );
    assert.ok(rows('assistants').length >= 3);
  });

  it('an export of another version is left out by fleet, with what to do', async () => {
    await run('--format', 'parquet');
    const state = path.join(out, '_linekeeper', 'acme%2Fshop.json');
    writeFileSync(state, readFileSync(state, 'utf8').replace('"version": 1', '"version": 999'));
    const { code, err } = await callVerb(fleet, [out], test.root);
    assert.equal(code, 2);
    assert.match(err.join('\n'), /another version of Linekeeper, so it is left out\. Export it again/);
    assert.match((await callVerb(fleet, [path.join(test.root, 'src')], test.root)).err.join('\n'), /holds no export/);
    cpSync(out, path.join(test.root, 'exports', 'shop'), { recursive: true });
    const above = await callVerb(fleet, ['exports'], test.root);
    assert.match(above.err.join('\n'), /another version of Linekeeper/, 'the folder with the exports of all');
    assert.match(
      (await callVerb(fleet, [out, '--question', 'nothing'], test.root)).err.join('\n'),
      /no question "nothing"/,
    );
  });
});
