/** Programs that manage git hooks, the real ones, run again and again beside ours, as each `npm install` runs them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HOOK_MANAGERS, type HookManager } from '../../support/hook-managers';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

const ROUNDS = [1, 2];
/** Those that ours survive without any command in between. */
const STAYS: ReadonlySet<string> = new Set(['husky', 'simple-git-hooks', 'pre-commit']);

for (const manager of HOOK_MANAGERS)
  describe(`${manager.name} beside our hooks`, function () {
    this.timeout(300_000);
    let test: TestRepository;
    let env: Record<string, string>;
    beforeEach(async () => {
      test = await TestRepository.create();
      env = {
        PATH: `${await manager.path()}${path.delimiter}${process.env['PATH'] ?? ''}`,
        CI: '',
        PRE_COMMIT_HOME: test.outside('pre-commit'),
      };
      manager.configure(test, `echo ran >>"${test.outside('ran')}"`.replaceAll('"', ''));
      test.write('a.txt', 'start\n');
      await test.commit('Start');
    });
    afterEach(() => test.dispose());

    const run = async (managers: HookManager): Promise<void> => {
      const [program, ...words] = await managers.command();
      const done = spawnSync(program, words, { cwd: test.root, env: { ...test.env, ...env }, encoding: 'utf8' });
      assert.equal(done.status, 0, `${manager.name}: ${done.stdout}${done.stderr}`);
    };
    const ours = async (): Promise<string> => {
      const done = await linekeeper(test, ['install', '--git'], { env });
      assert.equal(done.code, 0, done.stderr);
      return done.stdout;
    };
    const times = (): number =>
      existsSync(test.outside('ran')) ? readFileSync(test.outside('ran'), 'utf8').split('\n').length - 1 : 0;

    /** A commit of an AI edit has its trailers once, and the manager's hook has run once. */
    const commit = async (what: string): Promise<void> => {
      const before = times();
      await as('ai', test, ['a.txt'], () => {
        appendFileSync(test.at('a.txt'), `${what}\n`);
      });
      const done = await test.run(['commit', '-qam', what], { env });
      assert.equal(done.code, 0, `${what}: ${done.stderr}`);
      const message = await test.git('log', '-1', '--format=%B');
      assert.equal(message.match(/^Assisted-by: /gm)?.length, 1, `${what}: ${message}${done.stderr}`);
      assert.match(message, /^AI-Lines: \+1 -0 of \+1 -0$/m, what);
      assert.equal(times() - before, 1, `${what}: how often the hook of ${manager.name} ran`);
    };

    it(`installed first: both run at each commit, twice over`, async () => {
      await run(manager);
      await ours();
      for (const round of ROUNDS) {
        await commit(`ours last, round ${String(round)}`);
        await run(manager);
        const status = await linekeeper(test, ['status'], { env });
        assert.equal(status.code, 0, status.stderr);
        await commit(`${manager.name} last, round ${String(round)}`);
        await ours();
      }
    });

    it(`installed second: both run at each commit, twice over, and uninstall leaves ${manager.name}'s`, async () => {
      await ours();
      for (const round of ROUNDS) {
        await run(manager);
        await linekeeper(test, ['status'], { env });
        await commit(`round ${String(round)}`);
        await run(manager); // twice without any of ours in between
        await run(manager);
      }
      await linekeeper(test, ['status'], { env });
      await commit('after all');
      const done = await linekeeper(test, ['uninstall', '--git'], { env });
      assert.equal(done.code, 0, done.stderr);
      await run(manager);
      const before = times();
      appendFileSync(test.at('a.txt'), 'without\n');
      const without = await test.run(['commit', '-qam', 'Without ours'], { env });
      assert.equal(without.code, 0, without.stderr);
      assert.equal(times() - before, 1);
      const texts = readdirSync(test.at('.git/hooks'))
        .filter((name) => !name.endsWith('.sample'))
        .map((name) => readFileSync(test.at(`.git/hooks/${name}`), 'utf8'));
      assert.ok(!texts.some((text) => text.includes('# Linekeeper hook: ')), 'nothing of ours is left');
      assert.doesNotMatch(await test.git('config', '--local', '--list'), /linekeeper/);
    });

    it(
      STAYS.has(manager.name)
        ? 'run again: leaves ours in effect'
        : 'run again: the commit after next has its trailers',
      async () => {
        await run(manager);
        await ours();
        for (const round of ROUNDS) {
          await run(manager);
          // With lefthook, the hook beside the one that it replaces puts that back.
          if (!STAYS.has(manager.name)) {
            const next = await test.run(['commit', '-q', '--allow-empty', '-m', 'By nobody'], { env });
            assert.match(next.stderr, /has taken Linekeeper's git hooks out; they are back/);
          }
          await commit(`round ${String(round)}`);
        }
      },
    );

    it('amends, a pick and an autosquash with an autostash: keep every commit and its trailers when there are conflicts', async () => {
      const file = test.at('a.txt');
      const byAi = (line: string): Promise<unknown> => as('ai', test, ['a.txt'], () => writeFileSync(file, line));
      const byHand = (line: string): Promise<unknown> => as('human', test, ['a.txt'], () => writeFileSync(file, line));
      const git = async (code: 0 | 1, ...words: string[]): Promise<void> => {
        const done = await test.run(words, { env: { ...env, GIT_EDITOR: 'true', GIT_SEQUENCE_EDITOR: 'true' } });
        assert.equal(done.code, code, `${words.join(' ')}: ${done.stdout}${done.stderr}`);
      };
      /** Subjects of commits, the latest first, and how often each names an assistant. */
      const log = async (): Promise<readonly string[]> =>
        (await test.git('log', '--format=%s %(trailers:key=Assisted-by,valueonly,separator=%x2C)%x00', 'start..'))
          .split('\0')
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .map((line) => `${line.split(' ')[0] ?? ''} ${String(line.match(/claude-code/g)?.length ?? 0)}`);
      await run(manager);
      await ours();
      test.write('b.txt', 'start\n');
      await git(0, 'add', 'b.txt');
      await git(0, 'commit', '-qm', 'Another file');
      await git(0, 'tag', 'start');
      await byAi('by an agent\n');
      await git(0, 'commit', '-qam', 'Agent');
      for (const how of [['--no-edit'], ['-m', 'Agent'], []]) {
        await byAi(`by an agent, ${String(how.length)}\n`);
        await git(0, 'commit', '-qa', '--amend', ...how);
        assert.deepEqual(await log(), ['Agent 1'], how.join(' '));
      }
      await git(0, 'tag', 'agent');
      await byHand('by a person\n');
      await git(0, 'commit', '-qam', 'Person');
      await byAi('start, mended by an agent\n');
      await git(0, 'commit', '-qa', '--fixup', 'agent');

      await as('ai', test, ['b.txt'], () => writeFileSync(test.at('b.txt'), 'put aside\n'));
      await git(1, 'rebase', '-q', '-i', '--autosquash', '--autostash', 'start');
      while (existsSync(test.at('.git/rebase-merge'))) {
        const isOfPerson = (await test.git('log', '-1', '--format=%s', 'REBASE_HEAD')).trim() === 'Person';
        await (isOfPerson ? byHand('by a person\n') : byAi('start, mended by an agent\n'));
        await git(0, 'add', 'a.txt');
        const going = await test.run(['rebase', '--continue'], { env: { ...env, GIT_EDITOR: 'true' } });
        assert.ok(going.code === 0 || /CONFLICT/.test(going.stdout + going.stderr), going.stdout + going.stderr);
      }
      assert.deepEqual(await log(), ['Person 0', 'Agent 1']);
      assert.equal(test.read('a.txt'), 'by a person\n');
      assert.equal(test.read('b.txt'), 'put aside\n');
      await git(0, 'commit', '-qam', 'Stashed');
      assert.deepEqual(await log(), ['Stashed 1', 'Person 0', 'Agent 1']);

      await git(0, 'switch', '-q', '-c', 'release', 'start');
      await byHand('start of a release\n');
      await git(0, 'commit', '-qam', 'Release');
      await git(1, 'cherry-pick', 'agent');
      await byAi('a release by an agent\n');
      await git(0, 'add', 'a.txt');
      await git(0, 'cherry-pick', '--continue');
      assert.deepEqual(await log(), ['Agent 1', 'Release 0']);
    });

    it("replacing ours: the next command or assistant's hook restores them, with one line", async () => {
      await ours();
      for (const words of [['status'], ['record', 'claude-code']]) {
        await run(manager);
        const payload = JSON.stringify({
          hook_event_name: 'UserPromptSubmit',
          session_id: 's',
          cwd: test.root,
          prompt: 'go on',
        });
        const next = await linekeeper(test, words, { env, input: payload });
        assert.equal(next.code, 0, next.stderr);
        const lines = next.stderr.split('\n').filter((line) => line.includes('git hooks'));
        assert.ok(lines.length <= 1, next.stderr);
        if (lines.length === 1)
          assert.equal(
            lines[0],
            `linekeeper: ${manager.name} has taken Linekeeper's git hooks out; they are back. "linekeeper uninstall --git" takes them out for good.`,
          );
        assert.match((await linekeeper(test, ['doctor'], { env })).stdout, /^ok {4}git hooks: installed/m);
        assert.doesNotMatch((await linekeeper(test, ['status'], { env })).stderr, /git hooks/, 'said once');
      }
    });
  });
