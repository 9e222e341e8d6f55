/** Run under Windows with git and sh on PATH: a day's work, by the command line that `LINEKEEPER_CLI` names. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startOf } from '../../../src/base/platform';

const CLI = process.env['LINEKEEPER_CLI'] ?? '';
const TRAILERS = /\n\nAssisted-by: claude-code:model-1\nAI-Lines: /;
/** A junior's AI lines in `a.txt` need a senior. */
const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["a.txt"]
    review:
      ai: { junior: { from: senior, approvals: 1 } }
`;

describe('a day with git and sh', () => {
  let top = '';
  let root = '';
  let env: NodeJS.ProcessEnv = {};
  before(() => {
    top = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'Linekeeper Ö ')));
    root = path.join(top, 'work tree');
    for (const name of [root, path.join(top, 'home')]) mkdirSync(name);
    const config = path.join(top, 'home', '.gitconfig');
    writeFileSync(config, '[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n');
    env = {
      ...process.env,
      HOME: path.join(top, 'home'),
      USERPROFILE: path.join(top, 'home'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: config,
      LINEKEEPER_BACKGROUND: 'off',
      LINEKEEPER_HOOK_MS: '120000',
    };
    git('init', '-q');
    git('config', 'core.autocrlf', 'true');
    write('a.txt', 'one\r\ntwo\r\n');
    write('.linekeeper.yml', POLICY.replaceAll('\n', '\r\n'));
    git('add', '-A');
    git('commit', '-qm', 'Start');
    linekeeper(['install', '--git']);
  });
  after(() => {
    rmSync(top, { recursive: true, maxRetries: 20, retryDelay: 500 });
  });

  function run(program: string, words: readonly string[], input?: string): string {
    const { program: file, words: all, ...how } = startOf(program, words, env);
    const { status, stdout, stderr, error } = spawnSync(file, all, {
      ...how,
      cwd: root,
      env,
      encoding: 'utf8',
      ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] as const } : { input }),
    });
    assert.equal(status, 0, `${program} ${words.join(' ')}: ${String(error ?? '')} ${stdout} ${stderr}`);
    return stdout;
  }
  const git = (...words: readonly string[]): string => run('git', words);
  const linekeeper = (words: readonly string[], input?: string): string =>
    run(process.execPath, [CLI, ...words], input);
  const write = (file: string, text: string): void => {
    writeFileSync(path.join(root, file), text);
  };
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  let id = 0;
  /** An assistant puts a line behind the first of a file. */
  function edit(file: string, line: string): void {
    const report = (event: 'before' | 'after'): string =>
      JSON.stringify({
        version: 1,
        event,
        id: `edit-${String(id)}`,
        author: 'ai',
        tool: 'claude-code',
        model: 'model-1',
        session: 'day',
        files: [path.join(root, file)],
      });
    linekeeper(['record', 'generic'], report('before'));
    write(file, read(file).replace('one\r\n', `one\r\n${line}\r\n`));
    linekeeper(['record', 'generic'], report('after'));
    id++;
  }
  const message = (): string => git('log', '-1', '--format=%B');
  const added = (): unknown =>
    (JSON.parse(linekeeper(['show', 'HEAD', '--json'])) as { readonly added: unknown }).added;

  it('a commit has its trailers and its note', () => {
    edit('a.txt', 'first');
    git('commit', '-qam', 'Work');
    assert.match(message(), TRAILERS);
    assert.deepEqual(added(), { ai: 1, human: 0, unknown: 0 });
  });

  it('an amendment too', () => {
    edit('a.txt', 'second');
    git('commit', '-qa', '--amend', '--no-edit');
    assert.match(message(), TRAILERS);
    assert.deepEqual(added(), { ai: 2, human: 0, unknown: 0 });
  });

  it('a rebase and a stash keep who wrote what', () => {
    git('checkout', '-q', '-b', 'side', 'HEAD~1');
    write('b.txt', 'aside\r\n');
    git('add', '-A');
    git('commit', '-qm', 'Aside');
    git('rebase', '-q', 'side', 'main');
    assert.match(message(), TRAILERS);
    assert.deepEqual(added(), { ai: 2, human: 0, unknown: 0 });
    edit('a.txt', 'third');
    git('stash', '-q');
    git('stash', 'pop', '-q');
    git('commit', '-qam', 'From the stash');
    assert.match(message(), TRAILERS);
    assert.deepEqual(added(), { ai: 1, human: 0, unknown: 0 });
  });

  it('a push takes the notes along, and the gate in another clone knows the authors', () => {
    git('init', '-q', '--bare', '../origin.git');
    git('remote', 'add', 'origin', '../origin.git');
    linekeeper(['install', '--notes']);
    git('push', '-q', 'origin', 'main');
    git('clone', '-q', '../origin.git', '../second');
    const second = path.join(top, 'second');
    linekeeper(['notes', 'fetch', '--repo', second]);
    const gate = spawnSync(
      process.execPath,
      [CLI, 'check', '--repo', second, '--base', 'HEAD~1', '--head', 'HEAD', '--actor', 'ada@example.com'],
      { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    assert.equal(gate.status, 1, gate.stderr);
    assert.match(gate.stdout, /1 line changed by AI in critical/);
    const shown = linekeeper(['show', 'HEAD', '--json', '--repo', second]);
    assert.deepEqual((JSON.parse(shown) as { readonly added: unknown }).added, { ai: 1, human: 0, unknown: 0 });
  });

  it("an assistant's hook is proven by the shell that the assistant uses here, and nothing is left of the proof", () => {
    linekeeper(['install', '--assistant', 'claude-code']);
    const proof = JSON.parse(linekeeper(['doctor', '--prove', '--json'])) as unknown;
    assert.match(JSON.stringify(proof), /"proven":true/);
    assert.equal(git('worktree', 'list').trim().split('\n').length, 1);
    assert.equal(git('status', '--porcelain').trim(), '');
  });

  it('leaves nothing of its own in the hooks when it goes', () => {
    linekeeper(['uninstall']);
    git('commit', '-q', '--allow-empty', '-m', 'Alone');
    assert.equal(message().trim(), 'Alone');
  });
});
