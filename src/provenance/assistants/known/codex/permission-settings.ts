/** https://developers.openai.com/codex/config, https://developers.openai.com/codex/rules */
import path from 'node:path';
import { absolute } from '../../join-paths';
import { objectOf, textAt, type Json } from '../../hook-payloads/payload-fields';
import { commandAt, when, whenSwitchedOff } from '../../permissions/grant-builders';
import { machineFolder } from '../../permissions/editor-and-machine-settings-folders';
import type { Allowed, Auditor, Config, ConfigScope } from '../../permissions/types';

/** The top of the file, and each profile, which a person selects by name. */
function judge(settings: Json): Allowed[] {
  const profiles = Object.keys(objectOf(settings['profiles'])).map((name) => ['profiles', name]);
  return [[], ...profiles].flatMap((at) => [
    ...when(
      settings,
      [...at, 'approval_policy'],
      ['never'],
      'shell',
      'Set it to "on-request" or "untrusted".',
      'Nothing is ever asked.',
    ),
    ...when(settings, [...at, 'sandbox_mode'], ['danger-full-access'], 'unsandboxed', 'Set it to "workspace-write".'),
    ...(at.length > 0
      ? []
      : when(
          settings,
          ['sandbox_workspace_write', 'network_access'],
          [true],
          'unsandboxed',
          'Set it to false.',
          'Its commands may use the network.',
        )),
    ...(at.length > 0 ? [] : whenSwitchedOff(settings, 'codex')),
  ]);
}

const RULE = /prefix_rule\s*\(([^]*?)\)\s*(?=\n|$)/g;

/** Rules are calls in a small language: a prefix as a list of words, and a decision (allow by default). */
function judgeRules(settings: Json): Allowed[] {
  const text = textAt(settings, 'text') ?? '';
  return [...text.matchAll(RULE)].flatMap((match) => {
    const [, inside = ''] = match;
    const pattern = /pattern\s*=\s*\[([^]*?)\]\s*(?:,|$)/.exec(inside)?.[1];
    const decision = /decision\s*=\s*["'](\w+)["']/.exec(inside)?.[1] ?? 'allow';
    if (pattern === undefined || decision !== 'allow') return [];
    const words = [...pattern.matchAll(/["']([^"'\n]*)["']/g)].map(([, word = '']) => word);
    const line = text.slice(0, match.index).split('\n').length;
    return commandAt(`${words.join(' ')} *`, words.join(' '), ['prefix_rule', line]);
  });
}

export const codex: Auditor = {
  id: 'codex',
  configs(places) {
    const user = absolute(places.env['CODEX_HOME'], path.join(places.home, '.codex'));
    const managed = machineFolder(places, {
      linux: 'etc/codex',
      darwin: 'etc/codex',
      win32: 'ProgramData/OpenAI/Codex',
    });
    const config = (scope: ConfigScope, folder: string, name: string): Config => ({
      scope,
      file: path.join(folder, name),
      format: 'toml',
      judge,
    });
    const ruled = (scope: ConfigScope, folder: string): Config => ({
      scope,
      file: path.join(folder, 'rules'),
      ending: '.rules',
      format: 'text',
      judge: judgeRules,
    });
    const project = places.repositoryRoot === undefined ? undefined : path.join(places.repositoryRoot, '.codex');
    return [
      ...(managed === undefined
        ? []
        : [
            config('managed', managed, 'config.toml'),
            config('managed', managed, 'managed_config.toml'),
            ruled('managed', managed),
          ]),
      config('user', user, 'config.toml'),
      ruled('user', user),
      ...(project === undefined ? [] : [config('project', project, 'config.toml'), ruled('project', project)]),
    ];
  },
};
