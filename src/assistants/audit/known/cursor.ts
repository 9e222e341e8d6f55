/** https://cursor.com/docs/cli/reference/permissions */
import path from 'node:path';
import type { Json } from '../../payload';
import { rules, when } from '../judging';
import type { Allowed, Auditor, Config, ConfigScope } from '../types';

function judge(settings: Json): Allowed[] {
  return [
    // `Shell(git)` is every command that begins with it
    ...rules(settings, ['permissions', 'allow'], { shell: ['Shell'], edits: ['Write'] }),
    ...when(settings, ['approvalMode'], ['unrestricted', 'run-everything'], 'everything', 'Every tool is used without asking.', 'Set it to "allowlist".'),
    ...when(settings, ['sandbox', 'mode'], ['disabled'], 'unsandboxed', 'Its commands run without a sandbox.', 'Set it to "enabled".'),
  ];
}

export const cursor: Auditor = {
  id: 'cursor',
  unseen: 'What its editor runs without asking (Settings, Agents, Approvals & Execution) stands in its own database, which is not read.',
  configs({ home, repositoryRoot }) {
    const config = (scope: ConfigScope, file: string): Config => ({ scope, file, format: 'json', judge });
    return [config('user', path.join(home, '.cursor', 'cli-config.json')), ...(repositoryRoot === undefined ? [] : [config('project', path.join(repositoryRoot, '.cursor', 'cli.json'))])];
  },
};
