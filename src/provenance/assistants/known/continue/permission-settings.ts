/** https://docs.continue.dev/cli/tool-permissions */
import path from 'node:path';
import { absolute } from '../../join-paths';
import type { Json } from '../../hook-payloads/payload-fields';
import { rules } from '../../permissions/grant-builders';
import type { Allowed, Auditor } from '../../permissions/types';

const judge = (settings: Json): Allowed[] =>
  rules(settings, ['allow'], { shell: ['Bash'], edits: ['Write', 'Edit', 'MultiEdit'] });

export const continueDev: Auditor = {
  id: 'continue',
  unseen:
    "Its extension stores the tools that it uses without asking in the editor's storage. Linekeeper reads neither this storage nor the options of the command that started its CLI (`--auto`, `--allow`).",
  configs: ({ env, home }) => [
    {
      scope: 'user',
      file: path.join(absolute(env['CONTINUE_GLOBAL_DIR'], path.join(home, '.continue')), 'permissions.yaml'),
      format: 'yaml',
      judge,
    },
  ],
};
