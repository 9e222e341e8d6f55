/** A change of a repository and the same as a literal have the same answer: what the tests of test/review/gate rest on. */
import assert from 'node:assert/strict';
import type { CheckResult, GivenApproval } from '../../../src/review/gate';
import { approved, bySubject, GRACE, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch, type LiteralQuestion } from '../../support/gate-literals';
import { BOB, CARL, type Person } from '../../support/repository';
import { Branch } from '../../support/gate';

type Files = Readonly<Record<string, string | null>>;
type Step = readonly [message: string, files: Files, as: Person, where?: 'base'];

interface Case {
  readonly base?: Readonly<Record<string, string>>;
  readonly policy?: string;
  readonly steps: readonly Step[];
  /** `ids`: of the steps' commits. */
  readonly question?: (ids: readonly string[]) => Pick<LiteralQuestion, 'actor' | 'approvals' | 'emergency'>;
}

const OPEN =
  'version: 1\ntitle: Orders were down\nbegan: 2026-03-01T10:00:00Z\nstate: open\npaths: ["infra/**"]\nlessons:\n  - { path: "infra/**", pattern: "five", message: "nobody counted" }\n';

const CASES: Readonly<Record<string, Case>> = {
  'two people and an assistant changed one file, and a line is gone again': {
    base: { 'infra/a.tf': numbered(20), 'src/a.ts': 'a\n' },
    steps: [
      ['ai: replace', { 'infra/a.tf': numbered(20).replace('line 5\n', 'five\nfive and a half\n') }, CARL],
      ['human: mend', { 'infra/a.tf': numbered(20).replace('line 5\n', 'five, by hand\n') }, BOB],
      ['something', { 'infra/b.tf': numbered(3), 'src/a.ts': null }, GRACE],
    ],
  },
  'lines were indented, and moved to another file': {
    base: { 'infra/a.tf': numbered(20) },
    steps: [
      ['ai: five lines', { 'infra/a.tf': numbered(20) + numbered(5, 'resource bucket') }, CARL],
      ['human: indent', { 'infra/a.tf': numbered(20) + numbered(5, '  resource bucket') }, BOB],
      ['human: move', { 'infra/a.tf': numbered(20), 'infra/b.tf': numbered(5, '\tresource bucket') }, GRACE],
    ],
  },
  'a file was renamed as it is': {
    base: { 'src/a.ts': numbered(30) },
    steps: [['human: move', { 'src/a.ts': null, 'infra/a.tf': numbered(30) }, CARL]],
  },
  'a senior signed an earlier head, and another tier went on': {
    base: { 'infra/a.tf': numbered(10), 'src/a.ts': 'a\n' },
    steps: [
      ['ai: change', { 'infra/a.tf': numbered(11) }, CARL],
      ['human: on', { 'src/a.ts': 'b\n' }, CARL],
    ],
    question: ([first = '']) => ({ approvals: [approved('ada', first), approved('bob', first)] }),
  },
  'the tier went on since it was signed, and somebody asked for changes': {
    base: { 'infra/a.tf': numbered(10) },
    steps: [
      ['ai: change', { 'infra/a.tf': numbered(11) }, CARL],
      ['ai: on', { 'infra/a.tf': numbered(12) }, CARL],
    ],
    question: ([first = '', second = '']) => ({
      approvals: [approved('ada', first), approved('grace', second, { state: 'changes_requested' })],
    }),
  },
  'the .mailmap of the base names an author, who signs': {
    base: { '.mailmap': 'Grace <grace@example.com> <g@laptop.local>\n' },
    steps: [['ai: change', { 'infra/a.tf': 'x\n' }, { name: 'G', email: 'g@laptop.local' }]],
    question: ([head = '']): { approvals: readonly GivenApproval[] } => ({ approvals: [approved('grace', head)] }),
  },
  'owners of the base decide, and the branch makes itself one': {
    base: { '.github/CODEOWNERS': '* @bob\n/infra/ @grace\n' },
    steps: [
      ['ai: change', { 'infra/a.tf': 'x\n' }, { name: 'Ada', email: 'ada@example.com' }],
      ['human: mine', { '.github/CODEOWNERS': '* @ada\n' }, { name: 'Ada', email: 'ada@example.com' }],
    ],
    question: (ids) => ({ actor: 'ada', approvals: [approved('grace', ids[1] ?? '')] }),
  },
  'the base went on, and has some lines already': {
    base: { 'infra/a.tf': numbered(6) },
    steps: [
      ['ai: first', { 'infra/a.tf': `${numbered(6)}one\ntwo\nthree\n`, 'infra/b.tf': 'b\n' }, CARL],
      ['ai: all of it', { 'infra/a.tf': `${numbered(6)}one\ntwo\nthree\n`, 'infra/b.tf': 'b\n' }, GRACE, 'base'],
    ],
  },
  'an incident is open, has a lesson, and it is an emergency': {
    base: { '.linekeeper/incidents/2026-03-01-orders.yml': OPEN, 'infra/a.tf': numbered(6) },
    steps: [['ai: change', { 'infra/a.tf': `${numbered(6)}five\n` }, CARL]],
    question: ([head = '']) => ({ emergency: 'orders are down', approvals: [approved('zoe', head)] }),
  },
  'the policy exempts what is older, and the message claims an assistant': {
    steps: [
      ['ai: before', { 'infra/a.tf': numbered(3) }, CARL],
      ['human: typed\n\nCo-authored-by: Copilot <copilot@github.com>', { 'infra/b.tf': 'typed\n' }, CARL],
      ['no newline', { 'infra/c.tf': 'a\r\nb' }, BOB],
    ],
    policy: POLICY.replace('tiers:', 'unknown: human\nassistants: { allowed: [kiro] }\ntiers:'),
  },
};

describe('a change of a repository and as a literal', () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  for (const [what, { base, policy, steps, question }] of Object.entries(CASES))
    it(`check: says the same of a repository and of a literal when ${what}`, async () => {
      branch = await Branch.create(base, policy);
      const literal = new LiteralBranch(base, policy);
      const ids: string[] = [];
      for (const [message, files, as, where] of steps) {
        if (where === 'base') {
          await branch.repo.git('checkout', '--quiet', 'main');
          ids.push(await branch.commit(message, files, as));
          await branch.repo.git('checkout', '--quiet', 'topic');
        } else ids.push(await branch.commit(message, files, as));
      }
      const literalIds = steps.map(([message, files, as, where]) =>
        where === 'base' ? literal.commitToBase(message, files, as) : literal.commit(message, files, as),
      );
      const of = (named: readonly string[]): LiteralQuestion => ({ attributionOf: bySubject, ...question?.(named) });
      const start = await branch.repo.git('rev-list', '--max-parents=0', 'topic');
      assert.deepEqual(
        named(await literal.check(of(literalIds)), [literal.start, ...literalIds]),
        named(await branch.check(of(ids)), [start, ...ids]),
      );
    });
});

/** The result with each commit's id, whole or short, in the words `commit 0` and so on. */
function named(result: CheckResult, ids: readonly string[]): unknown {
  const text = ids.reduce(
    (said, id, at) => said.replaceAll(id, `commit ${String(at)}`).replaceAll(id.slice(0, 12), `commit ${String(at)}`),
    JSON.stringify(result),
  );
  return JSON.parse(text) as unknown;
}
