import assert from 'node:assert/strict';
import { toldOf } from '../../../support/agent-audit';

describe('audit of Cursor', () => {
  it('reads the allow lists in permissions.json of the user and the project', () => {
    assert.deepEqual(
      toldOf('cursor', {
        'home/.cursor/permissions.json':
          '{\n  // mine\n  "terminalAllowlist": ["git status", "git", "npm test"],\n  "mcpAllowlist": ["files:read", "*:*"]\n}',
        'repository/.cursor/permissions.json': '{"terminalAllowlist": ["*"], "mcpAllowlist": 7}',
      }),
      [
        'user commands terminalAllowlist.1 @3',
        'user everything mcpAllowlist.1 @4',
        'project shell terminalAllowlist.0 @1',
      ],
    );
  });
});
