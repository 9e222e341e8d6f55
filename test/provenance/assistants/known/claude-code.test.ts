import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assistantOf, readTail, type Assistant, type Reading } from '../../../../src/provenance/assistants';
import { sample, sampleFile, sampleSession, type Payload } from '../../../support/samples';
import { toolEvent } from '../../../support/hook-events';

const found = assistantOf('claude-code');
assert.ok(found);
const claude: Assistant = found;
const SESSION = 'claude-code/session';
const read = (payload: unknown): Reading => claude.read(payload, {});
const SRC = '/home/dev/proj/src';

const inputOf = (payload: Payload): Payload => payload['tool_input'] as Payload;
const withInput = (payload: Payload, input: Payload): Payload => ({
  ...payload,
  tool_input: { ...inputOf(payload), ...input },
});

describe('a hook payload of Claude Code', function () {
  this.timeout(20_000);

  it('every payload of a recorded session is understood, and each before has its after', () => {
    const kinds = sampleSession(SESSION).map((payload) => {
      const reading = read(payload);
      return 'event' in reading ? reading.event : Object.keys(reading)[0];
    });
    assert.equal(kinds[0], 'session-start');
    assert.equal(kinds[1], 'prompt');
    assert.deepEqual(kinds.slice(-2), ['turn-end', 'session-end']);
    assert.ok(!kinds.includes('notUnderstood'), kinds.join(' '));
    const count = (kind: string): number => kinds.filter((one) => one === kind).length;
    assert.equal(count('before'), count('after'), 'each before has its after');
  });

  it('PreToolUse and PostToolUse of one call have the same id', () => {
    const before = toolEvent(read(sample(SESSION, 'PreToolUse', 'Edit')));
    const after = toolEvent(read(sample(SESSION, 'PostToolUse', 'Edit')));
    assert.ok(before.id !== undefined && before.id === after.id);
    assert.equal(before.session, after.session);
    assert.equal(before.cwd, '/home/dev/proj');
    assert.equal(before.tool, 'edit');
    assert.deepEqual(before.files, [`${SRC}/a.ts`]);
  });

  it('a Read: names the file that it shows, and records nothing', () => {
    const payload = { hook_event_name: 'PreToolUse', session_id: 's', cwd: SRC, tool_name: 'Read' };
    const reading = read({ ...payload, tool_input: { file_path: `${SRC}/a.ts` } });
    assert.ok('ignored' in reading);
    assert.deepEqual(reading.showing?.shows, [`${SRC}/a.ts`]);
    const listing = read({ ...payload, tool_name: 'Glob', tool_input: { pattern: '*', path: SRC } });
    assert.ok('ignored' in listing && listing.showing === undefined);
  });

  it('an Edit gives the old and the new text, and after the call the line', () => {
    const [before] = toolEvent(read(sample(SESSION, 'PreToolUse', 'Edit'))).edits;
    assert.deepEqual(before, { path: `${SRC}/a.ts`, old: 'two\n', new: 'two\ntwo and a half\n' });
    const after = toolEvent(read(sample(SESSION, 'PostToolUse', 'Edit')));
    assert.deepEqual(after.edits, [{ ...before, line: 2 }]);
    assert.deepEqual(after.contents, [{ path: `${SRC}/a.ts`, before: 'one\ntwo\nthree\nfour\n' }]);
    assert.equal(after.exact, true);
    assert.equal(after.onDisk, true);
  });

  it('deleted lines are an edit with an empty new text', () => {
    const after = toolEvent(read(sample(SESSION, 'PostToolUse', 'Edit', (one) => inputOf(one)['new_string'] === '')));
    assert.deepEqual(after.edits, [{ path: `${SRC}/a.ts`, old: 'three\n', new: '', line: 4 }]);
  });

  it('replace_all gives one edit per place, each with its line in the new file', () => {
    const payload = sample(SESSION, 'PostToolUse', 'Edit');
    const response = {
      ...(payload['tool_response'] as Payload),
      oldString: 'x',
      newString: 'y\ny',
      originalFile: 'x\n-\nx x\nx',
    };
    const after = toolEvent(
      read({
        ...withInput(payload, { old_string: 'x', new_string: 'y\ny', replace_all: true }),
        tool_response: response,
      }),
    );
    const written = 'y\ny\n-\ny\ny y\ny\ny\ny'.split('\n');
    assert.deepEqual(
      after.edits.map((edit) => edit.line),
      [1, 4, 5, 7],
    );
    for (const edit of after.edits) assert.ok(written[(edit.line ?? 0) - 1]?.includes('y'));
    const before = toolEvent(read(withInput(sample(SESSION, 'PreToolUse', 'Edit'), { replace_all: true })));
    assert.equal(before.edits[0]?.everywhere, true, 'before the places are not known');
  });

  it("the old text of an edit comes from the tool's response when the model's differs", () => {
    const payload = sample(SESSION, 'PostToolUse', 'Edit');
    const after = toolEvent(read(withInput(payload, { old_string: '“two”\n' })));
    assert.equal(after.edits[0]?.old, 'two\n');
  });

  it('a Write knows after the call whether it created or overwrote the file', () => {
    const created = toolEvent(read(sample(SESSION, 'PostToolUse', 'Write')));
    assert.deepEqual(created.edits, [{ path: `${SRC}/new.ts`, old: '', new: 'new\n' }]);
    assert.deepEqual(created.contents, [{ path: `${SRC}/new.ts`, before: null, after: 'new\n' }]);
    const overwritten = toolEvent(
      read(sample(SESSION, 'PostToolUse', 'Write', (one) => (one['tool_response'] as Payload)['type'] === 'update')),
    );
    assert.deepEqual(overwritten.edits, []);
    assert.deepEqual(overwritten.contents, [
      { path: `${SRC}/a.ts`, before: 'one\ntwo\ntwo and a half\nfour\n', after: 'all\nnew\n' },
    ]);
    const before = toolEvent(read(sample(SESSION, 'PreToolUse', 'Write')));
    assert.deepEqual(
      before.contents,
      [{ path: `${SRC}/new.ts`, after: 'new\n' }],
      'whether it exists is not known before',
    );
  });

  it('replace_all in thousands of places stays one edit that holds everywhere', () => {
    const payload = sample(SESSION, 'PostToolUse', 'Edit');
    const response = {
      ...(payload['tool_response'] as Payload),
      oldString: 'x',
      newString: 'y',
      originalFile: 'x\n'.repeat(5000),
    };
    const after = toolEvent(
      read({ ...withInput(payload, { old_string: 'x', new_string: 'y', replace_all: true }), tool_response: response }),
    );
    assert.deepEqual(after.edits, [{ path: `${SRC}/a.ts`, old: 'x', new: 'y', everywhere: true }]);
  });

  it('a Write without the original file, as it is too large, is not read as a new file', () => {
    const payload = sample(
      SESSION,
      'PostToolUse',
      'Write',
      (one) => (one['tool_response'] as Payload)['type'] === 'update',
    );
    const after = toolEvent(
      read({ ...payload, tool_response: { ...(payload['tool_response'] as Payload), originalFile: null } }),
    );
    assert.deepEqual(after.contents, [{ path: `${SRC}/a.ts`, after: 'all\nnew\n' }]);
  });

  it('a failed command is still read as an after, as it may have changed files', () => {
    const failed = toolEvent(read(sample(SESSION, 'PostToolUseFailure', 'Bash')));
    assert.equal(failed.event, 'after');
    assert.equal(failed.failed, true);
    assert.equal(failed.tool, 'shell');
    assert.equal(failed.command, 'rm src/new.ts; false');
  });

  it('a failed edit gives no edits and no contents', () => {
    const failed = toolEvent(
      read({ ...sample(SESSION, 'PreToolUse', 'Edit'), hook_event_name: 'PostToolUseFailure', error: 'no' }),
    );
    assert.deepEqual([failed.edits, failed.contents, failed.exact], [[], [], false]);
    assert.deepEqual(failed.files, [`${SRC}/a.ts`]);
  });

  it('MultiEdit and NotebookEdit are read', () => {
    const base = sample(SESSION, 'PreToolUse', 'Edit');
    const multi = toolEvent(
      read({
        ...base,
        tool_name: 'MultiEdit',
        tool_input: {
          file_path: '/p/a',
          edits: [
            { old_string: 'a', new_string: 'b' },
            { old_string: 'c', new_string: 'd', replace_all: true },
          ],
        },
      }),
    );
    assert.deepEqual(multi.edits, [
      { path: '/p/a', old: 'a', new: 'b' },
      { path: '/p/a', old: 'c', new: 'd', everywhere: true },
    ]);
    assert.equal(multi.exact, true);
    const broken = toolEvent(
      read({
        ...base,
        tool_name: 'MultiEdit',
        tool_input: { file_path: '/p/a', edits: [{ old_string: 'a', new_string: 'b' }, 7] },
      }),
    );
    assert.equal(broken.exact, false);
    const notebook = { notebook_path: '/p/n.ipynb', new_source: 'x', edit_mode: 'replace' };
    const cell = toolEvent(read({ ...base, tool_name: 'NotebookEdit', tool_input: notebook }));
    assert.deepEqual([cell.tool, cell.files, cell.exact], ['edit', ['/p/n.ipynb'], false]);
    const done = toolEvent(
      read({
        ...base,
        hook_event_name: 'PostToolUse',
        tool_name: 'NotebookEdit',
        tool_input: notebook,
        tool_response: { original_file: '{}', updated_file: '{"x":1}' },
      }),
    );
    assert.deepEqual(done.contents, [{ path: '/p/n.ipynb', before: '{}', after: '{"x":1}' }]);
  });

  it('Read is ignored, and the tool of an MCP server counts as one that may write', () => {
    assert.ok('ignored' in read(sample(SESSION, 'PostToolUse', 'Read')));
    assert.ok('ignored' in read({ hook_event_name: 'PostToolBatch' }));
    assert.equal(
      toolEvent(read({ ...sample(SESSION, 'PreToolUse', 'Edit'), tool_name: 'mcp__files__write' })).tool,
      'other',
    );
  });

  it('missing fields are left out, and unusable ids, folders and paths are dropped', () => {
    const event = toolEvent(
      read({
        hook_event_name: 'PreToolUse',
        tool_name: 'Edit',
        session_id: 'a\nb',
        tool_use_id: 7,
        cwd: 'relative',
        tool_input: { file_path: '/p/a\0b', old_string: 'a', new_string: 'b' },
      }),
    );
    assert.deepEqual(
      Object.keys(event).filter((key) => ['session', 'id', 'cwd', 'model'].includes(key)),
      [],
    );
    assert.deepEqual(event.files, []);
  });

  it('a payload of another form is reported as not understood, and none throws', () => {
    for (const payload of [
      null,
      7,
      'x',
      [],
      {},
      { hook_event_name: 7 },
      { hook_event_name: 'PreToolUse' },
      { hook_event_name: 'PreToolUse', tool_name: 'a\u001bb' },
    ]) {
      assert.ok('notUnderstood' in read(payload), JSON.stringify(payload));
    }
    const event = fc.constantFrom('PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'UserPromptSubmit', 'Stop');
    const tool = fc.constantFrom('Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'Bash', 'Odd');
    const part = fc.record(
      {
        file_path: fc.jsonValue(),
        old_string: fc.jsonValue(),
        new_string: fc.jsonValue(),
        content: fc.jsonValue(),
        edits: fc.jsonValue(),
        originalFile: fc.jsonValue(),
        oldString: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const payload = fc.record(
      {
        hook_event_name: event,
        tool_name: tool,
        session_id: fc.jsonValue(),
        tool_input: fc.oneof(part, fc.jsonValue()),
        tool_response: fc.oneof(part, fc.jsonValue()),
      },
      { requiredKeys: ['hook_event_name'] },
    );
    fc.assert(fc.property(payload, (one) => assert.equal(typeof read(one), 'object')));
  });
});

describe('the model of a Claude Code session', () => {
  const transcript = sampleFile('claude-code/transcript.jsonl');
  const line = (model: unknown, id = 'x'): string =>
    `${JSON.stringify({ type: 'assistant', message: { model, content: [{ type: 'tool_use', id }] } })}\n`;
  const ask = (text: string, id?: string): string | undefined =>
    claude.model({ transcriptPath: '/t.jsonl', ...(id === undefined ? {} : { id }) }, () => text);

  it('the model is read from a recorded transcript', () => {
    assert.equal(claude.model({ transcriptPath: transcript }, readTail), 'claude-opus-4-8');
  });

  it('the model is that of the answer with the tool call, else of the last answer', () => {
    const text = line('one', 'call-1') + line('two', 'call-2') + line('<synthetic>') + '{"type":"user"}\n';
    assert.equal(ask(text), 'two');
    assert.equal(ask(text, 'call-1'), 'one');
    assert.equal(ask(text, 'call-9'), 'two');
  });

  it('cut lines, records of other kinds and invalid names are skipped', () => {
    assert.equal(
      ask(`ssistant","message":{"model":"cut"}}\n${line('good')}{"type":"assistant","message":{"model":"half`),
      'good',
    );
    assert.equal(ask(line('bad\nname') + line(7) + line('<synthetic>')), undefined);
    assert.equal(ask('{"type":"user","message":{"model":"not \\"assistant\\""}}\n'), undefined);
    assert.equal(ask(''), undefined);
  });

  it('more of a long transcript is read only when its end names no model', () => {
    const asked: number[] = [];
    const long = line('far back') + 'x'.repeat(100_000);
    const model = claude.model(
      { transcriptPath: '/t.jsonl' },
      (_file, bytes) => (asked.push(bytes), long.slice(-bytes)),
    );
    assert.equal(model, 'far back');
    assert.equal(asked.length, 2);
    assert.ok(Math.max(...asked) <= 1024 * 1024);
  });

  it("a subagent's model comes from the subagent's own transcript", () => {
    const asked: string[] = [];
    const answer = (subagent: string): string | undefined =>
      claude.model({ transcriptPath: '/p/s.jsonl', subagent }, (file) => (asked.push(file), line('small')));
    assert.equal(answer('a1b2'), 'small');
    assert.equal(answer('../../x'), undefined);
    assert.deepEqual(asked, ['/p/s/subagents/agent-a1b2.jsonl']);
  });
});

describe('hooks of Claude Code', () => {
  const where = { home: '/home/dev', env: {}, repositoryRoot: '/home/dev/proj' };

  it("the settings file is the user's (CLAUDE_CONFIG_DIR is respected) or the project's", () => {
    assert.equal(claude.hooks('user', where)[0]?.file, '/home/dev/.claude/settings.json');
    assert.equal(
      claude.hooks('user', { ...where, env: { CLAUDE_CONFIG_DIR: '/elsewhere' } })[0]?.file,
      '/elsewhere/settings.json',
    );
    assert.equal(
      claude.hooks('user', { ...where, env: { CLAUDE_CONFIG_DIR: 'relative' } })[0]?.file,
      '/home/dev/.claude/settings.json',
    );
    assert.equal(claude.hooks('project', where)[0]?.file, '/home/dev/proj/.claude/settings.json');
    assert.deepEqual(claude.hooks('project', { home: '/home/dev', env: {} }), []);
  });

  it('deny and ask are answered in JSON, and allow with nothing', () => {
    const { stdout = '', exitCode } = claude.deny?.('not "here"\nbut there') ?? {};
    assert.deepEqual(JSON.parse(stdout), {
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: 'not "here"\nbut there',
      },
    });
    assert.equal(exitCode, 0);
    assert.match(claude.ask?.('sure?').stdout ?? '', /"ask"/);
    assert.deepEqual(claude.allow(), { exitCode: 0 });
  });
});
