import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { saveEditorRuntime } from '../../../src/git';

const PLUGIN = path.resolve(import.meta.dirname, '../../../media/chat-plugin');

/** Prints what it got, as one JSON object, and ends with the code that standard input names. */
const CLI = `
const input = require('node:fs').readFileSync(0, 'utf8');
console.log(JSON.stringify({ words: process.argv.slice(2), input, electron: process.env.ELECTRON_RUN_AS_NODE ?? null, node: process.argv0 }));
process.exit(Number(input) || 0);
`;

describe("hook.sh, which VS Code's chat agent runs", () => {
  let folder = '';
  let home = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper hook ')));
    home = path.join(folder, 'home');
    for (const name of ['home', 'dist', 'media', 'bin']) mkdirSync(path.join(folder, name));
    cpSync(PLUGIN, path.join(folder, 'media', 'chat-plugin'), { recursive: true });
    writeFileSync(path.join(folder, 'dist', 'cli.js'), CLI);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** `onPath`: a folder with programs beside those of the system. */
  const run = (
    input: string,
    onPath = path.dirname(process.execPath),
    cwd?: string,
  ): { code: number | null; out: string; err: string } => {
    const result = spawnSync('/bin/sh', [path.join(folder, 'media', 'chat-plugin', 'hook.sh')], {
      input,
      encoding: 'utf8',
      ...(cwd === undefined ? {} : { cwd }),
      env: { HOME: home, PATH: cwd === undefined ? onPath : `${onPath}:/usr/bin:/bin` },
    });
    return { code: result.status, out: result.stdout, err: result.stderr };
  };
  /** Makes the folder a repository, and returns its git directory. */
  const withGit = (): string => {
    spawnSync('git', ['init', '-q', folder]);
    return path.join(folder, '.git');
  };
  const answered = (out: string): unknown => JSON.parse(out) as unknown;

  it("runs the CLI with the editor's own program when there is no node", () => {
    const commonDir = withGit();
    saveEditorRuntime({ commonDir }, { executable: process.execPath, cli: 'unused', electron: true });
    const { code, out, err } = run('{"a":1}', path.join(folder, 'bin'), folder);
    assert.deepEqual([code, err], [0, '']);
    assert.deepEqual(answered(out), {
      words: ['record', 'github-copilot'],
      input: '{"a":1}',
      electron: '1',
      node: process.execPath,
    });
  });

  it("runs the CLI with node when the editor's program is gone or unknown", () => {
    for (const leave of [false, true]) {
      if (leave)
        saveEditorRuntime(
          { commonDir: withGit() },
          { executable: path.join(folder, 'gone'), cli: 'unused', electron: true },
        );
      const { code, out } = run('{}', undefined, folder);
      assert.equal(code, 0);
      assert.deepEqual(answered(out), {
        words: ['record', 'github-copilot'],
        input: '{}',
        electron: null,
        node: 'node',
      });
    }
  });

  it('passes on exit code 2, and turns any other failure into one line', () => {
    assert.equal(run('2').code, 2);
    const failed = run('7');
    assert.equal(failed.code, 0);
    assert.match(failed.err, /^linekeeper: this edit is not recorded \([^\n]*\)\n$/);
  });

  it('denies by itself when the policy last seen denies agents and Linekeeper cannot run', () => {
    spawnSync('git', ['init', '-q', folder]);
    mkdirSync(path.join(folder, '.git', 'linekeeper'));
    writeFileSync(path.join(folder, '.git', 'linekeeper', 'held'), '');
    const event = (name: string, tool: string): string =>
      JSON.stringify({ hook_event_name: name, tool_name: tool, tool_input: { content: '"tool_name":"read_file"' } });
    writeFileSync(path.join(folder, 'dist', 'cli.js'), 'process.exit(7)');
    const refused = run(event('PreToolUse', 'create_file'), undefined, folder);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /^Linekeeper could not look at this[^\n]*refused\n$/);
    assert.equal(run(event('PreToolUse', 'read_file'), undefined, folder).code, 0);
    assert.equal(run(event('PostToolUse', 'create_file'), undefined, folder).code, 0);
    writeFileSync(path.join(folder, 'dist', 'cli.js'), CLI);
    assert.deepEqual(answered(run('{"a":1}', undefined, folder).out), {
      words: ['record', 'github-copilot'],
      input: '{"a":1}',
      electron: null,
      node: 'node',
    });
  });

  it('exits 0 with one line when Linekeeper or Node is gone', () => {
    const withoutNode = run('{}', path.join(folder, 'bin'));
    assert.deepEqual([withoutNode.code, withoutNode.out], [0, '']);
    assert.match(withoutNode.err, /^linekeeper: this edit is not recorded \(there is no Node[^\n]*\)\n$/);
    rmSync(path.join(folder, 'dist', 'cli.js'));
    const withoutUs = run('{}');
    assert.deepEqual([withoutUs.code, withoutUs.out], [0, '']);
    assert.match(
      withoutUs.err,
      /^linekeeper: this edit is not recorded \(Linekeeper was updated or removed[^\n]*\)\n$/,
    );
  });

  it('hooks.json runs hook.sh, or hook.ps1 on Windows, on each event that is recorded', () => {
    const hooks = JSON.parse(readFileSync(path.join(PLUGIN, 'hooks', 'hooks.json'), 'utf8')) as {
      hooks: Record<string, { hooks: { command: string; windows: string }[] }[]>;
    };
    assert.deepEqual(Object.keys(hooks.hooks).sort(), [
      'PostToolUse',
      'PreToolUse',
      'SessionStart',
      'Stop',
      'UserPromptSubmit',
    ]);
    for (const entries of Object.values(hooks.hooks))
      assert.equal(entries[0]?.hooks[0]?.command, 'sh "${PLUGIN_ROOT}/hook.sh"');
    for (const entries of Object.values(hooks.hooks))
      assert.match(entries[0]?.hooks[0]?.windows ?? '', /^\$r = "\$\{PLUGIN_ROOT\}"; .*"\$r\/hook\.ps1"\)\)\) \$r$/);
  });

  it('the runtime of the editor: is left in the git directory, and nothing is thrown where that is gone', () => {
    const commonDir = withGit();
    saveEditorRuntime({ commonDir }, { executable: process.execPath, cli: 'unused', electron: false });
    assert.equal(readFileSync(path.join(commonDir, 'linekeeper', 'runtime'), 'utf8'), `${process.execPath}\n0\n`);
    assert.doesNotThrow(() => {
      saveEditorRuntime({ commonDir: path.join(folder, 'gone') }, { executable: '/x', cli: 'unused', electron: false });
    });
  });
});
