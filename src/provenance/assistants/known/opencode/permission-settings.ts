/** https://opencode.ai/docs/permissions: anything not listed is allowed. */
import path from 'node:path';
import { absolute } from '../../join-paths';
import { isObject, objectOf, type Json } from '../../hook-payloads/payload-fields';
import { commandAt } from '../../permissions/grant-builders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

/** The top of the file, and each agent. */
function judge(settings: Json): Allowed[] {
  const agents = Object.keys(objectOf(settings['agent'])).map((name) => ['agent', name]);
  return [[], ...agents].flatMap((at) =>
    judgeOne(objectOf(at.reduce<unknown>((value, key) => objectOf(value)[key], settings))['permission'], [
      ...at,
      'permission',
    ]),
  );
}

function judgeOne(permission: unknown, key: readonly string[]): Allowed[] {
  if (permission === 'allow')
    return [
      {
        grant: 'everything',
        key,
        value: 'allow',
        says: 'Every tool is used without asking.',
        mend: 'Say "ask" for `bash` and `edit`.',
      },
    ];
  const table = objectOf(permission);
  const found: Allowed[] =
    table['*'] === 'allow'
      ? [
          {
            grant: 'everything',
            key: [...key, '*'],
            value: 'allow',
            says: 'Every tool that is not named is used without asking.',
            mend: 'Set it to "ask".',
          },
        ]
      : [];
  if (table['edit'] === 'allow')
    found.push({
      grant: 'edits',
      key: [...key, 'edit'],
      value: 'allow',
      says: 'Any file is changed without asking.',
      mend: 'Set it to "ask", or name the files that may go unasked.',
    });
  const shell = table['bash'];
  if (shell === 'allow') found.push(...commandAt('*', 'allow', [...key, 'bash']));
  if (isObject(shell))
    for (const [pattern, rule] of Object.entries(shell))
      if (rule === 'allow') found.push(...commandAt(pattern, pattern, [...key, 'bash', pattern]));
  return found;
}

export const opencode: Auditor = {
  id: 'opencode',
  unseen: 'If its configuration has no `permission`, it allows everything.',
  configs(places) {
    const user = path.join(absolute(places.env['XDG_CONFIG_HOME'], path.join(places.home, '.config')), 'opencode');
    const config = (scope: ConfigScope, folder: string): Config[] =>
      ['opencode.json', 'opencode.jsonc'].map((name) => ({
        scope,
        file: path.join(folder, name),
        format: 'json',
        judge,
      }));
    const root = places.repositoryRoot;
    return [
      ...config('user', user),
      ...(root === undefined ? [] : [...config('project', root), ...config('project', path.join(root, '.opencode'))]),
    ];
  },
};
