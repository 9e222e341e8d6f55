import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'state rm, state push -force, workspace delete, tfstate removed, force-unlock',
  why: 'The state is the only record of what belongs to the configuration: without it, resources are orphaned or made twice.',
  fix: 'Change the configuration instead: `moved`, `import` and `removed` blocks show in the plan.',
  instead: 'Say which change of the state is needed and why; prefer a `moved` or `removed` block in the configuration.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'makes pulumi forget a resource which': 'makes Pulumi forget a resource, which then nobody manages',
  'changes the state': { says: 'changes the state', severity: 'medium' },
  'ends an update that is running': { says: 'ends an update that is running', severity: 'medium' },
  'gives resources other addresses in the': { says: 'gives resources other addresses in the state', severity: 'medium' },
  'deletes the state of the workspace': 'deletes the state of the workspace {what}',
  'takes a lock away that may': 'takes a lock away that may protect a running apply',
  'moves the state to another place': { says: 'moves the state to another place without asking', severity: 'medium' },
  'makes terraform forget resources': 'makes Terraform forget resources, which then nobody manages',
  'overwrites the state': 'overwrites the state',
} as const satisfies Facts;
