/** `doctor --prove` with hooks that are really installed, and with some that were broken. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS } from '../../../src/provenance/assistants';
import { SELF_TESTS } from '../../../src/provenance/assistants/hook-self-test';
import { chainsText } from '../../../src/cli/doctor/prove/proof-text';
import type { Chain } from '../../../src/cli/doctor/prove/types';
import { launcherOf } from '../../../src/base/launcher';
import { itInFull } from '../../support/full';
import { whereIs } from '../../support/posix-tools';
import { builtCli, CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

const POLICY =
  'version: 1\npeople:\n  senior: [ada@example.com]\ntiers:\n  - name: standard\n    paths: ["**"]\n    review:\n      ai: { mid: { from: senior, approvals: 1 } }\n';

describe('doctor --prove', function () {
  this.timeout(180_000);
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('a.txt', 'one\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const install = async (...words: string[]): Promise<void> => {
    const answer = await linekeeper(test, ['install', ...words]);
    assert.equal(answer.code, 0, answer.stderr);
  };

  const proven = async (
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number; readonly chains: readonly Chain[] }> => {
    const answer = await linekeeper(test, ['doctor', '--prove', '--json'], { env });
    assert.equal(answer.stderr, '');
    const { proven: all, chains } = JSON.parse(answer.stdout) as {
      readonly proven: boolean;
      readonly chains: readonly Chain[];
    };
    assert.equal(answer.code, all ? 0 : 1);
    return { code: answer.code, chains };
  };

  const failures = (chains: readonly Chain[]): string[] =>
    chains.flatMap((chain) =>
      chain.steps
        .filter((step) => step.outcome === 'failed')
        .map((step) => `${chain.assistant} ${String(chain.scope)}: ${step.name}: ${step.says}`),
    );

  it('a step that no hook can try: is said once when several hooks are proven', () => {
    const says = 'There is no policy on the base.';
    const chain = (title: string, steps: Chain['steps']): Chain => ({
      ...{ assistant: title, title, surface: null, scope: 'user', proven: true },
      steps,
    });
    const check = { name: 'check', outcome: 'skipped', says } as const;
    const trust = { name: 'trust', outcome: 'skipped', says: 'Not on this machine.' } as const;
    const note = { name: 'note', outcome: 'ok', says: 'has its line' } as const;
    assert.equal(
      chainsText([chain('One', [note, check]), chain('Two', [trust, note, check]), chain('Three', [note])]),
      `One, hooks of the user: proven
  ok    note: has its line

Two, hooks of the user: proven
  note  trust: Not on this machine.
  ok    note: has its line

Three, hooks of the user: proven
  ok    note: has its line

Not tried
  note  check: ${says}
`,
    );
    assert.ok(chainsText([chain('One', [note, check])]).includes(says));
  });

  it('has a self-test for each assistant with hooks', () => {
    for (const assistant of ASSISTANTS) {
      const has = (['user', 'project'] as const).some(
        (scope) => assistant.hooks(scope, { home: '/h', env: {}, repositoryRoot: '/r' }).length > 0,
      );
      assert.equal(SELF_TESTS[assistant.id] !== undefined, has, assistant.id);
    }
  });

  itInFull('follows an edit of every assistant from its hooks to the gate, and leaves nothing behind', async () => {
    await install('--git', '--assistant', 'all', '--user');
    const config = path.join(test.home, '.codex', 'config.toml');
    writeFileSync(
      config,
      ['pre_tool_use', 'post_tool_use']
        .map(
          (event) =>
            `[hooks.state."${path.join(test.home, '.codex', 'hooks.json')}:${event}:0:0"]\ntrusted_hash = "x"\n`,
        )
        .join(''),
    );
    test.write('a.txt', 'one\nmine\n');
    const before = await traces(test);
    const { code, chains } = await proven();
    assert.deepEqual(failures(chains), []);
    assert.equal(code, 0);
    const withHooks = ASSISTANTS.filter((one) => one.hooks('user', { home: '/h', env: {} }).length > 0).map(
      ({ id }) => id,
    );
    assert.deepEqual([...new Set(chains.map(({ assistant }) => assistant))], withHooks);
    for (const { steps, assistant } of chains) {
      const names = steps.filter(({ outcome, name }) => outcome === 'ok' && name !== 'trust').map(({ name }) => name);
      assert.deepEqual(names, ['hooks', 'before', 'after', 'record', 'trailers', 'note', 'check'], assistant);
    }
    assert.deepEqual(await traces(test), before);
  });

  itInFull("follows project hooks, also Kiro 0.12's, which never end their input", async () => {
    await install('--git', '--assistant', 'kiro', '--assistant', 'antigravity', '--project');
    rmSync(test.at('.git/linekeeper/program'));
    const bin = test.outside('bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'linekeeper'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
    chmodSync(path.join(bin, 'linekeeper'), 0o755);
    const { chains } = await proven({ PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` });
    assert.deepEqual(failures(chains), []);
    assert.deepEqual(
      chains.map(({ assistant, surface }) => `${assistant} ${surface ?? ''}`),
      ['kiro IDE from 1.0, CLI 3', 'kiro IDE 0.12', 'antigravity '],
    );
  });

  itInFull('follows project hooks when only the git directory names the program', async () => {
    await install('--git', '--assistant', 'all', '--project');
    const { chains } = await proven();
    assert.deepEqual(
      failures(chains).filter((failure) => !failure.includes(' trust: ')),
      [],
    );
    const ids = new Set(chains.map(({ assistant }) => assistant));
    for (const { id, hooks } of ASSISTANTS)
      if (hooks('project', { home: test.home, env: {}, repositoryRoot: test.root }).length > 0)
        assert.ok(ids.has(id), id);
  });

  it('says when project hooks find no Linekeeper', async () => {
    await install('--git', '--assistant', 'claude-code', '--project');
    rmSync(test.at('.git/linekeeper/program'));
    const { code, chains } = await proven();
    assert.equal(code, 1);
    assert.match(
      failures(chains).join('\n'),
      /^claude-code project: record: The hook ran, and nothing was recorded. It said: linekeeper is not installed here/,
    );
  });

  itInFull('names the broken hook, and the step at which it fails', async () => {
    await install('--git', '--assistant', 'claude-code', '--assistant', 'cursor', '--assistant', 'gemini', '--user');
    const settings = path.join(test.home, '.claude', 'settings.json');
    writeFileSync(
      settings,
      readFileSync(settings, 'utf8').replaceAll(launcherOf(test.home) ?? assert.fail(), '/gone/linekeeper'),
    );
    const gemini = path.join(test.home, '.gemini', 'settings.json');
    writeFileSync(gemini, readFileSync(gemini, 'utf8').replace('"AfterTool"', '"AfterTooth"'));
    const { code, chains } = await proven();
    assert.equal(code, 1);
    const [claude = '', other = '', ...rest] = failures(chains);
    assert.match(claude, /^claude-code user: record: .*Linekeeper was removed/);
    assert.match(other, /^gemini user: hooks: .*no command of Linekeeper for "AfterTool"/);
    assert.deepEqual(rest, []);
    assert.ok(chains.some(({ assistant, proven: good }) => assistant === 'cursor' && good));
  });

  itInFull('says when git hooks are missing, and when Codex does not trust ours', async () => {
    await install('--assistant', 'claude-code', '--assistant', 'codex', '--user');
    writeFileSync(path.join(test.home, '.codex', 'auth.json'), '{}\n'); // Codex was used here
    const { chains } = await proven();
    const found = failures(chains);
    assert.equal(found.length, 2);
    assert.match(found[0] ?? '', /^claude-code user: trailers: .*git's hooks are not installed.*install --git/);
    assert.match(found[1] ?? '', /^codex user: trust: .*\/hooks/);
    assert.ok(
      chains
        .find(({ assistant }) => assistant === 'claude-code')
        ?.steps.some(({ name, outcome }) => name === 'note' && outcome === 'ok'),
      'the note does not need the hook',
    );
  });

  /** A git that first looks at its words, with `git` for the real one: as it may be elsewhere. */
  function otherGit(text: string): Readonly<Record<string, string>> {
    const bin = test.outside('bin');
    mkdirSync(bin);
    const real = whereIs('git') ?? assert.fail('no git');
    writeFileSync(path.join(bin, 'git'), `#!/bin/sh\ngit() { '${real}' "$@"; }\n${text}\nexec '${real}' "$@"\n`, {
      mode: 0o755,
    });
    return { PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
  }

  it('says what to install when git finds no sh', async function () {
    if (process.platform === 'win32') this.skip();
    await install('--git', '--assistant', 'claude-code', '--user');
    const before = await traces(test);
    const { chains } = await proven(
      otherGit(
        `case " $* " in *' lk-shell '*) echo 'cannot spawn sh' >&2; exit 128 ;; *' commit '*) git -c core.hooksPath=/nowhere "$@"; exit ;; esac`,
      ),
    );
    const [failure = ''] = failures(chains);
    assert.match(failure, /^claude-code user: trailers: .*git finds no "sh" here.*Git for Windows/);
    assert.deepEqual(await traces(test), before);
  });

  itInFull('prints what a failing hook printed', async function () {
    if (process.platform === 'win32') this.skip();
    await install('--git', '--assistant', 'claude-code', '--user');
    const { chains } = await proven(
      otherGit(
        `case " $* " in *' commit '*) echo 'linekeeper: too late' >&2; git -c core.hooksPath=/nowhere "$@"; exit ;; esac`,
      ),
    );
    assert.match(failures(chains)[0] ?? '', /^claude-code user: trailers: .*Its hook said: linekeeper: too late$/);
  });

  itInFull('reports its result, and cleans up, when git cannot remove its work tree', async function () {
    if (process.platform === 'win32') this.skip();
    await install('--git', '--assistant', 'claude-code', '--user');
    const before = await traces(test);
    const env = otherGit(`case " $* " in *' worktree remove '*) echo 'error: Permission denied' >&2; exit 255 ;; esac`);
    const { code, chains } = await proven(env);
    assert.deepEqual([code, failures(chains)], [0, []]);
    assert.deepEqual(await traces(test), before);
  });

  itInFull('says when no assistant has hooks, and when there is no commit', async () => {
    const none = await linekeeper(test, ['doctor', '--prove']);
    assert.equal(none.code, 1);
    assert.match(none.stdout, /no assistant has hooks/);
    const empty = await TestRepository.create();
    try {
      const answer = await linekeeper(empty, ['doctor', '--prove']);
      assert.equal(answer.code, 2);
      assert.match(answer.stderr, /no commit yet/);
    } finally {
      await empty.dispose();
    }
  });

  itInFull('keeps existing notes, and ignores other hooks', async () => {
    await install('--git', '--assistant', 'claude-code', '--user');
    await test.git('notes', '--ref=refs/notes/ai', 'add', '-m', 'somebody', 'HEAD');
    const hook = path.join(test.root, '.git', 'hooks', 'pre-commit');
    writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const before = await traces(test);
    const { chains } = await proven();
    assert.deepEqual(failures(chains), []);
    assert.deepEqual(await traces(test), before);
  });
});

/** What a stay could leave in a repository and its surroundings. */
async function traces(test: TestRepository): Promise<unknown> {
  const state = path.join(test.root, '.git', 'linekeeper');
  return {
    refs: await test.git('for-each-ref'),
    trees: await test.git('worktree', 'list'),
    status: await test.git('status', '--porcelain'),
    config: readFileSync(path.join(test.root, '.git', 'config'), 'utf8'),
    journal: existsSync(state)
      ? readdirSync(state)
          .filter((name) => name !== 'plain.git' && name !== 'held')
          .sort()
      : [],
    temporary: existsSync(test.env['TMPDIR'] ?? '') ? readdirSync(test.env['TMPDIR'] ?? '') : [],
    home: readdirSync(test.home).sort(),
  };
}
