import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: "an assistant's settings let it do more without asking",
  why: 'The next agent that works here acts by these settings, and nobody is asked.',
  fix: 'Name the single commands that are harmless, or let each person decide in their own settings.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'an assistant may do more': 'An assistant may do more without asking: {key} is {value}.',
  'an assistant need not ask': { says: 'An assistant no longer has to ask: {key} is {value}.', severity: 'high' },
  'an assistant is refused less': 'An assistant is refused less: {value} leaves {key}.',
} as const satisfies Facts;
