/** https://docs.cline.bot/features/auto-approve, https://docs.cline.bot/cli/configuration */
import path from 'node:path';
import { absolute } from '../../join-paths';
import { objectOf, type Json } from '../../hook-payloads/payload-fields';
import { when, whenNoHooks } from '../../permissions/grant-builders';
import type { Allowed, Auditor, Config } from '../../permissions/types';

/** The CLI's settings: it asks only when configured to. */
function judgeCli(settings: Json): Allowed[] {
  const approves = settings['toolAutoApprove'];
  if (approves === false) return [];
  return [
    {
      grant: 'everything',
      key: ['toolAutoApprove'],
      value: approves === undefined ? 'not set' : JSON.stringify(approves),
      says: 'Its CLI uses every tool without asking, as it does unless set otherwise.',
      mend: 'Set it to false.',
    },
  ];
}

/** The extension's settings, by the names of its switches. */
function judgeExtension(settings: Json): Allowed[] {
  const approval = objectOf(settings['autoApprovalSettings']);
  const actions = (name: string): readonly string[] => ['autoApprovalSettings', 'actions', name];
  const approved =
    approval['enabled'] === false
      ? []
      : [
          ...when(
            settings,
            actions('executeAllCommands'),
            [true],
            'shell',
            'Switch "Execute all commands" off under Auto Approve.',
          ),
          ...when(
            settings,
            actions('editFiles'),
            [true],
            'edits',
            'Switch "Edit project files" off under Auto Approve where your policy asks first.',
            'Any file of the project is changed without asking.',
          ),
          ...(objectOf(approval['actions'])['editFiles'] === true
            ? when(
                settings,
                actions('editFilesExternally'),
                [true],
                'edits',
                'Switch "Edit all files" off under Auto Approve.',
                'Files outside of the project are changed without asking.',
              )
            : []),
        ];
  return [
    ...when(settings, ['yoloModeToggled'], [true], 'everything', 'Switch YOLO mode off in the settings of Cline.'),
    ...when(settings, ['autoApproveAllToggled'], [true], 'everything', 'Switch it off in the settings of Cline.'),
    ...approved,
    ...whenNoHooks(settings, ['hooksEnabled'], false, 'Switch hooks on in the settings of Cline.'),
  ];
}

export const cline: Auditor = {
  id: 'cline',
  unseen:
    'Older versions of its extension store their switches in a database of the editor. Linekeeper does not read this database, the variable CLINE_COMMAND_PERMISSIONS or the options of the command that starts its CLI (`--auto-approve`).',
  configs({ env, home }) {
    const data = absolute(
      env['CLINE_DATA_DIR'],
      path.join(absolute(env['CLINE_DIR'], path.join(home, '.cline')), 'data'),
    );
    const config = (file: string, judge: Config['judge']): Config => ({
      scope: 'user',
      file: path.join(data, file),
      format: 'json',
      judge,
    });
    return [
      config('globalState.json', judgeExtension),
      config(path.join('settings', 'global-settings.json'), judgeCli),
    ];
  },
};
