/**
 * https://cursor.com/docs/cli/reference/permissions for its CLI, https://cursor.com/docs/reference/permissions for its
 * editor.
 */
import path from 'node:path';
import { listOf, type Json } from '../../hook-payloads/payload-fields';
import { commands, rules, when } from '../../permissions/grant-builders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

function judge(settings: Json): Allowed[] {
  return [
    // `Shell(git)` matches every command that begins with it
    ...rules(settings, ['permissions', 'allow'], { shell: ['Shell'], edits: ['Write'] }),
    ...when(settings, ['approvalMode'], ['unrestricted', 'run-everything'], 'everything', 'Set it to "allowlist".'),
    ...when(settings, ['sandbox', 'mode'], ['disabled'], 'unsandboxed', 'Set it to "enabled".'),
  ];
}

/** A command matches every command that begins with it. */
const judgeEditor = (settings: Json): Allowed[] => [
  ...commands(settings, ['terminalAllowlist'], (entry) => `${entry} *`),
  ...listOf(settings['mcpAllowlist']).flatMap((entry, index): Allowed[] =>
    entry === '*' || entry === '*:*'
      ? [
          {
            grant: 'everything',
            key: ['mcpAllowlist', index],
            value: entry,
            says: 'Every tool of every server is used without asking.',
            mend: 'Name the servers and tools that may go unasked.',
          },
        ]
      : [],
  ),
];

export const cursor: Auditor = {
  id: 'cursor',
  unseen:
    'Its editor stores the commands that run without asking (Settings, Agents, Approvals & Execution) in its own database. Linekeeper reads only `permissions.json`.',
  configs({ home, repositoryRoot }) {
    const configs = (scope: ConfigScope, folder: string, cli: string): Config[] => [
      { scope, file: path.join(folder, '.cursor', cli), format: 'json', judge },
      { scope, file: path.join(folder, '.cursor', 'permissions.json'), format: 'json', judge: judgeEditor },
    ];
    return [
      ...configs('user', home, 'cli-config.json'),
      ...(repositoryRoot === undefined ? [] : configs('project', repositoryRoot, 'cli.json')),
    ];
  },
};
