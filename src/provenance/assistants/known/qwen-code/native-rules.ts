/** Qwen Code's settings have Claude Code's form of rules: https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings */
import { below } from '../../join-paths';
import { exceptionGaps, machineFile } from '../../native-rules/shared-rule-forms';
import type { Dialect, RulesPlace } from '../../native-rules/types';
import { permissionValues } from '../claude-code/native-rules';
import { qwenCode as assistant } from '.';

const fileOf = (place: RulesPlace): string =>
  below(
    place.scope === 'managed'
      ? machineFile(place, {
          linux: 'etc/qwen-code',
          darwin: 'Library/Application Support/QwenCode',
          win32: 'ProgramData/qwen-code',
        })
      : below(place.scope === 'user' ? place.home : place.repositoryRoot, '.qwen'),
    'settings.json',
  );

export const qwenCode: Dialect = {
  id: assistant.id,
  scopes: ['user', 'project', 'managed'],
  holds: 'Closed paths and files, and commands by their beginning, with `--yolo` and in subagents.',
  misses:
    'Questions are not asked with `--yolo`. `( )`, `$( )`, `env`, `sh -c` and paths pass the rules about commands. `--bare`, `--safe-mode` and `QWEN_CODE_SYSTEM_SETTINGS_PATH` drop even what the administrator wrote.',
  verified: 'run',
  formOf: (rules, place) => ({
    files: [{ kind: 'json', file: fileOf(place), values: permissionValues(rules) }],
    gaps: [
      ...exceptionGaps(rules),
      ...(rules.hiddenVariables.length === 0
        ? []
        : [`Its commands see the variables ${rules.hiddenVariables.join(', ')}.`]),
    ],
  }),
  managedHooks: (place) => {
    const [listed] = assistant.hooks('user', { home: place.home, env: {} });
    return listed?.kind === 'listed' ? [{ ...listed, file: fileOf({ ...place, scope: 'managed' }) }] : [];
  },
};
