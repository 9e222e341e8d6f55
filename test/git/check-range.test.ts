import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { BOB, CARL } from '../support/repository';
import { Branch, counted, GRACE, numbered, POLICY } from './gate-support';

const ALL = POLICY.replace('"infra/**"', '"**", "!README.md"');

describe('linekeeper check: the net change of a range', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  it('gives added and removed lines the author of their commit', async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(10) }, ALL);
    await branch.commit(
      'ai: replace 2 and 3',
      { 'infra/a.tf': numbered(10).replace('line 2\nline 3\n', 'two\nthree\nthree and a half\n') },
      CARL,
    );
    await branch.commit(
      'human: mend one, take away 9',
      {
        'infra/a.tf': numbered(10)
          .replace('line 2\nline 3\n', 'two\nby hand\nthree and a half\n')
          .replace('line 9\n', ''),
      },
      BOB,
    );
    await branch.commit('something', { 'infra/b.tf': 'x\n' }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf,infra/b.tf +2/1/1 -2/1/0']);
  });

  it('leaves out what was added and removed again', async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(5) }, ALL);
    await branch.commit('ai: change', { 'infra/a.tf': `${numbered(5)}more\n`, 'infra/c.tf': 'c\n' }, CARL);
    await branch.commit('human: back', { 'infra/a.tf': numbered(5), 'infra/c.tf': null }, CARL);
    const result = await branch.check();
    assert.deepEqual([result.verdict, result.tiers], ['pass', []]);
    assert.equal(result.commits.length, 2);
  });

  it('follows renames', async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(20) }, ALL);
    await branch.commit('human: move', { 'infra/a.tf': null, 'infra/deep/b.tf': numbered(20) }, CARL);
    await branch.commit(
      'ai: edit',
      { 'infra/deep/b.tf': numbered(20).replace('line 3\n', 'three\n').replace('line 7\n', '') },
      CARL,
    );
    await branch.commit(
      'human: move again',
      { 'infra/deep/b.tf': null, 'infra/c.tf': numbered(20).replace('line 3\n', 'three\n').replace('line 7\n', '') },
      CARL,
    );
    assert.deepEqual(counted(await branch.check()), ['critical infra/c.tf +1/0/0 -2/0/0']);
  });

  it('has the lines of deleted and new files', async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(4), 'infra/empty.tf': '' }, ALL);
    await branch.commit('human: two', { 'infra/a.tf': numbered(2) }, CARL);
    await branch.commit(
      'ai: all',
      { 'infra/a.tf': null, 'infra/empty.tf': null, 'infra/new.tf': numbered(3, 'n') },
      CARL,
    );
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf,infra/empty.tf,infra/new.tf +3/0/0 -2/2/0']);
  });

  it('has what a side branch did, not what the base did, after a merge', async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(30), 'infra/b.tf': numbered(5) }, ALL);
    const { repo } = branch;
    await branch.commit(
      'ai: take 20 away, change 5',
      { 'infra/a.tf': numbered(30).replace('line 20\n', '').replace('line 5\n', 'five\n') },
      CARL,
    );
    await repo.git('checkout', '--quiet', '-b', 'side', 'main');
    await branch.commit('human: take 25 away', { 'infra/a.tf': numbered(30).replace('line 25\n', '') }, BOB);
    await repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'ai: main goes on',
      { 'infra/a.tf': `first\n${numbered(30).replace('line 10\n', 'ten\n')}`, 'infra/b.tf': numbered(9) },
      GRACE,
    );
    await repo.git('checkout', '--quiet', 'topic');
    await repo.git('merge', '--quiet', '--no-edit', 'side');
    await repo.git('merge', '--quiet', '--no-edit', 'main');
    await branch.commit(
      'ai: after',
      { 'infra/a.tf': repo.read('infra/a.tf').replace('line 15\n', '').replace('line 2\n', 'two\n') },
      CARL,
    );
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +2/0/0 -4/1/0']);
  });

  it("leaves a merge's own changes unknown", async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(10) }, ALL);
    const { repo } = branch;
    await branch.commit('human: two', { 'infra/a.tf': numbered(10).replace('line 2\n', 'two\n') }, CARL);
    await repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: readme', { 'README.md': 'more\n' }, GRACE);
    await repo.git('checkout', '--quiet', 'topic');
    await repo.git('merge', '--quiet', '--no-commit', '--no-ff', 'main');
    await branch.commit(
      'merge',
      {
        'infra/a.tf': numbered(10)
          .replace('line 2\n', 'two\n')
          .replace('line 8\n', 'eight, by the merge\n')
          .replace('line 5\n', ''),
      },
      CARL,
    );
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/1/1 -0/1/2']);
  });

  it('counts a binary file, a link and a mode change as one line each', async () => {
    branch = await Branch.create({ 'infra/run.sh': 'x\n' }, ALL);
    const { repo } = branch;
    repo.write('infra/logo.bin', Buffer.from([0, 1, 2]));
    await repo.commit('ai: logo', { as: CARL });
    repo.write('infra/logo.bin', Buffer.from([0, 1, 3]));
    chmodSync(repo.at('infra/run.sh'), 0o755);
    symlinkSync('run.sh', repo.at('infra/link'));
    await repo.commit('human: logo, mode and link', { as: CARL });
    const result = await branch.check();
    assert.deepEqual(counted(result), ['critical infra/link,infra/logo.bin,infra/run.sh +0/1/0 -0/0/0']);
    assert.match(result.tiers[0]?.required[0]?.why ?? '', /^1 line changed by AI in critical/);
  });

  it('cannot be hidden by attributes, git configuration or replaced objects', async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(5) }, ALL);
    const { repo } = branch;
    const first = await branch.commit(
      'ai: hide and change',
      { '.gitattributes': '*.tf binary -diff\n* -text diff=nothing\n', 'infra/a.tf': `${numbered(5)}dangerous\n` },
      CARL,
    );
    const harmless = await repo.git('commit-tree', '-p', 'main', '-m', 'human: harmless', 'main^{tree}');
    await repo.git('replace', first, harmless);
    await repo.git('config', 'diff.renames', 'false');
    await repo.git('config', 'blame.ignoreRevsFile', 'ignored');
    await repo.git('config', 'diff.external', 'true');
    assert.deepEqual(counted(await branch.check({ head: first })), [
      'critical .gitattributes,infra/a.tf +3/0/0 -0/0/0',
    ]);
  });

  it('keeps files with odd names apart', async () => {
    branch = await Branch.create({}, ALL);
    const names = [
      'infra/new\nline',
      'infra/"quoted"',
      'infra/tab\there',
      'infra/ümläut',
      'infra/back\\slash',
      'infra/ space ',
      'infra/--- a',
      'infra/filename x',
      ':(glob)*',
      '-dash',
    ];
    await branch.commit('ai: names', Object.fromEntries(names.map((name) => [name, 'one\ntwo\n'])), CARL);
    await branch.commit('human: second lines', Object.fromEntries(names.map((name) => [name, 'one\nzwei\n'])), CARL);
    const result = await branch.check();
    assert.deepEqual(new Set(result.tiers.flatMap((tier) => tier.files)), new Set(names));
    assert.deepEqual(
      result.tiers.map(({ added }) => added),
      [{ ai: 10, human: 10, unknown: 0 }],
    );
  });

  it('gives a bracket line that git pairs differently the author of its hunk', async () => {
    const block = (name: string): string => `function ${name}() {\n  return 1;\n}\n\n`;
    branch = await Branch.create({ 'infra/a.js': block('a') + block('c') }, ALL);
    await branch.commit('ai: b', { 'infra/a.js': block('a') + block('b') + block('c') }, CARL);
    await branch.commit('human: d', { 'infra/a.js': block('a') + block('b') + block('c') + block('d') }, CARL);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.js +4/4/0 -0/0/0']);
  });

  it("leaves out commits before the policy's since", async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(5) }, ALL);
    const { repo } = branch;
    await branch.commit('ai: before', { 'infra/a.tf': `${numbered(5)}six\n`, 'infra/old.tf': 'old\n' }, CARL);
    const adoption = await branch.commit('human: adopt', { 'docs/adopted.txt': 'yes\n' }, CARL);
    await branch.commit('ai: after', { 'infra/a.tf': `${numbered(5)}six\nseven\n` }, CARL);
    await repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: since', { '.linekeeper.yml': `since: ${adoption.slice(0, 10)}\n${ALL}` }, GRACE);
    const result = await branch.check();
    assert.deepEqual(counted(result), ['critical docs/adopted.txt,infra/a.tf +1/1/0 -0/0/0']);
    await branch.commit(
      'human: since something else',
      { '.linekeeper.yml': `since: ${'0'.repeat(10)}\n${ALL}` },
      GRACE,
    );
    const strict = await branch.check();
    assert.deepEqual(counted(strict), ['critical docs/adopted.txt,infra/a.tf,infra/old.tf +3/1/0 -0/0/0']);
    assert.match(strict.notices.join(), /adoption commit .* not known here/);
  });

  it('is empty when the base already has the head', async () => {
    branch = await Branch.create();
    for (const head of ['main', 'topic']) assert.equal((await branch.check({ head })).verdict, 'pass');
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('ai: on main', { 'infra/a.tf': 'x\n' }, CARL);
    const result = await branch.check({ head: 'topic' });
    assert.deepEqual([result.verdict, result.commits, result.tiers], ['pass', [], []]);
  });
});
