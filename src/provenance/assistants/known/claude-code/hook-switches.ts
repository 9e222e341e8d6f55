/** https://code.claude.com/docs/en/cli-reference, https://code.claude.com/docs/en/settings */
import type { HookSwitches } from '../../hook-switches/types';

export const claudeCode: HookSwitches = {
  id: 'claude-code',
  title: 'Claude Code',
  programs: ['claude', '@anthropic-ai/claude-code'],
  options: ['--bare', '--safe-mode', '--setting-sources'],
  givenSettings: ['--settings'],
  offVariables: ['CLAUDE_CODE_SIMPLE', 'CLAUDE_CODE_SAFE_MODE'],
  moves: ['CLAUDE_CONFIG_DIR'],
  settings: [{ key: ['disableAllHooks'], off: true }],
  skips:
    /^(?:--(?:allow-)?dangerously-skip-permissions|--permission-mode[= ]bypassPermissions|--settings[= ][^]*"bypassPermissions"[^]*)$/,
  // the library reads no settings of its own accord, so no hook either
  library: {
    named: /@anthropic-ai\/claude-(?:agent-sdk|code)\b|\bclaude_(?:agent|code)_sdk\b/,
    starts: /\bquery\s*\(|\bClaudeSDKClient\s*\(|\bunstable_v2_\w+\s*\(/,
    withHooks: /settingSources|setting_sources/,
  },
};
