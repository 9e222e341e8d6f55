import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'another registry, a library from an address, an install script that a change brings',
  why: 'Code from there runs on every machine that installs it.',
  fix: 'Take libraries from the usual registry, pin addresses to a full commit id, and let no script run by itself.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'libraries come from another registry': { says: 'Libraries come from {source} too.', severity: 'high' },
  'a library comes from an address': '{name} comes from {source}: whoever can move it runs code here.',
  'a library comes from a fixed commit': { says: '{name} comes from a commit of {source}.', severity: 'low' },
  'a library runs a script when it is installed': '{name} runs a script of its own when it is installed.',
  'a package runs a script when it is installed': 'The package runs "{script}" whenever it is installed ({name}).',
} as const satisfies Facts;
