/** https://docs.github.com/copilot/reference/copilot-cli-reference */
import type { HookSwitches } from '../../hook-switches/types';

export const githubCopilot: HookSwitches = {
  id: 'github-copilot',
  title: 'GitHub Copilot',
  programs: ['copilot', '@github/copilot'],
  options: ['--config-dir'],
  givenSettings: [],
  offVariables: [],
  moves: ['COPILOT_HOME'],
  settings: [
    { key: ['disableAllHooks'], off: true },
    { key: ['chat.useHooks'], off: false },
  ],
  skips: /^(?:--yolo|--allow-all(?:-tools)?|COPILOT_ALLOW_ALL=(?!0$|false$|$)\S+)$/,
};
