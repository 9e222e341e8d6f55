/** https://docs.continue.dev/cli/tool-permissions */
import path from 'node:path';
import { absolute } from '../../join-paths';
import type { Json } from '../../hook-payloads/fields';
import { rules } from '../../permissions/grants';
import type { Allowed, Auditor } from '../../permissions/types';

const judge = (settings: Json): Allowed[] =>
  rules(settings, ['allow'], { shell: ['Bash'], edits: ['Write', 'Edit', 'MultiEdit'] });

export const continueDev: Auditor = {
  id: 'continue',
  unseen:
    "Which tools its extension uses unasked stands in the editor's own storage, and what was said in the command that started its CLI (`--auto`, `--allow`) in no file; neither is read.",
  configs: ({ env, home }) => [
    {
      scope: 'user',
      file: path.join(absolute(env['CONTINUE_GLOBAL_DIR'], path.join(home, '.continue')), 'permissions.yaml'),
      format: 'yaml',
      judge,
    },
  ],
};
