import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: "pull_request_target with the head's code, template injection, unsecure commands",
  why: 'Anybody who can open a pull request or an issue runs code with the secrets of the repository.',
  fix: 'Use `pull_request`, and hand values to scripts through the environment.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'words that anybody can write run': 'Words that anybody can write run as a command: {words} is pasted into a script.',
  'what a step prints may change': 'What a step prints may change the environment of later steps: unsecure commands are allowed.',
  "strangers run with the secrets": "Code of strangers runs with the repository's secrets: {trigger} with a checkout of the pull request.",
} as const satisfies Facts;
