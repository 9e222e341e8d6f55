/** https://code.claude.com/docs/en/settings, https://code.claude.com/docs/en/permissions */
import path from 'node:path';
import { absolute } from '../../join-paths';
import type { Json } from '../../hook-payloads/payload-fields';
import { rules, when, whenSwitchedOff } from '../../permissions/grant-builders';
import { machineFolder } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

const TOOLS = { shell: ['Bash', 'PowerShell'], edits: ['Edit', 'Write', 'MultiEdit', 'NotebookEdit'] };

function judge(settings: Json): Allowed[] {
  return [
    ...when(settings, ['permissions', 'defaultMode'], ['bypassPermissions'], 'everything', 'Set it to "default".'),
    ...when(
      settings,
      ['permissions', 'defaultMode'],
      ['acceptEdits'],
      'edits',
      'Set it to "default".',
      'Any file of the folder is changed without asking.',
    ),
    ...rules(settings, ['permissions', 'allow'], TOOLS),
    ...when(
      settings,
      ['sandbox', 'enabled'],
      [false],
      'unsandboxed',
      'Set it to true.',
      'Its commands run outside of any sandbox.',
    ),
    ...when(
      settings,
      ['enableAllProjectMcpServers'],
      [true],
      'everything',
      'Take it out, and approve servers one by one.',
      'Every server of tools that a project names is used, also one that a branch adds.',
    ),
    ...whenSwitchedOff(settings, 'claude-code'),
  ];
}

export const claudeCode: Auditor = {
  id: 'claude-code',
  configs(places) {
    const user = absolute(places.env['CLAUDE_CONFIG_DIR'], path.join(places.home, '.claude'));
    const config = (scope: ConfigScope, file: string): Config => ({ scope, file, format: 'json', judge });
    const managed = machineFolder(places, {
      linux: 'etc/claude-code',
      darwin: 'Library/Application Support/ClaudeCode',
      win32: 'Program Files/ClaudeCode',
    });
    const root = places.repositoryRoot;
    return [
      ...(managed === undefined ? [] : [config('managed', path.join(managed, 'managed-settings.json'))]),
      config('user', path.join(user, 'settings.json')),
      ...(root === undefined
        ? []
        : ['settings.json', 'settings.local.json'].map((name) => config('project', path.join(root, '.claude', name)))),
    ];
  },
};
