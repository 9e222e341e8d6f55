/**
 * https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings: Gemini CLI's settings, with Claude Code's
 * form of rules.
 */
import path from 'node:path';
import type { Json } from '../../hook-payloads/payload-fields';
import { rules } from '../../permissions/grant-builders';
import { machineFolder } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';
import { judgeGeminiSettings } from '../gemini/permission-settings';

const judge = (settings: Json): Allowed[] => [
  ...judgeGeminiSettings(settings),
  ...rules(settings, ['permissions', 'allow'], {
    shell: ['run_shell_command', 'ShellTool', 'Bash'],
    edits: ['write_file', 'edit', 'Write', 'Edit'],
  }),
];

export const qwenCode: Auditor = {
  id: 'qwen-code',
  unseen: 'Its files do not show the options of the command that started it (`--yolo`, `--approval-mode`).',
  configs(places) {
    const managed = machineFolder(places, {
      linux: 'etc/qwen-code',
      darwin: 'Library/Application Support/QwenCode',
      win32: 'ProgramData/qwen-code',
    });
    const config = (scope: ConfigScope, file: string): Config => ({ scope, file, format: 'json', judge });
    return [
      ...(managed === undefined ? [] : [config('managed', path.join(managed, 'settings.json'))]),
      config('user', path.join(places.home, '.qwen', 'settings.json')),
      ...(places.repositoryRoot === undefined
        ? []
        : [config('project', path.join(places.repositoryRoot, '.qwen', 'settings.json'))]),
    ];
  },
};
