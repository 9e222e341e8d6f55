/** What a commit, or a push, says at a terminal about lines of unknown author. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { installGitHooks, prepareAnswer } from '../../../src/provenance/commits';
import { trailerPolicy } from '../../../src/policy/local-work';
import { atTerminal } from '../../support/at-terminal';
import { itInFull } from '../../support/full';
import { builtCli, CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

/** script(1), which provides the terminal, takes other options elsewhere. */
(process.platform === 'linux' ? describe : describe.skip)('at a terminal,', function () {
  this.timeout(300_000);
  const POLICY =
    'version: 1\npeople: { senior: [sue@example.com] }\ntiers: [{ name: high, paths: ["**"], review: { ai: { junior: { from: senior, approvals: 1 } } } }]\n';
  let test: TestRepository;
  let log: string;
  let second = 1_700_000_000;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    log = test.outside('started');
    const runtime = test.outside('runtime');
    writeFileSync(runtime, `#!/bin/sh\necho "$3" >>'${log}'\nexec '${process.execPath}' "$@"\n`);
    chmodSync(runtime, 0o755);
    test.write('.linekeeper.yml', POLICY);
    for (const name of ['a', 'b']) test.write(`${name}.txt`, 'base\n');
    await test.commit('Start', { at: `@${String(second++)} +0000` });
    await installGitHooks(test.repository(), { executable: runtime, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  /** What the terminal shows of us, and what the hooks start. */
  async function git(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string[][]> {
    writeFileSync(log, '');
    const date = `@${String(second++)} +0000`;
    const env = { GIT_COMMITTER_DATE: date, ...(words.includes('--amend') ? {} : { GIT_AUTHOR_DATE: date }), ...more };
    const { code, stdout } = await atTerminal(test, words, { env, program: 'git' });
    assert.equal(code, 0, stdout);
    const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
    return [lines(stdout), lines(readFileSync(log, 'utf8'))];
  }
  const byMachine = (): Promise<void> => as('ai', test, ['a.txt'], () => test.write('a.txt', 'base\nby machine\n'));
  const prepared = async (): Promise<void> => {
    await test.git('add', '.');
    await prepareAnswer(test.repository(), await trailerPolicy(test.repository()), { now: tick }, { everyWay: true });
  };
  const TOLD = 'linekeeper: 2 lines have no known author. If you wrote them: linekeeper declare --mine';
  const STARTED = ['prepare-commit-msg'];

  it('lines of unknown author: their person is told how to declare them when an answer is prepared, and when none is', async () => {
    await byMachine();
    test.write('b.txt', 'base\nelsewhere\nand more\n');
    assert.deepEqual(await git(['commit', '-qam', 'First']), [[TOLD], STARTED]);
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'base\nby machine\nagain\n'));
    test.write('b.txt', 'base\nelsewhere\nand more\nlater\n');
    await prepared();
    assert.deepEqual(await git(['commit', '-qm', 'Second']), [
      [TOLD.replace('2 lines have', '1 line has').replace('them', 'it')],
      STARTED,
    ]);
    assert.match(await test.git('log', '-1', '--format=%B'), /AI-Lines: \+1 -0 of \+2 -0, unknown \+1 -0\n/);
  });

  describe('a push', () => {
    const pushed = async (more: Readonly<Record<string, string>> = {}): Promise<string[][]> => {
      const [shown = [], started = []] = await git(['push', '-q', test.outside('remote.git'), 'main'], more);
      return [shown.filter((line) => line.startsWith('linekeeper')), started];
    };
    const head = async (): Promise<string> => (await test.git('rev-parse', 'HEAD')).trim().slice(0, 10);
    beforeEach(async () => {
      await test.git('init', '-q', '--bare', test.outside('remote.git'));
      await test.git('config', 'user.email', 'ada@example.com');
      await test.git('remote', 'add', 'origin', test.outside('remote.git'));
      await test.git('push', '-q', 'origin', 'main');
      test.write('b.txt', 'base\nelsewhere\nand more\n');
    });

    it('of commits with nothing recorded: tells their person how to declare their lines, once', async () => {
      assert.deepEqual(await git(['commit', '-qam', 'First']), [[], []], 'the commit itself starts nothing');
      const first = await head();
      test.write('b.txt', 'base\nelsewhere\nand more\nlater\n');
      await git(['commit', '-qam', 'Second']);
      const told = `linekeeper: 3 lines have no known author. If you wrote them: linekeeper declare --mine ${await head()} ${first}`;
      assert.deepEqual(await pushed(), [[told], ['pre-push']]);
      assert.deepEqual(await pushed(), [[], []], 'nothing goes along any more');
      assert.equal((await atTerminal(test, ['declare', '--mine', await head(), first])).code, 0);
      await test.git('push', '-q', '--force', 'origin', 'HEAD~2:main');
      assert.deepEqual(await pushed(), [[], ['pre-push']], 'they are declared');
    });

    it('of notes: tells nothing of their own lines when a person wrote them', async () => {
      await test.git('config', 'user.name', 'Ada');
      await test.git('notes', 'add', '-m', 'Seen by hand', 'HEAD');
      const [shown = [], started] = await git(['push', '-q', test.outside('remote.git'), 'refs/notes/commits']);
      assert.deepEqual([shown.filter((line) => line.startsWith('linekeeper')), started], [[], ['pre-push']]);
    });

    itInFull(
      'of an agent, of commits of others, or without a policy: tells nothing when lines have no known author',
      async () => {
        await git(['commit', '-qam', 'First']);
        assert.deepEqual(await pushed({ CLAUDECODE: '1' }), [[], ['pre-push']]);
        for (const prepare of [
          () => test.git('config', 'user.email', 'bob@example.com'),
          () => test.git('rm', '-q', '.linekeeper.yml'),
        ]) {
          await test.git('push', '-q', '--force', 'origin', 'HEAD~1:main');
          await prepare();
          assert.deepEqual((await pushed())[0], []);
        }
      },
    );
  });

  it('a commit without unknown lines: says nothing and starts no program when its answer is prepared', async () => {
    await byMachine();
    await prepared();
    assert.deepEqual(await git(['commit', '-qm', 'Work']), [[], []]);
  });

  itInFull('an agent: is told nothing when it commits at a terminal, and starts no program without one', async () => {
    await byMachine();
    test.write('b.txt', 'base\nelsewhere\n');
    await prepared();
    assert.deepEqual(await git(['commit', '-qm', 'Work'], { CLAUDECODE: '1' }), [[], STARTED]);
    await test.git('reset', '-q', '--soft', 'HEAD~1');
    await prepared();
    writeFileSync(log, '');
    const { code, stderr } = await test.run(['commit', '-qm', 'Again']);
    assert.deepEqual([code, stderr], [0, '']);
  });

  for (const [more, why] of [
    ['unknown: human\n', 'unknown lines count for nothing'],
    ['generated: [b.txt]\n', 'they are in generated files'],
  ] as const)
    itInFull(`unknown lines: nobody is told when ${why}`, async () => {
      test.write('.linekeeper.yml', POLICY + more);
      await test.commit('Policy');
      await byMachine();
      test.write('b.txt', 'base\nelsewhere\n');
      assert.deepEqual(await git(['commit', '-qam', 'Work']), [[], STARTED]);
    });

  itInFull('unknown lines: nobody is told when there is no policy', async () => {
    await test.git('rm', '-q', '.linekeeper.yml');
    await test.commit('No policy');
    await byMachine();
    test.write('b.txt', 'base\nelsewhere\n');
    assert.deepEqual(await git(['commit', '-qam', 'Work']), [[], STARTED]);
  });

  itInFull('an amend: tells only of new lines when others were unknown before', async () => {
    await byMachine();
    test.write('b.txt', 'base\nelsewhere\n');
    await git(['commit', '-qam', 'Work']);
    await linekeeper(test, ['show', 'HEAD']);
    assert.deepEqual((await git(['commit', '-q', '--amend', '-m', 'Other words']))[0], []);
    await linekeeper(test, ['show', 'HEAD']);
    test.write('b.txt', 'base\nelsewhere\nthere\nand there\n');
    assert.deepEqual((await git(['commit', '-qa', '--amend', '--no-edit']))[0], [TOLD]);
  });

  itInFull('unknown lines: nobody is told when they are picked, rebased or merged', async () => {
    await test.git('checkout', '-q', '-b', 'work');
    await byMachine();
    test.write('b.txt', 'base\nelsewhere\n');
    await git(['commit', '-qam', 'Work']);
    await test.git('checkout', '-q', 'main');
    test.write('c.txt', 'meanwhile\n');
    await test.git('add', '.');
    await test.git('commit', '-qm', 'Meanwhile');
    assert.deepEqual(
      (await git(['cherry-pick', '-x', 'work']))[0]?.filter((line) => line.startsWith('linekeeper')),
      [],
    );
    await test.git('reset', '-q', '--hard', 'HEAD~1');
    assert.deepEqual((await git(['merge', '-q', '--no-ff', '--no-edit', 'work']))[0], []);
    await test.git('reset', '-q', '--hard', 'HEAD~1');
    await test.git('checkout', '-q', 'work');
    assert.deepEqual((await git(['rebase', '-q', '--force-rebase', 'main']))[0], []);
  });
});
