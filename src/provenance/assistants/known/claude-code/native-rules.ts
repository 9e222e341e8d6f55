/** Claude Code's `permissions` and `sandbox`: https://code.claude.com/docs/en/permissions, https://code.claude.com/docs/en/sandboxing */
import { absolute, below } from '../../join-paths';
import { commandPatterns, exceptionGaps, jsonOf, machineFile } from '../../native-rules/shared-rule-forms';
import type { Dialect, JsonValue, NativeForm, NativeRules, RulesPlace } from '../../native-rules/types';
import { claudeCode as assistant } from '.';

/** A path rule. `//` begins a path of the machine, `/` one of the folder that the settings belong to. */
const pathRule = (tool: string, pattern: string): string => `${tool}(${pattern.startsWith('~/') ? '' : '/'}${pattern})`;

/** Items of `permissions`, as Claude Code and those that have taken over its form read them. */
export function permissionValues(rules: NativeRules): JsonValue[] {
  const items = (key: string, texts: readonly string[]): JsonValue[] =>
    texts.map((item) => ({ at: ['permissions', key], item }));
  const paths = (tool: string, patterns: readonly string[]): string[] =>
    patterns.map((pattern) => pathRule(tool, pattern));
  // `Bash(x *)` is about `x` alone, too, but not where it has another `*`
  const commands = (prefixes: NativeRules['refusedCommands']): string[] =>
    prefixes
      .flatMap((prefix) => commandPatterns(prefix).filter((one) => one.includes('*')))
      .map((one) => `Bash(${one})`);
  const tools = (names: readonly string[]): string[] => names.map((name) => `mcp__${name}`);
  return [
    ...items('deny', [
      ...paths('Edit', rules.closedPaths),
      ...paths('Read', rules.closedReads),
      ...commands(rules.refusedCommands),
      ...tools(rules.refusedTools),
    ]),
    ...items('ask', [
      ...paths('Edit', rules.askedPaths),
      ...paths('Read', rules.askedReads),
      ...commands(rules.askedCommands),
      ...tools(rules.askedTools),
    ]),
  ];
}

function sandboxValues({ hiddenVariables }: NativeRules): JsonValue[] {
  const named = hiddenVariables.filter((name) => !/[*?]/.test(name));
  return [
    { at: ['sandbox', 'enabled'], value: true },
    { at: ['sandbox', 'failIfUnavailable'], value: true },
    { at: ['sandbox', 'allowUnsandboxedCommands'], value: false },
    ...named.map((name): JsonValue => ({ at: ['sandbox', 'credentials', 'envVars'], item: { name, mode: 'deny' } })),
  ];
}

const folderOf = (place: RulesPlace): string =>
  place.scope === 'managed'
    ? machineFile(place, {
        linux: 'etc/claude-code',
        darwin: 'Library/Application Support/ClaudeCode',
        win32: 'Program Files/ClaudeCode',
      })
    : place.scope === 'user'
      ? absolute(place.env['CLAUDE_CONFIG_DIR'], below(place.home, '.claude'))
      : below(place.repositoryRoot, '.claude');

function formOf(rules: NativeRules, place: RulesPlace): NativeForm {
  const values = [...permissionValues(rules), ...(place.sandbox ? sandboxValues(rules) : [])];
  const open = rules.hiddenVariables.filter((name) => !place.sandbox || /[*?]/.test(name));
  return {
    files: [
      place.scope === 'managed'
        ? {
            kind: 'file',
            file: below(folderOf(place), 'managed-settings.d', '50-linekeeper.json'),
            text: jsonOf(values),
          }
        : { kind: 'json', file: below(folderOf(place), 'settings.json'), values },
    ],
    gaps: [
      ...exceptionGaps(rules),
      ...(place.sandbox
        ? []
        : [
            'Without its sandbox (--sandbox), programs that a command starts (python3 -c, make) still write and read there.',
          ]),
      ...(open.length === 0
        ? []
        : [
            `Its commands see the variables ${open.join(', ')}: ${place.sandbox ? 'its sandbox hides variables by their whole name' : 'only its sandbox hides variables'}.`,
          ]),
    ],
  };
}

export const claudeCode: Dialect = {
  id: assistant.id,
  scopes: ['user', 'project', 'managed'],
  holds:
    'Closed paths and files, commands by their beginning and tools of servers, with `--bare`, `--dangerously-skip-permissions` and in subagents; with `--sandbox`, programs that its commands start, too.',
  misses:
    "`sh -c`, `make` and scripts pass the rules about commands; `git show` and `git rm` those about paths. A person's options can drop rules of the user and the project; those of `--managed` stay. Its sandbox needs bubblewrap on Linux and is not there on Windows.",
  verified: 'run',
  formOf,
  managedHooks: (place) => {
    const [hooks] = assistant.hooks('user', { home: place.home, env: {} });
    return hooks?.kind === 'listed'
      ? [
          {
            ...hooks,
            file: below(folderOf({ ...place, scope: 'managed' }), 'managed-settings.d', '60-linekeeper-hooks.json'),
          },
        ]
      : [];
  },
};
