/** The way of a fleet's health figure: doctor's report on each machine, one export, one question. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../../../src/provenance/commits';
import { doctor } from '../../../src/cli/verbs/doctor';
import { exportVerb } from '../../../src/cli/verbs/export';
import { fleet } from '../../../src/cli/verbs/fleet';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';
import { as } from '../../support/worker';

interface Health {
  readonly day: string;
  readonly repository: string;
  readonly clone: string;
  readonly hooks: string;
  readonly mode: string;
  readonly lastHeard: string | null;
  readonly assistants: readonly unknown[];
  readonly toFix: number;
}

describe("a fleet's health", function () {
  this.timeout(60_000);
  let test: TestRepository;
  let reports: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    await test.commit('start', { args: ['--allow-empty'] });
    reports = test.outside('reports');
    mkdirSync(reports);
  });
  afterEach(() => test.dispose());

  const healthHere = async (): Promise<Health> => {
    const { out } = await callVerb(doctor, ['--json'], test.root);
    return (JSON.parse(out) as { readonly health: Health }).health;
  };
  const report = (name: string, health: Health | string): void => {
    writeFileSync(path.join(reports, name), typeof health === 'string' ? health : JSON.stringify({ health }));
  };
  const exported = async (
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly rows: readonly Record<string, unknown>[]; readonly err: string; readonly out: string }> => {
    const out = test.outside('exports');
    const words = ['--format', 'ndjson', '--output', out, '--health', reports];
    const { code, err } = await callVerb(exportVerb, words, test.root, { env });
    assert.equal(code, 0, err.join('\n'));
    const folder = path.join(out, 'health');
    const files = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ndjson'))
      : [];
    const rows = files.flatMap((name) =>
      readFileSync(path.join(folder, name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    );
    return { rows, err: err.join('\n'), out };
  };

  it('doctor --json: says hooks, version, policy and mode as figures when asked for JSON', async () => {
    const before = await healthHere();
    assert.equal(before.hooks, 'absent');
    assert.equal(before.mode, 'none');
    assert.match(before.day, /^\d{4}-\d\d-\d\d$/);
    assert.match(before.clone, /^[0-9a-f]{16}$/);
    assert.ok(!JSON.stringify(before).includes(test.root), 'no path of the machine');
    test.write('.linekeeper.yml', 'version: 1\nmode: observe\ntiers: [{ name: all, paths: ["**"] }]\n');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: '/nowhere/cli.js', electron: false });
    const after = await healthHere();
    assert.equal(after.mode, 'observe');
    assert.notEqual(after.hooks, 'absent');
  });

  it('doctor: counts a policy that only observes as no fault when nothing else is wrong with it', async () => {
    test.write('.linekeeper.yml', 'version: 1\nmode: observe\ntiers: [{ name: all, paths: ["**"] }]\n');
    const { out } = await callVerb(doctor, [], test.root);
    assert.match(out, /^note {2}policy: .*only observes/m);
  });

  it('doctor: notes a policy that differs from the base when the branch is older than the base', async () => {
    const policy = (name: string): string => `version: 1\ntiers: [{ name: ${name}, paths: ["**"] }]\n`;
    for (const name of ['first', 'second']) {
      test.write('.linekeeper.yml', policy(name));
      await test.commit(name);
    }
    await test.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await test.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    await test.git('checkout', '-q', '-b', 'older', 'HEAD~1');
    assert.match((await callVerb(doctor, [], test.root)).out, /^note {2}policy: .*differs: what this branch changes/m);
    test.write('.linekeeper.yml', 'nonsense');
    await test.commit('broken');
    await test.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    assert.match((await callVerb(doctor, [], test.root)).out, /^FIX {3}policy: /m);
  });

  it('doctor: counts no record as uncommitted work when everything is committed on another branch', async () => {
    await test.git('checkout', '-q', '-b', 'topic');
    await as('ai', test, ['b.txt'], () => test.write('b.txt', 'one\n'));
    assert.match((await callVerb(doctor, [], test.root)).out, /journal: \d records? of uncommitted work/);
    await test.commit('b');
    await test.git('checkout', '-q', 'main');
    assert.match((await callVerb(doctor, [], test.root)).out, /^ok {4}journal: nothing is waiting to be committed/m);
  });

  itInFull('export --health: collects the last report of each clone when several machines wrote theirs', async () => {
    const here = await healthHere();
    report('a.json', { ...here, clone: 'aaaa', hooks: 'installed', day: '2026-11-01', lastHeard: '2026-10-30' });
    report('a-later.json', { ...here, clone: 'aaaa', hooks: 'partly', day: '2026-11-20' });
    report('b.json', { ...here, clone: 'bbbb', hooks: 'installed', day: '2026-11-20' });
    report('elsewhere.json', { ...here, clone: 'cccc', repository: 'github.com/acme/other' });
    const { rows, err } = await exported();
    assert.deepEqual(
      new Map(rows.map((row) => [row['clone'], row['hooks']])),
      new Map([
        ['aaaa', 'partly'],
        ['bbbb', 'installed'],
        [here.clone, 'absent'],
      ]),
    );
    assert.match(err, /1 report in .* is of other repositories/);
  });

  itInFull('export: has no row of its own clone when it runs in a CI job, whose clones nobody works in', async () => {
    report('b.json', { ...(await healthHere()), clone: 'bbbb' });
    const { rows } = await exported({ CI: 'true' });
    assert.deepEqual(
      rows.map((row) => row['clone']),
      ['bbbb'],
    );
  });

  itInFull('export --health: names files that are no reports and exports the rest when some are hostile', async () => {
    const here = await healthHere();
    report('good.json', { ...here, clone: 'bbbb' });
    report('broken.json', '{"health": ');
    report('old.json', '{"healthy": true, "findings": []}');
    report('escape.json', { ...here, clone: 'dddd', repository: `${here.repository}\u001b[2J` });
    report('huge.json', { ...here, clone: 'eeee', toFix: 1e12 });
    report('day.json', { ...here, clone: 'ffff', day: '../../etc' });
    const { rows, err } = await exported({ CI: 'true' });
    assert.deepEqual(
      rows.map((row) => row['clone']),
      ['bbbb'],
    );
    assert.match(err, /5 files in .* can't be read as a report .*broken\.json, day\.json/);
  });

  it('fleet: counts clones by version, hooks and mode when asked for health', async () => {
    const here = await healthHere();
    report('a.json', {
      ...here,
      clone: 'aaaa',
      hooks: 'installed',
      toFix: 0,
      day: '2026-11-20',
      lastHeard: '2026-11-18',
    });
    report('b.json', { ...here, clone: 'bbbb', hooks: 'installed', toFix: 2, day: '2026-11-20', lastHeard: null });
    const { out: folder } = await exported({ CI: 'true' });
    const { code, out, err } = await callVerb(fleet, [folder, '--question', 'health', '--json'], test.root);
    assert.equal(code, 0, err.join('\n'));
    const { answers } = JSON.parse(out) as {
      readonly answers: readonly { readonly columns: string[]; readonly rows: readonly (readonly unknown[])[] }[];
    };
    const [row = []] = answers[0]?.rows ?? [];
    const figures = Object.fromEntries((answers[0]?.columns ?? []).map((name, at) => [name, row[at]]));
    assert.equal(figures['git_hooks'], 'installed');
    for (const [name, value] of [
      ['clones', 2],
      ['never_heard', 1],
      ['heard_in_the_week_before', 1],
      ['to_fix_there', 1],
    ] as const)
      assert.equal(Number(figures[name]), value, name);
  });
});
