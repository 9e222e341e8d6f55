/** The assistants that can hold a policy's rules by themselves: one line each. */
import { claudeCode } from '../known/claude-code/native-rules';
import { codex } from '../known/codex/native-rules';
import { cursor } from '../known/cursor/native-rules';
import { gemini } from '../known/gemini/native-rules';
import { githubCopilot } from '../known/github-copilot/native-rules';
import { kiro } from '../known/kiro/native-rules';
import { opencode } from '../known/opencode/native-rules';
import { qwenCode } from '../known/qwen-code/native-rules';
import type { Dialect } from './types';

export const DIALECTS: readonly Dialect[] = [
  kiro,
  githubCopilot,
  cursor,
  claudeCode,
  codex,
  gemini,
  opencode,
  qwenCode,
];

export const dialectOf = (id: string): Dialect | undefined => DIALECTS.find((dialect) => dialect.id === id);
