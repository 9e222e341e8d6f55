/**
 * The hooks that a project commits, as each assistant's file has them, run by the real sh: who they find, and what they
 * refuse.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS, type Assistant } from '../../../../src/provenance/assistants';
import { hooksIn } from '../../../../src/provenance/assistants/hook-self-test';
import { launcherOf } from '../../../../src/base/launcher';
import { itInFull } from '../../../support/full';
import { builtCli, CLI, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

const policy = (agents: string): string => `version: 1\ntiers:\n  - { name: closed, paths: ["infra/**"], ${agents} }\n`;
const PAYLOAD = {
  hook_event_name: 'PreToolUse',
  session_id: 's-1',
  tool_name: 'Write',
  tool_input: { file_path: 'a.txt', content: 'one\ntwo\n' },
  tool_use_id: 'call-1',
};

describe('hooks of a project', function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', policy('agents: deny'));
    test.write('a.txt', 'one\n');
    const answer = await linekeeper(test, ['install', '--git', '--assistant', 'all', '--project']);
    assert.equal(answer.code, 0, answer.stderr);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const program = (): string => test.at('.git/linekeeper/program');
  const having = ASSISTANTS.filter(
    ({ hooks }) => hooks('project', { home: '/', env: {}, repositoryRoot: '/r' }).length > 0,
  );
  const claude = (): Assistant => having.find(({ id }) => id === 'claude-code') ?? assert.fail();

  /**
   * The commands that run before a tool acts, as the files of an assistant have them. One that runs at other times too has
   * no answer of its own: Claude Code's before it reads a file of keys.
   */
  const commandsOf = (assistant: Assistant): string[] => {
    const all = assistant
      .hooks('project', { home: test.home, env: {}, repositoryRoot: test.root })
      .flatMap(({ file }) => hooksIn(file, readFileSync(file, 'utf8'), assistant.id));
    const isBefore = ({ event }: { readonly event: string }): boolean =>
      /^(?:pre|before)(?!.*(?:prompt|agent))/i.test(event);
    const later = new Set(all.flatMap((hook) => (isBefore(hook) ? [] : [hook.command])));
    const found = all.filter(isBefore).flatMap(({ command }) => (later.has(command) ? [] : [command]));
    assert.ok(found.length > 0, assistant.id);
    return found;
  };
  const run = (
    command: string,
    { payload = PAYLOAD, cwd = test.root, env = {} } = {},
  ): { code: number | null; out: string; err: string } => {
    const input = JSON.stringify({ cwd: test.root, ...payload });
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], {
      cwd,
      env: { ...test.env, PATH: '/usr/bin:/bin', USER_PROMPT: input, ...env },
      input,
      encoding: 'utf8',
    });
    return { code: status, out: stdout, err: stderr };
  };
  const only = (assistant: Assistant): string => commandsOf(assistant)[0] ?? '';
  const records = (): number => {
    const folder = test.at('.git/linekeeper/journal');
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).length : 0;
  };
  const refused = ({ out }: { readonly out: string }, reason = /Linekeeper is not found here/): void => {
    assert.match(out, /"permissionDecision":"deny"/);
    assert.match(out, reason);
  };
  /** A fresh clone: nothing of Linekeeper is in its git directory. */
  const withoutProgram = (): void => rmSync(test.at('.git/linekeeper'), { recursive: true });

  for (const assistant of having)
    itInFull(
      `deny in the protocol of ${assistant.title} when the policy denies and Linekeeper is not installed`,
      () => {
        withoutProgram();
        for (const command of commandsOf(assistant)) {
          const { code, out, err } = run(command);
          const [reason = assert.fail(`${out}|${err}`)] =
            /Linekeeper is not found here.*? install\\*" here/.exec(out + err) ?? [];
          const answer = assistant.deny?.(reason.replaceAll('\\"', '"')) ?? assert.fail();
          assert.deepEqual([code, out, err], [answer.exitCode, answer.stdout ?? '', answer.stderr ?? ''], assistant.id);
        }
      },
    );

  itInFull('start the program named in the git directory, with none on PATH', () => {
    const { code, err } = run(only(claude()));
    assert.deepEqual([code, err], [0, '']);
    assert.equal(records(), 1);
    const denied = run(only(claude()), {
      payload: { ...PAYLOAD, tool_input: { file_path: 'infra/x.tf', content: '' } },
    });
    refused(denied, /infra\/x\.tf/);
  });

  itInFull('find that program from a subfolder, a linked work tree, and CLAUDE_PROJECT_DIR', async () => {
    mkdirSync(test.at('deep/er'), { recursive: true });
    assert.equal(run(only(claude()), { cwd: test.at('deep/er') }).err, '');
    assert.equal(records(), 1);
    const command = only(claude());
    const linked = test.outside('linked');
    await test.git('worktree', 'add', '-q', linked);
    refused(
      run(command, { cwd: linked, payload: { ...PAYLOAD, tool_input: { file_path: 'infra/y', content: '' } } }),
      /infra\/y/,
    );
    const denied = { ...PAYLOAD, tool_input: { file_path: 'infra/z', content: '' } };
    refused(run(command, { cwd: test.home, payload: denied, env: { CLAUDE_PROJECT_DIR: test.root } }), /infra\/z/);
  });

  it('use Node from PATH when the named one is gone, and linekeeper from PATH when the script is gone', () => {
    const bin = test.outside('bin');
    mkdirSync(bin);
    const put = (name: string, text: string): void => {
      writeFileSync(path.join(bin, name), text, { mode: 0o755 });
      chmodSync(path.join(bin, name), 0o755);
    };
    put('node', `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    writeFileSync(program(), `/gone/node\n${CLI}\nelectron\n`);
    assert.equal(run(only(claude()), { env }).err, '');
    assert.equal(records(), 1);
    put('linekeeper', `#!/bin/sh\necho "of PATH: $*" >&2\nexec '${process.execPath}' '${CLI}' "$@"\n`);
    writeFileSync(program(), `${process.execPath}\n/gone/cli.js\nnode\n`);
    assert.equal(run(only(claude()), { env }).err, 'of PATH: record claude-code\n');
  });

  itInFull("start an editor's executable as Node", () => {
    const fake = test.outside('code');
    writeFileSync(fake, '#!/bin/sh\ncat >/dev/null; echo "$ELECTRON_RUN_AS_NODE $2 $3" >&2; exit 2\n', { mode: 0o755 });
    writeFileSync(program(), `${fake}\n${CLI}\nelectron\n`);
    assert.deepEqual(run(only(claude())), { code: 2, out: '', err: '1 record claude-code\n' });
  });

  itInFull('allow reading tools, and everything when the policy denies nothing', async () => {
    withoutProgram();
    const copilot = having.find(({ id }) => id === 'github-copilot') ?? assert.fail();
    assert.equal(run(only(copilot), { payload: { ...PAYLOAD, tool_name: 'view' } }).out, '');
    test.write('.linekeeper.yml', policy('agents: ask # there is nothing to say no to\n  # - { agents: deny }\n  '));
    await test.commit('no denial');
    const free = run(only(claude()));
    assert.deepEqual(free, { code: 0, out: '', err: 'linekeeper is not installed here: this edit is not recorded\n' });
    rmSync(test.at('.linekeeper.yml'));
    assert.deepEqual(run(only(claude())), free);
  });

  itInFull('notice a denial in any spelling, in any policy file, on the base or in the working copy', async () => {
    withoutProgram();
    const command = only(claude());
    const none = 'version: 1\n';
    test.write('.linekeeper.yml', none);
    await test.commit('no denial');
    assert.equal(run(command).out, '');
    for (const text of [
      'agents: deny',
      '"agents": "deny"',
      "agents: 'deny-destructive'",
      'agents:\n      deny',
      'agents: !!str deny',
    ]) {
      test.write('.linekeeper.yml', policy(text));
      refused(run(command));
    }
    test.write('.linekeeper.yml', 'version: 1\nextends: [.linekeeper/vendor/acme.yml]\n');
    assert.equal(run(command).out, '');
    test.write('.linekeeper/vendor/acme.yml', policy('agents: deny'));
    refused(run(command));
    await test.commit('deny');
    rmSync(test.at('.linekeeper'), { recursive: true });
    refused(run(command));
    test.write('.linekeeper.yml', none);
    await test.commit('no denial here');
    assert.equal(run(command).out, '', 'of HEAD');
    await test.git('update-ref', 'refs/remotes/origin/main', 'HEAD~1');
    await test.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    refused(run(command));
  });

  itInFull('run nothing from a committed bare repository', async () => {
    withoutProgram();
    const evil = test.at('evil');
    await test.git('init', '-q', '--bare', 'evil');
    mkdirSync(path.join(evil, 'linekeeper'));
    writeFileSync(path.join(evil, 'linekeeper', 'program'), `/bin/sh\n${test.at('evil/run.sh')}\nnode\n`);
    writeFileSync(test.at('evil/run.sh'), `echo >'${test.at('was-run')}'\n`);
    run(only(claude()), { cwd: evil });
    assert.equal(existsSync(test.at('was-run')), false);
  });

  itInFull('find no program after uninstall, which keeps the entry that another install needs', async () => {
    const launcher = launcherOf(test.home) ?? assert.fail();
    assert.deepEqual(readFileSync(program(), 'utf8').split('\n'), ['/bin/sh', launcher, 'node', launcher, '']);
    await linekeeper(test, ['uninstall', '--git']);
    assert.equal(existsSync(program()), false);
    await linekeeper(test, ['install', '--git']);
    await linekeeper(test, ['purge', '--yes']);
    assert.equal(existsSync(program()), true);
  });
});
