/** The configurations that are audited: one line for each assistant. */
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
import type { Auditor } from './types';

export const AUDITORS: readonly Auditor[] = [
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
