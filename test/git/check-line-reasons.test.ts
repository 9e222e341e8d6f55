/** The gate says why lines count as they do, where they are counted. */
import assert from 'node:assert/strict';
import { traceCommit } from '../../src/after-merge';
import { FORMATS, unknownReasonsOfCommit, type AttributionOf, type CheckResult } from '../../src/gate';
import { hunksToRead } from '../../src/review/hunks';
import { askJson, builtCli, linekeeper } from '../support/product';
import { BOB, CARL } from '../support/repository';
import { Branch, bySubject, POLICY, counted, numbered } from './gate-support';

const reasons = (result: CheckResult, tier = 'critical'): string => (result.why?.[tier] ?? []).join('\n');

describe('linekeeper check, on unknown lines:', () => {
  let branch: Branch;
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(6) });
  });
  afterEach(() => branch.repo.dispose());

  it('names the assistant that the message claims and the note has no line of', async () => {
    const id = await branch.commit(
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

  it('says that no record exists, and to set since for lines older than the policy', async () => {
    await branch.commit('one', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    await branch.commit('two', { 'infra/b.tf': 'two\nthree\n' }, BOB);
    assert.match(
      reasons(await branch.check()),
      /^3 lines of [0-9a-f]{12} and 1 other commit: no record says .*\(since\)/,
    );
  });

  it('says that the note names nobody for the line', async () => {
    await branch.commit('change', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    const attributionOf: AttributionOf = async (ids) => {
      const authorsOf = await bySubject(ids);
      return (commit, changes) => {
        const known = authorsOf(commit, changes);
        return known && { ...known, provenance: 'note' };
      };
    };
    assert.match(
      reasons(await branch.check({ attributionOf })),
      /^1 line of [0-9a-f]{12}: its note names nobody for it, because nothing recorded that change/,
    );
  });

  it('show, status, trace and review give the same reason', async () => {
    await builtCli();
    const id = await branch.commit('one', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    const { why } = await askJson<{ why: readonly string[] }>(branch.repo, 'show');
    assert.deepEqual(why, (await branch.check()).why?.['critical']);
    const repository = branch.repo.repository();
    assert.deepEqual(await unknownReasonsOfCommit(repository, id), why);
    const { missing } = await traceCommit({ repository, now: Date.now }, id);
    assert.ok(missing.includes(why[0] ?? ''), missing.join('\n'));
    const { hunks, whyUnknown } = await hunksToRead(repository, {
      base: await branch.repo.git('rev-parse', 'main'),
      head: id,
      baseName: 'main',
      attributionOf: bySubject,
    });
    assert.deepEqual([hunks[0]?.added[0]?.unknownIn, whyUnknown], [id, { [id]: why[0] }]);
    const { stdout } = await linekeeper(branch.repo, ['show']);
    assert.match(stdout, /^ {2}1 line of [0-9a-f]{12}: no record says who wrote it\./m);
    branch.repo.write('infra/a.tf', `${numbered(6)}one\ntwo\nthree\n`);
    assert.match(
      (await linekeeper(branch.repo, ['status'])).stdout,
      /^ {2}2 lines: no record says who wrote them\. If you know: linekeeper declare PATH --human/m,
    );
  });

  it('says that the note is missing here', async () => {
    await branch.commit(
      'change\n\nAssisted-by: kiro\nAI-Lines: +1 -0 of +2 -0',
      { 'infra/a.tf': `${numbered(6)}one\ntwo\n` },
      CARL,
    );
    assert.match(reasons(await branch.check()), /^2 lines of [0-9a-f]{12}: .*its note is missing here\.$/);
  });

  it('says nothing when every line has an author', async () => {
    await branch.commit('ai: change', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    await branch.commit('human: change', { 'infra/b.tf': 'two\n' }, CARL);
    assert.deepEqual((await branch.check()).why, {});
  });

  describe('the notice of lines that the base already has', () => {
    const squash = async (): Promise<void> => {
      await branch.repo.git('switch', '-q', 'main');
      await branch.repo.git('merge', '-q', '--squash', 'topic');
      await branch.repo.commit('ai: all of it');
      await branch.repo.git('switch', '-q', 'topic');
    };

    it('comes when a branch goes on after its squash merge, and goes when the base is merged', async () => {
      await branch.commit('ai: first', { 'infra/a.tf': `${numbered(6)}one\ntwo\nthree\n`, 'infra/b.tf': 'b\n' }, CARL);
      await squash();
      await branch.commit('ai: on', { 'infra/a.tf': `${numbered(6)}one\ntwo\nthree\nfour\n` }, CARL);
      const before = await branch.check();
      assert.deepEqual(counted(before), ['critical infra/a.tf,infra/b.tf +5/0/0 -0/0/0']);
      assert.match(reasons(before), /^main has 1 file as it is here and 3 lines already, .*merge main into the branch/);
      await branch.repo.git('merge', '-q', '--no-edit', '-X', 'ours', 'main');
      const after = await branch.check();
      assert.deepEqual([counted(after), after.why], [['critical infra/a.tf +1/0/0 -0/0/0'], {}]);
    });

    it('does not come when the base changed on its own and has an equal line by chance', async () => {
      await branch.commit('ai: first', { 'infra/a.tf': `${numbered(6)}one {\n}\n` }, CARL);
      await branch.repo.git('switch', '-q', 'main');
      await branch.commit('human: other', { 'infra/a.tf': `${numbered(6)}other {\n}\n` }, BOB);
      await branch.repo.git('switch', '-q', 'topic');
      const result = await branch.check();
      assert.deepEqual([result.verdict, result.why], ['fail', {}]);
    });
  });

  it('does not say to set since when the policy has it', async () => {
    const first = await branch.repo.git('rev-parse', 'main');
    await branch.repo.git('switch', '-q', 'main');
    await branch.commit('human: since', { '.linekeeper.yml': `${POLICY}since: ${first}\n` }, CARL);
    await branch.repo.git('switch', '-q', 'topic');
    await branch.commit('one', { 'infra/a.tf': `${numbered(6)}one\n` }, CARL);
    assert.match(reasons(await branch.check()), /: no record says who wrote it\.$/);
  });
});
