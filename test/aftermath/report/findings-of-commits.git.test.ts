/** Findings in reports and exports, against a history of which everything is known. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportVerb } from '../../../src/cli/verbs/export';
import { fleet } from '../../../src/cli/verbs/fleet';
import { report as verb } from '../../../src/cli/verbs/report';
import type { Report } from '../../../src/aftermath/report';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote, noteAll } from '../../support/history';
import { ADA, BOB, TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const POLICY = `version: 1
tiers: [{ name: critical, paths: ["db/**"], detect: [destructive] }]
`;
const DROP = 'destructive/sql-drop';

describe('danger findings in reports', function () {
  this.timeout(60_000);
  let test: TestRepository;
  let dropped: string;
  before(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    const plan = { as: ADA, at: '2026-03-02T08:00:00Z' };
    await commitWithNote(test, { ...plan, message: 'start', files: { 'db/1.sql': 'CREATE TABLE a (b int);\n' } });
    dropped = await commitWithNote(test, {
      message: 'tidy up',
      files: { 'db/2.sql': 'DROP TABLE a;\n', 'src/a.ts': 'export const a = 1;\n' },
      as: BOB,
      at: '2026-03-03T08:00:00Z',
      by: CLAUDE,
    });
    await commitWithNote(test, {
      message: 'by hand',
      files: { 'db/3.sql': 'DROP TABLE c;\nDROP DATABASE d;\n' },
      as: ADA,
      at: '2026-03-10T08:00:00Z',
    });
    await commitWithNote(test, { ...plan, at: '2026-03-11T08:00:00Z', message: 'back', files: { 'db/2.sql': null } });
  });
  after(() => test.dispose());

  const ask = async (...words: string[]): Promise<Report> => {
    const { code, out, err } = await callVerb(verb, ['--since', 'all', '--json', ...words], test.root, {
      now: () => Date.parse('2026-03-20T00:00:00Z'),
    });
    assert.equal(code, 0, err.join('\n'));
    return JSON.parse(out) as Report;
  };
  const kept = (): string => path.join(test.root, '.git/linekeeper/report/findings.json');

  it("are counted by rule, week, assistant, tier and path, by the lines' author", async () => {
    const { findings, total, weeks, assistants, tiers, paths } = await ask('--findings');
    assert.deepEqual(
      findings?.rules.filter(({ rule }) => rule === DROP),
      [{ rule: DROP, severity: 'critical', findings: { ai: 1, human: 2, unknown: 0 }, commits: 2, aiCommits: 1 }],
    );
    assert.deepEqual(
      findings.weeks.map(({ name, critical }) => [name, critical]),
      [
        ['2026-03-02', 1],
        ['2026-03-09', 0],
        ['2026-03-16', 0],
      ],
    );
    assert.deepEqual(total.findings, { ai: 1, human: 2, unknown: 0 });
    assert.deepEqual(
      weeks.map(({ findings: one }) => [one?.ai, one?.human]),
      [
        [1, 0],
        [0, 2],
        [0, 0],
      ],
    );
    assert.deepEqual(
      assistants.map(({ name, findings: one }) => [name, one?.ai]),
      [['claude-code', 1]],
    );
    assert.deepEqual(tiers.find(({ name }) => name === 'critical')?.findings, { ai: 1, human: 2, unknown: 0 });
    assert.deepEqual(paths.find(({ name }) => name === 'src/')?.findings, { ai: 0, human: 0, unknown: 0 });
  });

  it('are left out without --findings', async () => {
    const { findings, total } = await ask();
    assert.deepEqual([findings, total.findings], [null, null]);
  });

  it('are stored: the next report searches only new commits and changed notes', async () => {
    await ask('--findings');
    // Another finding in what is kept shows whether it is read.
    writeFileSync(kept(), readFileSync(kept(), 'utf8').replaceAll(DROP, 'destructive/kept'));
    await commitWithNote(test, {
      message: 'more',
      files: { 'db/4.sql': 'DROP TABLE e;\n' },
      as: BOB,
      at: '2026-03-12T08:00:00Z',
      by: CLAUDE,
    });
    const counts = async (...words: string[]): Promise<unknown> =>
      (await ask('--findings', ...words)).findings?.rules.map(({ rule, findings: { ai, human } }) => [rule, ai, human]);
    assert.deepEqual(await counts(), [
      ['destructive/kept', 1, 2],
      [DROP, 1, 0],
    ]);
    await test.git('notes', '--ref', 'ai', 'remove', dropped);
    await noteAll(test, dropped, () => null);
    assert.deepEqual(await counts(), [
      [DROP, 1, 1],
      ['destructive/kept', 0, 2],
    ]);
    await test.git('notes', '--ref', 'ai', 'remove', dropped);
    await noteAll(test, dropped, () => CLAUDE);
    assert.deepEqual(await counts('--fresh'), [[DROP, 2, 2]]);
    writeFileSync(kept(), '{"version":1,"key":');
    assert.deepEqual(await counts(), [[DROP, 2, 2]], 'half written');
  });

  it('are in the text, the CSV and the HTML', async () => {
    const text = async (...words: string[]): Promise<string> =>
      (await callVerb(verb, ['--since', 'all', '--findings', ...words], test.root)).out;
    assert.match(await text(), /destructive\/sql-drop +critical +2 +2 +0 +3 +2/);
    const [head = '', total = ''] = (await text('--format', 'csv')).split('\r\n');
    assert.match(head, /,findings_ai,findings_human,findings_unknown$/);
    assert.match(total, /,2,2,0$/);
    const page = await text('--format', 'html');
    assert.match(page, /Findings on AI&#39;s lines by week|Findings on AI's lines by week/);
    assert.match(page, /destructive\/sql-drop/);
    assert.match(page, /<a href="#findings">2 findings on AI lines<\/a>, 2 on others/);
    const without = (await callVerb(verb, ['--since', 'all', '--format', 'html'], test.root)).out;
    assert.match(without, /id="findings"[^]*Not looked for, because/);
    assert.doesNotMatch(without, /href="#findings"/);
  });

  itInFull('are a table of export --findings, and a question of fleet', async () => {
    const out = mkdtempSync(path.join(tmpdir(), 'linekeeper-export-'));
    try {
      const run = async (...words: string[]): Promise<{ readonly commits: number; readonly whole: boolean }> => {
        const made = await callVerb(
          exportVerb,
          ['--format', 'parquet', '--output', out, '--name', 'acme/shop', '--json', ...words],
          test.root,
        );
        assert.equal(made.code, 0, made.err.join());
        return JSON.parse(made.out) as { commits: number; whole: boolean };
      };
      const answer = async (): Promise<unknown> => {
        const asked = await callVerb(fleet, [out, '--question', 'findings', '--json'], test.root);
        assert.equal(asked.code, 0, asked.err.join());
        return (JSON.parse(asked.out) as { readonly answers: { readonly rows: readonly unknown[] }[] }).answers[0]
          ?.rows;
      };
      await run();
      assert.deepEqual(await answer(), [], 'exported without');
      assert.equal((await run('--findings')).whole, true);
      assert.deepEqual(await answer(), [[DROP, 'critical', '4', '2', '2', '0', '1']]);
      await commitWithNote(test, {
        message: 'again',
        files: { 'db/5.sql': 'DROP TABLE f;\n' },
        as: BOB,
        at: '2026-03-13T08:00:00Z',
        by: CLAUDE,
      });
      const next = await run('--findings');
      assert.deepEqual([next.commits, next.whole], [1, false]);
      assert.deepEqual(await answer(), [[DROP, 'critical', '5', '3', '2', '0', '1']]);
      assert.equal((await run()).whole, false, 'without findings again');
      assert.deepEqual(await answer(), [[DROP, 'critical', '5', '3', '2', '0', '1']], 'they stay');
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
});
