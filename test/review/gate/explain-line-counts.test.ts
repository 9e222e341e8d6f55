/** The gate says why lines count as they do, where they are counted. */
import assert from 'node:assert/strict';
import { FORMATS, type AttributionOf, type CheckResult } from '../../../src/review/gate';
import { BOB, CARL } from '../../support/repository';
import { bySubject, POLICY, counted, numbered } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const reasons = (result: CheckResult, tier = 'critical'): string => (result.why?.[tier] ?? []).join('\n');

describe('why lines count as they do', () => {
  let branch: LiteralBranch;
  beforeEach(() => {
    branch = new LiteralBranch({ 'infra/a.tf': numbered(6) });
  });

  it('a reason: names the assistant when the message claims it and the note has no line of it', async () => {
    const id = branch.commit(
      'human: typed\n\nCo-authored-by: Copilot <copilot@github.com>',
      { 'infra/a.tf': `${numbered(6)}typed\n` },
      CARL,
    );
    const result = await branch.check();
    assert.deepEqual(counted(result), ['critical infra/a.tf +0/0/1 -0/0/0']);
    assert.match(
      reasons(result),
      new RegExp(`^1 line of ${id.slice(0, 12)}: its message claims github-copilot, .*git\\.addAICoAuthor`),
    );
    for (const format of ['text', 'markdown', 'json'] as const)
      assert.match(FORMATS[format].render(result), /its message claims/, format);
  });

  it('a reason: says that no record exists when there is none, and to set since for older lines', async () => {
    branch.commit('one', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    branch.commit('two', { 'infra/b.tf': 'two\nthree\n' }, BOB);
    assert.match(
      reasons(await branch.check()),
      /^3 lines of [0-9a-f]{12} and 1 other commit: no record says who wrote them\..* set "since" in the policy/,
    );
  });

  it('a reason: says so when the note names nobody for the line', async () => {
    branch.commit('change', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    const attributionOf: AttributionOf = async (ids) => {
      const authorsOf = await bySubject(ids);
      return (commit, changes) => {
        const known = authorsOf(commit, changes);
        return known && { ...known, provenance: 'note' };
      };
    };
    assert.match(
      reasons(await branch.check({ attributionOf })),
      /^1 line of [0-9a-f]{12}: nothing recorded who wrote it\. A script/,
    );
  });

  it('a reason: says so when the note is missing here', async () => {
    branch.commit(
      'change\n\nAssisted-by: kiro\nAI-Lines: +1 -0 of +2 -0',
      { 'infra/a.tf': `${numbered(6)}one\ntwo\n` },
      CARL,
    );
    assert.match(reasons(await branch.check()), /^2 lines of [0-9a-f]{12}: .*its note is missing here\.$/);
  });

  it('a reason: is not given when every line has an author', async () => {
    branch.commit('ai: change', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    branch.commit('human: change', { 'infra/b.tf': 'two\n' }, CARL);
    assert.deepEqual((await branch.check()).why, {});
  });

  it('the notice of lines that the base has: does not come when it has an equal line by chance', async () => {
    branch.commit('ai: first', { 'infra/a.tf': `${numbered(6)}one {\n}\n` }, CARL);
    branch.commitToBase('human: other', { 'infra/a.tf': `${numbered(6)}other {\n}\n` }, BOB);
    const result = await branch.check();
    assert.deepEqual([result.verdict, result.why], ['fail', {}]);
  });

  it('a reason: does not say to set since when the policy has it', async () => {
    const first = branch.base;
    branch.commitToBase('human: since', { '.linekeeper.yml': `${POLICY}since: ${first}\n` }, CARL);
    const commit = (name: string): string =>
      branch.commit(name, { [`infra/${name}.tf`]: `${numbered(6)}\n` }, CARL).slice(0, 12);
    const [one, two] = [commit('one'), commit('two')];
    const said = `"linekeeper declare --mine (?:${one} ${two}|${two} ${one})"\\.$`;
    assert.match(reasons(await branch.check()), new RegExp(`Their author can run ${said}`));
  });
});
