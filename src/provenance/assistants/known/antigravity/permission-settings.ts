/** https://antigravity.google/docs/permissions: the settings of its CLI, and the grants shared by CLI and editor. */
import path from 'node:path';
import type { Json } from '../../hook-payloads/payload-fields';
import { rules, when } from '../../permissions/grant-builders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

/** `command(git)` matches every command that begins with it. */
const TOOLS = { shell: ['command'], edits: ['write_file', 'file_write'] };

const judge = (settings: Json): Allowed[] => [
  ...when(settings, ['toolPermission'], ['always-proceed'], 'everything', 'Set it to "request-review".'),
  ...when(settings, ['agentMode'], ['accept-edits'], 'edits', 'Take it out where your policy asks first.'),
  ...rules(settings, ['permissions', 'allow'], TOOLS),
  ...when(settings, ['enableTerminalSandbox'], [false], 'unsandboxed', 'Set it to true.'),
  ...when(
    settings,
    ['allowNonWorkspaceAccess'],
    [true],
    'edits',
    'Set it to false.',
    'Files outside of the project are open to it.',
  ),
];

const judgeGrants = (settings: Json): Allowed[] =>
  rules(settings, ['userSettings', 'globalPermissionGrants', 'allow'], TOOLS);

export const antigravity: Auditor = {
  id: 'antigravity',
  unseen:
    'Its editor stores the preset in its own database (Turbo asks nothing). Linekeeper reads neither this database nor the options of the command that started its CLI (`--dangerously-skip-permissions`).',
  configs({ home, repositoryRoot }) {
    const config = (scope: ConfigScope, file: string, judged: Config['judge']): Config => ({
      scope,
      file,
      format: 'json',
      judge: judged,
    });
    return [
      config('user', path.join(home, '.gemini', 'antigravity-cli', 'settings.json'), judge),
      config('user', path.join(home, '.gemini', 'config', 'config.json'), judgeGrants),
      ...(repositoryRoot === undefined
        ? []
        : [config('project', path.join(repositoryRoot, '.agents', 'settings.json'), judge)]),
    ];
  },
};
