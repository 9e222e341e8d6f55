import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a test run or a scanner leaves CI, a hook or a package script, is switched off there, or may fail',
  why: 'The run stays green whatever the check would have found.',
  fix: 'Keep the step, and mend what it finds.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a check is no longer run': 'The step that runs {kind} ({program}) is removed.',
  'a file that checks is removed': 'The file that runs {kind} ({program}) is removed.',
  'a check is switched off': 'The step that runs {program} is switched off.',
  'a check may fail': 'A check passes even if it fails ({how}).',
  'a hook is no longer run': { says: 'The pre-commit hook {id} is removed.', severity: 'medium' },
} as const satisfies Facts;
