/** The permissions of Cursor's CLI: https://cursor.com/docs/cli/reference/permissions. Its editor does not read them. */
import { absolute, below } from '../../join-paths';
import { EVERY_REPOSITORY, everywhere, exceptionGaps, machineFile } from '../../native-rules/shared-rule-forms';
import type { Dialect, JsonValue, NativeForm, NativeRules, RulesPlace } from '../../native-rules/types';
import { cursor as assistant } from '.';

function formOf(rules: NativeRules, place: RulesPlace): NativeForm {
  const deny = [
    ...everywhere(rules.closedPaths, rules).map((pattern) => `Write(${pattern})`),
    ...everywhere(rules.closedReads, rules).map((pattern) => `Read(${pattern})`),
    ...rules.refusedTools.map((name) => `Mcp(${name.replace('__', ', ')})`),
  ];
  // needed in a new file of a person; a project's file has permissions alone
  const needed: readonly JsonValue[] =
    place.scope === 'user'
      ? [
          { at: ['version'], value: 1 },
          { at: ['editor', 'vimMode'], value: false },
          { at: ['permissions', 'allow'], value: [] },
        ]
      : [{ at: ['permissions', 'allow'], value: [] }];
  const file =
    place.scope === 'user'
      ? below(absolute(place.env['CURSOR_CONFIG_DIR'], below(place.home, '.cursor')), 'cli-config.json')
      : below(place.repositoryRoot, '.cursor', 'cli.json');
  return {
    files:
      place.scope === 'managed'
        ? []
        : [
            {
              kind: 'json',
              file,
              values: [...needed, ...deny.map((item): JsonValue => ({ at: ['permissions', 'deny'], item }))],
            },
          ],
    gaps: [
      ...exceptionGaps(rules),
      ...(place.scope === 'managed' ? ['Only its hooks have a place that the administrator alone writes.'] : []),
      ...(place.scope === 'user' ? [EVERY_REPOSITORY] : []),
      'Its rules about commands know a program only, not what it does, so no command is refused; and they ask nothing.',
    ],
  };
}

export const cursor: Dialect = {
  id: assistant.id,
  scopes: ['user', 'project', 'managed'],
  holds: "Closed paths and files for the tools of its CLI, also under `--force`. Its editor doesn't read these rules.",
  misses: 'Commands, questions and variables. `CURSOR_CONFIG_DIR` and `XDG_CONFIG_HOME` move the file.',
  verified: 'documented',
  formOf,
  managedHooks: (place) => {
    const [listed] = assistant.hooks('user', { home: place.home, env: {} });
    const folder = machineFile(place, {
      linux: 'etc/cursor',
      darwin: 'Library/Application Support/Cursor',
      win32: 'ProgramData/Cursor',
    });
    return listed?.kind === 'listed' ? [{ ...listed, file: below(folder, 'hooks.json') }] : [];
  },
};
