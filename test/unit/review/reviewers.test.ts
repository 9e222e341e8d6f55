import assert from 'node:assert/strict';
import { parseCodeowners } from '../../../src/policy';
import { suggestReviewers, type ReviewerFacts } from '../../../src/review/reviewers';
import type { Policy } from '../../../src/policy';
import { decision, policy, required, tier } from './facts';

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

describe('whom to ask', () => {
  it('names people of the level asked by their logins, one more than needed', () => check(['ada', 'grace'], {}));

  it('names an address where no login is known', () =>
    check(['lin@example.com'], { people: { senior: ['lin@example.com'], mid: [], junior: [] } }));

  it('names owners of the files first', () => check(['grace', 'ada'], { codeowners: '/infra/ @grace' }));

  it('never names the author, under any of their names', () => {
    check(['grace', 'lin@example.com'], { authors: ['ADA@home.example'] });
    check(['grace', 'lin@example.com'], { authors: ['1234+ada@users.noreply.github.com'] });
    check(['ada', 'lin@example.com'], { authors: ['@grace'], codeowners: '* @Grace' });
    check([], { people: { senior: ['ada'], mid: [], junior: [] }, authors: ['ada@example.com'] });
  });

  it('names those with the fewest open requests first, owners before others, where that is known', () => {
    const openRequests = new Map([
      ['ada', 3],
      ['grace', 1],
    ]);
    const people = { senior: ['ada', 'grace', 'zoe', 'lin@example.com'], mid: [], junior: [] };
    check(['zoe', 'grace'], { people, openRequests });
    check(['grace', 'ada'], { people, openRequests, codeowners: '* @ada @grace' });
    check(['ada', 'grace'], { people, openRequests: new Map() });
  });

  it('never names a bot', () => check(['ada', 'lin@example.com'], { bots: ['grace'] }));

  it('asks a team alone, for it is many people', () => {
    check(['acme/seniors'], { people: { senior: ['@acme/seniors', 'grace'], mid: [], junior: [] } });
  });

  it('takes the level asked before those above it', () => check(['kim', 'ada'], { decision: asks({ from: 'mid' }) }));

  it('asks an owner where the policy wants one, also one whose level is not known here', () => {
    check(['lin@example.com', 'ada'], {
      decision: asks({ codeOwner: true }),
      codeowners: '* lin@example.com @stranger',
    });
    check(['acme/infra'], { decision: asks({ codeOwner: true }), codeowners: '* @acme/infra' });
  });

  it('asks only about the files of the tier that asks', () =>
    check(['grace', 'ada'], { codeowners: '/infra/ @grace\n/src/ @lin' }));

  it('lets one person stand for several requirements', () => {
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

  it('never names more than three', () => {
    check(['ada', 'grace', 'lin@example.com'], { decision: asks({ approvals: 9 }), codeowners: '* @x @y @z @jo' });
  });

  it('does not ask again who has signed already', () => {
    check(['grace', 'lin@example.com'], { decision: asks({ approvals: 2, by: ['ada@home.example'] }) });
  });

  it('names a senior to look at it where nothing is asked any more', () => {
    check(['ada', 'grace'], { decision: asks({ satisfied: true }) });
    check(['ada', 'grace'], { decision: decision({ tiers: [] }) });
  });

  it('names nobody where nobody is known', () => check([], { people: { senior: [], mid: [], junior: [] } }));

  it('leaves out what cannot be a name', () => {
    check(['grace'], { people: { senior: ['a b', 'x\u001b[31m', 'y\u202e', '', 'grace'], mid: [], junior: [] } });
  });

  it('leaves out roles, which nobody can be asked by', () =>
    check(['ada', 'grace'], { decision: asks({ codeOwner: true }), codeowners: '* @@maintainer' }));
});
