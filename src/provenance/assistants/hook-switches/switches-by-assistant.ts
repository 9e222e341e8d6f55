/** The table of what switches assistants' hooks off: one row each. The guard and the audit read it. */
import type { HookSwitches } from './types';

const NONE = { options: [], givenSettings: [], offVariables: [], moves: [], settings: [] } as const;

export const SWITCHES: readonly HookSwitches[] = [
  // https://kiro.dev/docs/cli/reference/settings
  {
    ...NONE,
    id: 'kiro',
    title: 'Kiro',
    programs: ['kiro-cli'],
    moves: ['KIRO_HOME'],
    skips: /^(?:-a|--trust-all-tools)$/,
  },
  // https://docs.github.com/copilot/reference/copilot-cli-reference
  {
    ...NONE,
    id: 'github-copilot',
    title: 'GitHub Copilot',
    programs: ['copilot', '@github/copilot'],
    options: ['--config-dir'],
    moves: ['COPILOT_HOME'],
    settings: [
      { key: ['disableAllHooks'], off: true },
      { key: ['chat.useHooks'], off: false },
    ],
    skips: /^(?:--yolo|--allow-all(?:-tools)?|COPILOT_ALLOW_ALL=(?!0$|false$|$)\S+)$/,
  },
  // https://cursor.com/docs/cli/reference/configuration
  {
    ...NONE,
    id: 'cursor',
    title: 'Cursor',
    programs: ['cursor-agent', 'cursor agent'],
    moves: ['CURSOR_CONFIG_DIR', 'XDG_CONFIG_HOME'],
    skips: /^(?:-f|--force|--yolo)$/,
  },
  // https://code.claude.com/docs/en/cli-reference, https://code.claude.com/docs/en/settings
  {
    ...NONE,
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
  },
  // https://developers.openai.com/codex/config
  {
    ...NONE,
    id: 'codex',
    title: 'OpenAI Codex',
    programs: ['codex', '@openai/codex', '@openai/codex-sdk', 'openai_codex_sdk'],
    options: ['--ignore-user-config'],
    givenSettings: ['-c', '--config'],
    disables: { option: '--disable', name: 'hooks' },
    moves: ['CODEX_HOME'],
    settings: [{ key: ['features', 'hooks'], off: false }],
    skips:
      /^(?:--dangerously-bypass-approvals-and-sandbox|--yolo|(?:-s|--sandbox)[= ]danger-full-access|(?:(?:-c|--config)[= ]?)?sandbox_mode\s*=\s*["']?danger-full-access["']?)$/,
  },
  // https://geminicli.com/docs/reference/configuration
  {
    ...NONE,
    id: 'gemini',
    title: 'Gemini CLI',
    programs: ['gemini', '@google/gemini-cli'],
    moves: ['GEMINI_CLI_HOME', 'GEMINI_CLI_SYSTEM_SETTINGS_PATH', 'GEMINI_CLI_SYSTEM_DEFAULTS_PATH'],
    settings: [
      { key: ['hooksConfig', 'enabled'], off: false },
      { key: ['disableAllHooks'], off: true },
    ],
    skips: /^(?:-y|--yolo|--approval-mode[= ]yolo)$/,
  },
  // https://opencode.ai/docs/cli, https://opencode.ai/docs/config
  {
    ...NONE,
    id: 'opencode',
    title: 'OpenCode',
    programs: ['opencode', 'opencode-ai'],
    options: ['--pure'],
    offVariables: ['OPENCODE_PURE'],
    moves: ['XDG_CONFIG_HOME'],
    skips:
      /^(?:--auto|--dangerously-skip-permissions|OPENCODE_PERMISSION=(?:"allow"|[^]*"(?:\*|bash)"\s*:\s*"allow")[^]*)$/,
    // https://opencode.ai/docs/permissions
    skippedIn: {
      files: ['opencode.json', 'opencode.jsonc', '.opencode/opencode.json'],
      says: /"permission"\s*:\s*(?:"allow"|\{[^{}]*"(?:\*|bash)"\s*:\s*"allow")/,
    },
  },
  // https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings
  {
    ...NONE,
    id: 'qwen-code',
    title: 'Qwen Code',
    programs: ['qwen', '@qwen-code/qwen-code'],
    options: ['--bare', '--safe-mode'],
    moves: ['QWEN_CODE_SYSTEM_SETTINGS_PATH', 'QWEN_CODE_SYSTEM_DEFAULTS_PATH'],
    settings: [
      { key: ['hooksConfig', 'enabled'], off: false },
      { key: ['disableAllHooks'], off: true },
    ],
    skips: /^(?:-y|--yolo|--approval-mode[= ]yolo)$/,
  },
  // https://docs.cline.bot/cline-cli
  {
    ...NONE,
    id: 'cline',
    title: 'Cline',
    programs: ['cline'],
    skips: /^(?:-y|--yolo|--auto-approve(?:-all)?(?:[= ]true)?)$/,
  },
  // https://aider.chat/docs/config/options.html
  {
    ...NONE,
    id: 'aider',
    title: 'Aider',
    programs: ['aider'],
    begins: /(?:^| )(?:--yes(?:-always)?|--message(?:-file)?|-m|-f|--load|--apply|--commit)(?:[ =]|$)/,
  },
  // https://ampcode.com/manual
  {
    ...NONE,
    id: 'amp',
    title: 'Amp',
    programs: ['amp', '@sourcegraph/amp'],
    begins: /(?:^| )(?:-x|--execute|--dangerously-allow-all)(?:[ =]|$)|^threads? continue\b/,
  },
  // https://docs.continue.dev/cli
  {
    ...NONE,
    id: 'continue',
    title: 'Continue',
    programs: ['cn', '@continuedev/cli'],
    begins: /(?:^| )(?:-p|--print|--auto)(?:[ =]|$)/,
  },
];
