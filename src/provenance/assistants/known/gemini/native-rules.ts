/** Gemini CLI's policy engine: https://geminicli.com/docs/reference/policy-engine. A workspace's policies do nothing. */
import { below } from '../../join-paths';
import { machineFile, placed, textLiteral } from '../../native-rules/shared-rule-forms';
import type { CommandPrefix, Dialect, NativeForm, NativeRules, RulesPlace } from '../../native-rules/types';
import { gemini as assistant } from '.';

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * Expressions are for a program that passes over those longer than 2048 characters, and those with a repeated group:
 * so each pattern has a rule of its own, and alternatives stand in place of `(…)?` and `(…)*`.
 *
 * A pattern as a regular expression for a path that ends where a text of JSON, or a word, does. */
function globExpression(pattern: string): string {
  return pattern
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => {
      switch (part) {
        case '**/':
          return '(?:[^"]*/|)';
        case '**':
          return '[^"]*';
        case '*':
          return '[^/"]*';
        case '?':
          return '[^/"]';
        default:
          return literal(part);
      }
    })
    .join('');
}

/** Paths as its tools are given them: absolute, relative, or around a folder. */
function pathExpression(pattern: string, rules: NativeRules, home: string): string {
  const { root, inside } = placed(pattern, rules);
  const glob = globExpression(inside.replace(/^~(?=\/)/, home));
  return root === undefined ? glob : `(?:${literal(root)}/|[./]*|[^"]*/\\.\\./)${glob}`;
}

const alternatives = (expressions: readonly string[]): string => `(?:${expressions.join('|')})`;

/** A beginning of commands anywhere in a line, with options of the program and quotes between its words. */
const commandExpression = (prefix: CommandPrefix): string =>
  prefix.map((word) => `['"]?${literal(word)}['"]?`).join(' +(?:-[^ ]+ +|)(?:-[^ ]+ +|)');

/** Programs that write what they are given, and `>`. */
const WRITES =
  '(?:>|\\b(?:rm|mv|cp|tee|truncate|dd|install|ln|touch|mkdir|rsync|sed|perl|python3?|node|ruby|git +(?:rm|mv|checkout|restore|apply))\\b)';

function rulesText(rules: NativeRules, home: string): string {
  const block = (lines: readonly string[], decision: 'deny' | 'ask_user', priority: number): string =>
    ['[[rule]]', ...lines, `decision = "${decision}"`, `priority = ${String(priority)}`, ''].join('\n');
  const edits = (patterns: readonly string[], decision: 'deny' | 'ask_user', priority: number): string[] =>
    patterns.map((pattern) =>
      block(
        [
          'toolName = ["write_file", "replace"]',
          `argsPattern = ${textLiteral(`"file_path":"${except(rules, home)}${pathExpression(pattern, rules, home)}`)}`,
        ],
        decision,
        priority,
      ),
    );
  const reads = (patterns: readonly string[], decision: 'deny' | 'ask_user', priority: number): string[] =>
    patterns.map((pattern) =>
      block(
        [
          'toolName = ["read_file", "read_many_files"]',
          `argsPattern = ${textLiteral(`"(?:file_path|absolute_path|path|paths|include)":\\[?"${pathExpression(pattern, rules, home)}"`)}`,
        ],
        decision,
        priority,
      ),
    );
  const shell = (expressions: readonly string[], decision: 'deny' | 'ask_user', priority: number): string[] =>
    expressions.map((expression) =>
      block(['toolName = "run_shell_command"', `commandRegex = ${textLiteral(`.*${expression}`)}`], decision, priority),
    );
  const server = (name: string): string[] => {
    const [mcp = '', tool = ''] = name.split('__');
    return [`mcpName = ${textLiteral(mcp)}`, `toolName = ${textLiteral(tool)}`];
  };
  const written = rules.closedPaths.map((pattern) => `${WRITES}[^|;&]*${pathExpression(pattern, rules, home)}`);
  const read = (patterns: readonly string[]): string[] =>
    patterns.map(
      (pattern) =>
        `(?:^|[ '"=@:/])${globExpression(
          placed(pattern, rules)
            .inside.replace(/^(?:\*\*\/)/, '')
            .replace(/^~(?=\/)/, home),
        )}(?![A-Za-z0-9_.-])`,
    );
  return [
    '# Rules of Linekeeper\'s policy. "linekeeper uninstall --enforce" takes this file away.',
    ...edits(rules.closedPaths, 'deny', 900),
    ...reads(rules.closedReads, 'deny', 900),
    ...shell([...rules.refusedCommands.map(commandExpression), ...written, ...read(rules.closedReads)], 'deny', 900),
    ...rules.refusedTools.map((name) => block(server(name), 'deny', 900)),
    ...edits(rules.askedPaths, 'ask_user', 800),
    ...reads(rules.askedReads, 'ask_user', 800),
    ...shell(rules.askedCommands.map(commandExpression), 'ask_user', 800),
    ...rules.askedTools.map((name) => block(server(name), 'ask_user', 800)),
  ].join('\n');
}

/** What the policy leaves open, looked at before the rest. */
const except = (rules: NativeRules, home: string): string =>
  rules.openInside.length === 0
    ? ''
    : `(?!${alternatives(rules.openInside.map((pattern) => pathExpression(pattern, rules, home)))}")`;

function formOf(rules: NativeRules, place: RulesPlace): NativeForm {
  const folder =
    place.scope === 'managed'
      ? machineFile(place, {
          linux: 'etc/gemini-cli',
          darwin: 'Library/Application Support/GeminiCli',
          win32: 'ProgramData/gemini-cli',
        })
      : below(place.home, '.gemini');
  const named = rules.hiddenVariables.filter((name) => !/[*?]/.test(name));
  const widened = rules.hiddenVariables.filter((name) => /[*?]/.test(name));
  return {
    files: [
      { kind: 'file', file: below(folder, 'policies', 'linekeeper.toml'), text: rulesText(rules, place.home) },
      ...(named.length === 0
        ? []
        : [
            {
              kind: 'json' as const,
              file: below(folder, 'settings.json'),
              values: [
                { at: ['security', 'environmentVariableRedaction', 'enabled'], value: true },
                ...named.map((item) => ({ at: ['security', 'environmentVariableRedaction', 'blocked'], item })),
              ],
            },
          ]),
    ],
    gaps: [
      ...(widened.length === 0
        ? []
        : [`It hides variables by their whole name, so its commands see ${widened.join(', ')}.`]),
      'A relative path, and a path in a command, names no repository, so it is closed in every repository.',
      'Programs that a command starts (make, a script) still write and read there.',
    ],
  };
}

export const gemini: Dialect = {
  id: assistant.id,
  scopes: ['user', 'managed'],
  holds:
    'Closed paths with their exceptions and closed files for its own tools, commands by their words, and commands that name a closed place, with `--yolo`, `--allowed-tools` and in subagents; variables.',
  misses:
    "`make`, scripts, links and `cd` into a closed folder. Policies of a repository do nothing. `--policy`, `--admin-policy` and `GEMINI_CLI_HOME` undo a person's rules; those of `--managed` stay.",
  verified: 'run',
  formOf,
  managedHooks: (place) => {
    const [listed] = assistant.hooks('user', { home: place.home, env: {} });
    const folder = machineFile(place, {
      linux: 'etc/gemini-cli',
      darwin: 'Library/Application Support/GeminiCli',
      win32: 'ProgramData/gemini-cli',
    });
    return listed?.kind === 'listed'
      ? [{ ...listed, file: below(folder, 'settings.json'), defaults: { hooksConfig: { enabled: true } } }]
      : [];
  },
};
