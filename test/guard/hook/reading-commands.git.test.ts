/** What somebody writes elsewhere while an agent's command runs, or waits for a person's consent. */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { askJson, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe("a line written while an agent's command runs:", () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const hook = (event: string, command: string, id = 'tool-1'): Promise<unknown> =>
    linekeeper(test, ['record', 'claude-code'], {
      input: JSON.stringify({
        session_id: 'session-1',
        cwd: test.root,
        hook_event_name: event,
        tool_name: 'Bash',
        tool_input: { command },
        tool_use_id: id,
      }),
    });
  const type = (): void => {
    appendFileSync(test.at('a.txt'), 'typed elsewhere\n');
  };
  const added = async (): Promise<unknown> => (await askJson<{ added: unknown }>(test, 'status')).added;
  const UNKNOWN = { ai: 0, human: 0, unknown: 1 };
  const OF_AI = { ai: 1, human: 0, unknown: 0 };

  for (const [what, command] of [
    ['runs', 'git status && cat a.txt | head -3'],
    ['waits for consent', 'cat .env'],
  ] as const)
    it(`is nobody's when the command only reads and ${what}`, async () => {
      await hook('PreToolUse', command);
      type();
      assert.deepEqual(await added(), UNKNOWN);
      const status = await linekeeper(test, ['status']);
      assert.doesNotMatch(status.stdout, /has begun an edit/);
      await hook('PostToolUse', command);
      assert.deepEqual(await added(), UNKNOWN);
      assert.equal((await linekeeper(test, ['declare', '--ai', 'codex', 'a.txt'])).code, 0);
    });

  it("is the agent's when the command may write", async () => {
    await hook('PreToolUse', 'npm test');
    type();
    assert.deepEqual(await added(), OF_AI);
    await hook('PostToolUse', 'npm test');
    assert.deepEqual(await added(), OF_AI);
  });

  it("is nobody's when a command that may write was refused, and the next one only reads", async () => {
    await hook('PreToolUse', 'npm test');
    await new Promise((resolve) => setTimeout(resolve, 600)); // two that begin within half a second run side by side
    await hook('PreToolUse', 'cat a.txt', 'tool-2');
    type();
    assert.deepEqual(await added(), UNKNOWN);
  });
});
