/** https://geminicli.com/docs/reference/configuration, https://geminicli.com/docs/reference/policy-engine */
import path from 'node:path';
import { listOf, objectOf, type Json } from '../../hook-payloads/payload-fields';
import { commandAt, rules, when, whenSwitchedOff } from '../../permissions/grant-builders';
import { machineFolder } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

const TOOLS = {
  shell: ['run_shell_command', 'ShellTool'],
  edits: ['write_file', 'replace', 'edit', 'WriteFileTool', 'EditTool'],
};

export function judgeGeminiSettings(settings: Json): Allowed[] {
  return [
    ...[['tools', 'allowed'], ['allowedTools']].flatMap((key) => rules(settings, key, TOOLS)),
    ...[
      ['general', 'defaultApprovalMode'],
      ['tools', 'approvalMode'],
    ].flatMap((key) => [
      ...when(settings, key, ['yolo'], 'everything', 'Set it to "default".'),
      ...when(
        settings,
        key,
        ['auto_edit', 'auto-edit'],
        'edits',
        'Set it to "default".',
        'Any file of the folder is changed without asking.',
      ),
    ]),
    ...when(settings, ['tools', 'autoAccept'], [true], 'commands', 'Set it to false.'),
    ...when(
      settings,
      ['tools', 'sandbox'],
      [false],
      'unsandboxed',
      'Set it to true.',
      'Its tools run without a sandbox.',
    ),
    ...whenSwitchedOff(settings, 'gemini'),
  ];
}

function judgePolicies(settings: Json): Allowed[] {
  return listOf(settings['rule']).flatMap((entry, index): Allowed[] => {
    const rule = objectOf(entry);
    if (rule['decision'] !== 'allow') return [];
    const tools = [rule['toolName']].flat();
    if (tools.includes('*') || rule['toolName'] === undefined)
      return [
        {
          grant: 'everything',
          key: ['rule', index],
          value: 'toolName = "*"',
          says: 'Every tool is used without asking.',
          mend: 'Take this rule out, and name what may go unasked.',
        },
      ];
    if (!tools.includes('run_shell_command')) return [];
    const prefixes = [rule['commandPrefix'] ?? rule['commandRegex'] ?? '']
      .flat()
      .filter((prefix) => typeof prefix === 'string');
    return prefixes.flatMap((prefix) =>
      commandAt(rule['commandPrefix'] === undefined ? (prefix === '' ? '*' : `^${prefix}`) : `${prefix} *`, prefix, [
        'rule',
        index,
      ]),
    );
  });
}

export const gemini: Auditor = {
  id: 'gemini',
  unseen: 'Its files do not show the options of the command that started it (`--yolo`, `--allowed-tools`).',
  configs(places) {
    const managed = machineFolder(places, {
      linux: 'etc/gemini-cli',
      darwin: 'Library/Application Support/GeminiCli',
      win32: 'ProgramData/gemini-cli',
    });
    const config = (scope: ConfigScope, file: string): Config => ({
      scope,
      file,
      format: 'json',
      judge: judgeGeminiSettings,
    });
    const policies = (scope: ConfigScope, folder: string): Config => ({
      scope,
      file: path.join(folder, 'policies'),
      ending: '.toml',
      format: 'toml',
      judge: judgePolicies,
    });
    const root = places.repositoryRoot;
    return [
      ...(managed === undefined
        ? []
        : [config('managed', path.join(managed, 'settings.json')), policies('managed', managed)]),
      config('user', path.join(places.home, '.gemini', 'settings.json')),
      policies('user', path.join(places.home, '.gemini')),
      ...(root === undefined
        ? []
        : [
            config('project', path.join(root, '.gemini', 'settings.json')),
            policies('project', path.join(root, '.gemini')),
          ]),
    ];
  },
};
