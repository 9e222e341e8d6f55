import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'state rm, state push -force, workspace delete, tfstate removed, force-unlock',
  why: 'The state is the only record of what belongs to the configuration: without it, resources are orphaned or made twice.',
  fix: 'Change the configuration instead: `moved`, `import` and `removed` blocks show in the plan.',
  instead: 'Say which change of the state is needed and why; prefer a `moved` or `removed` block in the configuration.',
} as const satisfies Rule;
