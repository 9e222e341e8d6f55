/** Ways that were tried past the gate, each with the answer that it must have. Names of refs and files: evasions.git.test.ts. */
import assert from 'node:assert/strict';
import { FORMATS, type AttributionOf, type GivenApproval } from '../../../src/review/gate';
import { CARL } from '../../support/repository';
import { approved, bySubject, counted, GRACE, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const LARGE = `version: 1
people: { senior: [ada@example.com], mid: [grace@example.com] }
own: [Makefile]
generated: ["dist/**", "**/*.lock"]
tiers:
  - name: critical
    paths: ["infra/prod/**"]
    review:
      any: { from: mid }
      ai: { at-least: { lines: 1000 }, junior: { from: senior, approvals: 2 } }
  - name: standard
    paths: ["**"]
    review: { ai: { at-least: { lines: 20 }, junior: { from: senior } } }
`;

describe('ways past the gate', () => {
  let branch: LiteralBranch;
  const asked = async (tier: string): Promise<readonly string[]> =>
    (await branch.check({ actor: 'carl@example.com', approvals: null })).tiers
      .find(({ name }) => name === tier)
      ?.required.map(({ kind, from, approvals }) => `${kind} ${String(from)} ${String(approvals)}`) ?? [];
  const verdict = async (approvals: readonly GivenApproval[]): Promise<string> =>
    (await branch.check({ actor: 'carl@example.com', approvals })).verdict;

  it('a binary file: needs the review when the tier asks for many lines', async () => {
    branch = new LiteralBranch({}, LARGE);
    branch.commit('change', { 'src/data.bin': new Uint8Array([1, 0, 2, 10, 0]) }, CARL);
    assert.deepEqual(await asked('standard'), ['ai senior 1']);
  });

  it('lines: become unknown when AI-Risk names their tier and the note has no AI there', async () => {
    branch = new LiteralBranch({}, LARGE.replace('lines: 1000', 'lines: 1').replace('any: { from: mid }', ''));
    branch.commit(
      'human: change\n\nAI-Lines: +5 -0 of +10 -0\nAI-Risk: critical',
      { 'infra/prod/main.tf': numbered(5), 'docs/a.md': numbered(5, 'word') },
      CARL,
    );
    const mixed: AttributionOf = async (ids) => {
      const of = await bySubject(ids);
      return (commit, changes) => {
        const authors = of(commit, changes);
        return (
          authors && {
            ...authors,
            files: authors.files.map((file) =>
              file.path === 'docs/a.md'
                ? {
                    ...file,
                    ranges: file.ranges.map((range) => ({ ...range, author: 'ai' as const, assistant: 'kiro' })),
                  }
                : file,
            ),
          }
        );
      };
    };
    const result = await branch.check({ attributionOf: mixed });
    assert.deepEqual(counted(result), [
      'critical infra/prod/main.tf +0/0/5 -0/0/0',
      'standard docs/a.md +5/0/0 -0/0/0',
    ]);
    assert.deepEqual(
      result.tiers[0]?.required.map(({ kind, satisfied }) => [kind, satisfied]),
      [['ai', false]],
    );
  });

  for (const own of ['Makefile', '.linekeeper.yml', 'CODEOWNERS'])
    it(`a change of ${own}: needs the most that any tier asks for when a person made it`, async () => {
      branch = new LiteralBranch({}, LARGE);
      branch.commit('human: change', { [own]: own === '.linekeeper.yml' ? `${LARGE}# more\n` : 'all:\n' }, CARL);
      assert.ok((await asked('critical')).includes('any senior 2'));
    });

  it('a head: passes with a question when the base has it already', async () => {
    branch = new LiteralBranch();
    branch.commit('ai: change', { 'infra/a.tf': numbered(3) }, CARL);
    const swapped = await branch.check({ base: 'topic', head: 'main', approvals: null, actor: null });
    assert.equal(swapped.verdict, 'pass');
    assert.match(swapped.notices.join(), /nothing to check\. Were the two meant/);
    assert.match(FORMATS.text.render(swapped), /^Pass: nothing to check, since the base has every commit of the head/);
    assert.match((await branch.check({ base: 'main', head: 'main' })).notices.join(), /the same commit/);
  });

  it('an approval: is not matched with the login when the noreply address is of another host', async () => {
    branch = new LiteralBranch({}, POLICY.replace('ada@example.com, grace@example.com]', 'ada]'));
    const head = branch.commit('change', { 'infra/a.tf': numbered(3) }, CARL);
    const by = async (address: string): Promise<string> =>
      verdict([approved(address, head, { email: null, at: null })]);
    assert.deepEqual(
      [await by('1+ada@users.noreply.evil.example'), await by('1+ada@users.noreply.github.com')],
      ['fail', 'pass'],
    );
  });

  it("an approval: does not count when the change's own author gives it", async () => {
    branch = new LiteralBranch();
    const head = branch.commit('change', { 'infra/a.tf': numbered(3) }, GRACE);
    assert.equal(await verdict([approved('grace@example.com', head, { email: null, at: null })]), 'fail');
  });
});
