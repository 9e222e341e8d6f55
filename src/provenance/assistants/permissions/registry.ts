/** The configurations that are audited: one line for each assistant. */
import { aider } from '../known/aider/permission-settings';
import { amp } from '../known/amp/permission-settings';
import { antigravity } from '../known/antigravity/permission-settings';
import { claudeCode } from '../known/claude-code/permission-settings';
import { cline } from '../known/cline/permission-settings';
import { codex } from '../known/codex/permission-settings';
import { continueDev } from '../known/continue/permission-settings';
import { cursor } from '../known/cursor/permission-settings';
import { gemini } from '../known/gemini/permission-settings';
import { githubCopilot } from '../known/github-copilot/permission-settings';
import { kiro } from '../known/kiro/permission-settings';
import { opencode } from '../known/opencode/permission-settings';
import { qwenCode } from '../known/qwen-code/permission-settings';
import { windsurf } from '../known/windsurf/permission-settings';
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
