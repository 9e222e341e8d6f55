import assert from 'node:assert/strict';
import { toldOf } from '../../../support/agent-audit';

describe('audit of Amp', () => {
  it("reads the settings of the machine, the user, the project and the editor's extension", () => {
    assert.deepEqual(
      toldOf('amp', {
        'machine/etc/ampcode/managed-settings.json': '{"amp.dangerouslyAllowAll": false}',
        'home/.config/amp/settings.json':
          '{\n  // mine\n  "amp.dangerouslyAllowAll": true,\n  "amp.commands.allowlist": ["git status", "curl", "*"],\n}',
        'repository/.amp/settings.jsonc':
          '{"amp.permissions": [{"tool": "Bash", "matches": {"cmd": "git status*"}, "action": "allow"}, {"tool": "Bash", "matches": {"cmd": ["terraform plan*", "terraform *"]}, "action": "allow"}, {"tool": "Bash", "matches": {"cmd": "rm *"}, "action": "reject"}, {"tool": "edit_file", "action": "allow"}, {"tool": "create_file", "matches": {"path": "docs/*"}, "action": "allow"}, {"tool": "*", "action": "allow"}]}',
        'home/.config/Code/User/settings.json': '{"amp.dangerouslyAllowAll": true}',
      }),
      [
        'user everything amp.dangerouslyAllowAll @3',
        'user commands amp.commands.allowlist.1 @4',
        'user shell amp.commands.allowlist.2 @4',
        'project commands amp.permissions.1 @1',
        'project edits amp.permissions.3 @1',
        'project everything amp.permissions.5 @1',
        'user everything amp.dangerouslyAllowAll @1',
      ],
    );
  });

  it('reads the settings file that AMP_SETTINGS_FILE names instead of the usual one', () => {
    const settings = '{"amp.permissions": [{"tool": "Bash", "action": "allow"}]}';
    assert.deepEqual(
      toldOf(
        'amp',
        { 'home/mine.json': settings, 'home/.config/amp/settings.json': settings },
        { AMP_SETTINGS_FILE: '~/mine.json' },
      ),
      ['user shell amp.permissions.0 @1'],
    );
  });
});
