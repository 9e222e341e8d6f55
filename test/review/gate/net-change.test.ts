/** The net change of a range of commits one after another. Merges, renames and links are tried on real git. */
import assert from 'node:assert/strict';
import { BOB, CARL } from '../../support/repository';
import { counted, GRACE, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const ALL = POLICY.replace('"infra/**"', '"**", "!README.md"');

describe('the net change of a range', () => {
  let branch: LiteralBranch;

  it('a net change: gives each line the author of its commit when several people committed', async () => {
    branch = new LiteralBranch({ 'infra/a.tf': numbered(10) }, ALL);
    branch.commit(
      'ai: replace 2 and 3',
      { 'infra/a.tf': numbered(10).replace('line 2\nline 3\n', 'two\nthree\nthree and a half\n') },
      CARL,
    );
    branch.commit(
      'human: mend one, take away 9',
      {
        'infra/a.tf': numbered(10)
          .replace('line 2\nline 3\n', 'two\nby hand\nthree and a half\n')
          .replace('line 9\n', ''),
      },
      BOB,
    );
    branch.commit('something', { 'infra/b.tf': 'x\n' }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf,infra/b.tf +2/1/1 -2/1/0']);
  });

  it('a net change: is empty when everything was added and removed again', async () => {
    branch = new LiteralBranch({ 'infra/a.tf': numbered(5) }, ALL);
    branch.commit('ai: change', { 'infra/a.tf': `${numbered(5)}more\n`, 'infra/c.tf': 'c\n' }, CARL);
    branch.commit('human: back', { 'infra/a.tf': numbered(5), 'infra/c.tf': null }, CARL);
    const result = await branch.check();
    assert.deepEqual([result.verdict, result.tiers], ['pass', []]);
    assert.equal(result.commits.length, 2);
  });

  it('a net change: has the lines of files when these are deleted or new', async () => {
    branch = new LiteralBranch({ 'infra/a.tf': numbered(4), 'infra/empty.tf': '' }, ALL);
    branch.commit('human: two', { 'infra/a.tf': numbered(2) }, CARL);
    branch.commit('ai: all', { 'infra/a.tf': null, 'infra/empty.tf': null, 'infra/new.tf': numbered(3, 'n') }, CARL);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf,infra/empty.tf,infra/new.tf +3/0/0 -2/2/0']);
  });

  it('a net change: keeps files apart when their names are odd', async () => {
    branch = new LiteralBranch({}, ALL);
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
    branch.commit('ai: names', Object.fromEntries(names.map((name) => [name, 'one\ntwo\n'])), CARL);
    branch.commit('human: second lines', Object.fromEntries(names.map((name) => [name, 'one\nzwei\n'])), CARL);
    const result = await branch.check();
    assert.deepEqual(new Set(result.tiers.flatMap((tier) => tier.files)), new Set(names));
    assert.deepEqual(
      result.tiers.map(({ added }) => added),
      [{ ai: 10, human: 10, unknown: 0 }],
    );
  });

  it("a net change: leaves out commits when they are before the policy's since", async () => {
    branch = new LiteralBranch({ 'infra/a.tf': numbered(5) }, ALL);
    branch.commit('ai: before', { 'infra/a.tf': `${numbered(5)}six\n`, 'infra/old.tf': 'old\n' }, CARL);
    const adoption = branch.commit('human: adopt', { 'docs/adopted.txt': 'yes\n' }, CARL);
    branch.commit('ai: after', { 'infra/a.tf': `${numbered(5)}six\nseven\n` }, CARL);
    branch.commitToBase('human: since', { '.linekeeper.yml': `since: ${adoption.slice(0, 10)}\n${ALL}` }, GRACE);
    const result = await branch.check();
    assert.deepEqual(counted(result), ['critical docs/adopted.txt,infra/a.tf +1/1/0 -0/0/0']);
    branch.commitToBase(
      'human: since something else',
      { '.linekeeper.yml': `since: ${'0'.repeat(10)}\n${ALL}` },
      GRACE,
    );
    const strict = await branch.check();
    assert.deepEqual(counted(strict), ['critical docs/adopted.txt,infra/a.tf,infra/old.tf +3/1/0 -0/0/0']);
    assert.match(strict.notices.join(), /adoption commit .* not known here/);
  });

  it('a net change: is empty when the base already has the head', async () => {
    branch = new LiteralBranch();
    for (const head of ['main', 'topic']) assert.equal((await branch.check({ head })).verdict, 'pass');
    branch.commitToBase('ai: on main', { 'infra/a.tf': 'x\n' }, CARL);
    const result = await branch.check({ head: 'topic' });
    assert.deepEqual([result.verdict, result.commits, result.tiers], ['pass', [], []]);
  });
});
