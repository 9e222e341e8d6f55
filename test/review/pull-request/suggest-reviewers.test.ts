import assert from 'node:assert/strict';
import { parseCodeowners } from '../../../src/policy';
import { suggestReviewers, type ReviewerFacts } from '../../../src/review/pull-request/suggest-reviewers';
import type { Policy } from '../../../src/policy';
import { decision, policy, required, tier } from '../../support/review-facts';

function check(
  expected: readonly string[],
  facts: Partial<Omit<ReviewerFacts, 'ownersOf' | 'policy'>> &
    Partial<Pick<Policy, 'people' | 'aliases' | 'bots'>> & { codeowners?: string },
): void {
  const {
    codeowners = '',
    people = { senior: ['ada@example.com', 'grace', 'lin@example.com'], mid: ['kim'], junior: ['jo'] },
    aliases = { ada: ['ada@example.com', 'ada@home.example'] },
    bots = [],
    ...more
  } = facts;
  const answer = suggestReviewers({
    decision: decision(),
    paths: ['infra/prod/main.tf', 'src/cost.ts'],
    policy: policy({ people, aliases, bots }),
    authors: ['jo@example.com'],
    ...more,
    ownersOf: parseCodeowners(codeowners),
  });
  assert.deepEqual(answer, expected);
}

const asks = (more: Parameters<typeof required>[0], files = ['infra/prod/main.tf']): ReturnType<typeof decision> =>
  decision({ tiers: [tier('critical', files, { required: [required(more)] })] });

describe('suggested reviewers', () => {
  it('are people of the required level by login, one more than needed', () => check(['ada', 'grace'], {}));

  it('have an e-mail address when no login is known', () =>
    check(['lin@example.com'], { people: { senior: ['lin@example.com'], mid: [], junior: [] } }));

  it('owners of the files come first', () => check(['grace', 'ada'], { codeowners: '/infra/ @grace' }));

  it('the author is left out, under any of their names', () => {
    check(['grace', 'lin@example.com'], { authors: ['ADA@home.example'] });
    check(['grace', 'lin@example.com'], { authors: ['1234+ada@users.noreply.github.com'] });
    check(['ada', 'lin@example.com'], { authors: ['@grace'], codeowners: '* @Grace' });
    check([], { people: { senior: ['ada'], mid: [], junior: [] }, authors: ['ada@example.com'] });
  });

  it('people with the fewest open requests come first, owners before others', () => {
    const openRequests = new Map([
      ['ada', 3],
      ['grace', 1],
    ]);
    const people = { senior: ['ada', 'grace', 'zoe', 'lin@example.com'], mid: [], junior: [] };
    check(['zoe', 'grace'], { people, openRequests });
    check(['grace', 'ada'], { people, openRequests, codeowners: '* @ada @grace' });
    check(['ada', 'grace'], { people, openRequests: new Map() });
  });

  it('bots are left out', () => check(['ada', 'lin@example.com'], { bots: ['grace'] }));

  it('a team is suggested alone', () => {
    check(['acme/seniors'], { people: { senior: ['@acme/seniors', 'grace'], mid: [], junior: [] } });
  });

  it('the required level comes before higher ones', () => check(['kim', 'ada'], { decision: asks({ from: 'mid' }) }));

  it('an owner is suggested when the policy wants one, even of unknown level', () => {
    check(['lin@example.com', 'ada'], {
      decision: asks({ codeOwner: true }),
      codeowners: '* lin@example.com @stranger',
    });
    check(['acme/infra'], { decision: asks({ codeOwner: true }), codeowners: '* @acme/infra' });
  });

  it("only owners of the tier's own files count", () =>
    check(['grace', 'ada'], { codeowners: '/infra/ @grace\n/src/ @lin' }));

  it('one person can meet several requirements', () => {
    const both = decision({
      tiers: [tier('critical', ['a'], { required: [required(), required({ kind: 'any', from: 'mid' })] })],
    });
    check(['ada', 'grace'], { decision: both });
    const same = decision({
      tiers: [
        tier('critical', ['a'], { required: [required(), required({ kind: 'any' })] }),
        tier('high', ['b'], { required: [required({ from: 'mid' })] }),
      ],
    });
    check(['ada', 'grace'], { decision: same });
  });

  it('there are at most three', () => {
    check(['ada', 'grace', 'lin@example.com'], { decision: asks({ approvals: 9 }), codeowners: '* @x @y @z @jo' });
  });

  it('people who have signed off are left out', () => {
    check(['grace', 'lin@example.com'], { decision: asks({ approvals: 2, by: ['ada@home.example'] }) });
  });

  it('seniors are suggested when nothing is required', () => {
    check(['ada', 'grace'], { decision: asks({ satisfied: true }) });
    check(['ada', 'grace'], { decision: decision({ tiers: [] }) });
  });

  it('there are none when the policy lists nobody', () => check([], { people: { senior: [], mid: [], junior: [] } }));

  it('malformed names are left out', () => {
    check(['grace'], { people: { senior: ['a b', 'x\u001b[31m', 'y\u202e', '', 'grace'], mid: [], junior: [] } });
  });

  it('roles are left out, as they cannot be asked', () =>
    check(['ada', 'grace'], { decision: asks({ codeOwner: true }), codeowners: '* @@maintainer' }));
});
