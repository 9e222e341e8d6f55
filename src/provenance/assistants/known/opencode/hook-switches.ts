/** https://opencode.ai/docs/cli, https://opencode.ai/docs/config */
import type { HookSwitches } from '../../hook-switches/types';

export const opencode: HookSwitches = {
  id: 'opencode',
  title: 'OpenCode',
  programs: ['opencode', 'opencode-ai'],
  options: ['--pure'],
  givenSettings: [],
  offVariables: ['OPENCODE_PURE'],
  moves: ['XDG_CONFIG_HOME'],
  settings: [],
  skips:
    /^(?:--auto|--dangerously-skip-permissions|OPENCODE_PERMISSION=(?:"allow"|[^]*"(?:\*|bash)"\s*:\s*"allow")[^]*)$/,
  // https://opencode.ai/docs/permissions
  skippedIn: {
    files: ['opencode.json', 'opencode.jsonc', '.opencode/opencode.json'],
    says: /"permission"\s*:\s*(?:"allow"|\{[^{}]*"(?:\*|bash)"\s*:\s*"allow")/,
  },
};
