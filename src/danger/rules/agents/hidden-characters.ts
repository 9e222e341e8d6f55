import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'invisible characters, or characters that reorder the text, in instructions or code',
  why: 'The agent or the compiler reads other text than the reviewer sees, so the reviewer approves something unseen.',
  fix: 'Remove the characters, or write them as escapes.',
} as const satisfies Rule;
