/** The table of what switches assistants' hooks off: one line each. The guard and the audit read it. */
import { aider } from '../known/aider/switches';
import { amp } from '../known/amp/switches';
import { claudeCode } from '../known/claude-code/switches';
import { cline } from '../known/cline/switches';
import { codex } from '../known/codex/switches';
import { continueDev } from '../known/continue/switches';
import { cursor } from '../known/cursor/switches';
import { gemini } from '../known/gemini/switches';
import { githubCopilot } from '../known/github-copilot/switches';
import { kiro } from '../known/kiro/switches';
import { opencode } from '../known/opencode/switches';
import { qwenCode } from '../known/qwen-code/switches';
import type { HookSwitches } from './types';

export const SWITCHES: readonly HookSwitches[] = [
  kiro,
  githubCopilot,
  cursor,
  claudeCode,
  codex,
  gemini,
  opencode,
  qwenCode,
  cline,
  aider,
  amp,
  continueDev,
];

export type * from './types';
