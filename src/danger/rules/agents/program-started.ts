import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a program that an assistant starts automatically, such as a hook or a status line',
  why: 'The program runs with the rights of everybody who starts an agent in this repository.',
  fix: 'Read the program, keep it in the repository, and have it reviewed with this change.',
} as const satisfies Rule;
