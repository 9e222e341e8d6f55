/** The rules of Copilot CLI that the administrator writes; a person has options alone. */
import { below } from '../../join-paths';
import {
  EVERY_REPOSITORY,
  commandPatterns,
  everywhere,
  exceptionGaps,
  machineFile,
  toolGaps,
} from '../../native-rules/shared-rule-forms';
import type { Dialect, JsonValue, NativeForm, NativeRules, RulesPlace } from '../../native-rules/types';
import { githubCopilot as assistant } from '.';

const folderOf = (place: RulesPlace): string =>
  machineFile(place, {
    linux: 'etc/github-copilot',
    darwin: 'Library/Application Support/GitHubCopilot',
    win32: 'ProgramData/GitHubCopilot',
  });

const pathRule = (tool: string, pattern: string): string =>
  `${tool}(${/^[~/]/.test(pattern) ? pattern : `/${pattern}`})`;

function formOf(rules: NativeRules, place: RulesPlace): NativeForm {
  const commands = (prefixes: NativeRules['refusedCommands']): string[] =>
    prefixes.flatMap(commandPatterns).map((pattern) => `Shell(${pattern})`);
  const lists = {
    deny: [
      ...everywhere(rules.closedPaths, rules).map((pattern) => pathRule('Edit', pattern)),
      ...everywhere(rules.closedReads, rules).map((pattern) => pathRule('Read', pattern)),
      ...commands(rules.refusedCommands),
    ],
    ask: [
      ...everywhere(rules.askedPaths, rules).map((pattern) => pathRule('Edit', pattern)),
      ...everywhere(rules.askedReads, rules).map((pattern) => pathRule('Read', pattern)),
      ...commands(rules.askedCommands),
    ],
    // what nothing allows is asked there, and refused where nobody can be
    allow: ['Shell(*)', 'Read(**)', 'Edit(**)'],
  };
  return {
    files: [
      {
        kind: 'json',
        file: below(folderOf(place), 'managed-settings.json'),
        values: Object.entries(lists).flatMap(([key, items]) =>
          items.map((item): JsonValue => ({ at: ['permissions', key], item })),
        ),
      },
    ],
    gaps: [
      ...exceptionGaps(rules),
      EVERY_REPOSITORY,
      ...toolGaps(rules),
      ...(rules.hiddenVariables.length === 0
        ? []
        : [
            `Its commands see the variables, unless it is started with --secret-env-vars=${rules.hiddenVariables.join(',')}.`,
          ]),
      'Programs that a command starts (cp, python3 -c) still write there.',
    ],
  };
}

export const githubCopilot: Dialect = {
  id: assistant.id,
  scopes: ['managed'],
  holds:
    'Its CLI, where the administrator wrote the rules: closed paths and files for its own tools, commands by their beginning, with `--yolo`, in subagents and with another `COPILOT_HOME`.',
  misses:
    'A person has no file for rules, options alone (`--deny-tool`). Programs that a command starts write and read what they like. VS Code can only ask before a command.',
  verified: 'run',
  formOf,
  managedHooks: (place) => {
    const [hook] = assistant.hooks('user', { home: place.home, env: {} });
    return hook === undefined ? [] : [{ ...hook, file: below(folderOf(place), 'policy.d', 'linekeeper.json') }];
  },
};
