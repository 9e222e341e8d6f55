import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a shell that runs text which nobody can read in the change, such as `curl … | sh`',
  why: 'The shell runs text that no reviewer has read. The next time, the text may be different.',
  fix: 'Download it, read it, then run the file.',
  instead: 'Write the commands out as they are, or give them to the person to run.',
  ofTheMachine: true,
} as const satisfies Rule;
