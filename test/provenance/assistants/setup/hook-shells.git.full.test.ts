/** The hooks of assistants, and of the editor's chat agent, run by the shells that somebody's `sh` may be, with POSIX tools alone. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS, assistantOf, type Assistant } from '../../../../src/provenance/assistants';
import { projectCommands, userCommands } from '../../../../src/provenance/assistants/setup/hook-commands';
import { saveProgram } from '../../../../src/git/hooks/recorded-program-and-new-clones';
import { posixTools, whereIs, type PosixTools } from '../../../support/posix-tools';
import { builtCli, CLI, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

const SHELLS = ['dash', 'bash', 'busybox', 'mksh', 'zsh', 'yash', 'ksh93', 'posh'];
const PLUGIN = path.resolve(import.meta.dirname, '../../../../media/chat-plugin');

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

(process.platform === 'win32' ? describe.skip : describe)("assistants' hooks with POSIX tools alone", function () {
  this.timeout(300_000);
  let test: TestRepository;
  let tools: PosixTools;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  const known = (id: string): Assistant => assistantOf(id) ?? assert.fail(id);
  function run(words: readonly string[], input: string): Answer {
    const { status, stdout, stderr } = spawnSync(path.join(tools.folder, 'sh'), words, {
      cwd: test.root,
      env: { ...test.env, PATH: tools.folder },
      input,
      encoding: 'utf8',
    });
    assert.equal(tools.refused(), '', words.join(' '));
    return { code: status, out: stdout, err: stderr };
  }
  const runText = (text: string, input: string): Answer => run(['-c', text], input);
  const payload = (event: string, tool: string, more: Readonly<Record<string, unknown>> = {}): string =>
    JSON.stringify(
      {
        session_id: 's',
        cwd: test.root,
        hook_event_name: event,
        tool_name: tool,
        tool_input: { file_path: test.at('a.txt'), ...more },
      },
      undefined,
      1,
    );

  for (const name of SHELLS)
    describe(name, () => {
      beforeEach(function () {
        const shell = whereIs(name);
        if (shell === undefined) {
          console.log(`There is no "${name}" here, so no assistant's hook is run by it.`);
          this.skip();
        }
        tools = posixTools(test.outside('tools'), shell);
      });

      it('an edit is recorded, by the hooks of a user and of a project', async () => {
        saveProgram(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
        const claude = known('claude-code');
        const ways = [
          userCommands({ words: [process.execPath, CLI], electron: false }, claude),
          projectCommands(claude),
        ];
        for (const { before, others: other } of ways) {
          const text = test.read('a.txt');
          for (const [command, event] of [
            [before, 'PreToolUse'],
            [other, 'PostToolUse'],
          ] as const) {
            if (event === 'PostToolUse') test.write('a.txt', `${text}by machine\n`);
            const answer = runText(command.any, payload(event, 'Write', { content: `${text}by machine\n` }));
            assert.deepEqual([answer.code, answer.err], [0, ''], command.any);
          }
        }
        assert.match((await linekeeper(test, ['status'])).stdout, /added 2 AI/);
      });

      it('denies all but reading tools when Linekeeper cannot run and the policy last seen denies agents', () => {
        mkdirSync(test.at('.git/linekeeper'), { recursive: true });
        writeFileSync(test.at('.git/linekeeper/held'), '');
        writeFileSync(test.outside('broken'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
        for (const assistant of ASSISTANTS.filter(({ harmless }) => harmless.size > 0)) {
          const { sh } = userCommands({ words: [test.outside('broken')], electron: false }, assistant).before;
          const [reads = ''] = assistant.harmless;
          assert.deepEqual(
            [runText(sh, payload('PreToolUse', reads)).code, runText(sh, payload('PreToolUse', reads)).out],
            [0, ''],
            assistant.id,
          );
          for (const hostile of [
            payload('PreToolUse', 'Writes'),
            payload('PreToolUse', 'Writes', { tool_name: reads, '|"tool_name":"x"|': '|"tool_name":"y"' }),
            payload('PreToolUse', `${reads}|"tool_name":"${reads}`),
            payload('PreToolUse', `Writes\n"tool_name":"${reads}"`),
            '{}',
          ]) {
            const { code, out, err } = runText(sh, hostile);
            assert.ok(code === 2 || /deny|"cancel":true|block/.test(out), `${assistant.id}: ${hostile}: ${out}${err}`);
          }
        }
      });

      it('removed program: a person is asked if the policy restricts agents, and the assistant goes on otherwise', () => {
        writeFileSync(test.outside('empty launcher'), '#!/bin/sh\necho removed >&2\nexit 127\n', { mode: 0o755 });
        mkdirSync(test.at('.git/linekeeper'), { recursive: true });
        for (const assistant of ASSISTANTS.filter(({ deny }) => deny !== null))
          for (const program of ['gone', 'empty launcher']) {
            const { sh } = userCommands({ words: [test.outside(program)], electron: false }, assistant).before;
            const free = runText(sh, payload('PreToolUse', 'Writes'));
            assert.deepEqual([free.code, free.out], [0, ''], assistant.id);
            assert.match(free.err, program === 'gone' ? /^[^\n]*remove\.sh\n$/ : /^removed\n$/, assistant.id);
            writeFileSync(test.at('.git/linekeeper/held'), '');
            const { code, out, err } = runText(sh, payload('PreToolUse', 'Writes'));
            rmSync(test.at('.git/linekeeper/held'));
            assert.match(out + err, /remove\.sh/, assistant.id);
            if (assistant.ask !== null) assert.match(out, /"permissionDecision": ?"ask"/, assistant.id);
            else assert.ok(code === 2 || /deny|"cancel":true|block/.test(out), `${assistant.id}: ${out}${err}`);
          }
      });

      it('removed program: a person is asked as soon as the policy enforces, also where it only observed before', () => {
        mkdirSync(test.at('.git/linekeeper'), { recursive: true });
        const { sh } = userCommands({ words: [test.outside('gone')], electron: false }, known('claude-code')).before;
        const policy = 'version: 1\ntiers: [{ name: critical, paths: [a.txt], agents: deny }]\n';
        test.write('.linekeeper.yml', `mode: observe\n${policy}`);
        assert.equal(runText(sh, payload('PreToolUse', 'Writes')).out, '');
        test.write('.linekeeper.yml', policy);
        assert.match(runText(sh, payload('PreToolUse', 'Writes')).out, /"permissionDecision": ?"ask"/);
      });

      it("hook.sh of VS Code's chat agent denies all but reading tools in that case too", () => {
        const plugin = test.outside('extension/media/chat-plugin');
        cpSync(PLUGIN, plugin, { recursive: true });
        mkdirSync(test.at('.git/linekeeper'), { recursive: true });
        writeFileSync(test.at('.git/linekeeper/held'), '');
        const hook = path.join(plugin, 'hook.sh');
        assert.equal(run([hook], payload('PreToolUse', 'read_file')).code, 0);
        for (const hostile of [payload('PreToolUse', 'create_file', { tool_name: 'read_file' }), '{"a":"PreToolUse"}'])
          assert.equal(run([hook], hostile).code, 2, hostile);
      });
    });
});
