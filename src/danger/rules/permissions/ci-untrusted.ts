import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a CI workflow that runs code or text of a pull request with secrets',
  why: "Anyone who can open a pull request or an issue can run code with the repository's secrets.",
  fix: 'Use `pull_request`, and hand values to scripts through the environment.',
} as const satisfies Rule;
