/** https://kiro.dev/docs/chat/terminal, https://kiro.dev/docs/cli/custom-agents/configuration-reference */
import path from 'node:path';
import { absolute } from '../../join-paths';
import { objectOf, type Json } from '../../hook-payloads/payload-fields';
import { commands, rules, when } from '../../permissions/grant-builders';
import { editorSettings } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

const judgeEditor = (settings: Json): Allowed[] => [
  ...commands(settings, ['kiroAgent.trustedCommands']),
  ...when(
    settings,
    ['kiroAgent.agentAutonomy'],
    ['Autopilot', 'autopilot'],
    'edits',
    'Set it to "Supervised" where your policy asks first.',
  ),
];

/** An agent's file. Its patterns are regular expressions over the whole command. */
function judgeAgent(settings: Json): Allowed[] {
  const named = ['shell', 'execute_bash', 'executeBash'];
  return [
    ...rules(settings, ['allowedTools'], {
      shell: [...named, 'execute_cmd', 'use_aws', 'aws', '@builtin'],
      edits: ['write', 'fs_write'],
    }),
    ...named
      .filter((tool) => tool in objectOf(settings['toolsSettings']))
      .flatMap((tool) => commands(settings, ['toolsSettings', tool, 'allowedCommands'])),
  ];
}

export const kiro: Auditor = {
  id: 'kiro',
  unseen: 'Its files do not show tools that a person trusted for one session (`/tools trust`, `--trust-all-tools`).',
  configs(places) {
    const user = absolute(places.env['KIRO_HOME'], path.join(places.home, '.kiro'));
    const agents = (scope: ConfigScope, folder: string): Config => ({
      scope,
      file: path.join(folder, 'agents'),
      ending: '.json',
      format: 'json',
      judge: judgeAgent,
    });
    return [
      ...editorSettings(places, ['Kiro'], judgeEditor),
      agents('user', user),
      ...(places.repositoryRoot === undefined ? [] : [agents('project', path.join(places.repositoryRoot, '.kiro'))]),
    ];
  },
};
