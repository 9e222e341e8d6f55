import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a test is removed or emptied while what it tests stays',
  why: 'What the test found is found by nobody any more.',
  fix: 'Keep the test, or move it to where its subject goes.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a test is removed': 'The test "{name}" is removed, and what it tests stays.',
  'the tests of a file are removed': 'The tests of {file} are removed ({count}), and what they test stays.',
  'a test asserts nothing any more': 'The test "{name}" asserts nothing any more.',
} as const satisfies Facts;
