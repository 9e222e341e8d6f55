/** What goes on after a commit and at the end of a turn, so that nobody waits for it in the next commit. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { installGitHooks } from '../../../../src/provenance/commits';
import { openJournal } from '../../../../src/provenance/journal';
import { itInFull } from '../../../support/full';
import { builtCli, CLI, linekeeper, linekeeperProcess } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

/** Far longer than it takes: the machine may be busy. */
const WAITS_MS = 30_000;

describe("background work after an assistant's hook", function () {
  this.timeout(120_000);
  let test: TestRepository;
  let log: string;
  const ON = { LINEKEEPER_BACKGROUND: undefined };
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    log = test.outside('started');
    const runtime = test.outside('runtime');
    writeFileSync(log, '');
    writeFileSync(runtime, `#!/bin/sh\necho "$3 $4" >>'${log}'\nexec '${process.execPath}' "$@"\n`);
    chmodSync(runtime, 0o755);
    for (const name of ['a', 'b', 'c']) test.write(`${name}.txt`, 'one\ntwo\nthree\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: runtime, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  /** What git's hooks have started by now, but for what goes on behind them. */
  const started = (): string[] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('ready'));
  const pending = (): number =>
    openJournal(test.repository().gitDir, Date.now)
      .names()
      .filter((name) => name.endsWith('.json')).length;
  const isNoted = async (): Promise<boolean> => (await test.run(['notes', '--ref=ai', 'show', 'HEAD'])).code === 0;
  const message = (): Promise<string> => test.git('log', '-1', '--format=%B');

  async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + WAITS_MS; !(await is());) {
      if (Date.now() > end) throw new Error(`in vain waited for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const isQuiet = (): boolean => !existsSync(test.at('.git/linekeeper/ready.lock'));

  let second = Math.floor(Date.now() / 1000) + 60;
  /**
   * A second after the one before, the first commit of the repository too, as people's are: one of the same second may be
   * an amendment.
   */
  async function commit(...words: readonly string[]): Promise<void> {
    const date = `@${String(++second)} +0000`;
    const made = await test.run(['commit', '-q', ...words], {
      env: { ...ON, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
    assert.deepEqual([made.code, made.stderr], [0, '']);
  }

  let turn = 0;
  /** A turn of an assistant that edits a file. */
  async function edits(file: string, from: string, to: string): Promise<void> {
    const tell = async (payload: object): Promise<void> => {
      const answer = await linekeeperProcess(test, ['record', 'claude-code'], {
        input: JSON.stringify({ session_id: 's', cwd: test.root, ...payload }),
        env: { LINEKEEPER_BACKGROUND: '' },
      });
      assert.deepEqual([answer.code, answer.stderr], [0, '']);
    };
    const edit = {
      tool_name: 'Edit',
      tool_use_id: `call-${String(++turn)}`,
      tool_input: { file_path: test.at(file), old_string: from, new_string: to },
    };
    await tell({ hook_event_name: 'PreToolUse', ...edit });
    test.replace(file, from, to);
    await tell({ hook_event_name: 'PostToolUse', ...edit, tool_response: { filePath: test.at(file) } });
    await tell({ hook_event_name: 'Stop' });
    const tree = await test.git('stash', 'create').then((id) => test.git('rev-parse', `${id}^{tree}`));
    await until('the answer', () => existsSync(test.at(`.git/linekeeper/prepared/${tree}`)) && isQuiet());
  }

  itInFull(
    "the end of a turn prepares the trailers for git commit -a, for all files, and for the assistant's",
    async () => {
      test.write('untracked.txt', 'of a person\n');
      await edits('a.txt', 'two', 'two by machine');
      await commit('-am', 'What git knows');
      assert.match(await message(), /^What git knows\n\nAssisted-by: claude-code\nAI-Lines: \+1 -1 of \+1 -1\n/);
      test.write('b.txt', 'changed by a person\n');
      await until('the note', async () => (await isNoted()) && pending() === 0 && isQuiet());
      await edits('a.txt', 'three', 'three by machine');
      await test.git('add', 'a.txt');
      await commit('-m', 'What the assistant changed');
      assert.match(await message(), /^AI-Lines: \+1 -1 of \+1 -1$/m);
      await until('the note', async () => (await isNoted()) && pending() === 0 && isQuiet());
      await edits('c.txt', 'two', 'two by machine');
      await test.git('add', '-A');
      await commit('-m', 'All of it');
      assert.match(await message(), /^AI-Lines: \+1 -1 of \+3 -4, unknown \+2 -3$/m);
      assert.deepEqual(started(), [], 'nobody waited for a runtime');
    },
  );

  it("the note of a commit is written soon after it, and a person's next commit starts nothing", async () => {
    await edits('a.txt', 'two', 'two by machine');
    await commit('-am', 'By machine');
    await until('the note', async () => (await isNoted()) && pending() === 0 && isQuiet());
    const before = readFileSync(log, 'utf8');
    test.replace('b.txt', 'two', 'two by hand');
    await commit('-am', 'By hand');
    assert.equal(readFileSync(log, 'utf8'), before);
    assert.equal(await message(), 'By hand\n');
    const shown = JSON.parse((await linekeeper(test, ['show', 'HEAD~', '--json'])).stdout) as {
      readonly added: unknown;
    };
    assert.deepEqual(shown.added, { ai: 1, human: 0, unknown: 0 });
  });

  itInFull('what a commit leaves out is prepared for the next one', async () => {
    await edits('a.txt', 'two', 'two by machine');
    await edits('c.txt', 'three', 'three by machine');
    await test.git('add', 'a.txt');
    await commit('-m', 'A part');
    const tree = await test.git('stash', 'create').then((id) => test.git('rev-parse', `${id}^{tree}`));
    const head = await test.git('rev-parse', 'HEAD');
    await until(
      'the next answer',
      () =>
        isQuiet() &&
        existsSync(test.at(`.git/linekeeper/prepared/${tree}`)) &&
        readFileSync(test.at(`.git/linekeeper/prepared/${tree}`), 'utf8').startsWith(head),
    );
    const before = started();
    await commit('-am', 'The rest');
    assert.match(await message(), /^AI-Lines: \+1 -1 of \+1 -1$/m);
    assert.deepEqual(started(), before);
  });

  itInFull('two commits in a row have the same authors as with a pause between', async () => {
    await edits('a.txt', 'two', 'two by machine');
    await edits('b.txt', 'two', 'two by machine');
    await test.git('add', 'a.txt');
    await commit('-m', 'First');
    await commit('-am', 'Second');
    test.replace('c.txt', 'two', 'two by hand');
    await commit('-am', 'Third');
    const messages = (await test.git('log', '--reverse', '--format=%s %(trailers:key=AI-Lines,valueonly)', 'HEAD~3..'))
      .split('\n')
      .filter((line) => line !== '');
    assert.deepEqual(messages, ['First +1 -1 of +1 -1', 'Second +1 -1 of +1 -1', 'Third ']);
    const added = async (revision: string): Promise<unknown> =>
      (JSON.parse((await linekeeper(test, ['show', revision, '--json'])).stdout) as { readonly added: unknown }).added;
    assert.deepEqual(
      [await added('HEAD~2'), await added('HEAD~'), await added('HEAD')],
      [
        { ai: 1, human: 0, unknown: 0 },
        { ai: 1, human: 0, unknown: 0 },
        { ai: 0, human: 0, unknown: 1 },
      ],
    );
  });
});
