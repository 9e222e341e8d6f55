/** The assistants whose own programs are run: one line each. */
import { claudeCode } from './claude-code';
import { cline } from './cline';
import { codex } from './codex';
import type { Driver } from './driver';
import { gemini } from './gemini';
import { githubCopilot, githubCopilotPatching } from './github-copilot';
import { opencode } from './opencode';
import { qwenCode } from './qwen-code';

export const DRIVERS: readonly Driver[] = [
  claudeCode,
  codex,
  githubCopilot,
  githubCopilotPatching,
  gemini,
  opencode,
  qwenCode,
  cline,
];
