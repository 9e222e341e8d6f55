import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: "pull_request_target with the head's code, template injection, unsecure commands",
  why: "Anyone who can open a pull request or an issue can run code with the repository's secrets.",
  fix: 'Use `pull_request`, and hand values to scripts through the environment.',
} as const satisfies Rule;
