import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { itInFull } from '../../support/full';
import { askJson, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

interface Kept {
  readonly worktrees: readonly {
    readonly records: readonly unknown[];
    readonly contents: Readonly<Record<string, string | null>>;
  }[];
  readonly sessions: readonly { readonly assistant: string; readonly session: string }[];
  readonly notes: readonly { readonly commit: string; readonly text: string }[];
}

describe('the data in .git/linekeeper', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
    await linekeeper(test, ['install']);
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo\n'));
    await test.git('commit', '-qam', 'Two');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo\nsecret three\n'));
  });
  afterEach(() => test.dispose());

  const counted = async (): Promise<string> =>
    JSON.stringify((await askJson<{ added: unknown }>(test, 'status')).added);

  it('export prints it, with file texts only for --texts', async () => {
    const kept = await askJson<Kept>(test, 'export');
    assert.deepEqual(
      kept.sessions.map(({ assistant, session }) => [assistant, session]),
      [['claude-code', 'session-1']],
    );
    assert.equal(kept.notes.length, 1);
    assert.ok((kept.worktrees[0]?.records.length ?? 0) > 0);
    assert.ok(!JSON.stringify(kept).includes('secret three'));
    assert.ok(JSON.stringify(await askJson<Kept>(test, 'export', '--texts')).includes('secret three'));
  });

  itInFull('purge removes it only with --yes, and leaves hooks and notes', async () => {
    const asked = await linekeeper(test, ['purge']);
    assert.equal(asked.code, 1);
    assert.match(asked.stdout, /to be removed: \.git\/linekeeper\/journal \(\d+ files?, .*\)[^]*add --yes/);
    assert.equal(await counted(), '{"ai":1,"human":0,"unknown":0}');
    const done = await linekeeper(test, ['purge', '--yes']);
    assert.equal(done.code, 0, done.stderr);
    assert.equal(existsSync(test.at('.git/linekeeper/contents')), false);
    assert.equal(await counted(), '{"ai":0,"human":0,"unknown":1}');
    assert.match((await linekeeper(test, ['show'])).stdout, /added 1 AI/);
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo\nsecret three\nfour\n'));
    await test.git('commit', '-qam', 'Go on');
    assert.match(await test.git('log', '-1', '--format=%B'), /AI-Lines: \+1 -0 of \+2 -0, unknown \+1 -0/);
  });

  itInFull('purge leaves nothing of it but the set-up', async () => {
    await test.git('stash');
    await linekeeper(test, ['status']);
    test.write('.git/linekeeper/stashes', 'anything');
    test.write('.git/linekeeper/told', 'anything');
    assert.equal((await linekeeper(test, ['purge', '--yes'])).code, 0);
    const setUp = new Set([
      'hooks',
      'hooks-path',
      'program',
      'setup',
      'installed',
      'policy',
      'held',
      'failed',
      'notes-taken',
    ]);
    assert.deepEqual(
      readdirSync(test.at('.git/linekeeper')).filter((name) => !setUp.has(name)),
      [],
    );
  });

  itInFull('purge --notes removes the notes too', async () => {
    assert.equal((await linekeeper(test, ['purge', '--notes', '--yes'])).code, 0);
    assert.equal((await test.run(['rev-parse', '--verify', '-q', 'refs/notes/ai'])).code, 1);
    assert.match(
      (await linekeeper(test, ['show'])).stdout,
      /This commit has no note\. The authors come from its trailers/,
    );
    assert.equal((await linekeeper(test, ['purge'])).code, 1, 'what was seen since');
  });
});
