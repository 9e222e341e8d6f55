import assert from 'node:assert/strict';
import { decide, type DecisionInput } from '../../../src/policy/decision';
import { freezeEnd, freezeStart, type Freeze, type RequirementResult } from '../../../src/policy';
import { changed, lines, policy, tier } from '../../support/policies';

const HOLIDAYS: Freeze = {
  from: '2026-12-19',
  to: '2027-01-04',
  tiers: ['critical'],
  only: 'ai',
  except: [],
  reason: 'holidays',
};
const BY_AI = changed('infra/main.tf', { ranges: [lines(1, 3, 'ai')] });
const BY_A_PERSON = changed('infra/main.tf', { ranges: [lines(1, 3, 'human')] });

function asked(freeze: Partial<Freeze>, day: string, over: Partial<DecisionInput> = {}): RequirementResult | undefined {
  const decision = decide({
    policy: policy({ tiers: [tier()], freeze: [{ ...HOLIDAYS, ...freeze }] }),
    files: [BY_AI],
    level: 'senior',
    approvals: {},
    now: Date.parse(day),
    ...over,
  });
  return decision.tiers.flatMap(({ required }) => required).find(({ kind }) => kind === 'freeze');
}

describe('a freeze of the policy', () => {
  it("a change with AI's lines: waits when the freeze holds, and says until when", () => {
    const result = asked({}, '2026-12-24T12:00:00Z');
    assert.equal(result?.satisfied, false);
    assert.match(result.missing, /critical is frozen until the end of 2027-01-04 \(UTC\)/);
    assert.match(result.why, /holidays/);
    assert.equal(result.until, '2027-01-04');
  });

  it('the first and the last day: belong to the freeze in UTC', () => {
    assert.equal(asked({}, '2026-12-18T23:59:59Z'), undefined);
    assert.ok(asked({}, '2026-12-19T00:00:00Z'));
    assert.ok(asked({}, '2027-01-04T23:59:59Z'));
    assert.equal(asked({}, '2027-01-05T00:00:00Z'), undefined);
  });

  it('a time of day: counts to the second with its zone', () => {
    const evening = { from: '2026-12-19T18:00:00+01:00', to: '2026-12-19T20:00:00+01:00' };
    assert.equal(asked(evening, '2026-12-19T16:59:59Z'), undefined);
    assert.ok(asked(evening, '2026-12-19T17:00:00Z'));
    assert.equal(asked(evening, '2026-12-19T19:00:00Z'), undefined);
  });

  it("a person's change: waits only if the freeze is for any", () => {
    assert.equal(asked({}, '2026-12-24', { files: [BY_A_PERSON] }), undefined);
    assert.equal(asked({ only: 'any' }, '2026-12-24', { files: [BY_A_PERSON] })?.satisfied, false);
  });

  it('another tier: does not wait if the freeze does not name it', () => {
    assert.equal(asked({ tiers: ['standard'] }, '2026-12-24'), undefined);
    assert.ok(asked({ tiers: [] }, '2026-12-24'));
  });

  it('an emergency and a revert: pass only if the freeze excepts them', () => {
    const emergency = { emergency: 'second-person' } as const;
    assert.equal(asked({}, '2026-12-24', emergency)?.satisfied, false);
    assert.equal(asked({ except: ['emergency'] }, '2026-12-24', emergency)?.satisfied, true);
    assert.equal(asked({ except: ['emergency'] }, '2026-12-24')?.satisfied, false);
    assert.equal(asked({ except: ['reverts'] }, '2026-12-24', { isRevert: true })?.satisfied, true);
    assert.equal(asked({}, '2026-12-24', { isRevert: true })?.satisfied, false);
  });

  it('the calendar: is not asked when nobody says what time it is', () => {
    assert.equal(asked({}, '2026-12-24', { now: undefined }), undefined);
  });

  it('a day that does not exist: is no time', () => {
    assert.ok(Number.isNaN(freezeStart({ from: '2026-02-30' })));
    assert.ok(Number.isNaN(freezeEnd({ to: '2026-13-01' })));
  });
});
