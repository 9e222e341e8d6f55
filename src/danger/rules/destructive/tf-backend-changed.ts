import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'another backend, state key, provider region or account',
  why: 'With another state Terraform sees nothing of what exists, and makes everything again beside it.',
  fix: 'Migrate the state with `terraform init -migrate-state`, and have the move reviewed.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'of changes everything would be looked': '{where} of {subject} changes: everything would be looked for, and made, in another place.',
  'the backend is removed the state': 'The backend is removed: the state would be looked for in a local file.',
  'the state is looked for in': 'The state is looked for in another backend: Terraform would see none and create everything again.',
} as const satisfies Facts;
