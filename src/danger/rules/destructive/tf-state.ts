import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a command or change that deletes or overwrites entries of the Terraform state',
  why: "The state is Terraform's only list of its resources. Without an entry, Terraform loses the resource or creates it twice.",
  fix: 'Change the configuration instead: `moved`, `import` and `removed` blocks show in the plan.',
  instead: 'Say which change of the state is needed and why; prefer a `moved` or `removed` block in the configuration.',
} as const satisfies Rule;
