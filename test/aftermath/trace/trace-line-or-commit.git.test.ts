import assert from 'node:assert/strict';
import { readPrompts, type Trace } from '../../../src/aftermath';
import { addLineNotes, PROMPTS_REF } from '../../../src/provenance/commits';
import { prompts } from '../../../src/cli/verbs/prompts';
import { trace } from '../../../src/cli/verbs/trace';
import { CLAUDE } from '../../support/history';
import { LINES, playOutage, type Outage } from '../../support/outage';
import { callVerb, type VerbOutcome } from '../../support/verbs';

describe('linekeeper trace', () => {
  let outage: Outage;
  before(async () => {
    outage = await playOutage(4);
  });
  after(() => outage.test.dispose());

  const run = (...words: string[]): Promise<VerbOutcome> => callVerb(trace, words, outage.test.root);
  const traced = async (word: string): Promise<Trace> => {
    const { code, out, err } = await run(word, '--json');
    assert.equal(code, 0, err.join());
    return JSON.parse(out) as Trace;
  };

  it('follows a line from assistant and prompt to the deployments', async () => {
    await addLineNotes(
      outage.test.repository(),
      PROMPTS_REF,
      [
        {
          commit: outage.cause,
          text: JSON.stringify({
            v: 1,
            assistant: CLAUDE.assistant,
            session: CLAUDE.session,
            digest: `sha256:${'0'.repeat(64)}`,
            excerpt: 'rename the table',
          }),
        },
      ],
      0,
    );
    const told = await traced(`src/orders/api.ts:${String(LINES.table)}`);
    assert.equal(told.subject.text, "const TABLE = 'orders_v2';");
    assert.deepEqual(
      told.suggestions.map(({ author, assistant, model, session, commit, day }) => ({
        author,
        assistant,
        model,
        session,
        commit,
        day,
      })),
      [{ author: 'ai', ...CLAUDE, commit: outage.cause, day: '2026-03-10' }],
    );
    assert.deepEqual(told.suggestions[0]?.prompts, [
      { digest: `sha256:${'0'.repeat(64)}`, excerpt: 'rename the table' },
    ]);
    assert.deepEqual(told.edits, []);
    assert.equal(told.commit?.commit, outage.cause);
    assert.deepEqual([told.review?.merge?.commit, told.review?.merge?.head], [outage.merge, outage.cause]);
    assert.deepEqual(told.review?.signedBy, [
      {
        by: 'Grace <grace@example.com>',
        source: 'message',
        on: null,
        counts: false,
        why: 'anybody can write a line into a message',
      },
    ]);
    assert.deepEqual(
      told.deployments.map(({ stage, commit }) => [stage, commit]),
      [
        ['canary', outage.merge],
        ['production', outage.deployed],
      ],
    );
  });

  it("names a person's later edit of an assistant's line", async () => {
    const told = await traced(`src/orders/api.ts:${String(LINES.timeout)}`);
    assert.equal(told.commit?.commit, outage.later, 'the assistant never wrote this line: a person did, twice');
    assert.deepEqual(
      told.suggestions.map(({ author }) => author),
      ['human'],
    );
    const { test } = outage;
    test.replace('src/orders/api.ts', "'orders_v2'", "'orders_v2' as const");
    const { commitWithNote } = await import('../../support/history');
    const { BOB } = await import('../../support/repository');
    const edit = await commitWithNote(test, {
      message: 'Narrow the type',
      files: {},
      as: BOB,
      at: '2026-03-13T09:00:00Z',
    });
    const after = await traced(`src/orders/api.ts:${String(LINES.table)}`);
    assert.deepEqual([after.suggestions[0]?.assistant, after.commit?.commit], ['claude-code', outage.cause]);
    assert.deepEqual(
      after.edits.map(({ commit, author }) => [commit, author]),
      [[edit, 'human']],
    );
  });

  it('follows a line that uncommitted work has moved, and says when it has no commit', async () => {
    const { test } = outage;
    const before = test.read('src/orders/api.ts');
    test.write('src/orders/api.ts', `// new\n// new\n${before}`);
    assert.equal((await traced(`src/orders/api.ts:${String(LINES.table + 2)}`)).commit?.commit, outage.cause);
    const fresh = await traced('src/orders/api.ts:1');
    assert.deepEqual([fresh.commit, fresh.suggestions[0]?.author], [null, 'unknown']);
    test.write('src/orders/api.ts', before);
  });

  it("names the merge on the remote's default branch when the merged branch is checked out", async () => {
    const { test } = outage;
    const head = await test.git('rev-parse', 'HEAD');
    const branch = await test.git('symbolic-ref', '--short', 'HEAD');
    await test.git('checkout', '--quiet', '--detach', outage.cause);
    assert.equal((await traced(outage.cause)).review?.merge, null);
    await test.git('update-ref', 'refs/remotes/origin/main', head);
    await test.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    const there = (await traced(outage.cause)).review?.merge;
    await test.git('symbolic-ref', '--delete', 'refs/remotes/origin/HEAD');
    await test.git('update-ref', '-d', 'refs/remotes/origin/main');
    await test.git('checkout', '--quiet', branch);
    assert.deepEqual([there?.commit, there?.head], [outage.merge, outage.cause]);
  });

  it('takes FILE:LINE:COLUMN as a compiler prints it', async () => {
    const place = `src/orders/api.ts:${String(LINES.table)}`;
    assert.deepEqual(await traced(`${place}:7`), await traced(place));
  });

  it('names the missing links', async () => {
    const { missing } = await traced(outage.innocent);
    assert.match(missing.join('\n'), /No merge here contains this commit/);
    assert.match(missing.join('\n'), /No sign-off that counts/);
    assert.match(missing.join('\n'), /No prompt of the session is stored here/);
    const first = await traced(outage.start);
    assert.deepEqual(
      first.deployments.map(({ stage }) => stage),
      ['canary', 'production'],
    );
  });

  it('fits on a screen, and prints no control characters', async () => {
    const { code, out } = await run(`src/orders/api.ts:${String(LINES.table)}`);
    assert.equal(code, 0);
    assert.ok(out.split('\n').length < 24, out);
    assert.match(out, /^suggestion {3}claude-code, claude-opus-4-8, session c-1 \(2026-03-10, reported/m);
    assert.match(out, /Reviewed|by a line in a message, which does not count/);
    await addLineNotes(
      outage.test.repository(),
      PROMPTS_REF,
      [
        {
          commit: outage.innocent,
          text: JSON.stringify({
            v: 1,
            assistant: 'kiro',
            session: 'k-1',
            digest: `sha256:${'1'.repeat(64)}`,
            excerpt: 'a\u001b[2Jb',
          }),
        },
      ],
      0,
    );
    assert.doesNotMatch((await run(outage.innocent)).out, /\u001b/);
  });

  it('exits 2 for an unknown revision, file or line', async () => {
    for (const word of ['nowhere', 'src/none.ts:1', 'src/orders/api.ts:999'])
      assert.equal((await run(word)).code, 2, word);
    assert.equal((await run()).code, 2);
  });

  it('prompts list and prompts purge', async () => {
    assert.match((await callVerb(prompts, ['list'], outage.test.root)).out, /claude-code:c-1 {2}rename the table/);
    const remote = outage.test.outside('remote.git');
    await outage.test.git('init', '--quiet', '--bare', remote);
    for (const way of ['push', 'fetch'])
      assert.equal((await callVerb(prompts, [way, remote], outage.test.root)).code, 0);
    assert.equal((await callVerb(prompts, ['purge'], outage.test.root)).code, 1);
    assert.equal((await callVerb(prompts, ['purge', '--yes'], outage.test.root)).code, 0);
    assert.deepEqual(await readPrompts(outage.test.repository()), []);
    assert.equal(
      await outage.test.git('for-each-ref', '--format=%(refname)', '**/linekeeper-prompts'),
      '',
      'what was fetched is kept by no ref either',
    );
  });
});
