/** What git's own commands that make commits start of ours, counted: nobody waits for a program that has nothing to add. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { installGitHooks } from '../../../src/provenance/commits';
import { pushNotesAlong } from '../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { itInFull } from '../../support/full';
import { builtCli, CLI, linekeeper, linekeeperProcess } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

const WAITS_MS = 60_000;

describe("our git hook's program", function () {
  this.timeout(300_000);
  let test: TestRepository;
  let log: string;
  let second = 1_700_000_000;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    log = test.outside('started');
    const runtime = test.outside('runtime');
    writeFileSync(log, '');
    writeFileSync(runtime, `#!/bin/sh\necho "$3" >>'${log}'\nexec '${process.execPath}' "$@"\n`);
    chmodSync(runtime, 0o755);
    for (const name of ['a', 'b', 'c', 'd']) test.write(`${name}.txt`, 'one\ntwo\nthree\n');
    await test.commit('Start', { at: `@${String(second++)} +0000` });
    await installGitHooks(test.repository(), { executable: runtime, cli: CLI, electron: false });
  });
  afterEach(async () => {
    await until('the end of what goes on behind it', isQuiet);
    await test.dispose();
  });

  /** Runs git a second after the time before; returns what its hooks started, but for what goes on behind them. */
  async function git(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string[]> {
    writeFileSync(log, '');
    const date = `@${String(second++)} +0000`;
    const makes = words[0] === 'commit' && !words.includes('--amend');
    const env = { GIT_COMMITTER_DATE: date, ...(makes ? { GIT_AUTHOR_DATE: date } : {}), ...more };
    const done = await test.run(words, { env });
    assert.equal(done.code, 0, done.stderr);
    return readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('ready'));
  }
  const message = (revision = 'HEAD'): Promise<string> => test.git('log', '-1', '--format=%B', revision);
  const settled = async (): Promise<void> => {
    assert.equal((await linekeeper(test, ['show', 'HEAD'])).code, 0);
  };
  async function commitBy(who: 'ai' | 'nobody', file: string, what: string): Promise<void> {
    await as(who, test, [file], () => test.replace(file, 'two\n', `two ${what}\n`));
    await git(['commit', '-qam', what]);
  }
  async function until(what: string, is: () => boolean): Promise<void> {
    for (const end = Date.now() + WAITS_MS; !is();) {
      if (Date.now() > end) throw new Error(`in vain waited for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const isQuiet = (): boolean => !existsSync(test.at('.git/linekeeper/ready.lock'));

  itInFull('is not started for an amend when nothing was ever recorded', async () => {
    test.write('a.txt', 'by nobody\n');
    assert.deepEqual(await git(['commit', '-qam', 'First']), []);
    assert.deepEqual(await git(['commit', '-q', '--amend', '--no-edit']), []);
    assert.deepEqual(await git(['commit', '-q', '--amend', '-m', 'Other words']), []);
    assert.equal(await message(), 'Other words\n');
  });

  itInFull('is not started for an amend of an unrecorded commit, but for a recorded one', async () => {
    await commitBy('ai', 'a.txt', 'by machine');
    await settled();
    test.write('b.txt', 'by nobody\n');
    assert.deepEqual(await git(['commit', '-qam', 'Unseen']), []);
    assert.deepEqual(await git(['commit', '-q', '--amend', '--no-edit']), []);
    await git(['reset', '-q', '--hard', 'HEAD~1']);
    await settled();
    assert.deepEqual(await git(['commit', '-q', '--amend', '-m', 'Other words']), ['prepare-commit-msg']);
    assert.match(await message(), /^Other words\n\nAssisted-by: .*\nAI-Lines: \+1 -1 of \+1 -1\n/);
  });

  for (const words of [['--no-edit'], ['-m', 'Other words']])
    itInFull(`is not started for an amend with ${words[0] ?? ''} of an assistant's prepared commit`, async () => {
      const on = { LINEKEEPER_BACKGROUND: '' };
      await as('ai', test, ['a.txt'], () => test.replace('a.txt', 'two\n', 'two by machine\n'));
      await git(['commit', '-qam', 'By machine'], on);
      const [tree, head] = [await test.git('rev-parse', 'HEAD^{tree}'), await test.git('rev-parse', 'HEAD')];
      const file = test.at(`.git/linekeeper/prepared/amend-${tree}`);
      await until('the answer', () => isQuiet() && existsSync(file) && readFileSync(file, 'utf8').startsWith(head));
      assert.deepEqual(
        await git(['commit', '-q', '--amend', ...words]),
        process.platform === 'linux' ? [] : ['prepare-commit-msg'],
      );
      const subject = words[1] ?? 'By machine';
      assert.equal(await message(), `${subject}\n\nAssisted-by: claude-code:model-1\nAI-Lines: +1 -1 of +1 -1\n`);
      // The answer is for this content alone.
      test.write('b.txt', 'by nobody\n');
      assert.deepEqual(await git(['commit', '-qa', '--amend', '--no-edit']), ['prepare-commit-msg']);
      assert.match(await message(), /AI-Lines: \+1 -1 of \+2 -4, unknown \+1 -3\n/);
      await settled();
      assert.match(await test.git('notes', '--ref=ai', 'show', 'HEAD'), /a\.txt/);
    });

  itInFull('is not started for unchanged picks, but for one whose new message drops the trailers', async () => {
    await test.git('checkout', '-q', '-b', 'work');
    await commitBy('ai', 'a.txt', 'by machine');
    await commitBy('nobody', 'b.txt', 'by nobody');
    await commitBy('ai', 'c.txt', 'by machine too');
    await settled();
    const messages = await test.git('log', '--format=%B', '-3');
    await as('ai', test, ['d.txt'], () => test.replace('d.txt', 'two\n', 'two untold\n'));
    await git(['-c', 'core.hooksPath=/dev/null', 'commit', '-qam', 'Untold']);
    await settled();
    await test.git('checkout', '-q', 'main');
    test.write('beside.txt', 'meanwhile\n');
    await test.git('add', '.');
    await git(['commit', '-qm', 'Meanwhile']);
    assert.deepEqual(await git(['cherry-pick', 'work~4..work~1']), []);
    assert.equal(await test.git('log', '--format=%B', '-3'), messages);
    assert.deepEqual(await git(['cherry-pick', 'work']), ['prepare-commit-msg']);
    assert.match(await message(), /^Untold\n\nAssisted-by: .*\nAI-Lines: \+1 -1 of \+1 -1\n/);
    await settled();
    for (const made of ['HEAD', 'HEAD~1', 'HEAD~3'])
      assert.match(await test.git('notes', '--ref=ai', 'show', made), /\.txt/);
  });

  itInFull("is started for the commit after a pick's conflict", async () => {
    await test.git('checkout', '-q', '-b', 'work');
    await commitBy('ai', 'a.txt', 'by machine');
    await settled();
    await test.git('checkout', '-q', 'main');
    await commitBy('nobody', 'a.txt', 'by nobody');
    assert.notEqual((await test.run(['cherry-pick', 'work'])).code, 0);
    test.write('a.txt', 'one\nresolved\nthree\n');
    assert.deepEqual(await git(['commit', '-qa', '--no-edit']), ['prepare-commit-msg']);
    assert.ok(!(await message()).includes('AI-Lines: +1'), await message());
  });

  itInFull('is not started for a clean merge, but for one with a conflict', async () => {
    await test.git('checkout', '-q', '-b', 'work');
    await commitBy('ai', 'a.txt', 'by machine');
    await settled();
    await test.git('checkout', '-q', 'main');
    await commitBy('nobody', 'b.txt', 'by nobody');
    const start = await test.git('rev-parse', 'HEAD');
    assert.deepEqual(await git(['merge', '-q', '--no-ff', '--no-edit', 'work']), []);
    assert.equal(await message(), "Merge branch 'work'\n");
    await test.git('reset', '-q', '--hard', start);
    await commitBy('nobody', 'a.txt', 'by nobody');
    assert.notEqual((await test.run(['merge', '--no-edit', 'work'])).code, 0);
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo by both\nthree\n'));
    assert.deepEqual(await git(['commit', '-qa', '--no-edit']), ['prepare-commit-msg']);
    assert.match(await message(), /AI-Lines: \+1/);
  });

  it("is not started for an agent's commit in the turn of its edit", async () => {
    const on = { LINEKEEPER_BACKGROUND: '' };
    const tell = async (payload: object): Promise<void> => {
      const input = JSON.stringify({ session_id: 's', cwd: test.root, ...payload });
      const answer = await linekeeperProcess(test, ['record', 'claude-code'], { input, env: on });
      assert.deepEqual([answer.code, answer.stderr], [0, '']);
    };
    const file_path = test.at('a.txt');
    const edit = { tool_name: 'Write', tool_use_id: 'edit', tool_input: { file_path } };
    await tell({ hook_event_name: 'PreToolUse', ...edit });
    test.replace('a.txt', 'two\n', 'two by machine\n');
    await tell({ hook_event_name: 'PostToolUse', ...edit });
    await test.git('add', '.');
    const tree = await test.git('write-tree');
    await until(
      'the answer',
      () =>
        existsSync(test.at(`.git/linekeeper/prepared/${tree}`)) && !existsSync(test.at('.git/linekeeper/ready.lock')),
    );
    const command = { tool_name: 'Bash', tool_use_id: 'command', tool_input: { command: 'git commit -qm Work' } };
    await tell({ hook_event_name: 'PreToolUse', ...command });
    assert.deepEqual(await git(['commit', '-qm', 'Work'], on), []);
    await tell({ hook_event_name: 'PostToolUse', ...command });
    assert.equal(await message(), 'Work\n\nAssisted-by: claude-code\nAI-Lines: +1 -1 of +1 -1\n');
    await settled();
    assert.match(await test.git('notes', '--ref=ai', 'show', 'HEAD'), /a\.txt/);
  });

  itInFull('is started by a push only when the remote lacks notes', async () => {
    const remote = test.outside('remote.git');
    await test.git('init', '-q', '--bare', remote);
    await test.git('remote', 'add', 'origin', remote);
    await pushNotesAlong(test.repository());
    /** How often git connects to the remote. */
    const connections = async (): Promise<number> => {
      const trace = test.outside(`trace-${String(second)}`);
      await git(['push', '-q', 'origin', 'main'], { GIT_TRACE: trace });
      return (readFileSync(trace, 'utf8').match(/(?:run_command|exec): .*git[ -](?:receive|upload)-pack/g) ?? [])
        .length;
    };
    const there = async (): Promise<string> => (await test.git('ls-remote', 'origin', 'refs/notes/ai')).slice(0, 40);
    await commitBy('ai', 'a.txt', 'by machine');
    await connections();
    assert.equal(await there(), await test.git('rev-parse', 'refs/notes/ai'));
    const alone = await connections();
    assert.deepEqual(await git(['push', '-q', 'origin', 'main']), []);
    await commitBy('ai', 'b.txt', 'by machine');
    assert.equal(await connections(), 2 * alone);
    assert.equal(await there(), await test.git('rev-parse', 'refs/notes/ai'));
    // Others have sent notes meanwhile: both are there.
    const other = test.outside('other');
    await test.git('clone', '-q', remote, other);
    const elsewhere = (...words: string[]): Promise<unknown> => test.run(words, { cwd: other });
    await elsewhere('fetch', '-q', 'origin', 'refs/notes/ai:refs/notes/ai');
    await elsewhere(
      'notes',
      '--ref=ai',
      'add',
      '-m',
      'of another tool',
      (await test.git('rev-list', '--max-parents=0', 'HEAD')).trim(),
    );
    await elsewhere('push', '-q', 'origin', 'refs/notes/ai');
    await commitBy('ai', 'c.txt', 'by machine');
    await git(['push', '-q', 'origin', 'main']);
    assert.equal(await there(), await test.git('rev-parse', 'refs/notes/ai'));
    assert.equal((await test.git('notes', '--ref=ai', 'list')).split('\n').length, 4);
  });
});
