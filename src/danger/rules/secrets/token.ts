import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a token with a known pattern (the vendor is in the message, the value never)',
  why: 'Whoever can read the repository has it, and it stays in the history when the line goes.',
  fix: 'Revoke the token now, and read the new one from a secret store.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'the id of a key': {
    says: "The id of an AWS access key is added: without its secret it opens nothing, but it says which key to look for.",
    severity: 'low',
  },
  'token in plain text': '{what} is added as plain text: whoever reads the repository can use it.',
} as const satisfies Facts;
