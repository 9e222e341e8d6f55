import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { builtCli, askJson, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

interface Shown {
  readonly added: { readonly ai: number; readonly human: number; readonly unknown: number };
}

describe('our git hook in a rebase', function () {
  this.timeout(60_000);
  let test: TestRepository;
  let log: string;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    log = test.outside('started');
    const runtime = test.outside('runtime');
    writeFileSync(log, '');
    writeFileSync(runtime, `#!/bin/sh\necho started >>'${log}'\nexec '${process.execPath}' "$@"\n`);
    chmodSync(runtime, 0o755);
    await installGitHooks(test.repository(), { executable: runtime, cli: CLI, electron: false });
    for (const name of ['a', 'b', 'c', 'd']) test.write(`${name}.txt`, 'one\n\n\n\n\n\n\n\nend\n');
    await test.commit('Start');
    await test.git('branch', 'base');
  });
  afterEach(() => test.dispose());

  const starts = (): number => readFileSync(log, 'utf8').split('\n').length - 1;
  const edit = (who: 'ai' | 'human' | 'nobody', file: string, content: string): Promise<void> =>
    as(who, test, [file], () => test.write(file, content));
  const messages = (range: string): Promise<string> => test.git('log', '--reverse', '--format=%B', range);

  itInFull('starts no program for commits that stay the same, also with other uncommitted work', async () => {
    await edit('ai', 'a.txt', 'ONE\nTWO\n\n\n\n\n\n\n\nend\n');
    await test.commit('By the assistant');
    await edit('human', 'b.txt', 'mine\n\n\n\n\n\n\n\nend\n');
    await test.commit('By hand');
    await test.git('checkout', '-q', '-b', 'work');
    await test.git('checkout', '-q', '-B', 'main', 'base');
    test.write('c.txt', 'meanwhile\n');
    await test.commit('Meanwhile');
    await test.git('checkout', '-q', 'work');
    await edit('ai', 'later.txt', 'not committed yet\n');
    const before = await messages('base..work');
    assert.match(before, /AI-Lines: \+2 -1 of \+2 -1/);
    const started = starts();
    await test.git('rebase', '-q', 'main');
    assert.equal(starts(), started);
    assert.equal(await messages('main..work'), before);
    assert.deepEqual((await askJson<Shown>(test, 'show', 'HEAD~1')).added, { ai: 2, human: 0, unknown: 0 });
    assert.deepEqual((await askJson<Shown>(test, 'show', 'HEAD')).added, { ai: 0, human: 1, unknown: 0 });
  });

  itInFull('starts no watchdog when all objects are local', async () => {
    const programs = test.outside('programs');
    mkdirSync(programs);
    const { PATH = '' } = test.env;
    writeFileSync(
      path.join(programs, 'sleep'),
      `#!/bin/sh\necho watched >>'${test.outside('watched')}'\nPATH='${PATH}' exec sleep "$@"\n`,
    );
    chmodSync(path.join(programs, 'sleep'), 0o755);
    writeFileSync(test.outside('watched'), '');
    for (const name of ['a', 'b', 'c']) {
      await edit('ai', `${name}.txt`, 'ONE\n\n\n\n\n\n\n\nend\n');
      await test.commit('By the assistant');
    }
    await test.git('checkout', '-q', '-b', 'work');
    await test.git('checkout', '-q', '-B', 'main', 'base');
    test.write('d.txt', 'meanwhile\n');
    await test.commit('Meanwhile');
    await test.git('checkout', '-q', 'work');
    const { code, stderr } = await test.run(['rebase', '-q', 'main'], {
      env: { PATH: programs + path.delimiter + PATH },
    });
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(test.outside('watched'), 'utf8'), '');
    assert.equal((await messages('main..work')).match(/^Assisted-by: /gm)?.length, 3);
  });

  itInFull('recounts a commit that is kept only in part', async () => {
    await edit('ai', 'a.txt', 'ONE\n\n\n\n\n\n\n\nend\n');
    await edit('ai', 'b.txt', 'ONE\n\n\n\n\n\n\n\nend\n');
    await test.commit('By the assistant');
    await test.git('checkout', '-q', '-b', 'work');
    await test.git('checkout', '-q', '-B', 'main', 'base');
    test.write('b.txt', 'ONE\n\n\n\n\n\n\n\nend\n');
    await test.commit('The half of it, on main');
    await test.git('checkout', '-q', 'work');
    await test.git('rebase', '-q', 'main');
    assert.match(
      await messages('main..work'),
      /^By the assistant\n\nAssisted-by: claude-code:model-1\nAI-Lines: \+1 -1 of \+1 -1\s*$/,
    );
    assert.deepEqual((await askJson<Shown>(test, 'show', 'HEAD')).added, { ai: 1, human: 0, unknown: 0 });
  });

  itInFull('takes as many steps for a late commit as for an early one', async () => {
    const hook = test.at('.git/hooks/prepare-commit-msg');
    const body = readFileSync(hook, 'utf8');
    await test.git('checkout', '-q', '-b', 'work');
    for (let at = 0; at < 12; at++) {
      test.write('a.txt', `one\n${String(at)}\n`);
      await test.commit('By hand');
    }
    await test.git('checkout', '-q', '-B', 'main', 'base');
    test.write('c.txt', 'meanwhile\n');
    await test.commit('Meanwhile');
    await test.git('checkout', '-q', 'work');
    await edit('ai', 'later.txt', 'not committed yet\n');
    writeFileSync(hook, body.replace('#!/bin/sh\n', '#!/bin/sh -x\n'));
    const { code, stderr } = await test.run(['rebase', '-q', 'main']);
    assert.equal(code, 0, stderr);
    const steps = stderr
      .split(/^\++ lk_work .*\n/m)
      .slice(1)
      .map((run) => run.split(/^\++ lk_end$/m)[0] ?? '')
      .map((run) => run.split('\n').filter((line) => line.startsWith('+')).length);
    assert.equal(steps.length, 12);
    assert.ok((steps[0] ?? 0) > 5, 'the shell told nothing');
    assert.deepEqual([...new Set(steps)], [steps[0]]);
  });

  it('works for commits that an exec step makes', async () => {
    test.write('a.txt', 'first\n');
    await test.commit('One');
    test.write('b.txt', 'second\n');
    await test.commit('Two');
    await edit('ai', 'c.txt', 'from the assistant\n');
    await test.git('stash', 'push', '-q', '--', 'c.txt');
    await test.git(
      'rebase',
      '-q',
      '--exec',
      'git stash pop -q 2>/dev/null && git commit -q -a -m "In between" || true',
      'HEAD~2',
    );
    const made = await test.git('log', '--format=%s%n%(trailers:only)', '--grep=In between', '-1');
    assert.match(made, /^In between\nAssisted-by: claude-code:model-1\nAI-Lines: \+1 -9 of \+1 -9/);
  });
});
