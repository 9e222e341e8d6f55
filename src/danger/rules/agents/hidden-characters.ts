import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'invisible or reordering characters in what assistants read, reordering ones in source code',
  why: 'A person reads another text than the agent or the compiler.',
  fix: 'Take the characters out, or write them as escapes.',
} as const satisfies Rule;
