/** https://aider.chat/docs/config/aider_conf.html, https://aider.chat/docs/config/options.html */
import path from 'node:path';
import type { Json } from '../../hook-payloads/payload-fields';
import { when } from '../../permissions/grant-builders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

/** `yes-always` confirms every prompt except the one before a command. */
const judge = (settings: Json): Allowed[] =>
  ['yes-always', 'yes_always', 'yes'].flatMap((key) =>
    when(
      settings,
      [key],
      [true],
      'edits',
      'Take it out, or set it to false.',
      'Any file is created, added and changed without asking.',
    ),
  );

export const aider: Auditor = {
  id: 'aider',
  unseen:
    'It also obeys words of the command that starts it (`--yes-always`) and the variable AIDER_YES_ALWAYS, also from a file `.env`; these are not read. It makes its commits with `--no-verify` unless `git-commit-verify` is true.',
  configs({ home, repositoryRoot }) {
    const config = (scope: ConfigScope, folder: string): Config => ({
      scope,
      file: path.join(folder, '.aider.conf.yml'),
      format: 'yaml',
      judge,
    });
    return [config('user', home), ...(repositoryRoot === undefined ? [] : [config('project', repositoryRoot)])];
  },
};
