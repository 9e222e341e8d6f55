/** OpenCode's `permission`: the last pattern that matches decides. https://opencode.ai/docs/permissions */
import { absolute, below } from '../../join-paths';
import { EVERY_REPOSITORY, commandPatterns, everywhere, machineFile } from '../../native-rules/shared-rule-forms';
import type { Dialect, JsonValue, NativeForm, NativeRules, RulesPlace } from '../../native-rules/types';
import { opencode as assistant } from '.';

/** `*` stands for folders too, and `**` + `/` would ask for one. */
const patternsOf = (pattern: string): string[] =>
  pattern.startsWith('**/') ? [pattern.slice(3), `*/${pattern.slice(3)}`] : [pattern];

function valuesOf(rules: NativeRules): JsonValue[] {
  const row = (tool: string, pattern: string, value: 'deny' | 'ask' | 'allow'): JsonValue => ({
    at: ['permission', tool, pattern],
    value,
    widens: true,
  });
  const paths = (tool: string, patterns: readonly string[], value: 'deny' | 'ask' | 'allow'): JsonValue[] =>
    everywhere(patterns, rules)
      .flatMap(patternsOf)
      .map((pattern) => row(tool, pattern, value));
  const commands = (prefixes: NativeRules['refusedCommands'], value: 'deny' | 'ask'): JsonValue[] =>
    prefixes.flatMap(commandPatterns).map((pattern) => row('bash', pattern, value));
  const tools = (names: readonly string[], value: 'deny' | 'ask'): JsonValue[] =>
    names.map((name) => ({ at: ['permission', name.replace('__', '_')], value, widens: true }));
  return [
    ...paths('edit', rules.askedPaths, 'ask'),
    ...paths('edit', rules.closedPaths, 'deny'),
    ...paths('read', rules.askedReads, 'ask'),
    ...paths('read', rules.closedReads, 'deny'),
    ...commands(rules.askedCommands, 'ask'),
    ...commands(rules.refusedCommands, 'deny'),
    ...tools(rules.askedTools, 'ask'),
    ...tools(rules.refusedTools, 'deny'),
  ];
}

function folderOf(place: RulesPlace): string {
  if (place.scope === 'project') return place.repositoryRoot;
  return place.scope === 'user'
    ? below(absolute(place.env['XDG_CONFIG_HOME'], below(place.home, '.config')), 'opencode')
    : machineFile(place, {
        linux: 'etc/opencode',
        darwin: 'Library/Application Support/opencode',
        win32: 'ProgramData/opencode',
      });
}

function formOf(rules: NativeRules, place: RulesPlace): NativeForm {
  return {
    files: [
      {
        kind: 'json',
        file: below(folderOf(place), 'opencode.json'),
        values: [{ at: ['$schema'], value: 'https://opencode.ai/config.json' }, ...valuesOf(rules)],
      },
    ],
    gaps: [
      ...(rules.openInside.length === 0
        ? []
        : [
            `An exception would open more than the policy does. So where ${everywhere(rules.openInside, rules).join(', ')} lies inside of a closed path, its rules close it.`,
          ]),
      ...(place.scope === 'project' ? [] : [EVERY_REPOSITORY]),
      ...(rules.hiddenVariables.length === 0
        ? []
        : [`Its commands see the variables ${rules.hiddenVariables.join(', ')}.`]),
      'What its commands write and read is not looked at (cat .env).',
    ],
  };
}

export const opencode: Dialect = {
  id: assistant.id,
  scopes: ['user', 'project', 'managed'],
  holds:
    'Closed paths and files for its own tools, and commands by their beginning, with `--auto`, `--pure` and in subagents.',
  misses:
    "Shell commands are held by their beginning alone: `cat .env`, `env`, `sh -c` and paths pass. With `--auto` a question is a yes. `OPENCODE_PERMISSION`, `OPENCODE_CONFIG_CONTENT` and an agent's file undo rules, also those of the administrator.",
  verified: 'run',
  formOf,
};
