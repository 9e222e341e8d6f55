import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { tierOf, type Policy } from '../../../src/policy';
import { adviceOf, parsePolicy } from '../../../src/policy/file/parse';
import { PRESETS, starterPolicy, type RepositoryFacts } from '../../../src/policy/starter';
import '../../support/seed';

const EMPTY: RepositoryFacts = { paths: [], owners: [], mergers: [], authors: [] };

function parsed(text: string): Policy {
  const answer = parsePolicy(new TextEncoder().encode(text));
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.policy;
}

const tierAt = (policy: Policy, path: string): string | undefined =>
  tierOf(policy, { path, from: null, findings: [] })?.tier.name;

describe('starterPolicy', () => {
  for (const preset of PRESETS) {
    it(`of the preset ${preset} is valid with two tiers for an empty repository`, () => {
      const policy = parsed(starterPolicy(EMPTY, preset));
      assert.deepEqual(
        policy.tiers.map(({ name }) => name),
        ['critical', 'standard'],
      );
      assert.ok(policy.tiers[0]?.any, 'AI-Risk names a tier that asks for something');
    });
  }

  for (const preset of PRESETS)
    it(`the starter of the preset ${preset}: has no warning of its own when one person works on a few files`, () => {
      const facts = { ...EMPTY, paths: ['src/main.ts'], authors: ['ada@example.com'] };
      const answer = parsePolicy(new TextEncoder().encode(starterPolicy(facts, preset)));
      assert.ok(answer.ok);
      const known = { paths: [...facts.paths, '.linekeeper.yml'], assistants: [], codeowners: '' };
      const advice = adviceOf(answer.policy, answer.placeOf, known);
      assert.deepEqual(advice, []);
    });

  it("puts the repository's infrastructure, migrations and payment code into critical, and nothing absent", () => {
    const policy = parsed(
      starterPolicy({
        ...EMPTY,
        paths: ['deploy/main.tf', 'app/migrations/001.sql', 'src/billing/pay.ts', 'package-lock.json', 'README.md'],
      }),
    );
    assert.equal(tierAt(policy, 'deploy/main.tf'), 'critical');
    assert.equal(tierAt(policy, 'app/migrations/002.sql'), 'critical');
    assert.equal(tierAt(policy, 'src/billing/refund.ts'), 'critical');
    assert.equal(tierAt(policy, 'app/migrations/README.md'), 'standard');
    assert.equal(tierAt(policy, 'src/main.ts'), 'standard');
    assert.equal(tierAt(policy, 'k8s/app.yaml'), 'standard', 'there is none here');
    assert.deepEqual(policy.generated, ['**/package-lock.json']);
  });

  it('the starter: has the people that the page for platform teams shows when one person committed', () => {
    const page = readFileSync(new URL('../../../docs/start-platform.md', import.meta.url), 'utf8');
    const shown = /^ +```yaml\n([^]*?)^ +```/m.exec(page)?.[1]?.replace(/^ {3}/gm, '') ?? '(none)';
    assert.ok(starterPolicy({ ...EMPTY, authors: ['ada@example.com'] }).includes(shown), shown);
  });

  it('lists as seniors the code owners, else who merged, else who committed', () => {
    const people = (facts: Partial<RepositoryFacts>): readonly string[] =>
      parsed(starterPolicy({ ...EMPTY, ...facts })).people['senior'] ?? [];
    const facts = {
      owners: ['@acme/platform', 'ada'],
      mergers: ['ben@example.com'],
      authors: ['cy@example.com', 'di@example.com'],
    };
    assert.deepEqual(people(facts), ['@acme/platform', 'ada']);
    assert.deepEqual(people({ ...facts, owners: [] }), ['ben@example.com']);
    assert.deepEqual(people({ authors: facts.authors }), ['cy@example.com']);
    assert.deepEqual(people({}), []);
  });

  it('is valid with two tiers for random file names and people', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('"', '\n- name: x', ': #', '@a/b', 'x@y\u2028z'),
    );
    fc.assert(
      fc.property(
        fc.record({
          paths: fc.array(name),
          owners: fc.array(fc.emailAddress()),
          mergers: fc.array(fc.emailAddress()),
          authors: fc.array(name),
        }),
        (facts) => {
          const policy = parsed(
            starterPolicy({ ...facts, authors: facts.authors.filter((one) => /^[^\s@]+@[^\s@]+$/.test(one)) }),
          );
          assert.equal(policy.tiers.length, 2);
        },
      ),
    );
  });
});
