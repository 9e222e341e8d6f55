/** https://code.visualstudio.com/docs/copilot/reference/copilot-settings; the CLI stores its approvals per folder. */
import path from 'node:path';
import { absolute } from '../../join-paths';
import { listOf, objectOf, type Json } from '../../hook-payloads/payload-fields';
import { commandAt, when, whenSwitchedOff } from '../../permissions/grant-builders';
import { editorSettings } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor } from '../../permissions/types';

const PRODUCTS = ['Code', 'Code - Insiders', 'VSCodium'];

function judgeEditor(settings: Json): Allowed[] {
  const terminal = objectOf(settings['chat.tools.terminal.autoApprove']);
  const edits = objectOf(settings['chat.tools.edits.autoApprove']);
  const both = ['chat.tools.global.autoApprove', 'chat.tools.autoApprove'];
  return [
    ...both.flatMap((key) => when(settings, [key], [true], 'everything', 'Set it to false.')),
    ...Object.entries(terminal).flatMap(([pattern, rule]) => {
      const approves = rule === true || objectOf(rule)['approve'] === true;
      // a word matches every command that begins with it
      return approves
        ? commandAt(pattern.startsWith('/') ? pattern : `${pattern} *`, pattern, [
            'chat.tools.terminal.autoApprove',
            pattern,
          ])
        : [];
    }),
    ...Object.entries(edits).flatMap(([glob, rule]): Allowed[] =>
      rule === true && /^(?:\*|\*\*|\*\*\/\*)$/.test(glob)
        ? [
            {
              grant: 'edits',
              key: ['chat.tools.edits.autoApprove', glob],
              value: glob,
              says: 'Any file is changed without asking.',
              mend: 'Name the files that may be changed unasked, and say false for those of your high tiers.',
            },
          ]
        : [],
    ),
    ...whenSwitchedOff(settings, 'github-copilot'),
    ...when(settings, ['chat.permissions.default'], ['autopilot', 'autoApprove'], 'everything', 'Set it to "default".'),
  ];
}

function judgeCli(settings: Json): Allowed[] {
  const wide = listOf(settings['trusted_folders'] ?? settings['trustedFolders']).flatMap((folder, index): Allowed[] =>
    typeof folder === 'string' && /^(?:\/|~\/?|[A-Za-z]:\\?)$/.test(folder)
      ? [
          {
            grant: 'edits',
            key: ['trusted_folders', index],
            value: folder,
            says: 'Every folder of the machine is trusted.',
            mend: 'Name the folders of your projects.',
          },
        ]
      : [],
  );
  return [
    ...wide,
    ...whenSwitchedOff(settings, 'github-copilot'),
    ...['allow_all_tools', 'allowAllTools', 'yolo', 'allow_all'].flatMap((key) =>
      when(settings, [key], [true], 'everything', 'Take it out.'),
    ),
  ];
}

/** `{locations: {FOLDER: {tool_approvals: [{kind: 'commands', commandIdentifiers: […]}, {kind: 'write'}]}}}` */
function judgeApprovals(settings: Json): Allowed[] {
  return Object.entries(objectOf(settings['locations'])).flatMap(([folder, location]) =>
    listOf(objectOf(location)['tool_approvals']).flatMap((entry, index) => {
      const approval = objectOf(entry);
      const key = ['locations', folder, 'tool_approvals', index];
      if (approval['kind'] === 'commands')
        return listOf(approval['commandIdentifiers']).flatMap((command, n) =>
          typeof command === 'string'
            ? commandAt(`${command.replace(/:\*$/, '')} *`, command, [...key, 'commandIdentifiers', n])
            : [],
        );
      return approval['kind'] === 'write'
        ? [
            {
              grant: 'edits' as const,
              key,
              value: 'write',
              says: 'Any file of the folder is changed without asking.',
              mend: 'Take it out.',
            },
          ]
        : [];
    }),
  );
}

export const githubCopilot: Auditor = {
  id: 'github-copilot',
  unseen:
    'Its files do not show rights that a person gave for one session, or in the command that started it (`--allow-all-tools`).',
  configs(places) {
    const cli = absolute(places.env['COPILOT_HOME'], path.join(places.home, '.copilot'));
    return [
      ...editorSettings(places, PRODUCTS, judgeEditor),
      ...['config.json', 'settings.json'].map((name) => ({
        scope: 'user' as const,
        file: path.join(cli, name),
        format: 'json' as const,
        judge: judgeCli,
      })),
      { scope: 'user', file: path.join(cli, 'permissions-config.json'), format: 'json', judge: judgeApprovals },
      ...(places.repositoryRoot === undefined
        ? []
        : ['settings.json', 'settings.local.json'].map((name) => ({
            scope: 'project' as const,
            file: path.join(places.repositoryRoot ?? '', '.github', 'copilot', name),
            format: 'json' as const,
            judge: judgeCli,
          }))),
    ];
  },
};
