import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { itInFull } from '../support/full';
import { as } from '../support/worker';
import { linekeeper, linekeeperProcess, type Answer } from '../support/product';
import { TestRepository } from '../support/repository';

describe('linekeeper without a process of its own', () => {
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\n');
    test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - { name: closed, paths: ["infra/**"] }\n');
    await test.commit('First');
    await as('ai', test, ['a.txt'], () => {
      test.write('a.txt', 'one\nTWO\n');
    });
    await test.commit('Second');
    test.write('folder/policy.yml', 'tiers: 7\n');
  });
  after(() => test.dispose());

  /** A verb of each bundle, an exit code of each kind, standard input, another folder, the environment. */
  const CALLS: readonly {
    readonly title: string;
    readonly words: readonly string[];
    readonly options?: Parameters<typeof linekeeper>[2];
    readonly code: number;
  }[] = [
    { title: 'no command', words: [], code: 2 },
    { title: 'a command that there is not', words: ['chek'], code: 2 },
    { title: 'help', words: ['help'], code: 0 },
    { title: 'the help of a command', words: ['check', '--help'], code: 0 },
    { title: 'status', words: ['status'], code: 0 },
    { title: 'show as JSON', words: ['show', 'HEAD', '--json'], code: 0 },
    { title: 'blame from a folder', words: ['blame', '../a.txt'], options: { cwd: 'folder' }, code: 0 },
    { title: 'a revision that there is not', words: ['show', 'nowhere'], code: 2 },
    { title: 'a check that can not say', words: ['check', 'nowhere..HEAD', '--json'], code: 2 },
    { title: 'a check of a range', words: ['check', 'HEAD~..HEAD', '--actor', 'bob@example.com'], code: 0 },
    { title: 'a policy from a folder', words: ['policy', 'check', 'policy.yml'], options: { cwd: 'folder' }, code: 1 },
    { title: 'a report of what was written', words: ['report', '--json'], code: 0 },
    { title: 'a hook with input that is no JSON', words: ['record', 'claude-code'], options: { input: '{' }, code: 0 },
    { title: 'a hook without input', words: ['record', 'generic'], code: 2 },
    {
      title: 'an environment that names another repository',
      words: ['status'],
      options: { cwd: '..', env: { GIT_DIR: 'work tree/.git', GIT_WORK_TREE: 'work tree' } },
      code: 0,
    },
    { title: 'a folder outside of all repositories', words: ['status'], options: { cwd: '..' }, code: 2 },
    { title: 'a trace on standard error', words: ['--version'], options: { env: { LINEKEEPER_TRACE: '1' } }, code: 0 },
  ];
  const plain = ({ stderr, ...answer }: Answer): Answer => ({
    ...answer,
    stderr: stderr.replace(/-\d{13}-[0-9a-f]{6}/, ''),
  });
  for (const { title, words, options = {}, code } of CALLS)
    it(`${title}: gives the answer of a process`, async () => {
      const placed = { ...options, cwd: test.at(options.cwd ?? '.') };
      const guest = await linekeeper(test, words, placed);
      const real = await linekeeperProcess(test, words, placed);
      assert.deepEqual(plain(guest), plain(real));
      assert.equal(guest.code, code);
    });

  itInFull('two calls at once: each sees its own words, folder and environment', async () => {
    const elsewhere = await TestRepository.create();
    elsewhere.write('b.txt', 'b\n');
    await elsewhere.commit('Elsewhere');
    const ask = (repository: TestRepository) => linekeeper(repository, ['show', 'HEAD', '--json']);
    const [here, there] = await Promise.all([ask(test), ask(elsewhere)]);
    assert.deepEqual([here, there], [await ask(test), await ask(elsewhere)]);
    assert.notEqual(here.stdout, there.stdout);
    await elsewhere.dispose();
  });

  it('its table of programs: is that of the command line', () => {
    const tableOf = (file: string): string =>
      (/^const PROGRAMS[^=]*= \{([^}]*)\}/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '').replaceAll(/\.js|\s/g, '');
    assert.equal(tableOf('test/support/in-process.ts'), tableOf('src/entry/cli.ts'));
    assert.match(tableOf('src/entry/cli.ts'), /record:'record'/);
  });
});
