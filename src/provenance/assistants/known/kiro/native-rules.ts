/** Kiro's rules by capability, from IDE 1 and CLI 3 on: https://kiro.dev/docs/chat/permissions */
import { absolute, below } from '../../join-paths';
import { EVERY_REPOSITORY, commandPatterns, everywhere, machineFile } from '../../native-rules/shared-rule-forms';
import type { Dialect, NativeForm, NativeRules, RulesPlace } from '../../native-rules/types';
import { kiro as assistant } from '.';

type Row = Readonly<Record<'capability' | 'effect', string>> & {
  readonly match: readonly string[];
  readonly exclude?: readonly string[];
};

function rowsOf(rules: NativeRules): Row[] {
  const row = (
    capability: string,
    effect: 'deny' | 'ask',
    match: readonly string[],
    exclude: readonly string[] = [],
  ): Row[] =>
    match.length === 0
      ? []
      : [
          {
            capability,
            match: everywhere(match, rules),
            ...(exclude.length === 0 ? {} : { exclude: everywhere(exclude, rules) }),
            effect,
          },
        ];
  const tools = (names: readonly string[]): string[] => names.map((name) => name.replace('__', '/'));
  return [
    ...row('fs_write', 'deny', rules.closedPaths, rules.openInside),
    ...row('fs_write', 'ask', rules.askedPaths, rules.openInside),
    ...row('fs_read', 'deny', rules.closedReads),
    ...row('fs_read', 'ask', rules.askedReads),
    ...row('shell', 'deny', rules.refusedCommands.flatMap(commandPatterns)),
    ...row('shell', 'ask', rules.askedCommands.flatMap(commandPatterns)),
    ...row('mcp', 'deny', tools(rules.refusedTools)),
    ...row('mcp', 'ask', tools(rules.askedTools)),
  ];
}

function formOf(rules: NativeRules, place: RulesPlace): NativeForm {
  const rows = rowsOf(rules);
  const gaps = [
    ...(rules.hiddenVariables.length === 0
      ? []
      : [`Its commands see the variables ${rules.hiddenVariables.join(', ')}.`]),
    EVERY_REPOSITORY,
  ];
  if (place.scope === 'managed') {
    const folder = machineFile(place, {
      linux: 'etc/kiro',
      darwin: 'Library/Application Support/Kiro',
      win32: 'ProgramData/Kiro',
    });
    return {
      files: [
        {
          kind: 'json',
          file: below(folder, 'managed-settings.json'),
          values: rows.map((item) => ({ at: ['rules'], item })),
        },
      ],
      gaps,
    };
  }
  const file = below(absolute(place.env['KIRO_HOME'], below(place.home, '.kiro')), 'settings', 'permissions.yaml');
  return {
    files: [
      {
        kind: 'file',
        file,
        text: [
          '# Rules of Linekeeper\'s policy. "linekeeper uninstall --enforce" takes this file away.',
          'rules:',
          ...rows.map((row) => `  - ${JSON.stringify(row)}`),
          '',
        ].join('\n'),
      },
    ],
    gaps,
  };
}

export const kiro: Dialect = {
  id: assistant.id,
  scopes: ['user', 'managed'],
  holds:
    'Closed paths with their exceptions, closed files, commands by their beginning and tools of servers, with `--trust-all-tools`.',
  misses: 'Variables, and versions before IDE 1.0 and CLI 3. A project has no place for rules.',
  verified: 'documented',
  formOf,
};
