/** What the programs behind hooks load of Node: its larger modules cost a hook more than all of its own work. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { installGitHooks } from '../../src/provenance/commits';
import { openJournal } from '../../src/provenance/journal';
import { itInFull } from '../support/full';
import { builtCli, CLI, linekeeperProcess } from '../support/product';
import { TestRepository } from '../support/repository';
import { as } from '../support/worker';

const LARGE = ['crypto', 'child_process', 'stream', 'worker_threads'];

describe("Node's large modules", () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    await builtCli();
  });
  afterEach(() => test.dispose());

  /** Environment in which each Node tells, when it ends, what it has loaded. */
  function watched(): { readonly env: Readonly<Record<string, string>>; readonly loaded: () => readonly string[] } {
    const script = test.outside('watch.cjs');
    const log = test.outside('loaded');
    writeFileSync(
      script,
      `process.once('exit', () => require('fs').appendFileSync(${JSON.stringify(log)}, process.moduleLoadList.join('\\n') + '\\n'));`,
    );
    return {
      env: { NODE_OPTIONS: `--require ${JSON.stringify(script)}` },
      loaded: () =>
        readFileSync(log, 'utf8')
          .split('\n')
          .flatMap((line) => (line.startsWith('NativeModule ') ? [line.slice('NativeModule '.length)] : [])),
    };
  }

  itInFull('are not loaded by the git hook for a recorded edit', async () => {
    test.write('a.txt', 'one\ntwo\nthree\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    const commit = async (text: string, env: Readonly<Record<string, string>> = {}): Promise<void> => {
      await as('ai', test, ['a.txt'], () => test.write('a.txt', test.read('a.txt').replace('two', text)));
      const made = await test.run(['commit', '-qam', 'By machine'], { env: { NODE_EXTRA_CA_CERTS: '', ...env } });
      assert.equal(made.code, 0, made.stderr);
      assert.match(await test.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -1 of \+1 -1$/m);
    };
    await commit('two by machine'); // the first one reads the policy
    const { env, loaded } = watched();
    await commit('by machine again', env);
    assert.ok(loaded().includes('fs'), 'Node told nothing: does the hook still run?');
    assert.deepEqual(
      loaded().filter((name) => LARGE.includes(name)),
      [],
    );
  });

  itInFull("are not loaded after an edit, nor by the commit after the turn's end", async () => {
    test.write('a.txt', 'one\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    const { env, loaded } = watched();
    const tell = async (payload: object): Promise<void> => {
      const answer = await linekeeperProcess(test, ['record', 'claude-code'], {
        input: JSON.stringify({ session_id: 's', cwd: test.root, ...payload }),
        env: { NODE_EXTRA_CA_CERTS: '', ...env },
        throughShell: true,
      });
      assert.deepEqual([answer.code, answer.stderr], [0, '']);
    };
    const edit = {
      tool_name: 'Edit',
      tool_use_id: 'call-1',
      tool_input: { file_path: test.at('a.txt'), old_string: 'one', new_string: 'two' },
    };
    await tell({ hook_event_name: 'PreToolUse', ...edit });
    test.write('a.txt', 'two\n');
    await tell({ hook_event_name: 'PostToolUse', ...edit, tool_response: { filePath: test.at('a.txt') } });
    assert.ok(loaded().includes('fs'), 'Node told nothing: does the hook still run?');
    assert.deepEqual(
      loaded().filter((name) => LARGE.includes(name)),
      [],
    );
    /** Contents without the small file that tells their id. */
    const unnamed = (): number =>
      readdirSync(test.at('.git/linekeeper/unnamed')).reduce((count, name) => count + (name.includes('.') ? -1 : 1), 0);
    assert.equal(unnamed(), 2);
    await tell({ hook_event_name: 'Stop' });
    assert.equal(unnamed(), 0);
    await test.git('commit', '-qam', 'First'); // which reads the policy
    assert.match(await test.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -1 of \+1 -1$/m);
    await tell({ hook_event_name: 'PreToolUse', ...edit, tool_use_id: 'call-2' });
    test.write('a.txt', 'three\n');
    await tell({ hook_event_name: 'PostToolUse', ...edit, tool_use_id: 'call-2' });
    await tell({ hook_event_name: 'Stop' });
    rmSync(test.outside('loaded'));
    const made = await test.run(['commit', '-qam', 'Second'], { env: { NODE_EXTRA_CA_CERTS: '', ...env } });
    assert.equal(made.code, 0, made.stderr);
    assert.match(await test.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -1 of \+1 -1$/m);
    assert.ok(loaded().includes('fs'), 'Node told nothing: does the hook still run?');
    assert.deepEqual(
      loaded().filter((name) => LARGE.includes(name)),
      [],
    );
  });

  for (const [assistant, payload] of [
    ['generic', { version: 1, event: 'before', author: 'ai', tool: 'some-tool', session: 's', files: ['a.txt'] }],
    [
      'claude-code',
      {
        hook_event_name: 'PreToolUse',
        session_id: 's',
        tool_name: 'Edit',
        tool_use_id: 'call-1',
        tool_input: { file_path: 'a.txt', old_string: 'one', new_string: 'two' },
      },
    ],
  ] as const) {
    it(`are not loaded before an edit of a file as last recorded: ${assistant}`, async () => {
      test.write('a.txt', 'one\n');
      await test.commit('Start');
      await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one by machine\n'));
      const { env, loaded } = watched();
      const seen = (): number =>
        openJournal(test.repository().gitDir, Date.now)
          .read()
          .filter(({ record }) => record.kind === 'seen' && record.opens !== undefined).length;
      const before = seen();
      const answer = await linekeeperProcess(test, ['record', assistant], {
        input: JSON.stringify({ ...payload, cwd: test.root }),
        env: { NODE_EXTRA_CA_CERTS: '', ...env },
        throughShell: true,
      });
      assert.deepEqual([answer.code, answer.stdout, seen()], [0, '', before + 1]);
      assert.deepEqual(
        loaded().filter((name) => LARGE.includes(name)),
        [],
      );
    });
  }
});
