/** https://code.claude.com/docs/en/cli-reference, https://code.claude.com/docs/en/settings */
import type { HookSwitches } from '../../switches/types';

export const claudeCode: HookSwitches = {
  id: 'claude-code',
  title: 'Claude Code',
  programs: ['claude', '@anthropic-ai/claude-code'],
  options: ['--bare', '--safe-mode', '--setting-sources'],
  givenSettings: ['--settings'],
  offVariables: ['CLAUDE_CODE_SIMPLE', 'CLAUDE_CODE_SAFE_MODE'],
  moves: ['CLAUDE_CONFIG_DIR'],
  settings: [{ key: ['disableAllHooks'], off: true }],
};
