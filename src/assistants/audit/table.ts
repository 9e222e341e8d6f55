/** The configurations that are read: one line for each assistant. */
import { claudeCode } from './known/claude-code';
import { codex } from './known/codex';
import { cursor } from './known/cursor';
import { gemini } from './known/gemini';
import { githubCopilot } from './known/github-copilot';
import { kiro } from './known/kiro';
import { opencode } from './known/opencode';
import { qwenCode } from './known/qwen-code';
import { windsurf } from './known/windsurf';
import type { Auditor } from './types';

export const AUDITORS: readonly Auditor[] = [kiro, githubCopilot, cursor, claudeCode, windsurf, codex, gemini, opencode, qwenCode];
