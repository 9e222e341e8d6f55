/** The table of what switches assistants' hooks off: one line each. The guard and the audit read it. */
import { aider } from '../known/aider/hook-switches';
import { amp } from '../known/amp/hook-switches';
import { claudeCode } from '../known/claude-code/hook-switches';
import { cline } from '../known/cline/hook-switches';
import { codex } from '../known/codex/hook-switches';
import { continueDev } from '../known/continue/hook-switches';
import { cursor } from '../known/cursor/hook-switches';
import { gemini } from '../known/gemini/hook-switches';
import { githubCopilot } from '../known/github-copilot/hook-switches';
import { kiro } from '../known/kiro/hook-switches';
import { opencode } from '../known/opencode/hook-switches';
import { qwenCode } from '../known/qwen-code/hook-switches';
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
