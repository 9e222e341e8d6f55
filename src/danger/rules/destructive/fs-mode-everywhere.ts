import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'recursive chmod or chown of a system or home directory',
  why: 'Programs and ssh refuse to work with wrong modes, and nobody has a list of the right ones.',
  fix: 'Name the one folder whose mode or owner has to change.',
  ofTheMachine: true,
  inScripts: 'named places',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'changes who may use with everything': 'changes who may use {path}, with everything in it',
} as const satisfies Facts;
