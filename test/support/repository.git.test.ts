import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { itInFull } from './full';
import { BOB, TestRepository } from './repository';

describe("TestRepository, the tests' temporary repository", () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await TestRepository.create();
  });
  afterEach(() => repo.dispose());

  itInFull('commits as several people', async () => {
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

  it('run gives exit code and message of a failing git, and git throws', async () => {
    const result = await repo.run(['rev-parse', '--verify', 'nothing']);
    assert.equal(result.code, 128);
    assert.match(result.stderr, /fatal/);
    await assert.rejects(repo.git('rev-parse', '--verify', 'nothing'), /fatal/);
  });

  it('passes standard input and variables to git', async () => {
    assert.match((await repo.run(['hash-object', '--stdin'], { input: 'hello\n' })).stdout, /^ce0136/);
    const result = await repo.run(['-c', 'core.hooksPath=/nowhere', 'commit', '--allow-empty'], {
      env: { GIT_EDITOR: 'echo typed >' },
    });
    assert.equal(result.code, 0, result.stderr);
    assert.equal(await repo.git('log', '-1', '--format=%s'), 'typed');
  });

  it('uses only its own git configuration, and is deleted by dispose', async () => {
    const origins = await repo.git('config', '--list', '--show-origin', '--name-only');
    for (const line of origins.split('\n')) assert.ok(line.includes(repo.home) || line.startsWith('file:.git/'), line);
    await repo.dispose();
    assert.equal(existsSync(repo.root), false);
    assert.equal(existsSync(repo.home), false);
  });
});
