/** https://geminicli.com/docs/reference/configuration */
import type { HookSwitches } from '../../hook-switches/types';

export const gemini: HookSwitches = {
  id: 'gemini',
  title: 'Gemini CLI',
  programs: ['gemini', '@google/gemini-cli'],
  options: [],
  givenSettings: [],
  offVariables: [],
  moves: ['GEMINI_CLI_HOME', 'GEMINI_CLI_SYSTEM_SETTINGS_PATH', 'GEMINI_CLI_SYSTEM_DEFAULTS_PATH'],
  settings: [
    { key: ['hooksConfig', 'enabled'], off: false },
    { key: ['disableAllHooks'], off: true },
  ],
  skips: /^(?:-y|--yolo|--approval-mode[= ]yolo)$/,
};
