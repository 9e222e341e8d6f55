import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'reset --hard, clean -f, checkout/restore of everything, stash clear',
  why: 'Work that was never committed is in no history: git cannot bring it back.',
  fix: 'Stash or commit first, then discard single files by name.',
  instead: 'Keep the changes: commit them to a branch, or put them aside with "git stash push"; else ask the person.',
  ofTheMachine: true,
  // what a script makes for a while it takes away again
  inScripts: ({ words }) => !(words.includes('worktree') && words.includes('remove')),
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'throws away changes that are not': 'throws away changes that are not committed',
  'deletes files that git does not': 'deletes files that git does not know, for good',
  'moves a branch that is there': { says: 'moves a branch that is there to another commit', severity: 'medium' },
  'throws away every change that is': 'throws away every change that is not committed',
  'throws away everything that was put': 'throws away everything that was put aside',
  'throws away what was put aside': { says: 'throws away what was put aside', severity: 'medium' },
  'moves a branch that others work': { says: 'moves a branch that others work on', severity: 'medium' },
  'removes a branch a tag or': 'removes a branch, a tag or the notes',
  'removes a reference': 'removes a reference',
  'removes several tags': 'removes several tags',
  'overwrites the branches of this clone': 'overwrites the branches of this clone with those of the remote',
  'throws away changes in submodules': { says: 'throws away changes in submodules', severity: 'medium' },
  'throws away changes in a work': { says: 'throws away changes in a work tree', severity: 'medium' },
  'removes branches': { says: 'removes branches', severity: 'medium' },
  'removes a branch that may be the only one': { says: 'removes a branch, though its commits may be nowhere else', severity: 'medium' },
} as const satisfies Facts;
