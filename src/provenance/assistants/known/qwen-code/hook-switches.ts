/** https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings */
import type { HookSwitches } from '../../hook-switches/types';

export const qwenCode: HookSwitches = {
  id: 'qwen-code',
  title: 'Qwen Code',
  programs: ['qwen', '@qwen-code/qwen-code'],
  options: ['--bare', '--safe-mode'],
  givenSettings: [],
  offVariables: [],
  moves: ['QWEN_CODE_SYSTEM_SETTINGS_PATH', 'QWEN_CODE_SYSTEM_DEFAULTS_PATH'],
  settings: [
    { key: ['hooksConfig', 'enabled'], off: false },
    { key: ['disableAllHooks'], off: true },
  ],
  skips: /^(?:-y|--yolo|--approval-mode[= ]yolo)$/,
};
