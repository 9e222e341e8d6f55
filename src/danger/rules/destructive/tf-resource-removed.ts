import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a resource or module leaves the configuration with no moved, nor removed { destroy = false }',
  why: 'Terraform destroys what the configuration no longer names.',
  fix: 'Add a `moved` block if it has a new name, or a `removed` block with `destroy = false` to keep the real thing.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'pulumi resource removed': 'Resource {name} ({type}) leaves the program: it is deleted{data}.',
  'program store removed': '{type} {id} leaves the program: it is deleted, with its data.',
  'program store left alone': { says: '{type} {id} leaves the program: it, or a last copy, stays behind and nothing manages it.', severity: 'medium' },
  'program store renamed': '{type} {id} becomes {other} in the program: a new one takes its place, without its data.',
  'bicep store left alone': { says: '{type} {name} leaves the template: a complete deployment or a stack deletes it.', severity: 'medium' },
  'is removed and destroyed': '{address}{data} is removed and destroyed.',
  'is not in the configuration any': '{address}{data} is not in the configuration any more: it will be destroyed.',
} as const satisfies Facts;
