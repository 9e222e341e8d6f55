/** How hooks are tried: one line for each assistant that has hooks. */
import type { SelfTest } from './canary-edit';
import { antigravity } from '../known/antigravity/canary-payloads';
import { claudeCode } from '../known/claude-code/canary-payloads';
import { cline } from '../known/cline/canary-payloads';
import { codex } from '../known/codex/canary-payloads';
import { cursor } from '../known/cursor/canary-payloads';
import { gemini } from '../known/gemini/canary-payloads';
import { githubCopilot } from '../known/github-copilot/canary-payloads';
import { kiro } from '../known/kiro/canary-payloads';
import { opencode } from '../known/opencode/canary-payloads';
import { qwenCode } from '../known/qwen-code/canary-payloads';
import { windsurf } from '../known/windsurf/canary-payloads';

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
