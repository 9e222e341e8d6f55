import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a Git command that discards uncommitted work (`reset --hard`, `clean -f`, `stash clear`)',
  why: 'Git cannot restore work that was never committed.',
  fix: 'Stash or commit first, then discard single files by name.',
  instead: 'Keep the changes: commit them to a branch, or put them aside with "git stash push"; else ask the person.',
  ofTheMachine: true,
  // what a script makes for a while it takes away again
  inScripts: ({ words }) => !(words.includes('worktree') && words.includes('remove')),
} as const satisfies Rule;
