/** What a policy that observes answers an agent. */
import assert from 'node:assert/strict';
import { restrictsAgents } from '../../src/policy/load';
import { judge, RULES, WATCHING } from '../support/guard';

const OBSERVING = { rules: { ...RULES, mode: 'observe' } } as const;

describe('the guard under mode: observe', () => {
  it('a forbidden edit: is allowed and says what would be answered when the policy observes', () => {
    const answer = judge({ files: ['infra/prod/main.tf'] }, OBSERVING);
    assert.ok(answer.verdict === 'allow');
    assert.equal(answer.observed?.verdict, 'deny');
    assert.match(answer.observed.reason, /tier "closed"/);
    assert.equal(judge({ files: ['infra/prod/main.tf'] }).verdict, 'deny');
  });

  it('an edit that nothing forbids: says nothing when the policy observes', () => {
    assert.deepEqual(judge({ files: ['src/a.ts'] }, OBSERVING), { verdict: 'allow' });
  });

  it('the hooks and the policy: stay closed to agents when the policy observes', () => {
    for (const file of ['.linekeeper.yml', '.git/hooks/commit-msg', '/home/dev/.claude/settings.json'])
      assert.equal(judge({ files: [file] }, OBSERVING).verdict, 'deny', file);
  });

  it('what is asked without any policy: is still asked when the policy observes', () => {
    const command = 'gh pr review 7 --approve';
    assert.equal(judge({ command }).verdict, 'deny');
    assert.equal(judge({ command }, OBSERVING).verdict, 'ask');
  });

  it('a command that destroys: is asked about and names the mode when the policy observes', () => {
    const answer = judge({ command: 'terraform destroy' }, { rules: { ...WATCHING, mode: 'observe' } });
    assert.ok(answer.verdict === 'ask');
    assert.match(answer.reason, /The policy only observes \(mode: observe\).*: a person must agree first\./);
    assert.doesNotMatch(answer.reason, /has no policy/);
  });

  it('a policy that observes: restricts no agent if its program is missing', () => {
    assert.equal(restrictsAgents(RULES), true);
    assert.equal(restrictsAgents(OBSERVING.rules), false);
  });
});
