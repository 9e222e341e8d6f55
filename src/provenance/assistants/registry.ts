/** The assistants we know: one line each, in the order in which people read them. */
import { aider } from './known/aider';
import { amp } from './known/amp';
import { antigravity } from './known/antigravity';
import { claudeCode } from './known/claude-code';
import { cline } from './known/cline';
import { codex } from './known/codex';
import { continueDev } from './known/continue';
import { cursor } from './known/cursor';
import { gemini } from './known/gemini';
import { githubCopilot } from './known/github-copilot';
import { kiro } from './known/kiro';
import { opencode } from './known/opencode';
import { qwenCode } from './known/qwen-code';
import { windsurf } from './known/windsurf';
import type { Assistant } from './types';

export const ASSISTANTS: readonly Assistant[] = [
  kiro,
  githubCopilot,
  cursor,
  claudeCode,
  windsurf,
  codex,
  gemini,
  antigravity,
  opencode,
  cline,
  qwenCode,
  continueDev,
  amp,
  aider,
];

/** The assistant with this id, or undefined. */
export function assistantOf(id: string): Assistant | undefined {
  return ASSISTANTS.find((one) => one.id === id);
}
