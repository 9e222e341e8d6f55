import assert from 'node:assert/strict';
import {
  ASSISTANTS,
  assistantOf,
  deliveryKey,
  readPayload,
  type Assistant,
  type Reading,
} from '../../../src/provenance/assistants';
import { sample } from '../../support/samples';
import { toolEvent } from '../../support/hook-events';

function known(id: string): Assistant {
  const found = assistantOf(id);
  assert.ok(found, id);
  return found;
}
const atClaude = (payload: unknown, env = {}): Reading => readPayload(known('claude-code'), payload, env);

describe('the registry of assistants', () => {
  it('each id is there once, and an unknown id finds none', () => {
    assert.equal(new Set(ASSISTANTS.map((one) => one.id)).size, ASSISTANTS.length);
    assert.equal(assistantOf('nobody'), undefined);
  });

  it('e-mail addresses and trailers of assistants are in lower case, as they are compared', () => {
    for (const { marks } of ASSISTANTS)
      for (const text of [...marks.emails, ...marks.trailers]) assert.equal(text, text.toLowerCase());
  });
});

describe("which assistant sent a payload to Claude Code's hook", () => {
  it('Claude Code, for its own payload', () => {
    assert.equal(toolEvent(atClaude(sample('claude-code/session', 'PostToolUse', 'Edit'))).assistant, 'claude-code');
  });

  it("Copilot, when VS Code's agent ran the hook", () => {
    const event = toolEvent(atClaude(sample('github-copilot/editor-session', 'PostToolUse', 'create_file')));
    assert.deepEqual([event.assistant, event.onDisk, event.edits.length], ['github-copilot', false, 1]);
  });

  it('Copilot, when Copilot CLI ran the hook, before and after the tool', () => {
    const after = toolEvent(atClaude(sample('github-copilot/cli-session', 'PostToolUse', 'Write')));
    assert.deepEqual([after.assistant, after.files], ['github-copilot', ['/home/dev/proj/new.py']]);
    const before = toolEvent(
      atClaude(sample('github-copilot/cli-session', 'PreToolUse', 'Write'), { COPILOT_CLI: '1' }),
    );
    assert.equal(before.assistant, 'github-copilot');
    const stop = atClaude(sample('github-copilot/cli-session', 'Stop'));
    assert.ok('assistant' in stop && stop.assistant === 'github-copilot');
  });

  it('Claude Code, when it runs inside a terminal of Copilot CLI', () => {
    const payload = sample('claude-code/session', 'PreToolUse', 'Bash');
    assert.equal(toolEvent(atClaude(payload, { COPILOT_CLI: '1' })).assistant, 'claude-code');
    const { transcript_path: _, ...without } = payload;
    assert.equal(toolEvent(atClaude(without, { COPILOT_CLI: '1' })).assistant, 'claude-code');
  });

  it('Cursor, when the payload has cursor_version', () => {
    const reading = atClaude({ ...sample('claude-code/session', 'PostToolUse', 'Edit'), cursor_version: '3.0' });
    assert.ok('assistant' in reading && reading.assistant === 'cursor');
  });
});

describe('deliveryKey', () => {
  it('is the same for one event from two hook files, and another for before and after', () => {
    const payload = sample('github-copilot/editor-session', 'PreToolUse', 'create_file');
    const own = toolEvent(readPayload(known('github-copilot'), payload, {}));
    const foreign = toolEvent(atClaude(payload));
    assert.ok(deliveryKey(own) !== undefined && deliveryKey(own) === deliveryKey(foreign));
    const after = toolEvent(
      readPayload(known('github-copilot'), sample('github-copilot/editor-session', 'PostToolUse', 'create_file'), {}),
    );
    assert.notEqual(deliveryKey(own), deliveryKey(after));
  });

  it('is undefined when calls have no id', () => {
    assert.equal(
      deliveryKey(
        toolEvent(
          readPayload(known('github-copilot'), sample('github-copilot/cli-session', 'PostToolUse', 'Edit'), {}),
        ),
      ),
      undefined,
    );
  });
});
