/** The plugin for Vim and Neovim, in the real programs: what is typed is a person's, and what comes in is not. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { itInFull } from '../support/full';
import { askJson, builtCli, CLI, linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';

const PLUGIN = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../editors/vim/linekeeper.vim');
const ESCAPE = '\u001b';

interface Status {
  readonly added: Record<'ai' | 'human' | 'unknown', number>;
  readonly removed: Record<'ai' | 'human' | 'unknown', number>;
}

for (const program of ['vim', 'nvim'])
  describe(`the plugin in ${program}`, () => {
    let test: TestRepository;
    before(function () {
      // A machine may not have it; on Windows it needs a console.
      if (process.platform === 'win32' || spawnSync(program, ['--version']).status !== 0) this.skip();
    });
    beforeEach(async () => {
      await builtCli();
      test = await TestRepository.create();
      test.write('a.txt', 'one\ntwo\nthree\nfour\n');
      await test.commit('start');
      await linekeeper(test, ['install', '--git']);
    });
    afterEach(async () => {
      await (test as TestRepository | undefined)?.dispose();
    });

    /** The authors of what is changed after somebody pressed these keys in `a.txt`. */
    async function authorsAfter(keys: string): Promise<Status> {
      writeFileSync(test.outside('keys'), `${keys}:w\r:qa!\r`);
      writeFileSync(
        test.outside('vimrc'),
        `set nocompatible\nlet g:linekeeper_command = ['${process.execPath}', '${CLI}']\nsource ${PLUGIN}\n`,
      );
      const terminal = program === 'vim' ? ['-T', 'dumb', '--not-a-term'] : ['--headless'];
      const words = [...terminal, '-u', test.outside('vimrc'), '-i', 'NONE', '-s', test.outside('keys'), 'a.txt'];
      // A record is sent beside the editor, which waits a second for it. The pipe is open until the last of both has ended.
      const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
      const vim = spawn(program, words, { cwd: test.root, env: test.env, stdio: [...stdio], timeout: 50_000 });
      (vim.stdio[3] as Readable).resume();
      await new Promise((resolve) => vim.on('close', resolve));
      const { added, removed } = await askJson<Status>(test, 'status');
      return { added, removed };
    }

    /** The same at a terminal, whose keys come one after another, as a person's do. */
    async function authorsAfterTyping(keys: readonly string[]): Promise<Status> {
      writeFileSync(
        test.outside('vimrc'),
        `set nocompatible\nlet g:linekeeper_command = ['${process.execPath}', '${CLI}']\nsource ${PLUGIN}\n`,
      );
      const line = [program, '-u', test.outside('vimrc'), '-i', 'NONE', 'a.txt'].map((word) => `'${word}'`).join(' ');
      const stdio = ['pipe', 'pipe', 'ignore', 'pipe'] as const;
      const terminal = spawn('script', ['-qec', line, '/dev/null'], {
        cwd: test.root,
        env: { ...test.env, TERM: 'xterm' },
        stdio: [...stdio],
        timeout: 50_000,
      });
      const closed = new Promise((resolve) => terminal.on('close', resolve));
      (terminal.stdio[3] as Readable).resume();
      await new Promise((resolve) => (terminal.stdout as Readable).once('data', resolve));
      for (const key of [...keys, ':w\r', ':qa!\r']) {
        terminal.stdin?.write(key);
        await new Promise((resolve) => setTimeout(resolve, 150)); // Escape and the next key would be one key
      }
      await closed;
      const { added, removed } = await askJson<Status>(test, 'status');
      return { added, removed };
    }

    const human = (added: number, removed: number): Status => ({
      added: { ai: 0, human: added, unknown: 0 },
      removed: { ai: 0, human: removed, unknown: 0 },
    });

    itInFull('typing: is a person’s when lines are typed, deleted, put and replaced', async () => {
      const keys = `ggOtyped\r    indented (here)${ESCAPE}jddGp:s/one/1/\rGohello there${ESCAPE}`;
      assert.deepEqual(await authorsAfter(keys), human(4, 1));
      assert.equal(readFileSync(path.join(test.root, 'a.txt'), 'utf8').split('\n')[0], 'typed');
    });

    it('typing: is a person’s when it was undone and done again', async () => {
      assert.deepEqual(await authorsAfter(['Goa line of mine', ESCAPE, 'u\u0012'].join('')), human(1, 0));
    });

    it('typing at a terminal: is a person’s, and what a command read is not', async function () {
      if (process.platform !== 'linux' || spawnSync('script', ['--version']).status !== 0) this.skip();
      assert.deepEqual(await authorsAfterTyping(['G', 'o', 'typed here', ESCAPE, 'ggdd']), human(1, 1));
      assert.equal(readFileSync(path.join(test.root, 'a.txt'), 'utf8'), 'two\nthree\nfour\ntyped here\n');
      const { added } = await authorsAfterTyping([':r !echo generated\r', '\r']);
      assert.deepEqual([added.human, added.unknown], [1, 1]);
    });

    for (const [how, keys] of [
      ['a command read text into the buffer', ':r !echo generated\r'],
      ['a program filtered lines', ':2!echo generated\r'],
      ['a script set lines', ':call setline(2, "generated by somebody else")\r'],
      ['a script put lines while a person typed', ['Gotyped \u0012=join(repeat(["generated"], 9))\r', ESCAPE].join('')],
    ] as const)
      itInFull(`typing: proves nothing when ${how}`, async () => {
        const { added } = await authorsAfter(keys);
        assert.equal(added.human, 0);
        assert.ok(added.unknown > 0);
      });

    itInFull('an agent’s command: is the tool’s when it runs by LinekeeperRun', async () => {
      const { added } = await authorsAfter(':LinekeeperRun my-agent echo five >> a.txt\r\r:e!\r');
      assert.deepEqual(added, { ai: 1, human: 0, unknown: 0 });
    });
  });
