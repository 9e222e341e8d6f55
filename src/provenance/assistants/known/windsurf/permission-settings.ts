/** https://docs.windsurf.com/windsurf/terminal */
import type { Json } from '../../hook-payloads/payload-fields';
import { commands, when } from '../../permissions/grant-builders';
import { editorSettings } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor } from '../../permissions/types';

function judge(settings: Json): Allowed[] {
  return [
    ...when(
      settings,
      ['windsurf.autoExecutionPolicy'],
      ['turbo', 'Turbo'],
      'shell',
      'Choose "Allowlist Only".',
      'Any command is run without asking, unless its list of refusals has it.',
    ),
    // `git` matches every command that begins with it
    ...commands(settings, ['windsurf.cascadeCommandsAllowList'], (entry) => `${entry} *`),
  ];
}

export const windsurf: Auditor = {
  id: 'windsurf',
  unseen: 'Its Turbo mode may be on in its own database, which Linekeeper does not read.',
  configs: (places) => editorSettings(places, ['Windsurf', 'Windsurf - Next'], judge),
};
