/** How hooks are tried: one line for each assistant that has hooks. */
import type { SelfTest } from './canary-edit';
import { antigravity } from '../known/antigravity/self-test';
import { claudeCode } from '../known/claude-code/self-test';
import { cline } from '../known/cline/self-test';
import { codex } from '../known/codex/self-test';
import { cursor } from '../known/cursor/self-test';
import { gemini } from '../known/gemini/self-test';
import { githubCopilot } from '../known/github-copilot/self-test';
import { kiro } from '../known/kiro/self-test';
import { opencode } from '../known/opencode/self-test';
import { qwenCode } from '../known/qwen-code/self-test';
import { windsurf } from '../known/windsurf/self-test';

export const SELF_TESTS: Readonly<Record<string, SelfTest | undefined>> = {
  kiro,
  'github-copilot': githubCopilot,
  cursor,
  'claude-code': claudeCode,
  windsurf,
  codex,
  gemini,
  antigravity,
  opencode,
  cline,
  'qwen-code': qwenCode,
};
