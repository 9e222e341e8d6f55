/** The level that a change is judged at. */
import assert from 'node:assert/strict';
import { GRACE, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';
import { CARL } from '../../support/repository';

describe('the level of a change', () => {
  const level = async (author: typeof CARL, committer: typeof CARL): Promise<readonly unknown[]> => {
    const branch = new LiteralBranch({}, POLICY);
    branch.commit('ai: change', { 'infra/a.tf': 'x\n' }, author, { committer });
    const result = await branch.check({ actor: 'grace' });
    return [result.level, result.authors.map(({ email }) => email)];
  };

  it("the level: is the author's when a senior committed for a junior", async () => {
    assert.deepEqual(await level(CARL, GRACE), ['junior', [CARL.email]]);
  });

  it("the level: is not the committer's when a junior committed for a senior", async () => {
    assert.deepEqual(await level(GRACE, CARL), ['senior', [GRACE.email]]);
  });
});
