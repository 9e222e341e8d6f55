/**
 * Ways in which assistants meet, each other, themselves and people: the nearest actor is the author, and nothing counts
 * twice.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openJournal } from '../../../../src/provenance/journal';
import { fillFromTranscripts } from '../../../../src/provenance/assistants/record';
import { itInFull } from '../../../support/full';
import { hookWith, linesOf } from '../../../support/play';
import { TestRepository } from '../../../support/repository';

const START = 'one\ntwo\nthree\nfour\nfive\n';

describe('agents that meet:', function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', START);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  type Half = 'before' | 'after';
  interface Call {
    readonly tool: string;
    readonly input: object;
    readonly id: string;
    readonly session?: string;
    readonly cwd?: string;
    readonly response?: unknown;
    readonly more?: object;
    readonly env?: Readonly<Record<string, string>>;
  }

  const tell = async (
    assistant: string,
    half: Half,
    { tool, input, id, session = `${assistant}-1`, cwd = test.root, response = {}, more = {}, env = {} }: Call,
  ): Promise<void> => {
    const payload = {
      hook_event_name: half === 'before' ? 'PreToolUse' : 'PostToolUse',
      session_id: session,
      cwd,
      tool_name: tool,
      tool_input: input,
      tool_use_id: id,
      ...(half === 'after' ? { tool_response: response } : {}),
      ...more,
    };
    const { code, err } = await hookWith(test, assistant, payload, env);
    assert.deepEqual([code, err], [0, []]);
  };
  const call = async (assistant: string, about: Call, act: () => unknown): Promise<void> => {
    await tell(assistant, 'before', about);
    await act();
    await tell(assistant, 'after', about);
  };
  const edit =
    (old: string, text: string, file = 'a.txt') =>
    (): void =>
      test.write(file, test.read(file).replace(old, text));
  /** Claude Code's edit of one file. */
  const claude = (id: string, old: string, text: string, more: Partial<Call> = {}): Promise<void> =>
    call(
      'claude-code',
      { tool: 'Edit', input: { file_path: test.at('a.txt'), old_string: old, new_string: text }, id, ...more },
      edit(old, text),
    );
  const patchOf = (old: string, text: string): object => ({
    command: `*** Begin Patch\n*** Update File: a.txt\n@@\n-${old}\n+${text}\n*** End Patch\n`,
  });
  const codex = (id: string, old: string, text: string, more: Partial<Call> = {}): Promise<void> =>
    call(
      'codex',
      { tool: 'apply_patch', input: patchOf(old, text), id, more: { model: 'gpt-5.5' }, ...more },
      edit(old, text),
    );
  const person = async (half: Half): Promise<void> => {
    const { code, err } = await hookWith(test, 'generic', {
      version: 1,
      event: half,
      id: 'p',
      author: 'human',
      files: ['a.txt'],
      cwd: test.root,
    });
    assert.deepEqual([code, err], [0, []]);
  };

  itInFull("an edit reported to two tools' hooks counts once, for the one that made it", async () => {
    // Copilot's CLI runs its own hook file and Claude Code's: the same event arrives at both
    const input = { path: test.at('new.txt'), file_text: 'made\n' };
    const event = (half: Half): object => ({
      hook_event_name: half === 'before' ? 'PreToolUse' : 'PostToolUse',
      session_id: 's',
      cwd: test.root,
      timestamp: '2026-11-20T10:00:00Z',
      tool_name: 'Write',
      tool_input: input,
      ...(half === 'after' ? { tool_result: { result_type: 'success' } } : {}),
    });
    const env = { COPILOT_CLI: '1', CLAUDE_PROJECT_DIR: test.root };
    for (const half of ['before', 'after'] as const) {
      if (half === 'after') test.write('new.txt', 'made\n');
      for (const id of ['github-copilot', 'claude-code'])
        assert.equal((await hookWith(test, id, event(half), env)).code, 0);
    }
    assert.deepEqual(await linesOf(test), ['new.txt +1 github-copilot']);
  });

  it("a CLI agent in an editor agent's terminal is credited with its own edits, the other with the rest", async () => {
    const terminal: Call = {
      tool: 'run_in_terminal',
      input: { command: 'claude -p "do it"; echo done >> log.txt' },
      id: 't1',
      session: 'editor-1',
      more: { transcript_path: '/x/GitHub.copilot-chat/transcripts/editor-1.jsonl' },
    };
    await call('github-copilot', terminal, async () => {
      await claude('c1', 'two', 'two by claude');
      test.write('log.txt', 'done\n');
    });
    assert.deepEqual(await linesOf(test), [
      'a.txt +2 claude-code',
      'a.txt -2 claude-code',
      'log.txt +1 github-copilot',
    ]);
  });

  it("subagents at work at once are credited in their parent's session", async () => {
    const [one, two] = [
      {
        tool: 'Bash',
        input: { command: 'make one' },
        id: 'b1',
        more: { agent_id: 'a1', agent_type: 'general-purpose' },
      },
      {
        tool: 'Edit',
        input: { file_path: test.at('a.txt'), old_string: 'three', new_string: 'three by a2' },
        id: 'e2',
        more: { agent_id: 'a2', agent_type: 'general-purpose' },
      },
    ];
    await tell('claude-code', 'before', one);
    await tell('claude-code', 'before', two);
    edit('three', 'three by a2')();
    test.write('made.txt', 'made\n');
    await tell('claude-code', 'after', one);
    await tell('claude-code', 'after', two);
    assert.deepEqual(await linesOf(test), ['a.txt +3 claude-code', 'a.txt -3 claude-code', 'made.txt +1 claude-code']);
    const sessions = openJournal(test.at('.git'), Date.now)
      .read()
      .flatMap(({ record }) => (record.kind === 'edit' ? [record.by.session] : []));
    assert.deepEqual([...new Set(sessions)], ['claude-code-1']);
  });

  it('an agent that another one starts is credited with its edits and commits', async () => {
    const bash: Call = { tool: 'Bash', input: { command: 'codex exec "do it"' }, id: 'b1' };
    await call('claude-code', bash, async () => {
      await codex('x1', 'two', 'two by codex');
      await call('codex', { tool: 'Bash', input: { command: 'git commit -qam inner' }, id: 'x2' }, () =>
        test.git('commit', '-qam', 'inner'),
      );
      await codex('x3', 'four', 'four by codex');
      test.write('late.txt', 'late\n');
    });
    assert.deepEqual(await linesOf(test), [
      'a.txt +4 codex:gpt-5.5',
      'a.txt -4 codex:gpt-5.5',
      'late.txt +1 claude-code',
    ]);
    const { settle, showCommits } = await import('../../../../src/provenance/commits');
    await settle(test.repository(), Date.now);
    const head = (await test.git('rev-parse', 'HEAD')).trim();
    assert.deepEqual((await showCommits(test.repository(), [head])).get(head)?.assistants, ['codex']);
  });

  it('a session in two work trees is credited in each', async () => {
    const other = test.outside('other tree');
    await test.git('worktree', 'add', '-q', '-b', 'other', other);
    const there = path.join(other, 'a.txt');
    await claude('c1', 'two', 'two here');
    await call(
      'claude-code',
      { tool: 'Edit', input: { file_path: there, old_string: 'four', new_string: 'four there' }, id: 'c2' },
      () => writeFileSync(there, readFileSync(there, 'utf8').replace('four', 'four there')),
    );
    await call('claude-code', { tool: 'Bash', input: { command: 'echo x > new.txt' }, id: 'c3', cwd: other }, () =>
      writeFileSync(path.join(other, 'new.txt'), 'x\n'),
    );
    assert.deepEqual(await linesOf(test), ['a.txt +2 claude-code', 'a.txt -2 claude-code']);
    const { statusOf } = await import('../../../../src/provenance/commits');
    const { Repository } = await import('../../../../src/git');
    const repository = Repository.find(other) ?? assert.fail(other);
    const { files } = await statusOf(repository, Date.now);
    assert.deepEqual(
      files.map((file) => [file.path, file.ranges.map(({ start, author, session }) => [start, author, session])]),
      [
        ['a.txt', [[4, 'ai', 'claude-code-1']]],
        ['new.txt', [[1, 'ai', 'claude-code-1']]],
      ],
    );
  });

  describe('a Claude Code session that goes on elsewhere,', () => {
    const projects = (): string => path.join(test.home, '.claude', 'projects', test.root.replace(/[^A-Za-z0-9]/g, '-'));
    /** What the transcript of a session says of one edit. */
    const transcript = (session: string, id: string, at: string): string => {
      const common = { sessionId: session, cwd: test.root, timestamp: at };
      const input = { file_path: test.at('a.txt'), old_string: 'two', new_string: 'two by claude' };
      return [
        {
          ...common,
          type: 'assistant',
          uuid: `${id}-1`,
          message: {
            role: 'assistant',
            model: 'claude-opus-4-8',
            content: [{ type: 'tool_use', id, name: 'Edit', input }],
          },
        },
        {
          ...common,
          type: 'user',
          uuid: `${id}-2`,
          message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'done' }] },
          toolUseResult: {
            filePath: input.file_path,
            oldString: 'two',
            newString: 'two by claude',
            originalFile: START,
            replaceAll: false,
            userModified: false,
            structuredPatch: [],
          },
        },
      ]
        .map((record) => `${JSON.stringify(record)}\n`)
        .join('');
    };
    const keep = (name: string, text: string): void => {
      mkdirSync(projects(), { recursive: true });
      writeFileSync(path.join(projects(), `${name}.jsonl`), text);
    };
    const fill = (): number =>
      fillFromTranscripts(test.repository(), { home: test.home, env: {} }, Date.now).reduce(
        (sum, { edits }) => sum + edits,
        0,
      );
    const edits = (): number =>
      openJournal(test.at('.git'), Date.now)
        .read()
        .filter(({ record }) => record.kind === 'edit').length;

    itInFull('resumed: keeps its session, and its repeated transcript counts once', async () => {
      await claude('toolu_01AbCdEfGhIjKlMn', 'two', 'two by claude', { session: 'first' });
      assert.equal(
        (await hookWith(test, 'claude-code', { hook_event_name: 'SessionEnd', session_id: 'first', cwd: test.root }))
          .code,
        0,
      );
      const at = new Date().toISOString();
      keep('first', transcript('first', 'toolu_01AbCdEfGhIjKlMn', at));
      assert.equal(fill(), 0);
      assert.equal(
        (
          await hookWith(test, 'claude-code', {
            hook_event_name: 'SessionStart',
            session_id: 'first',
            source: 'resume',
            cwd: test.root,
          })
        ).code,
        0,
      );
      await claude('toolu_02AbCdEfGhIjKlMn', 'four', 'four by claude', { session: 'first' });
      assert.equal(fill(), 0);
      assert.deepEqual(await linesOf(test), [
        'a.txt +2 claude-code:claude-opus-4-8',
        'a.txt +4 claude-code:claude-opus-4-8',
        'a.txt -2 claude-code:claude-opus-4-8',
        'a.txt -4 claude-code:claude-opus-4-8',
      ]);
    });

    it('forked: the copied transcript adds no second edit', async () => {
      await claude('toolu_01AbCdEfGhIjKlMn', 'two', 'two by claude', { session: 'first' });
      const before = edits();
      keep('second', transcript('second', 'toolu_01AbCdEfGhIjKlMn', new Date().toISOString()));
      assert.equal(fill(), 0);
      assert.equal(edits(), before);
    });

    itInFull('forked without hooks: the edit counts once', async () => {
      edit('two', 'two by claude')();
      const at = new Date().toISOString();
      keep('first', transcript('first', 'toolu_01AbCdEfGhIjKlMn', at));
      keep('second', transcript('second', 'toolu_01AbCdEfGhIjKlMn', at));
      assert.equal(fill(), 1);
      assert.equal(edits(), 1);
      assert.deepEqual(await linesOf(test), [
        'a.txt +2 claude-code:claude-opus-4-8',
        'a.txt -2 claude-code:claude-opus-4-8',
      ]);
    });
  });

  it("a person's typing while an agent writes is the person's", async () => {
    const about: Call = { tool: 'Bash', input: { command: 'sed -i s/two/TWO/ a.txt' }, id: 'b1' };
    await call('claude-code', about, async () => {
      await person('before');
      edit('four', 'four by hand')();
      await person('after');
      edit('two', 'TWO')();
    });
    assert.deepEqual(await linesOf(test), [
      'a.txt +2 claude-code',
      'a.txt +4 human',
      'a.txt -2 claude-code',
      'a.txt -4 human',
    ]);
  });

  itInFull(
    'two agents on one file are each credited with their own lines, however their calls interleave',
    async () => {
      const one: Call = {
        tool: 'Edit',
        input: { file_path: test.at('a.txt'), old_string: 'two', new_string: 'two by claude' },
        id: 'c1',
      };
      const two: Call = { tool: 'apply_patch', input: patchOf('four', 'four by codex'), id: 'x1' };
      await tell('claude-code', 'before', one);
      await tell('codex', 'before', two);
      edit('two', 'two by claude')();
      await tell('claude-code', 'after', one);
      edit('four', 'four by codex')();
      await tell('codex', 'after', two);
      await codex('x2', 'one', 'one by codex');
      await claude('c2', 'five', 'five by claude');
      assert.deepEqual(
        (await linesOf(test)).filter((line) => line.includes('+')).map((line) => line.replace(/:.*/, '')),
        ['a.txt +1 codex', 'a.txt +2 claude-code', 'a.txt +4 codex', 'a.txt +5 claude-code'],
      );
    },
  );

  itInFull('environment variables alone credit no agent', async () => {
    const env = {
      CLAUDECODE: '1',
      CLAUDE_CODE_SESSION_ID: 'e',
      AI_AGENT: 'claude-code_2_agent',
      CURSOR_TRACE_ID: 'x',
      CURSOR_AGENT: '1',
      AGENT: '1',
      GEMINI_CLI: '1',
      OPENCODE: '1',
      CODEX_THREAD_ID: 'x',
      COPILOT_MODEL: 'm',
      TERM_PROGRAM: 'vscode',
    };
    await codex('x1', 'two', 'two by codex', { env });
    await person('before');
    edit('four', 'four by hand')();
    await person('after');
    edit('five', 'five by nobody')();
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      assert.deepEqual(await linesOf(test), [
        'a.txt +2 codex:gpt-5.5',
        'a.txt +4 human',
        'a.txt +5 unknown',
        'a.txt -2 codex:gpt-5.5',
        'a.txt -4 human',
        'a.txt -5 unknown',
      ]);
    } finally {
      for (const name of Object.keys(env)) if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    }
  });
});
