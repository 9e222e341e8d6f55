/** The net change of a range where git says what it is: merges, renames, links, attributes. */
import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { itInFull } from '../../../support/full';
import { BOB, CARL } from '../../../support/repository';
import { Branch, counted, GRACE, numbered, POLICY } from '../../../support/gate';

const [BEFORE, AFTER] = [numbered(8, 'before'), numbered(8, 'behind')];
const OLD = `  total = price * amount
  if total > limit then
    warn(customer, total)
  end
  store(order, total)
`;
const ALL = POLICY.replace('"infra/**"', '"**", "!README.md"');

describe('the net change of a range in git', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  it('a net change: follows a file when it was renamed twice and edited between', async () => {
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

  itInFull('a net change: has what a side branch did, not what the base did, when both were merged', async () => {
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

  itInFull('a net change: leaves lines unknown when a merge itself wrote them', async () => {
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

  itInFull('a net change: counts one line each when a binary file, a link or a mode changed', async () => {
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

  itInFull('a net change: is whole when attributes, git configuration or replaced objects would hide it', async () => {
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

  it('a bracket line: has the author of its hunk when git pairs it differently', async () => {
    const block = (name: string): string => `function ${name}() {\n  return 1;\n}\n\n`;
    branch = await Branch.create({ 'infra/a.js': block('a') + block('c') }, ALL);
    await branch.commit('ai: b', { 'infra/a.js': block('a') + block('b') + block('c') }, CARL);
    await branch.commit('human: d', { 'infra/a.js': block('a') + block('b') + block('c') + block('d') }, CARL);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.js +4/4/0 -0/0/0']);
  });

  itInFull("old lines: are unknown when a merge with -s ours brings them back beside a person's line", async () => {
    branch = await Branch.create({ 'infra/a.tf': `${BEFORE}${OLD}${AFTER}` }, ALL);
    const { repo } = branch;
    await branch.commit('human: one line', { 'infra/a.tf': `${BEFORE}${OLD}typed by hand\n${AFTER}` }, CARL);
    await repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: fix', { 'infra/a.tf': `${BEFORE}fixed = really\n${AFTER}` }, GRACE);
    await repo.git('checkout', '--quiet', 'topic');
    await repo.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'main');
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/1/5 -0/0/1']);
  });
});
