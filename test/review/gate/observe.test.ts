/** A policy that observes: everything is said, and nothing is stopped. */
import assert from 'node:assert/strict';
import { verdictLine } from '../../../src/review/ci/summary-and-comment';
import { FORMATS } from '../../../src/review/gate';
import { approved, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';
import { CARL } from '../../support/repository';

const observing = (): LiteralBranch => new LiteralBranch({}, `${POLICY}\nmode: observe\n`);

describe('a policy with mode: observe', () => {
  it('check: passes and says what it would be when a sign-off is missing', async () => {
    const branch = observing();
    branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const result = await branch.check({ approvals: [] });
    assert.equal(result.verdict, 'pass');
    assert.equal(result.wouldBe, 'fail');
    const json = JSON.parse(FORMATS.json.render(result)) as Record<string, unknown>;
    assert.deepEqual([json['verdict'], json['mode'], json['wouldBe']], ['pass', 'observe', 'fail']);
    assert.match(FORMATS.text.render(result), /^Observed: 1 sign-off missing\. Linekeeper only observes here/);
    assert.match(FORMATS.text.render(result), /missing {2}A senior's sign-off is missing\./);
    assert.match(FORMATS.markdown.render(result), /^## 👀 Observed:/);
    assert.doesNotMatch(FORMATS.github.render(result), /^::error/m);
    assert.doesNotMatch(FORMATS.sarif.render(result), /"level": ?"error"/);
    assert.match(verdictLine({ result }), /^Observing, nothing is stopped\. The policy would require: a senior/);
  });

  it('check: would pass when every sign-off is there', async () => {
    const branch = observing();
    const head = branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const result = await branch.check({ approvals: [approved('ada', head)] });
    assert.deepEqual([result.verdict, result.wouldBe], ['pass', 'pass']);
    assert.match(verdictLine({ result }), /would require is there\.$/);
  });

  it('check: passes when nobody says who opened the change, and an enforced policy needs to know', async () => {
    const [branch, enforced] = [observing(), new LiteralBranch()];
    for (const each of [branch, enforced]) each.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const result = await branch.check({ actor: null, approvals: [approved('ada', 'HEAD')] });
    const { verdict, wouldBe, notices } = result;
    assert.deepEqual([verdict, wouldBe], ['pass', 'fail']);
    const shown = FORMATS.text.render(result);
    assert.match(shown, /^--actor is missing, so this is decided as for/, 'said before the result');
    assert.equal(shown.split('--actor is missing').length, 2, 'said once');
    assert.match(notices.join('\n'), /^--actor is missing, so this is decided as for/m);
    await assert.rejects(enforced.check({ actor: null, approvals: [approved('ada', 'HEAD')] }), /--actor is missing/);
  });

  it('check: owes nothing when an emergency is declared', async () => {
    const branch = observing();
    branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const result = await branch.check({ approvals: [], emergency: 'outage' });
    assert.equal(result.emergency, null);
    assert.equal(result.wouldBe, 'fail');
  });

  it('check: only observes an enforced policy when it is asked to', async () => {
    const branch = new LiteralBranch();
    branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    assert.equal((await branch.check({ approvals: [] })).verdict, 'fail');
    const { verdict, wouldBe } = await branch.check({ approvals: [], observe: true });
    assert.deepEqual([verdict, wouldBe], ['pass', 'fail']);
  });
});
