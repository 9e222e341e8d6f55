import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'Allow with Action or Resource *, service-wide x:*, PassRole on *',
  why: 'It allows what nobody thought of, and what the service adds later.',
  fix: 'Name the actions and the resources that are needed.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'allows everything but': 'Allows everything but {what}.',
  'allows every action on': 'Allows every action on {what}.',
  'allows every action on every': 'Allows every action on every resource.',
  'allows every action of on': 'Allows every action of {what} on {what2}.',
  'allows on every resource': 'Allows {strong} on every resource.',
  'the role may do everything actions': 'The role may do everything (Actions: *).',
} as const satisfies Facts;
