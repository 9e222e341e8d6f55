import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  identityOf,
  isBot,
  isOwner,
  isSamePerson,
  levelOf,
  levelOfChange,
  LEVELS,
  type Identity,
  type KnownLevel,
  type Level,
  type Policy,
  type Teams,
} from '../../src/policy';
import { policy } from '../support/policies';

const PEOPLE = policy({
  people: {
    senior: ['ada@example.com', '@acme/seniors'],
    mid: ['bob', '@acme/engineers'],
    junior: ['carl@example.com'],
  },
  aliases: { ada: ['ada@example.com', 'ada@home.example'], eve: ['eve@example.com'] },
  bots: ['renovate[bot]', 'ci@example.com'],
});
const TEAMS: Teams = { '@acme/seniors': ['grace'], '@acme/engineers': ['grace', 'eve', 'dan'] };
const level = (...names: string[]): Level => levelOf(PEOPLE, identityOf(...names), TEAMS).level;

describe('levelOf: the level of a person', () => {
  it('is found by e-mail address or login, in any case', () => {
    assert.deepEqual(
      [level('ada@example.com'), level('ADA@Example.COM'), level('bob'), level('@Bob'), level('carl@example.com')],
      ['senior', 'senior', 'mid', 'mid', 'junior'],
    );
  });

  it('is found by any of their aliases', () => {
    assert.deepEqual([level('ada@home.example'), level('ada'), level('eve@example.com')], ['senior', 'senior', 'mid']);
  });

  it('is found by the noreply addresses of GitHub and GitLab', () => {
    assert.deepEqual(
      [
        level('12345+ada@users.noreply.github.com'),
        level('bob@users.noreply.github.com'),
        level('77-bob@users.noreply.gitlab.com'),
        level('bob@noreply.example.com'),
      ],
      ['senior', 'mid', 'mid', 'junior'],
    );
  });

  it('is the highest of their teams, unless they are listed by name', () => {
    assert.deepEqual([level('grace'), level('dan'), level('dan', 'carl@example.com')], ['senior', 'mid', 'junior']);
  });

  it('is the lowest when several of their names are listed', () => {
    assert.equal(level('ada@example.com', 'carl@example.com'), 'junior');
  });

  it("is the policy's unlisted level for anyone else", () => {
    assert.equal(level('zoe@example.com'), 'junior');
    assert.equal(levelOf({ ...PEOPLE, unlisted: 'mid' }, identityOf('zoe'), TEAMS).level, 'mid');
    assert.equal(levelOf(PEOPLE, identityOf(), TEAMS).level, 'junior');
  });

  it('is unknown when a team could not be resolved, and counts as the lowest it may be', () => {
    assert.deepEqual(levelOf(PEOPLE, identityOf('zoe'), {}), {
      level: 'junior',
      known: false,
      unresolved: ['@acme/engineers', '@acme/seniors'],
    });
    assert.deepEqual(levelOf(PEOPLE, identityOf('dan'), { '@acme/engineers': ['dan'] }), {
      level: 'mid',
      known: false,
      unresolved: ['@acme/seniors'],
    });
    assert.deepEqual(levelOf(PEOPLE, identityOf('grace'), { '@acme/seniors': ['grace'] }), {
      level: 'senior',
      known: true,
      unresolved: [],
    });
    assert.equal(levelOf(PEOPLE, identityOf('ada'), {}).known, true);
    const generous: Policy = {
      ...PEOPLE,
      unlisted: 'senior',
      people: { senior: [], mid: [], junior: ['@acme/interns'] },
    };
    assert.deepEqual(levelOf(generous, identityOf('zoe'), {}), {
      level: 'junior',
      known: false,
      unresolved: ['@acme/interns'],
    });
  });

  it('is never raised by an unverified address, but may be lowered by one', () => {
    const unverified = (address: string, login?: string): Level =>
      levelOf(PEOPLE, { emails: [{ address, verified: false }], logins: login === undefined ? [] : [login] }, TEAMS)
        .level;
    assert.deepEqual(
      [unverified('ada@example.com'), unverified('ada@example.com', 'bob'), unverified('carl@example.com', 'bob')],
      ['junior', 'mid', 'junior'],
    );
  });

  it('is never raised by an unverified address, for random people', () => {
    const names = fc.subarray(['ada', 'bob', 'dan', 'grace', 'eve', 'zoe']);
    const address = fc.constantFrom(
      'ada@example.com',
      'eve@example.com',
      'carl@example.com',
      '1+bob@users.noreply.github.com',
      'x@y.z',
    );
    fc.assert(
      fc.property(names, address, fc.constantFrom(...LEVELS), (logins, unsure, unlisted) => {
        const of: Policy = { ...PEOPLE, unlisted };
        const without: Identity = { emails: [], logins };
        const rank = (identity: Identity): number =>
          (LEVELS as readonly string[]).indexOf(levelOf(of, identity, TEAMS).level);
        assert.ok(rank({ ...without, emails: [{ address: unsure, verified: false }] }) <= rank(without));
      }),
    );
  });
});

describe("levelOfChange: the level of a change's authors", () => {
  const known = (of: Level): KnownLevel => ({ level: of, known: true, unresolved: [] });
  it('is the lowest of its authors', () => {
    assert.equal(levelOfChange(PEOPLE, [known('senior'), known('mid')]).level, 'mid');
    assert.equal(levelOfChange(PEOPLE, [known('senior')]).level, 'senior');
    assert.equal(levelOfChange(PEOPLE, []).level, 'junior');
  });

  it('is known when another author is certain to have it', () => {
    const maybe: KnownLevel = { level: 'junior', known: false, unresolved: ['@a/b'] };
    assert.deepEqual(levelOfChange(PEOPLE, [maybe, known('mid')]), {
      level: 'junior',
      known: false,
      unresolved: ['@a/b'],
    });
    assert.deepEqual(levelOfChange(PEOPLE, [maybe, known('junior')]), { level: 'junior', known: true, unresolved: [] });
  });
});

describe('identities of a person', () => {
  it('isSamePerson joins login, aliases and noreply address', () => {
    const same = (a: string, b: string): boolean => isSamePerson(PEOPLE, identityOf(a), identityOf(b));
    assert.ok(same('ada', 'ada@home.example'));
    assert.ok(same('9+Ada@users.noreply.github.com', 'ada@example.com'));
    assert.ok(!same('ada', 'bob'));
    assert.ok(!isSamePerson(PEOPLE, identityOf(), identityOf()));
  });

  it('isOwner matches a CODEOWNERS entry by login, address or team', () => {
    const owns = (who: string, owner: string): boolean => isOwner(PEOPLE, identityOf(who), owner, TEAMS);
    assert.ok(owns('ada@home.example', '@Ada'));
    assert.ok(owns('ada', 'ada@example.com'));
    assert.ok(owns('grace', '@acme/seniors'));
    assert.ok(!owns('dan', '@acme/seniors'));
    assert.ok(!owns('grace', '@acme/unresolved'));
  });

  it("isBot knows the policy's bots and [bot] accounts", () => {
    assert.ok(isBot(PEOPLE, identityOf('ci@example.com')));
    assert.ok(isBot(PEOPLE, identityOf('49699333+dependabot[bot]@users.noreply.github.com')));
    assert.ok(!isBot(PEOPLE, identityOf('ada')));
  });
});
