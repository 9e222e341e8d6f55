import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning:
    'a coverage, mutation or score threshold lowered, more warnings allowed, a lint rule or a type check loosened, tests switched off by a value',
  why: 'What failed the run before passes it now.',
  fix: 'Keep the threshold and mend what falls below it.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a threshold is lowered': 'The threshold {key} is lowered from {before} to {after}.',
  'a threshold is removed': 'The threshold {key} ({before}) is removed.',
  'a limit is raised': 'The limit {key} is raised from {before} to {after}.',
  'a rule of a linter is loosened': 'The lint rule {key} is loosened from {before} to {after}.',
  'a rule of a linter is switched off': 'The lint rule {key} is switched off.',
  'tests are switched off': 'Checks no longer run: {key} is {after}.',
  'a check of types is switched off': 'The type checker asks for less: {key} is {after}.',
} as const satisfies Facts;
