import assert from 'node:assert/strict';
import { withoutAgents } from '../../../../src/provenance/assistants/commit-marks';

describe('withoutAgents: what agents say of themselves', () => {
  const BODY = 'Add rates\n\nThey change in May.\n';
  for (const line of [
    'Co-authored-by: Claude <noreply@anthropic.com>',
    'Co-Authored-By: Claude Opus 4.8 <noreply@anthropic.com>',
    'Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>',
    'Co-authored-by: Cursor <cursoragent@cursor.com>',
    'Signed-off-by: Claude <noreply@anthropic.com>',
    'Generated-by: Claude Code',
    '🤖 Generated with [Claude Code](https://claude.com/claude-code)',
  ])
    it(`an agent's line: is gone with the blank line above it, if it is "${line}"`, () => {
      assert.equal(withoutAgents(`${BODY}\n${line}\n`), BODY);
    });

  for (const line of [
    'Co-authored-by: Claude Monet <claude.monet@example.com>',
    'Signed-off-by: Ada <ada@example.com>',
    'Assisted-by: Jane',
    'Reviewed-by: Claude Shannon <shannon@example.com>',
    'Generated-by: the nightly job',
  ])
    it(`a person's line: keeps its bytes, if it is "${line}"`, () => {
      const message = `${BODY}\r\n${line}\r\n`;
      assert.equal(withoutAgents(message), message);
    });

  it('lines of both: only those of the agent are gone, and the block stays one', () => {
    const people = 'Reviewed-by: Jane <jane@example.com>\nCo-authored-by: Ada <ada@example.com>\n';
    const message = `${BODY}\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nCo-authored-by: Claude <noreply@anthropic.com>\n${people}`;
    assert.equal(withoutAgents(message), `${BODY}\n${people}`);
  });

  it('a subject: stays, if it reads like one of an agent', () => {
    const message = 'Generated with Claude Code\n';
    assert.equal(withoutAgents(message), message);
  });
});
