import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'another Terraform backend, state key, provider region or account',
  why: 'With another state, Terraform does not know the existing resources. It creates everything a second time.',
  fix: 'Migrate the state with `terraform init -migrate-state`, and have the move reviewed.',
} as const satisfies Rule;
