/** Who may sign off, where people try to be two, or somebody else; and changes that are refused with the way out. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { check } from '../../../../src/cli/verbs/check';
import { itInFull } from '../../../support/full';
import { BOB, CARL, TestRepository } from '../../../support/repository';
import { callVerb, type VerbOutcome } from '../../../support/verbs';
import { Branch, numbered, POLICY } from '../../../support/gate';

const TF = { 'infra/a.tf': numbered(3) };

describe('the opener of a pull request (check --actor)', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());
  const given = (by: string, commit: string): string => {
    const file = branch.repo.outside('approvals.json');
    writeFileSync(file, JSON.stringify([{ by, commit, state: 'approved' }]));
    return file;
  };

  itInFull('the opener: may be left out when check runs at a terminal, and the answer holds for anybody', async () => {
    branch = await Branch.create({}, POLICY.replace('        mid: { from: senior }\n', ''));
    const head = await branch.commit('ai: change', TF, BOB);
    const atTerminal = (words: readonly string[], env = {}): Promise<VerbOutcome> =>
      callVerb(check, ['main..topic', ...words], branch.repo.root, { isTerminal: true, env });
    const told = await atTerminal([]);
    assert.equal(told.code, 1, told.err.join());
    assert.match(
      told.out,
      /--actor is missing, so this is decided as for junior\. To decide for one person, pass the login/,
    );
    assert.equal((await atTerminal(['--actor', 'bob'])).code, 0);
    const signed = await atTerminal(['--approvals', given('grace', head)]);
    assert.equal(signed.code, 1);
    assert.match(signed.out, /decided as for junior, and no sign-off counts/);
    assert.equal((await atTerminal(['--approvals', given('grace', head), '--actor', 'carl'])).code, 0);
    assert.equal((await atTerminal([], { CI: 'true' })).code, 2);
    assert.equal((await atTerminal(['--emergency', 'the shop is down'])).code, 2);
  });
});

describe('an approvals file (check --approvals)', () => {
  it('an approvals file: is refused when it lies in another work tree, or around a submodule', async () => {
    const branch = await Branch.create();
    const head = await branch.commit('change', TF, CARL);
    const text = JSON.stringify([{ by: 'ada', commit: head, state: 'approved' }]);
    const other = branch.repo.outside('other-tree');
    await branch.repo.git('worktree', 'add', '-q', '--detach', other);
    writeFileSync(`${other}/approvals.json`, text);
    const run = (root: string, file: string): Promise<VerbOutcome> =>
      callVerb(check, ['--base', 'main', '--head', 'topic', '--actor', 'carl', '--approvals', file], root);
    const refused = await run(branch.repo.root, `${other}/approvals.json`);
    assert.equal(refused.code, 2);
    assert.match(refused.err.join(), /lies in a work tree of this repository/);
    const outer = await TestRepository.create();
    mkdirSync(outer.at('sub'));
    await outer.git('clone', '-q', branch.repo.root, outer.at('sub/inner'));
    writeFileSync(outer.at('approvals.json'), text);
    const around = await callVerb(
      check,
      ['--base', 'origin/main', '--head', 'origin/topic', '--actor', 'carl', '--approvals', outer.at('approvals.json')],
      outer.at('sub/inner'),
    );
    await outer.dispose();
    await branch.repo.dispose();
    assert.equal(around.code, 2);
    assert.match(around.err.join(), /lies in the repository around this one/);
  });

  it('an approvals file: counts when only an empty .git lies around the repository', async () => {
    const branch = await Branch.create();
    const head = await branch.commit('change', TF, CARL);
    const folder = branch.repo.outside('around');
    mkdirSync(`${folder}/.git`, { recursive: true }); // as a sandbox of an agent leaves one
    await branch.repo.git('clone', '-q', branch.repo.root, `${folder}/inner`);
    writeFileSync(`${folder}/approvals.json`, JSON.stringify([{ by: 'grace', commit: head, state: 'approved' }]));
    const counted = await callVerb(
      check,
      ['--base', 'origin/main', '--head', 'origin/topic', '--actor', 'carl', '--approvals', `${folder}/approvals.json`],
      `${folder}/inner`,
    );
    await branch.repo.dispose();
    assert.equal(counted.code, 0, counted.err.join());
  });
});
