import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeSinceApproval } from '../../../../src/review/gate/approvals/changes-since-approval';
import type { GivenApproval } from '../../../../src/review/gate';
import { countSignOffs, type SignOffInput } from '../../../../src/review/gate/approvals/count-valid-approvals';
import { identityOf, type Identity } from '../../../../src/policy';
import { policy, tier } from '../../../support/policies';

const HEAD = 'a'.repeat(40);
const EARLIER = 'b'.repeat(40);
const LOST = 'c'.repeat(40);

const input = (over: Partial<SignOffInput> = {}): SignOffInput => ({
  policy: policy({
    people: { senior: ['ada', 'grace'], mid: ['bob'], junior: [] },
    aliases: { ada: ['ada@example.com'] },
  }),
  teams: {},
  opener: null,
  approvals: [],
  head: HEAD,
  tiers: [{ name: 'critical', files: ['infra/a'], names: new Set(['infra/a', 'infra/old']), contributors: [] }],
  drift: new Map<string, ChangeSinceApproval>([[EARLIER, new Set()]]),
  mapped: (identity) => identity,
  ownersOf: () => [],
  ...over,
});

const given = (by: string, over: Partial<GivenApproval> = {}): GivenApproval => ({
  by,
  email: null,
  commit: HEAD,
  state: 'approved',
  at: 1,
  ...over,
});
const countedBy = (of: SignOffInput): readonly string[] =>
  (countSignOffs(of).byTier['critical'] ?? []).map((one) => one.by);

describe('countSignOffs', () => {
  it('counts an approval of an earlier head unless a file of the tier changed since, under either name', () => {
    const after = (drift: ChangeSinceApproval): readonly string[] =>
      countedBy(input({ approvals: [given('ada', { commit: EARLIER })], drift: new Map([[EARLIER, drift]]) }));
    assert.deepEqual(
      [
        after(new Set()),
        after(new Set(['src/x'])),
        after(new Set(['infra/a'])),
        after(new Set(['infra/old'])),
        after(new Set(['infra/new-one'])),
      ],
      [['ada'], ['ada'], [], [], []],
    );
    assert.deepEqual([after('not-found'), after('not-comparable')], [[], []]);
  });

  it('signed sign-off: is marked as signed when an approval at the forge is not', () => {
    const tiers = [
      { name: 'critical', files: ['infra/a'], names: new Set(['infra/a']), change: 'sha256:1', contributors: [] },
    ];
    const signed = { base: HEAD, names: ['grace'], changes: { critical: 'sha256:1' } };
    const { byTier } = countSignOffs(input({ tiers, approvals: [given('ada'), given('grace', { signed })] }));
    assert.deepEqual(
      byTier['critical']?.map(({ by, signed: isSigned }) => [by, isSigned]),
      [
        ['ada', undefined],
        ['grace', true],
      ],
    );
  });

  it("counts a person's older approval when the newer one is of a lost commit", () => {
    assert.deepEqual(
      countedBy(
        input({ approvals: [given('ada', { commit: EARLIER, at: 1 }), given('ada', { commit: LOST, at: 2 })] }),
      ),
      ['ada'],
    );
    assert.deepEqual(
      countedBy(
        input({
          approvals: [
            given('ada', { commit: EARLIER, at: 1 }),
            given('ada', { state: 'changes_requested', at: 2 }),
            given('ada', { commit: LOST, at: 3 }),
          ],
        }),
      ),
      [],
    );
  });

  it('joins the accounts of one person, also over a third one', () => {
    const { byTier } = countSignOffs(
      input({
        approvals: [
          given('x', { email: 'x@example.com' }),
          given('y', { email: 'y@example.com' }),
          given('x', { email: 'y@example.com', at: 2 }),
        ],
      }),
    );
    assert.equal(byTier['critical']?.length, 1);
  });

  it("does not count a person's approval while an account that may be theirs requests changes", () => {
    const by = (over: Partial<GivenApproval>, aliases: Record<string, string[]> = {}): readonly string[] =>
      countedBy(
        input({
          policy: policy({ people: { senior: ['ada@example.com'], mid: [], junior: [] }, aliases }),
          approvals: [
            given('ada@example.com', { at: 5 }),
            given('ada', { state: 'changes_requested', at: 9, ...over }),
          ],
        }),
      );
    assert.deepEqual(by({}), [], 'a signature by address, and a later word at the forge by login');
    assert.deepEqual(by({ at: null }), []);
    assert.deepEqual(by({ at: 1 }), ['ada@example.com'], 'signed after that');
    assert.deepEqual(by({ outsider: true }), ['ada@example.com'], 'an account from nowhere takes nothing back');
    assert.deepEqual(by({ by: 'zoe' }, { ada: ['ada@example.com'], zoe: ['zoe@example.com'] }), ['ada@example.com']);
    assert.deepEqual(by({}, { ada: ['ada@example.com'] }), [], 'the same person');
  });

  it('lists the files that each approver owns', () => {
    const ownersOf = (path: string): readonly string[] => (path === 'infra/a' ? ['ada@example.com', '@nobody'] : []);
    assert.deepEqual(
      countSignOffs(input({ approvals: [given('ada'), given('grace')], ownersOf })).byTier['critical']?.map(
        (one) => one.owns,
      ),
      [['infra/a'], []],
    );
  });

  const anyApproval = fc.record({
    by: fc.constantFrom('ada', 'Ada', 'ada@example.com', 'grace', 'bob', 'zoe', 'ci[bot]'),
    email: fc.constantFrom(null, 'ada@example.com', 'grace@example.com'),
    commit: fc.constantFrom(HEAD, EARLIER, LOST),
    state: fc.constantFrom('approved' as const, 'dismissed' as const, 'changes_requested' as const),
    at: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 5 })),
  });

  it('never counts the author or a contributor, for random approvals', () => {
    fc.assert(
      fc.property(
        fc.array(anyApproval),
        fc.constantFrom('ada', 'grace', 'bob'),
        fc.boolean(),
        (approvals, who, opens) => {
          const contributors = opens ? [] : [identityOf(who, who === 'ada' ? 'ada@example.com' : who)];
          const [first] = input().tiers;
          assert.ok(first);
          const result = countedBy(
            input({ approvals, opener: opens ? identityOf(who) : null, tiers: [{ ...first, contributors }] }),
          );
          assert.ok(!result.some((by) => by.toLowerCase().split('@')[0] === who));
        },
      ),
    );
  });

  it('one more request for changes never adds a sign-off, and nobody counts twice, for random approvals', () => {
    fc.assert(
      fc.property(fc.array(anyApproval), anyApproval, (approvals, last) => {
        const before = countedBy(input({ approvals }));
        const after = countedBy(input({ approvals: [...approvals, { ...last, state: 'changes_requested', at: 9 }] }));
        assert.ok(after.length <= before.length);
        assert.equal(new Set(before).size, before.length);
      }),
    );
  });

  it('gives every approval a reason when it does not count, for random approvals', () => {
    fc.assert(
      fc.property(fc.array(anyApproval), (approvals) => {
        for (const one of countSignOffs(input({ approvals })).each) assert.equal(one.counts, one.why === '');
      }),
    );
  });

  it('does not count an earlier approval when a file put into the tier by a finding changed', () => {
    const of = policy({ tiers: [tier({ paths: ['x'] })] });
    assert.deepEqual(
      countedBy(
        input({
          policy: of,
          approvals: [given('ada', { commit: EARLIER })],
          drift: new Map([[EARLIER, new Set(['infra/a'])]]),
        }),
      ),
      [],
    );
  });

  it('takes time in proportion to the approvals', () => {
    /** How often the names of people are read, of `count` approvals by as many people. */
    const readsOf = (count: number): number => {
      let reads = 0;
      const counting = (identity: Identity): Identity => ({
        get emails() {
          reads++;
          return identity.emails;
        },
        get logins() {
          reads++;
          return identity.logins;
        },
      });
      const { each } = countSignOffs(
        input({
          approvals: Array.from({ length: count }, (_, n) =>
            given(n % 2 === 0 ? `person${String(n)}` : `person${String(n)}@example.com`, {
              state: n % 3 === 0 ? 'changes_requested' : 'approved',
              at: n,
            }),
          ),
          mapped: counting,
        }),
      );
      assert.equal(each.length, count);
      return reads;
    };
    assert.ok(readsOf(4_000) <= 2.1 * readsOf(2_000));
    // Chains of names: each approval shares one with the next.
    const chain = Array.from({ length: 16_000 }, (_, n) =>
      given(`p${String(n)}`, { email: `p${String(n + 1)}@users.noreply.github.com`, at: n }),
    );
    assert.equal(countSignOffs(input({ approvals: chain })).each.length, 1);
  });

  describe('with a date in the future', () => {
    const NOW = Date.parse('2026-11-28T10:00:00Z');
    const HOUR = 3_600_000;
    const judged = (...approvals: readonly GivenApproval[]): readonly (readonly [boolean, string])[] =>
      countSignOffs(input({ approvals, now: NOW })).each.map(({ counts, why }) => [counts, why]);
    const withdrawn = (at: number, by = 'ada'): GivenApproval => given(by, { state: 'changes_requested', at });

    it('an approval: counts alone, and does not count beside a withdrawal of any date', () => {
      assert.deepEqual(judged(given('ada', { at: NOW + 1000 * HOUR })), [[true, '']]);
      for (const at of [NOW - HOUR, NOW, NOW + HOUR, NOW + 2000 * HOUR]) {
        const [first] = judged(given('ada', { at: NOW + 1000 * HOUR }), withdrawn(at));
        assert.equal(first?.[0], false, String(at - NOW));
        assert.match(first[1], /^its date lies in the future, /);
      }
    });

    it('an approval: does not count when somebody who may be the same person requested changes', () => {
      const [first] = judged(given('grace', { at: NOW + 1000 * HOUR }), withdrawn(NOW - HOUR, 'who@example.com'));
      assert.equal(first?.[0], false);
    });

    it('an approval: hides no later approval with a date of the past', () => {
      const late = given('ada', { at: NOW + 1000 * HOUR });
      assert.deepEqual(judged(late, withdrawn(NOW - 2 * HOUR), given('ada', { at: NOW - HOUR })), [[true, '']]);
    });

    it('a withdrawal: is the latest review until its date', () => {
      assert.deepEqual(judged(given('ada', { at: NOW - HOUR }), withdrawn(NOW + HOUR)), [
        [false, 'changes were requested since'],
      ]);
    });

    it('an approval: counts from now when only the clocks differ', () => {
      const minute = 60_000;
      assert.deepEqual(judged(withdrawn(NOW - HOUR), given('ada', { at: NOW + minute })), [[true, '']]);
      assert.equal(judged(given('ada', { at: NOW + 2 * minute }), withdrawn(NOW))[0]?.[0], false);
      assert.equal(judged(given('ada', { at: NOW + 2 * minute }), withdrawn(NOW + minute))[0]?.[0], false);
    });

    it('two reviews of one moment: the withdrawal is the later one', () => {
      for (const state of ['changes_requested', 'dismissed', 're-requested'] as const)
        for (const reviews of [
          [given('ada', { at: NOW }), given('ada', { state, at: NOW })],
          [given('ada', { state, at: NOW }), given('ada', { at: NOW })],
        ])
          assert.equal(judged(...reviews)[0]?.[0], false, state);
    });
  });
});
