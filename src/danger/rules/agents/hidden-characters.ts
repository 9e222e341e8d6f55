import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'invisible or reordering characters in what assistants read, reordering ones in source code',
  why: 'The agent or the compiler reads other text than the reviewer sees, so the reviewer approves something unseen.',
  fix: 'Remove the characters, or write them as escapes.',
} as const satisfies Rule;
