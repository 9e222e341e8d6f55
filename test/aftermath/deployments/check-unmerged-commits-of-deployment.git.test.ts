import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { deploy } from '../../../src/cli/verbs/deploy';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote } from '../../support/history';
import { ADA, BOB, TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';

const POLICY = `version: 1
people: { senior: [ada@example.com], junior: [bob@example.com] }
aliases: { ada: [ada@example.com], bob: [bob@example.com] }
unknown: human
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { ai: { junior: { from: senior } } }
    rollout: { stages: [canary, production], soak: 1h }
`;

describe('linekeeper deploy check, for commits that the base lacks', () => {
  let test: TestRepository;
  let start: string;
  let head: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    const at = '2026-03-01T08:00:00Z';
    start = await commitWithNote(test, { message: 'start', files: { 'infra/a.tf': 'one\n' }, as: ADA, at });
    await run('record', '--stage', 'canary', '--ref', start, '--at', '2026-03-01T09:00:00Z');
    await test.git('checkout', '--quiet', '-b', 'topic');
    head = await commitWithNote(test, { message: 'widen', files: { 'infra/a.tf': 'two\n' }, as: BOB, at, by: CLAUDE });
  });
  afterEach(() => test.dispose());

  const run = (...words: string[]): Promise<VerbOutcome> =>
    callVerb(deploy, words, test.root, { now: () => Date.parse('2026-03-02T00:00:00Z') });
  const check = (ref: string, base = 'main', ...words: string[]): Promise<VerbOutcome> =>
    run('check', '--base', base, '--stage', 'canary', '--ref', ref, ...words);

  itInFull('asks for the sign-offs that the gate would', async () => {
    const no = await check(head, 'main', '--actor', 'bob');
    assert.equal(no.code, 1, no.err.join());
    assert.match(
      no.out,
      /1 commit of \w+ is not on main, so nobody has asked .*: critical: a senior's sign-off is missing/,
    );
    assert.match(no.out, /name the branch that it was merged into with --base/);
    const file = test.outside('approvals.json');
    writeFileSync(file, JSON.stringify([{ by: 'ada', commit: head, state: 'approved' }]));
    const nobody = await check(head, 'main', '--approvals', file);
    assert.equal(nobody.code, 2);
    assert.match(nobody.err.join(), /is not on main.*--actor is missing: pass the login/);
    assert.equal((await check(head, 'main', '--actor', 'bob', '--approvals', file)).code, 0, 'approved, not merged');
  });

  itInFull('asks nothing for a release branch, a rollback, and what the stage had before', async () => {
    assert.equal((await check(head, 'topic')).code, 0, 'a release branch');
    await run('record', '--stage', 'canary', '--ref', head, '--at', '2026-03-01T10:00:00Z');
    assert.equal((await check(head)).code, 0, 'it runs there');
    assert.equal((await check(start)).code, 0, 'a rollback');
    await run('record', '--stage', 'canary', '--ref', start, '--at', '2026-03-01T11:00:00Z');
    assert.equal((await check(head)).code, 0, 'forward to what was there before');
  });

  it('asks nothing when their tiers require nothing', async () => {
    const files = { 'docs/a.md': 'by hand\n' };
    await test.git('checkout', '--quiet', '-b', 'other', 'main');
    const other = await commitWithNote(test, { message: 'words', files, as: BOB, at: '2026-03-01T08:00:00Z' });
    assert.equal((await check(other)).code, 0);
  });
});
