import assert from 'node:assert/strict';
import { toldOf } from '../../../support/agent-audit';

describe('audit of Antigravity', () => {
  it('reads the grants of its CLI, those shared with its editor, and those of the project', () => {
    assert.deepEqual(
      toldOf('antigravity', {
        'home/.gemini/antigravity-cli/settings.json':
          '{\n  "toolPermission": "always-proceed",\n  "enableTerminalSandbox": false,\n  "permissions": {"allow": ["command(git status)", "command(terraform)", "read_file(*)"]}\n}',
        'home/.gemini/config/config.json':
          '{"userSettings": {"globalPermissionGrants": {"allow": ["command(ls)", "command(*)"]}}}',
        'repository/.agents/settings.json':
          '{"toolPermission": "request-review", "allowNonWorkspaceAccess": true, "agentMode": "accept-edits"}',
      }),
      [
        'user everything toolPermission @2',
        'user commands permissions.allow.1 @4',
        'user unsandboxed enableTerminalSandbox @3',
        'user shell userSettings.globalPermissionGrants.allow.1 @1',
        'project edits agentMode @1',
        'project edits allowNonWorkspaceAccess @1',
      ],
    );
  });
});
