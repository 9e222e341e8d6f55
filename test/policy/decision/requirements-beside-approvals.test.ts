import assert from 'node:assert/strict';
import { decide, type DecisionInput } from '../../../src/policy/decision';
import type { RequirementResult, Requires } from '../../../src/policy';
import { changed, lines, policy, tier } from '../../support/policies';

const NOTHING: Requires = { checks: [], plan: false, aiLines: null, tested: false };

function asked(requires: Partial<Requires>, over: Partial<DecisionInput> = {}): RequirementResult {
  const decision = decide({
    policy: policy({ tiers: [tier({ requires: { ...NOTHING, ...requires } })] }),
    files: [changed('infra/stack.ts', { ranges: [lines(1, 3, 'ai'), lines(4, 5, 'unknown')] })],
    level: 'senior',
    approvals: {},
    ...over,
  });
  const [result, ...others] = decision.tiers.flatMap(({ required }) => required);
  assert.ok(result);
  assert.deepEqual(others, []);
  assert.equal(decision.verdict, result.satisfied ? 'pass' : 'fail');
  assert.equal(result.satisfied, result.missing === '');
  return result;
}

describe('what a tier requires beside approvals', () => {
  it('a check: is met only when the forge says that it is green', () => {
    const plan = (state?: 'success' | 'failure' | 'pending'): RequirementResult =>
      asked({ checks: ['plan'] }, { facts: { checks: state === undefined ? {} : { plan: state } } });
    assert.equal(plan('success').satisfied, true);
    assert.match(plan('failure').missing, /failed at the head/);
    assert.match(plan('pending').missing, /has not ended yet/);
    assert.match(plan().missing, /knows no check/);
    assert.equal(plan('success').kind, 'checks');
  });

  it('a check: is missing when nobody asked the forge', () => {
    assert.match(asked({ checks: ['plan'] }).missing, /it is not known here .* "linekeeper ci"/);
    assert.match(asked({ checks: ['constructor'] }, { facts: { checks: {} } }).missing, /knows no check/);
  });

  it('a plan: is missing until one is given', () => {
    assert.match(asked({ plan: true }).missing, /--plan FILE/);
    assert.equal(asked({ plan: true }, { facts: { plan: true } }).satisfied, true);
  });

  it("AI's lines: are too many when AI and unknown ones are more than the bound", () => {
    assert.equal(asked({ aiLines: 5 }).satisfied, true);
    assert.match(asked({ aiLines: 4 }).missing, /5 lines by AI in critical are more than the 4 .*: split the change/);
    const input = policy({ unknown: 'human', tiers: [tier({ requires: { ...NOTHING, aiLines: 3 } })] });
    assert.equal(asked({}, { policy: input }).satisfied, true);
  });

  it("tests: are missing when no report is given, or it says that AI's lines do not run", () => {
    assert.match(asked({ tested: true }).missing, /--coverage FILE/);
    const none = { untested: [], unmeasured: [] };
    assert.equal(asked({ tested: true }, { facts: { tested: none } }).satisfied, true);
    const untested = [{ path: 'infra/stack.ts', lines: [{ start: 2, end: 3 }] }];
    assert.match(
      asked({ tested: true }, { facts: { tested: { ...none, untested } } }).missing,
      /infra\/stack\.ts \(2-3\)/,
    );
    const unmeasured = ['infra/stack.ts'];
    assert.match(asked({ tested: true }, { facts: { tested: { ...none, unmeasured } } }).missing, /says nothing of/);
  });

  it("tests: are not asked for if only people's lines, tests or settings changed", () => {
    for (const file of [
      changed('infra/stack.ts', { ranges: [lines(1, 3, 'human')] }),
      changed('infra/stack.test.ts', { ranges: [lines(1, 3, 'ai')] }),
      changed('infra/main.tf', { ranges: [lines(1, 3, 'ai')] }),
    ])
      assert.equal(asked({ tested: true }, { files: [file] }).satisfied, true, file.path);
  });

  it('an emergency: lets a change pass without them', () => {
    assert.equal(asked({ plan: true }, { emergency: 'second-person' }).satisfied, true);
  });
});
