/** What `doctor` says of assistants, and `install` and `uninstall` of all of them at once. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS, assistantOf } from '../../../src/provenance/assistants';
import { installHooks } from '../../../src/provenance/assistants/setup';
import { folderOf } from '../../../src/base/launcher';
import { saveEditorRuntime } from '../../../src/git';
import { itInFull } from '../../support/full';
import { linekeeper, type Answer } from '../../support/product';
import { TestRepository } from '../../support/repository';

interface Report {
  readonly id: string;
  readonly found: boolean;
  readonly version: string | null;
  readonly hooks: { readonly user: string; readonly project: string };
  readonly heardInEditor: boolean;
  readonly trusted: boolean | null;
  readonly lastSeen: string | null;
  readonly failures: number;
}

describe('doctor, on assistants', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    await test.commit('start', { args: ['--allow-empty'] });
  });
  afterEach(() => test.dispose());

  /** Only what the test puts on it is on this PATH, beside what git needs. */
  const doctor = async (): Promise<{ readonly answer: Answer; readonly of: (id: string) => Report }> => {
    const env = { PATH: `${test.outside('bin')}:/usr/bin:/bin` };
    const answer = await linekeeper(test, ['doctor'], { env });
    const { assistants } = JSON.parse((await linekeeper(test, ['doctor', '--json'], { env })).stdout) as {
      readonly assistants: readonly Report[];
    };
    return { answer, of: (id) => assistants.find((one) => one.id === id) ?? assert.fail(id) };
  };
  const install = async (...words: readonly string[]): Promise<string> => {
    const answer = await linekeeper(test, ['install', ...words]);
    assert.equal(answer.code, 0, answer.stderr);
    return answer.stdout;
  };

  itInFull('lists each assistant, found or not', async () => {
    const { answer, of } = await doctor();
    assert.match(answer.stdout, /^ok {4}assistants: none found on this machine$/m);
    for (const { id } of ASSISTANTS) assert.equal(of(id).hooks.project, 'absent', id);
  });

  itInFull('finds a program and its version without starting it', async () => {
    const folder = test.outside('lib/codex/bin');
    mkdirSync(folder, { recursive: true });
    mkdirSync(test.outside('bin'));
    writeFileSync(path.join(folder, 'codex.js'), '#!/bin/sh\ntouch started\n', { mode: 0o755 });
    writeFileSync(test.outside('lib/codex/package.json'), '{"version":"0.169.0"}');
    symlinkSync(path.join(folder, 'codex.js'), test.outside('bin/codex'));
    const { answer, of } = await doctor();
    assert.deepEqual([of('codex').found, of('codex').version], [true, '0.169.0']);
    assert.match(
      answer.stdout,
      /^note {2}OpenAI Codex: no hooks .*its edits are not recorded: run "linekeeper install --assistant codex".*version 0\.169\.0/m,
    );
    assert.deepEqual(readdirSync(test.root), ['.git']);
  });

  it('an assistant on this machine without hooks: is to be fixed when the policy restricts agents, else a note', async () => {
    mkdirSync(path.join(test.home, '.gemini'), { recursive: true });
    await install('--git', '--assistant', 'claude-code');
    const noted = await doctor();
    assert.match(noted.answer.stdout, /^note {2}Gemini CLI: no hooks/m);
    assert.equal(noted.answer.code, 0, noted.answer.stdout);
    test.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: all, paths: ["infra/**"], agents: deny }]\n');
    await test.commit('policy');
    const held = await doctor();
    assert.match(
      held.answer.stdout,
      /^FIX {3}Gemini CLI: no hooks .*does not hold it back: run "linekeeper install --assistant gemini"/m,
    );
    assert.equal(held.answer.code, 1);
    const prove = await linekeeper(test, ['doctor', '--prove'], {
      env: { PATH: `${test.outside('bin')}:/usr/bin:/bin` },
    });
    assert.match(
      prove.stdout,
      /^Gemini CLI: NOT proven\n {2}FIX {3}hooks: none, .*"linekeeper install --assistant gemini"/m,
    );
    assert.match(prove.stdout, /^Claude Code, hooks of the user: proven/m);
    assert.equal(prove.code, 1);
    await install('--assistant', 'gemini');
    assert.equal((await doctor()).answer.code, 0);
  });

  it('the fallback of hooks: is armed by each form of install when the policy restricts agents', async () => {
    const held = test.at('.git/linekeeper/held');
    await install('--git');
    assert.ok(!existsSync(held));
    test.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: all, paths: ["infra/**"], agents: deny }]\n');
    for (const words of [['--git'], ['--assistant', 'claude-code'], ['--all', test.root]]) {
      rmSync(held, { force: true });
      if (words[0] === '--all') await linekeeper(test, ['uninstall']);
      await install(...words);
      assert.ok(existsSync(held), words.join(' '));
    }
  });

  it('an assistant of which only our rules are here: is none when the policy restricts agents', async () => {
    await install('--git', '--assistant', 'claude-code');
    test.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: all, paths: ["infra/**"], agents: deny }]\n');
    await install('--enforce', '--assistant', 'all');
    assert.doesNotMatch((await doctor()).answer.stdout, /^FIX .*no hooks/m);
  });

  it('a clone that does not know the main branch of origin: is to be fixed by the command that doctor names', async () => {
    const upstream = await TestRepository.create();
    try {
      await upstream.commit('first', { args: ['--allow-empty'] });
      await upstream.git('branch', 'old');
      await test.git('remote', 'add', '-t', 'old', 'origin', upstream.root);
      await install('--git');
      assert.doesNotMatch((await doctor()).answer.stdout, /base branch/);
      await test.git('fetch', '--quiet');
      const { answer } = await doctor();
      const command = /^FIX {3}base branch: .*; run: (.*)$/m.exec(answer.stdout)?.[1] ?? assert.fail(answer.stdout);
      assert.equal(answer.code, 1);
      execFileSync('sh', ['-c', command], { cwd: test.root, env: test.env, stdio: 'pipe' });
      assert.doesNotMatch((await doctor()).answer.stdout, /base branch/);
    } finally {
      await upstream.dispose();
    }
  });

  itInFull('knows that the extension records Copilot in VS Code without set-up', async () => {
    mkdirSync(path.join(test.home, '.copilot', 'hooks'), { recursive: true });
    const alone = await doctor();
    assert.match(alone.answer.stdout, /^note {2}GitHub Copilot: no hooks .*not recorded/m);
    saveEditorRuntime({ commonDir: test.at('.git') }, { executable: process.execPath, cli: 'unused', electron: false });
    const { answer, of } = await doctor();
    assert.equal(of('github-copilot').heardInEditor, true);
    assert.match(answer.stdout, /^ok {4}GitHub Copilot: in VS Code the Linekeeper extension records its edits/m);
    assert.doesNotMatch(answer.stdout, /GitHub Copilot.*not recorded/);
  });

  itInFull('says whether Codex trusts our hooks', async () => {
    assert.match(await install('--assistant', 'codex'), /once you have trusted them/);
    const hooks = path.join(test.home, '.codex', 'hooks.json');
    const config = path.join(test.home, '.codex', 'config.toml');
    const absent = await doctor();
    assert.match(absent.answer.stdout, /^note {2}OpenAI Codex: it is not on this machine/m);
    assert.doesNotMatch(absent.answer.stdout, /^FIX .*Codex/m);
    test.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: all, paths: ["infra/**"], agents: deny }]\n');
    await install('--enforce', '--assistant', 'codex');
    assert.match((await doctor()).answer.stdout, /^note {2}OpenAI Codex: it is not on this machine/m);
    await linekeeper(test, ['uninstall', '--enforce']);
    symlinkSync('nowhere', path.join(path.dirname(config), 'auth.json')); // a link into nothing is a trace, too
    const first = await doctor();
    assert.equal(first.of('codex').trusted, false);
    assert.equal(first.answer.code, 1);
    assert.match(first.answer.stdout, /^FIX {3}OpenAI Codex: it has not been told to trust these hooks/m);
    assert.ok(!readdirSync(path.dirname(config)).includes('config.toml'));
    const state = (event: string, quote: string, more = ''): string =>
      `[hooks.state.${quote}${hooks}:${event}:0:0${quote}]\ntrusted_hash = "sha256:1"\n${more}\n`;
    for (const [text, expected] of [
      [`model = "x"\n${state('pre_tool_use', '"')}${state('post_tool_use', "'")}`, true],
      [state('pre_tool_use', '"'), false],
      [`${state('pre_tool_use', '"')}${state('post_tool_use', '"', 'enabled = false')}`, false],
      [`${state('pre_tool_use', '"')}${state('post_tool_use', '"')}`.replaceAll(hooks, '/elsewhere/hooks.json'), false],
      [`# ${state('pre_tool_use', '"')}`.replaceAll('\n', '\n# '), false],
    ] as const) {
      writeFileSync(config, text);
      assert.equal((await doctor()).of('codex').trusted, expected, text);
    }
  });

  itInFull('says when an assistant was last heard, and which payloads were not understood', async () => {
    await install('--assistant', 'gemini');
    assert.equal((await doctor()).of('gemini').lastSeen, null);
    await linekeeper(test, ['record', 'gemini'], {
      input: JSON.stringify({ hook_event_name: 'AfterAgent', session_id: 's', cwd: test.root }),
    });
    await linekeeper(test, ['record', 'gemini'], {
      input: JSON.stringify({ hook_event_name: 'AfterTool', cwd: test.root }),
    });
    await linekeeper(test, ['record', 'claude-code'], { input: 'no JSON' });
    const { answer, of } = await doctor();
    assert.match(of('gemini').lastSeen ?? '', /^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/);
    assert.match(answer.stdout, /^ok {4}Gemini CLI: hooks installed .*last seen \d{4}-\d\d-\d\d$/m);
    assert.match(
      answer.stdout,
      /^FIX {3}payloads: 2 payloads \((?:Gemini CLI, Claude Code|Claude Code, Gemini CLI)\)/m,
    );
  });

  it('doctor: renews hooks of an older program when nobody has changed their file', async () => {
    const settings = path.join(test.home, '.claude', 'settings.json');
    mkdirSync(path.dirname(settings));
    writeFileSync(settings, '{ "model": "opus" }\n');
    const claude = assistantOf('claude-code') ?? assert.fail();
    const older = {
      scope: 'user',
      program: [process.execPath, '/older/cli.js'],
      stateDir: path.join(folderOf(test.home), 'setup'),
      home: test.home,
      env: {},
    } as const;
    installHooks(claude, older);
    const { answer } = await doctor();
    assert.match(answer.stdout, /^ok {4}Claude Code: its hooks started another Linekeeper .* are renewed$/m);
    assert.match(answer.stdout, /^ok {4}Claude Code: hooks installed/m);
    assert.doesNotMatch(readFileSync(settings, 'utf8'), /older/);
    await linekeeper(test, ['uninstall', '--assistant', 'claude-code']);
    assert.equal(readFileSync(settings, 'utf8'), '{ "model": "opus" }\n');

    installHooks(claude, older);
    writeFileSync(settings, `${readFileSync(settings, 'utf8')}\n`);
    assert.match((await doctor()).answer.stdout, /^FIX {3}Claude Code: The hooks in .* are not those of this/m);
    assert.match(readFileSync(settings, 'utf8'), /older/);
  });

  itInFull('reports hooks in which Linekeeper could not run', async () => {
    await install('--assistant', 'claude-code');
    mkdirSync(test.at('.git/linekeeper'), { recursive: true });
    writeFileSync(
      test.at('.git/linekeeper/failed'),
      '1 claude-code 127\n2 claude-code 124\n3 nobody-known 1\nnonsense\n',
      { flag: 'a' },
    );
    const { answer, of } = await doctor();
    assert.equal(of('claude-code').failures, 2);
    assert.match(answer.stdout, /^FIX {3}Claude Code: Linekeeper could not run in 2 of its hooks/m);
  });

  for (const scope of ['--user', '--project']) {
    itInFull(`install and uninstall of all assistants ${scope} leave every file as it was`, async () => {
      const settings = path.join(scope === '--user' ? test.home : test.root, '.claude', 'settings.json');
      mkdirSync(path.dirname(settings));
      writeFileSync(settings, '{ "model": "opus" } // mine\n');
      const before = listing(test.home, test.root);
      const out = await install('--assistant', 'all', scope);
      assert.ok(out.split('\n').length > 5, out);
      assert.equal((await doctor()).of('claude-code').hooks[scope === '--user' ? 'user' : 'project'], 'installed');
      const again = await install('--assistant', 'all', scope);
      assert.doesNotMatch(again, /installed in|renewed in/);
      const answer = await linekeeper(test, ['uninstall', '--assistant', 'all', scope]);
      assert.equal(answer.code, 0, answer.stderr);
      rmSync(path.join(test.home, '.linekeeper'), { recursive: true, force: true });
      assert.deepEqual(listing(test.home, test.root), before);
    });
  }

  it('install --assistant found: writes hooks of those on this machine alone when there are some, else says so', async () => {
    const call = (): Promise<Answer> =>
      linekeeper(test, ['install', '--assistant', 'found'], { env: { PATH: '/usr/bin:/bin' } });
    const none = await call();
    assert.equal(none.code, 0, none.stderr);
    assert.match(none.stdout, /^assistants: none that has hooks was found here/m);
    mkdirSync(path.join(test.home, '.claude'));
    const { code, stdout } = await call();
    assert.equal(code, 0);
    assert.match(stdout, /^Claude Code: installed in [^\n]+settings\.json\n$/);
    assert.equal(existsSync(path.join(test.home, '.cursor')), false);
  });

  it('installs the others when one settings file is broken', async () => {
    mkdirSync(path.join(test.home, '.gemini'));
    writeFileSync(path.join(test.home, '.gemini', 'settings.json'), '{ broken');
    const answer = await linekeeper(test, ['install', '--assistant', 'all']);
    assert.equal(answer.code, 1);
    assert.match(answer.stderr, /^linekeeper: Gemini CLI: .*settings\.json:1:\d+: .*Nothing was changed/m);
    assert.match(answer.stdout, /^Claude Code: installed/m);
    assert.equal((await doctor()).of('codex').hooks.user, 'installed');
  });

  it('refuses to install hooks for an assistant without hooks', async () => {
    const without =
      ASSISTANTS.find((one) => one.hooks('user', { home: '/h', env: {} }).length === 0) ?? assistantOf('aider');
    if (!without) return;
    const answer = await linekeeper(test, ['install', '--assistant', without.id]);
    assert.equal(answer.code, 2);
    assert.match(answer.stderr, /nowhere to write hooks/);
  });
});

/** Every file with its content, but for git's own folder. */
function listing(...folders: readonly string[]): Record<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(
    files
      .filter((file) => !/[\\/](?:\.git|\.linekeeper|tmp)[\\/]/.test(file))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
}
