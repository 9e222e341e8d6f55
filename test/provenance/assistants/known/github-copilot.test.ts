import assert from 'node:assert/strict';
import { assistantOf, type Assistant, type Reading } from '../../../../src/provenance/assistants';
import { sample, sampleSession } from '../../../support/samples';
import { toolEvent } from '../../../support/hook-events';

const found = assistantOf('github-copilot');
assert.ok(found);
const copilot: Assistant = found;
const EDITOR = 'github-copilot/editor-session';
const CLI = 'github-copilot/cli-session';
const read = (payload: unknown): Reading => copilot.read(payload, {});
const edited = (tool: string, input: unknown): Reading =>
  read({ ...sample(EDITOR, 'PreToolUse', 'create_file'), tool_name: tool, tool_input: input });

describe('a hook payload of GitHub Copilot in VS Code', () => {
  it('every payload of a recorded session is understood', () => {
    const kinds = sampleSession(EDITOR).map((payload) => {
      const reading = read(payload);
      return 'event' in reading ? reading.event : Object.keys(reading)[0];
    });
    // read_file is passed over; the second create_file was refused, so it has no after
    assert.deepEqual(kinds, [
      'session-start',
      'prompt',
      'ignored',
      'ignored',
      'before',
      'after',
      'before',
      'after',
      'before',
      'before',
      'after',
      'turn-end',
    ]);
  });

  it('only the start of a session names the model', () => {
    const start = read(sample(EDITOR, 'SessionStart'));
    assert.ok('event' in start);
    assert.equal(start.model, 'scripted-1');
    assert.equal(
      copilot.model(start, () => undefined),
      'scripted-1',
    );
    const before = toolEvent(read(sample(EDITOR, 'PreToolUse', 'create_file')));
    assert.equal(
      copilot.model(before, () => undefined),
      undefined,
    );
    assert.equal(before.session, start.session);
  });

  it('an edit is not on disk yet when its PostToolUse arrives; the effect of a command is', () => {
    const edit = toolEvent(read(sample(EDITOR, 'PostToolUse', 'replace_string_in_file')));
    assert.equal(edit.onDisk, false);
    assert.deepEqual(edit.edits, [
      {
        path: '/home/dev/proj/src/app.js',
        old: 'export const a = 1;',
        new: 'export const a = 11;\nexport const c = 3;',
      },
    ]);
    const command = toolEvent(read(sample(EDITOR, 'PostToolUse', 'run_in_terminal')));
    assert.equal(command.onDisk, true);
    assert.equal(command.tool, 'shell');
    assert.match(command.command ?? '', /^echo from-terminal/);
  });

  it("PreToolUse and PostToolUse of one call have the same id, which holds the session's part too", () => {
    const before = toolEvent(read(sample(EDITOR, 'PreToolUse', 'replace_string_in_file')));
    const after = toolEvent(read(sample(EDITOR, 'PostToolUse', 'replace_string_in_file')));
    assert.match(before.id ?? '', /^call_2_0__vscode-\d+$/);
    assert.equal(before.id, after.id);
  });

  it('each tool that writes is read', () => {
    const created = toolEvent(read(sample(EDITOR, 'PreToolUse', 'create_file')));
    assert.deepEqual(created.edits, [
      { path: '/home/dev/proj/src/new.js', old: '', new: 'export const fresh = true;\n' },
    ]);
    const several = toolEvent(
      edited('multi_replace_string_in_file', {
        replacements: [
          { filePath: '/p/a', oldString: 'a', newString: 'b' },
          { filePath: '/p/c', oldString: 'c', newString: '' },
        ],
      }),
    );
    assert.deepEqual(several.files, ['/p/a', '/p/c']);
    assert.equal(several.edits.length, 2);
    const patch = toolEvent(
      edited('apply_patch', { input: '*** Begin Patch\n*** Delete File: /p/old.txt\n*** End Patch', explanation: 'x' }),
    );
    assert.deepEqual(patch.contents, [{ path: '/p/old.txt', after: null }]);
    const vague = toolEvent(edited('insert_edit_into_file', { filePath: '/p/a', code: '// ...existing code...\nx' }));
    assert.deepEqual([vague.tool, vague.files, vague.edits, vague.exact], ['edit', ['/p/a'], [], false]);
    assert.equal(toolEvent(edited('some_new_tool', { filePath: '/p/a' })).tool, 'other');
  });

  it('field names in camel case are read too', () => {
    const old = toolEvent(
      read({
        hookEventName: 'PreToolUse',
        sessionId: 's',
        toolName: 'create_file',
        toolInput: { filePath: '/p/a', content: 'x' },
        toolUseId: 'i',
        cwd: '/p',
      }),
    );
    assert.deepEqual([old.session, old.id, old.files], ['s', 'i', ['/p/a']]);
  });

  it('a payload of another form is reported as not understood', () => {
    for (const payload of [null, [], {}, { hook_event_name: 'PreToolUse' }])
      assert.ok('notUnderstood' in read(payload), JSON.stringify(payload));
    assert.ok('ignored' in read({ hook_event_name: 'PreCompact' }));
    assert.deepEqual(toolEvent(edited('create_file', 'no object')).files, []);
  });
});

describe('a hook payload of GitHub Copilot CLI', () => {
  it("the CLI's own names of tools and arguments are read", () => {
    const write = toolEvent(read(sample(CLI, 'PostToolUse', 'Write')));
    assert.deepEqual(write.contents, [
      { path: '/home/dev/proj/new.py', before: null, after: 'def f():\n    return 1\n' },
    ]);
    assert.deepEqual([write.onDisk, write.failed, write.id], [true, false, undefined]);
    const edit = toolEvent(read(sample(CLI, 'PostToolUse', 'Edit')));
    assert.deepEqual(edit.edits, [{ path: '/home/dev/proj/a.txt', old: 'hello', new: 'hello world' }]);
    assert.equal(toolEvent(read(sample(CLI, 'PreToolUse', 'Bash'))).tool, 'shell');
  });

  it('a failed tool gives no edits', () => {
    const failed = toolEvent(read({ ...sample(CLI, 'PostToolUse', 'Edit'), tool_result: { result_type: 'failure' } }));
    assert.equal(failed.failed, true);
    assert.deepEqual(failed.edits, []);
  });
});

describe('hooks of GitHub Copilot', () => {
  it('hooks lie in a file of their own, for the user or the project', () => {
    const where = { home: '/home/dev', env: {}, repositoryRoot: '/home/dev/proj' };
    assert.equal(copilot.hooks('user', where)[0]?.file, '/home/dev/.copilot/hooks/linekeeper.json');
    assert.equal(copilot.hooks('project', where)[0]?.file, '/home/dev/proj/.github/hooks/linekeeper.json');
  });
});
