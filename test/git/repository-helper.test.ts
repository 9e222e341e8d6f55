import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { BOB, TestRepository } from '../support/repository';

describe('the temporary repository of the tests', () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await TestRepository.create();
  });
  afterEach(() => repo.dispose());

  it('commits as several people and says what git said', async () => {
    repo.write('sub folder/a.txt', 'one\n');
    const first = await repo.commit('first');
    repo.write('b.txt', 'two\n');
    await repo.commit('second\n\nwith a body', { as: BOB });
    assert.equal(
      await repo.git('log', '--format=%an <%ae> %s'),
      'Bob <bob@example.com> second\nAda <ada@example.com> first',
    );
    assert.equal(await repo.git('rev-parse', 'HEAD~1'), first);
    assert.equal(repo.read('b.txt'), 'two\n');
  });

  it('gives the exit code and the message of a git that fails, and throws from the short form', async () => {
    const result = await repo.run(['rev-parse', '--verify', 'nothing']);
    assert.equal(result.code, 128);
    assert.match(result.stderr, /fatal/);
    await assert.rejects(repo.git('rev-parse', '--verify', 'nothing'), /fatal/);
  });

  it('reads standard input and lets a test set any variable, also an editor', async () => {
    assert.match((await repo.run(['hash-object', '--stdin'], { input: 'hello\n' })).stdout, /^ce0136/);
    const result = await repo.run(['-c', 'core.hooksPath=/nowhere', 'commit', '--allow-empty'], {
      env: { GIT_EDITOR: 'echo typed >' },
    });
    assert.equal(result.code, 0, result.stderr);
    assert.equal(await repo.git('log', '-1', '--format=%s'), 'typed');
  });

  it('sees only its own configuration, and leaves nothing behind', async () => {
    const origins = await repo.git('config', '--list', '--show-origin', '--name-only');
    for (const line of origins.split('\n')) assert.ok(line.includes(repo.home) || line.startsWith('file:.git/'), line);
    await repo.dispose();
    assert.equal(existsSync(repo.root), false);
    assert.equal(existsSync(repo.home), false);
  });
});
