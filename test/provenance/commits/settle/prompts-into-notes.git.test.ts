/**
 * What is kept of prompts and commands is what the policy says: through the command line, as assistants' hooks call it.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS } from '../../../../src/provenance/assistants';
import { openJournal, type KeptPrompt } from '../../../../src/provenance/journal';
import { PROMPTS_REF, readLineNotes } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { builtCli, linekeeper, linekeeperProcess, type Answer } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

const WORD = 'Quetzalcoatlus';
const TOKEN = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
/** The name of a key, which a search of public places for leaked ones would begin with. */
const KEY_NAME = 'AKIA7SK6L5FK2X5U6M5Y';
const PROMPT = `Please make the\n\n${WORD} fly with ${TOKEN}, ${KEY_NAME}, password: hunter2 and postgres://ada:swordfish@db/x`;
const COMMAND = `echo ${WORD} >> a.txt`;

describe('prompts and commands', () => {
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const policy = (prompts: string): void =>
    test.write('.linekeeper.yml', `version: 1\nprompts: ${prompts}\ntiers:\n  - { name: all, paths: ["prod/**"] }\n`);
  const tell = async (id: string, payload: unknown): Promise<void> => {
    const answer = await linekeeper(test, ['record', id], {
      input:
        typeof payload === 'string'
          ? payload
          : JSON.stringify({ cwd: test.root, session_id: 's-1', ...(payload as object) }),
    });
    assert.equal(answer.code, 0, answer.stderr);
  };
  const claude = (event: string, more: object): Promise<void> =>
    tell('claude-code', { hook_event_name: event, transcript_path: '/nowhere.jsonl', ...more });
  /** A turn in which the agent runs a command, with a command in it that changes a file. */
  const turn = async (): Promise<void> => {
    await claude('UserPromptSubmit', { prompt: PROMPT });
    await claude('PreToolUse', {
      tool_name: 'Bash',
      tool_use_id: 'c1',
      tool_input: { command: COMMAND, description: WORD },
    });
    test.write('a.txt', 'one\ntwo\n');
    await claude('PostToolUse', {
      tool_name: 'Bash',
      tool_use_id: 'c1',
      tool_input: { command: COMMAND },
      tool_response: { stdout: WORD },
    });
    await claude('Stop', { last_assistant_message: WORD });
  };
  const filesBelow = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.join(entry.parentPath, entry.name))
      : [];
  const kept = (): string[] => filesBelow(test.at('.git/linekeeper'));
  const having = (text: string): string[] => kept().filter((file) => readFileSync(file, 'latin1').includes(text));
  const prompts = (): KeptPrompt[] =>
    openJournal(test.at('.git'), Date.now)
      .read()
      .flatMap(({ record }) => (record.kind === 'session' && record.prompt ? [record.prompt] : []));

  for (const [said, set] of [
    ['without a policy', undefined],
    ['with `none`', 'none'],
  ] as const) {
    itInFull(`are not written to disk ${said}`, async () => {
      if (set !== undefined) policy(set);
      await turn();
      await tell('generic', {
        version: 1,
        event: 'before',
        author: 'ai',
        tool: 'amp',
        session: 's',
        id: 'g',
        prompt: PROMPT,
        command: COMMAND,
      });
      assert.ok(kept().length > 4, 'something was recorded');
      for (const text of [WORD, TOKEN, 'hunter2', createHash('sha256').update(PROMPT).digest('hex')])
        assert.deepEqual(having(text), []);
    });
  }

  it('are not written to disk in payloads that are set aside', async () => {
    const odd = [
      { hook_event_name: 7, prompt: [PROMPT], tool_input: { command: [COMMAND], deeper: { note: WORD } } },
      { hook_event_name: 'PreToolUse', tool_name: 9, text: PROMPT, [`${WORD} in a key`]: 1, prompt: { text: PROMPT } },
      `{"hook_event_name":"UserPromptSubmit","prompt":"${WORD} and "quotes""}`,
      `${WORD} alone`,
    ];
    for (const { id } of ASSISTANTS) for (const payload of odd) await tell(id, payload);
    const aside = filesBelow(test.at('.git/linekeeper/aside'));
    assert.ok(aside.length >= 2 * ASSISTANTS.length, `${String(aside.length)} were set aside`);
    assert.deepEqual(having(WORD), []);
    assert.ok(
      aside.some((file) => readFileSync(file, 'utf8').includes('"PreToolUse"')),
      'what it is can still be seen',
    );
  });

  it('are kept as a digest with prompts: digest', async () => {
    policy('digest');
    await turn();
    assert.deepEqual(prompts(), [{ digest: `sha256:${createHash('sha256').update(PROMPT).digest('hex')}` }]);
    assert.deepEqual(having(WORD), []);
  });

  it('are kept as an excerpt without secrets with prompts: redacted', async () => {
    policy('redacted');
    await turn();
    assert.deepEqual(
      prompts().map(({ excerpt }) => excerpt),
      [`Please make the ${WORD} fly with •••, •••, password: ••• and •••`],
    );
    for (const text of [TOKEN, KEY_NAME, 'hunter2', 'swordfish', COMMAND]) assert.deepEqual(having(text), []);
  });

  itInFull('of five days are all kept, with one commit a day and no question in between', async () => {
    policy('redacted');
    await test.commit('policy', { at: '2026-11-02T08:00:00Z' });
    const clock = test.outside('clock.cjs');
    writeFileSync(
      clock,
      'const begin = Date.now(), given = Number(process.env.CLOCK), now = Date.now; Date.now = () => given + (now() - begin);',
    );
    const at = (time: string, words: readonly string[], input?: object): Promise<Answer> =>
      linekeeperProcess(test, words, {
        env: { NODE_OPTIONS: `--require ${JSON.stringify(clock)}`, CLOCK: String(Date.parse(time)) },
        ...(input ? { input: JSON.stringify({ cwd: test.root, session_id: `s-${time.slice(0, 10)}`, ...input }) } : {}),
      });
    for (let day = 2; day <= 6; day++) {
      const time = (clockTime: string): string => `2026-11-0${String(day)}T${clockTime}:00Z`;
      const file = test.at('a.txt');
      const edit = {
        tool_name: 'Write',
        tool_use_id: `c-${String(day)}`,
        tool_input: { file_path: file, content: `${String(day)}\n` },
      };
      await at(time('09:00'), ['record', 'claude-code'], {
        hook_event_name: 'UserPromptSubmit',
        prompt: `Day ${String(day)}`,
      });
      await at(time('09:01'), ['record', 'claude-code'], { hook_event_name: 'PreToolUse', ...edit });
      test.write('a.txt', `${String(day)}\n`);
      await at(time('09:02'), ['record', 'claude-code'], {
        hook_event_name: 'PostToolUse',
        ...edit,
        tool_response: { type: 'update' },
      });
      await test.commit(`day ${String(day)}`, { at: time('09:05') });
      for (const verb of ['show', 'status']) assert.equal((await at(time('09:06'), [verb])).code, 0);
    }
    const listed = await at('2026-11-07T09:00:00Z', ['prompts', 'list']);
    assert.deepEqual((listed.stdout.match(/Day \d/g) ?? []).sort(), ['Day 2', 'Day 3', 'Day 4', 'Day 5', 'Day 6']);
    const noted = (await readLineNotes(test.repository(), PROMPTS_REF)).map(({ commit }) => commit);
    assert.equal(new Set(noted).size, 5, 'each with its own commit');

    // The morning after, on another machine: only what git brings.
    const remote = test.outside('remote.git');
    await test.git('init', '--quiet', '--bare', remote);
    await test.git('push', '--quiet', remote, 'HEAD:refs/heads/main', 'refs/notes/*:refs/notes/*');
    const clone = test.outside('clone');
    await test.git('clone', '--quiet', '--branch', 'main', remote, clone);
    await test.git('-C', clone, 'fetch', '--quiet', 'origin', 'refs/notes/*:refs/notes/*');
    const trace = await linekeeper(test, ['trace', await test.git('rev-parse', 'HEAD')], { cwd: clone });
    assert.match(trace.stdout, /^suggestion .*session s-2026-11-06/m, trace.stderr);
    assert.match(trace.stdout, /prompt: Day 6$/m);
    assert.doesNotMatch(trace.stdout, /No prompt/);
    const session = await linekeeper(test, ['trace', '--session', 's-2026-11-04'], { cwd: clone });
    assert.match(session.stdout, /^prompts +Day 4$/m, session.stderr);
  });

  it("are deleted by prompts purge, from every work tree's records too", async () => {
    policy('redacted');
    await test.commit('policy');
    await turn();
    await test.commit('by the agent', { at: new Date().toISOString() });
    const other = test.outside('other');
    await test.git('worktree', 'add', '--quiet', other);
    await claude('UserPromptSubmit', { cwd: other, session_id: 's-2', prompt: `Look at ${WORD} there.` });
    const run = (...words: string[]): ReturnType<typeof linekeeper> => linekeeper(test, ['prompts', ...words]);
    assert.match((await run('list')).stdout, new RegExp(WORD));
    const asked = await run('purge');
    assert.deepEqual([asked.code, /To be removed: 2 prompts/.test(asked.stdout)], [1, true], asked.stdout);
    assert.match((await run('list')).stdout, new RegExp(WORD), 'nothing is removed without --yes');
    assert.match((await run('purge', '--yes')).stdout, /^Removed: 2 prompts/);
    assert.deepEqual(having(WORD), []);
    assert.match((await run('list')).stdout, /^No prompts are stored/);
    const shown = JSON.parse((await linekeeper(test, ['show', '--json'])).stdout) as { added: { ai: number } };
    assert.equal(shown.added.ai, 1, 'who wrote what is still known');
  });

  it('repeated with each call of a session are kept once', async () => {
    policy('redacted');
    for (const event of ['before', 'after', 'before'])
      await tell('generic', {
        version: 1,
        event,
        author: 'ai',
        tool: 'amp',
        session: 's',
        prompt: 'Do it.',
        files: ['a.txt'],
      });
    await tell('generic', {
      version: 1,
      event: 'after',
      author: 'ai',
      tool: 'amp',
      session: 's',
      prompt: 'And this.',
      files: ['a.txt'],
    });
    assert.deepEqual(
      prompts().map(({ excerpt }) => excerpt),
      ['Do it.', 'And this.'],
    );
  });

  itInFull('that are huge are cut, and empty ones dropped', async () => {
    policy('redacted');
    await claude('UserPromptSubmit', { prompt: 'word '.repeat(500_000) });
    await claude('UserPromptSubmit', { prompt: ' \n ' });
    const [first, ...rest] = prompts();
    assert.equal([...(first?.excerpt ?? '')].length, 200);
    assert.deepEqual(rest, []);
  });
});
