/** Who writes in the story. */
import { CLAUDE_MODEL } from '../support/real-assistants/claude-code';
import type { Writer } from './ledger';

export const JUNE_WRITES: Writer = { name: 'June', author: 'human', assistant: null, model: null };
/** The provider of inline completions does not say in a stock build whose it is. */
export const COMPLETION: Writer = { name: 'a completion', author: 'ai', assistant: 'unknown-assistant', model: null };
export const COPILOT: Writer = {
  name: "the editor's agent",
  author: 'ai',
  assistant: 'github-copilot',
  model: 'scripted-1',
};
export const CLAUDE: Writer = { name: 'Claude Code', author: 'ai', assistant: 'claude-code', model: CLAUDE_MODEL };
