/** Ways that were tried past the gate, each with the answer that it must have. */
import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { check } from '../../../src/cli/verbs/check';
import { findInRange } from '../../../src/policy/findings';
import { decideLocally, trailerPolicy } from '../../../src/policy/local-work';
import type { ChangeAttribution } from '../../../src/provenance/authorship/types';
import { itInFull } from '../../support/full';
import { CARL, type TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';
import { tick } from '../../support/worker';
import { stagedTrailers } from '../../../src/provenance/commits';
import type { Decision } from '../../../src/policy';
import { Branch, counted, numbered } from '../../support/gate';

const LARGE = `version: 1
people: { senior: [ada@example.com], mid: [grace@example.com] }
own: [Makefile]
generated: ["dist/**", "**/*.lock"]
tiers:
  - name: critical
    paths: ["infra/prod/**"]
    review:
      any: { from: mid }
      ai: { at-least: { lines: 1000 }, junior: { from: senior, approvals: 2 } }
  - name: standard
    paths: ["**"]
    review: { ai: { at-least: { lines: 20 }, junior: { from: senior } } }
`;

/** What is staged, as `status` would have it. */
async function changeOfIndex(test: TestRepository): Promise<ChangeAttribution> {
  const staged = await stagedTrailers(test.repository(), await trailerPolicy(test.repository()), { now: tick });
  assert.ok(staged);
  return staged.change;
}

describe('linekeeper check, against evasions', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());
  const run = (...words: string[]): Promise<VerbOutcome> =>
    callVerb(check, ['--base', 'main', '--head', 'topic', '--actor', 'carl@example.com', ...words], branch.repo.root);
  const json = async (): Promise<{
    tiers: {
      name: string;
      files: string[];
      required: { kind: string; from: string; approvals: number; why: string; satisfied: boolean }[];
    }[];
  }> => JSON.parse((await run('--json')).out) as never;
  const asked = async (tier: string): Promise<readonly string[]> =>
    (await json()).tiers
      .find(({ name }) => name === tier)
      ?.required.map(({ kind, from, approvals }) => `${kind} ${from} ${String(approvals)}`) ?? [];

  itInFull('a renamed file counts as generated only when both names are generated', async () => {
    branch = await Branch.create({ 'infra/prod/main.tf': numbered(30) }, LARGE.replace('lines: 1000', 'lines: 1'));
    await branch.repo.git('checkout', '-q', '-B', 'topic');
    branch.repo.write('dist/main.tf', numbered(29));
    branch.repo.remove('infra/prod/main.tf');
    await branch.repo.commit('change');
    assert.deepEqual(await asked('critical'), ['any mid 1', 'ai senior 2']);
  });

  it("a symbolic link in the place of a folder is in that folder's tier", async () => {
    branch = await Branch.create({}, LARGE);
    await branch.repo.git('checkout', '-q', '-B', 'topic');
    branch.repo.write('infra/README', 'x\n');
    symlinkSync('/etc', branch.repo.at('infra/prod'));
    await branch.repo.commit('change');
    assert.ok((await json()).tiers.find(({ name }) => name === 'critical')?.files.includes('infra/prod'));
  });

  itInFull('a UTF-16 file, and a moved submodule, need the review', async () => {
    branch = await Branch.create({}, LARGE);
    branch.repo.write('src/data.txt', new Uint8Array(Buffer.from(`\ufeff${numbered(5000)}`, 'utf16le')));
    await branch.repo.commit('change');
    assert.deepEqual(await asked('standard'), ['ai senior 1']);
    await branch.repo.git('reset', '-q', '--hard', 'main');
    for (const id of ['1', '2']) {
      await branch.repo.git('update-index', '--add', '--cacheinfo', `160000,${id.repeat(40)},vendor/lib`);
      await branch.repo.git('commit', '-qm', `submodule ${id}`);
    }
    assert.deepEqual(await asked('standard'), ['ai senior 1']);
    const from = async (base: string): Promise<readonly string[]> =>
      (await branch.check({ base, policyAt: await branch.repo.git('rev-parse', 'main') })).tiers.flatMap(
        ({ files, required }) => [...files, ...required.map(({ kind, satisfied }) => `${kind} ${String(satisfied)}`)],
      );
    assert.deepEqual(await from(await branch.repo.git('rev-parse', 'topic~')), ['vendor/lib', 'ai false'], 'moved on');
  });

  for (const [what, mode] of [
    ['a submodule', '160000'],
    ['a symbolic link', '120000'],
  ] as const) {
    itInFull(`status and check agree on ${what} that is new, moves on or goes`, async () => {
      branch = await Branch.create({}, LARGE);
      await branch.repo.git('config', 'user.email', 'carl@example.com');
      const targets: string[] = mode === '160000' ? ['1'.repeat(40), '2'.repeat(40)] : [];
      if (mode === '120000') {
        for (const target of ['/etc', '/usr']) {
          branch.repo.write('target', target);
          targets.push(await branch.repo.git('hash-object', '-w', 'target'));
        }
        branch.repo.remove('target');
      }
      for (const target of [...targets, null]) {
        await branch.repo.git(
          'update-index',
          '--add',
          ...(target === null ? ['--force-remove', 'vendor/lib'] : ['--cacheinfo', `${mode},${target},vendor/lib`]),
        );
        if (mode === '120000') await branch.repo.git('checkout-index', '-fa');
        if (mode === '120000' && target === null) branch.repo.remove('vendor/lib');
        const { decision } = await decideLocally(branch.repo.repository(), await changeOfIndex(branch.repo));
        await branch.repo.git('commit', '-qm', 'change');
        const checked = await branch.check({
          base: await branch.repo.git('rev-parse', 'topic~'),
          policyAt: await branch.repo.git('rev-parse', 'main'),
        });
        const said = ({ tiers }: Pick<Decision, 'tiers'>): readonly unknown[] =>
          tiers.flatMap(({ name, files, required }) => [
            name,
            ...files,
            ...required.map(({ kind, satisfied }) => `${kind} ${String(satisfied)}`),
          ]);
        assert.deepEqual(
          [said(decision), said(checked)],
          [
            ['standard', 'vendor/lib', 'ai false'],
            ['standard', 'vendor/lib', 'ai false'],
          ],
        );
      }
    });
  }

  itInFull('an unknown line that is not UTF-8 needs the review, in status too', async () => {
    branch = await Branch.create({}, LARGE);
    await branch.repo.git('config', 'user.email', 'carl@example.com');
    branch.repo.write('src/a.txt', Buffer.from('caf\u00e9\n', 'latin1'));
    await branch.repo.git('add', '-A');
    const { decision } = await decideLocally(branch.repo.repository(), await changeOfIndex(branch.repo));
    await branch.repo.commit('change');
    const due = async (): Promise<readonly string[]> =>
      (await branch.check({ findingsOf: findInRange })).tiers.flatMap(({ required }) =>
        required.map(({ kind, why }) => `${kind}: ${why}`),
      );
    assert.match(
      decision.tiers[0]?.required[0]?.why ?? '',
      /^src\/a\.txt, which an unknown author changed and whose change can't be counted in lines/,
    );
    assert.deepEqual(await due(), [`ai: ${decision.tiers[0]?.required[0]?.why ?? ''}`]);
    await branch.repo.git('commit', '-q', '--amend', '-m', 'human: change');
    assert.deepEqual(await due(), []);
  });

  itInFull('a very long line, and an LFS pointer, need the review', async () => {
    const pointer = (digit: string): string =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${digit.repeat(64)}\nsize 4\n`;
    branch = await Branch.create({ 'm.bin': pointer('1'), 'src/long.js': `${'a();'.repeat(900)}\nb();\n` }, LARGE);
    await branch.repo.git('config', 'user.email', 'carl@example.com');
    const dueOf = async (files: Readonly<Record<string, string>>): Promise<string> => {
      await branch.repo.git('reset', '-q', '--hard', 'main');
      for (const [name, text] of Object.entries(files)) branch.repo.write(name, text);
      await branch.repo.git('add', '-A');
      const { decision } = await decideLocally(branch.repo.repository(), await changeOfIndex(branch.repo));
      await branch.commit('ai: change', {}, CARL);
      const checked = await branch.check({ findingsOf: findInRange });
      const whys = checked.tiers.flatMap(({ required }) => required.map(({ why }) => why));
      assert.equal(decision.tiers.flatMap(({ required }) => required).length, whys.length, 'status says the same');
      return whys.join();
    };
    assert.match(
      await dueOf({ 'src/a.js': `${'f();'.repeat(600)}\n` }),
      /^src\/a\.js, which AI changed and whose change/,
    );
    assert.match(await dueOf({ 'src/a.js': 'f();'.repeat(600) }), /^src\/a\.js/, 'without a line end');
    assert.match(await dueOf({ 'm.bin': pointer('2') }), /^m\.bin, which AI changed and whose change/);
    assert.equal(await dueOf({ 'src/a.js': `${'f();'.repeat(400)}\n` }), '', 'an ordinary line');
    assert.equal(await dueOf({ 'src/long.js': `${'a();'.repeat(900)}\nc();\n` }), '', 'beside one that was there');
  });

  it('a finding in a tier without review passes with a notice', async () => {
    branch = await Branch.create(
      { 'infra/a.sql': 'SELECT 1;\n' },
      'version: 1\npeople: { senior: [ada@example.com] }\ntiers: [{ name: critical, paths: ["infra/**"], detect: [destructive] }]\n',
    );
    await branch.commit('human: change', { 'infra/a.sql': 'DROP TABLE users;\n' }, CARL);
    const result = await branch.check({ findingsOf: findInRange });
    assert.deepEqual([result.verdict, result.findings.length], ['pass', 1]);
    assert.ok(
      result.notices.includes(
        'critical requires no review, so these findings pass. To require one, add any, ai or both under review.',
      ),
      result.notices.join('\n'),
    );
  });

  it('a text too large for the danger rules needs the review, with a notice', async () => {
    branch = await Branch.create(
      {},
      LARGE.replace('any: { from: mid }', '').replace(
        'paths: ["infra/prod/**"]',
        'paths: ["infra/prod/**"]\n    detect: [destructive]',
      ),
    );
    await branch.commit(
      'change',
      {
        'src/a.ts': `/*${'x'.repeat(600_000)}*/ import { rmSync } from "node:fs";\nrmSync(process.argv[2]);\n`,
        'src/b.ts': 'x();\n',
      },
      CARL,
    );
    const result = await branch.check({ findingsOf: findInRange });
    assert.deepEqual(
      result.tiers.map(({ name, files, required }) => [
        name,
        files,
        required.map(({ kind, satisfied }) => `${kind} ${String(satisfied)}`),
      ]),
      [
        ['critical', ['src/a.ts'], ['ai false']],
        ['standard', ['src/b.ts'], []],
      ],
    );
    assert.ok(
      result.notices.includes('src/a.ts is too large to check for dangers completely: a person must review it.'),
      result.notices.join('\n'),
    );
  });

  itInFull("a person's text of that size gets only the notice", async () => {
    branch = await Branch.create({}, LARGE);
    await branch.commit(
      'human: change',
      { 'src/a.ts': `/*${'x'.repeat(600_000)}*/\nrmSync(process.argv[2]);\n` },
      CARL,
    );
    const result = await branch.check({ findingsOf: findInRange });
    assert.deepEqual([result.verdict, result.notices.filter((one) => one.includes('too large')).length], ['pass', 1]);
  });

  itInFull('a file with NUL bytes that git compares as text needs the review', async () => {
    branch = await Branch.create({}, LARGE);
    await branch.commit(
      'change',
      { 'db/a.sql': `${'-- a line before it\n'.repeat(1000)}-- \0\n`, 'db/b.sql': 'x\n' },
      CARL,
    );
    await branch.commit(
      'change',
      { 'db/a.sql': `${'-- a line before it\n'.repeat(1000)}-- \0\nDROP TABLE users;\n` },
      CARL,
    );
    const before = await branch.repo.git('rev-parse', 'topic~');
    const result = await branch.check({
      base: before,
      policyAt: await branch.repo.git('rev-parse', 'main'),
      findingsOf: findInRange,
    });
    assert.deepEqual(counted(result), ['standard db/a.sql +0/0/1 -0/0/0']);
    assert.deepEqual(
      result.tiers[0]?.required.map(({ kind, satisfied }) => [kind, satisfied]),
      [['ai', false]],
    );
  });

  itInFull('a base that is both a branch and a tag is refused, with both full names', async () => {
    branch = await Branch.create();
    await branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    await branch.repo.git('tag', 'main', 'topic');
    const refused = await run();
    assert.equal(refused.code, 2);
    assert.match(refused.err.join(), /refs\/heads\/main.*refs\/tags\/main/);
    assert.equal(
      (await callVerb(check, ['--base', 'refs/heads/main', '--head', 'refs/heads/topic'], branch.repo.root)).code,
      1,
    );
  });

  itInFull("origin/main is taken as the remote's branch, and refused when a tag has that name too", async () => {
    branch = await Branch.create();
    await branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    await branch.repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    assert.equal((await callVerb(check, ['--base', 'origin/main', '--head', 'topic'], branch.repo.root)).code, 1);
    await branch.repo.git('tag', 'origin/main', 'topic');
    assert.equal((await callVerb(check, ['--base', 'origin/main', '--head', 'topic'], branch.repo.root)).code, 2);
  });

  itInFull('main that only a remote has as a branch is refused when a tag has the name', async () => {
    branch = await Branch.create();
    await branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const { repo } = branch;
    await repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    await repo.git('branch', '-D', 'main');
    const by = (base: string): ReturnType<typeof callVerb> =>
      callVerb(check, ['--base', base, '--head', 'topic'], repo.root);
    assert.equal((await by('main')).code, 1, "the remote's alone");
    await repo.git('tag', 'main', 'topic');
    const refused = await by('main');
    assert.deepEqual(
      [refused.code, /refs\/tags\/main and refs\/remotes\/origin\/main/.test(refused.err.join())],
      [2, true],
    );
    assert.equal((await by('main~0')).code, 2);
    await repo.git('update-ref', 'refs/tags/refs/heads/main', 'topic');
    assert.equal((await by('refs/heads/main')).code, 2, 'there is no such branch');
    assert.equal((await by('refs/heads/main~0')).code, 2);
    assert.equal((await by('refs/remotes/origin/main')).code, 1);
  });

  itInFull('main on two remotes is refused only when they differ', async () => {
    branch = await Branch.create();
    await branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const { repo } = branch;
    await repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    await repo.git('update-ref', 'refs/remotes/upstream/main', 'main');
    await repo.git('branch', '-D', 'main');
    const by = async (base: string): Promise<number> =>
      (await callVerb(check, ['--base', base, '--head', 'topic'], repo.root)).code;
    assert.equal(await by('main'), 1);
    await repo.git('update-ref', 'refs/remotes/upstream/main', 'topic');
    assert.equal(await by('main'), 2);
  });

  itInFull('a short commit id is refused when a tag has the same name', async () => {
    branch = await Branch.create();
    await branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const { repo } = branch;
    const short = (await repo.git('rev-parse', 'main')).slice(0, 9);
    const by = async (base: string): Promise<number> =>
      (await callVerb(check, ['--base', base, '--head', 'topic'], repo.root)).code;
    assert.equal(await by(short), 1);
    await repo.git('tag', short, 'topic');
    assert.deepEqual([await by(short), await by(short.toUpperCase())], [2, 1]);
  });

  itInFull('FETCH_HEAD and origin/HEAD are refused when a tag has the same name', async () => {
    branch = await Branch.create();
    await branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const { repo } = branch;
    await repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    await repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    const by = async (base: string, head = 'topic'): Promise<number> =>
      (await callVerb(check, ['--base', base, '--head', head], repo.root)).code;
    for (const name of ['heads/main', 'remotes/origin/main', 'origin']) {
      assert.equal(await by(name), 1, name);
      await repo.git('tag', name, 'topic');
      assert.equal(await by(name), 2, name);
    }
    await repo.git('tag', 'FETCH_HEAD', 'main');
    await repo.git('fetch', '-q', '.', 'topic');
    assert.equal(await by('refs/heads/main', 'FETCH_HEAD'), 1);
  });

  it('an actor that is empty, a team, or has invisible letters is refused', async () => {
    branch = await Branch.create();
    await branch.commit('ai: change', { 'infra/a.tf': numbered(3) }, CARL);
    for (const actor of ['@', '\u200b', '@acme/seniors', 'ada\u200b', 'ada carl']) {
      const refused = await callVerb(check, ['main..topic', '--actor', actor], branch.repo.root);
      assert.equal(refused.code, 2, JSON.stringify(actor));
      assert.match(refused.err.join(), /--actor/);
    }
  });

  itInFull('a review that only comments neither approves nor withdraws', async () => {
    branch = await Branch.create();
    const head = await branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const file = branch.repo.outside('approvals.json');
    const at = '2025-05-01T10:00:00Z';
    writeFileSync(
      file,
      JSON.stringify([
        { by: 'ada', email: 'ada@example.com', commit: head, state: 'approved', at },
        { by: 'ada', email: 'ada@example.com', commit: head, state: 'COMMENTED', at: '2025-05-02T10:00:00Z' },
      ]),
    );
    assert.equal((await run('--approvals', file)).code, 0);
    writeFileSync(
      file,
      JSON.stringify([{ by: 'ada', email: 'ada@example.com', commit: head, state: 'commented', at }]),
    );
    assert.equal((await run('--approvals', file)).code, 1);
  });
});
