import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a command that removes, empties or overwrites a file of a tier that needs a sign-off',
  why: 'The command removes or overwrites a file that people review, and leaves no edit that a reviewer could read.',
  fix: 'Change the file in an edit that can be reviewed, instead of removing or overwriting it.',
  instead: 'Describe the change, or give it as a patch in your answer, and let a person make it.',
  ofTheMachine: true,
  // depends on the files of a reviewed tier, known only when it runs
  inScripts: 'never',
} as const satisfies Rule;

export const CRITICAL_FILES = 'destructive/fs-critical-file: {verb} {what}';
