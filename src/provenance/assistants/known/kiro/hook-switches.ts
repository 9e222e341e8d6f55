/** https://kiro.dev/docs/cli/reference/settings */
import type { HookSwitches } from '../../hook-switches/types';

export const kiro: HookSwitches = {
  id: 'kiro',
  title: 'Kiro',
  programs: ['kiro-cli'],
  options: [],
  givenSettings: [],
  offVariables: [],
  moves: ['KIRO_HOME'],
  settings: [],
  skips: /^(?:-a|--trust-all-tools)$/,
};
