/** https://ampcode.com/manual#configuration, https://ampcode.com/manual/appendix#permissions-reference */
import path from 'node:path';
import { absolute } from '../../join-paths';
import { listOf, objectOf, type Json } from '../../hook-payloads/payload-fields';
import { commandAt, commands, when } from '../../permissions/grant-builders';
import { editorSettings, machineFolder } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

const EDITS = new Set(['edit_file', 'create_file', 'apply_patch', 'undo_edit']);

const judge = (settings: Json): Allowed[] => [
  ...when(settings, ['amp.dangerouslyAllowAll'], [true], 'everything', 'Set it to false.'),
  // `git` matches every command that begins with it
  ...commands(settings, ['amp.commands.allowlist']),
  ...listOf(settings['amp.permissions']).flatMap(judgeRule),
];

/** `{tool, matches: {cmd: PATTERN or list}, action}`; without `matches` it applies to every call of the tool. */
function judgeRule(entry: unknown, index: number): Allowed[] {
  const rule = objectOf(entry);
  const { tool, action } = rule;
  if (action !== 'allow' || typeof tool !== 'string') return [];
  const key = ['amp.permissions', index];
  const matches = objectOf(rule['matches']);
  const any = Object.keys(matches).length === 0;
  if (tool === 'Bash' || tool === 'shell_command')
    return any
      ? commandAt('*', tool, key)
      : [matches['cmd'] ?? matches['command']]
          .flat()
          .flatMap((pattern) => (typeof pattern === 'string' ? commandAt(pattern, pattern, key) : []));
  if (/^\*+$/.test(tool) && any)
    return [
      {
        grant: 'everything',
        key,
        value: tool,
        says: 'Every tool that no rule before it names is used without asking.',
        mend: 'Set its action to "ask".',
      },
    ];
  const everywhere = [matches['path']]
    .flat()
    .some((pattern) => pattern === '*' || pattern === '**' || pattern === '**/*');
  return EDITS.has(tool) && (any || everywhere)
    ? [
        {
          grant: 'edits',
          key,
          value: tool,
          says: 'Any file is changed without asking.',
          mend: 'Set its action to "ask", or name the folders under `matches`.',
        },
      ]
    : [];
}

export const amp: Auditor = {
  id: 'amp',
  unseen: 'Its files do not show the options of the command that started it (`--dangerously-allow-all`).',
  configs(places) {
    const { env, home, repositoryRoot } = places;
    const config = (scope: ConfigScope, file: string): Config => ({ scope, file, format: 'json', judge });
    const named = (scope: ConfigScope, folder: string): Config[] =>
      ['settings.json', 'settings.jsonc'].map((name) => config(scope, path.join(folder, name)));
    const managed = machineFolder(places, {
      linux: 'etc/ampcode',
      darwin: 'Library/Application Support/ampcode',
      win32: 'ProgramData/ampcode',
    });
    const settingsFile = env['AMP_SETTINGS_FILE'];
    return [
      ...(managed === undefined ? [] : [config('managed', path.join(managed, 'managed-settings.json'))]),
      ...(settingsFile !== undefined && path.isAbsolute(settingsFile)
        ? [config('user', settingsFile)]
        : named('user', path.join(absolute(env['XDG_CONFIG_HOME'], path.join(home, '.config')), 'amp'))),
      ...(repositoryRoot === undefined ? [] : named('project', path.join(repositoryRoot, '.amp'))),
      ...editorSettings(places, ['Code', 'Code - Insiders', 'Cursor', 'Windsurf', 'VSCodium'], judge),
    ];
  },
};
