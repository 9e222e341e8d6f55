/** The configurations that are audited: one line for each assistant. */
import { aider } from '../known/aider/audit';
import { amp } from '../known/amp/audit';
import { antigravity } from '../known/antigravity/audit';
import { claudeCode } from '../known/claude-code/audit';
import { cline } from '../known/cline/audit';
import { codex } from '../known/codex/audit';
import { continueDev } from '../known/continue/audit';
import { cursor } from '../known/cursor/audit';
import { gemini } from '../known/gemini/audit';
import { githubCopilot } from '../known/github-copilot/audit';
import { kiro } from '../known/kiro/audit';
import { opencode } from '../known/opencode/audit';
import { qwenCode } from '../known/qwen-code/audit';
import { windsurf } from '../known/windsurf/audit';
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
