import { once } from '../../rows/once';
import type { Facts, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'delete-stack, cdk/pulumi/sam/serverless destroy, rebuild or terminate an environment',
  why: 'One command removes an environment with everything in it.',
  fix: 'Let a person delete the stack, after checking its name and account.',
  instead: "Show what would be deleted (a preview or a diff), and ask for a senior's review.",
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'cloudformation cloudformation_stack_set', after: /^absent$/, says: 'Task "{it}" deletes a stack.' },
  ],
}));

// prettier-ignore
export const tools: readonly ToolRow[] = [
  { deed: 'removes', of: 'stack', does: 'destroys everything in the stack' },
];

// prettier-ignore
export const facts = {
  'deletes an environment with its resources': 'deletes an environment with its resources',
  'removes a of the swarm': 'removes a {verb} of the swarm',
  'takes the node out of its': 'takes the node out of its swarm, with all that it knows',
  'destroys everything in the stack': 'destroys everything in the stack',
  'deletes a stack and its history': 'deletes a stack and its history',
  'deletes the environment': 'deletes the environment {what}',
  'deletes stacks with their resources': 'deletes stacks with their resources',
  'deletes assets': { says: 'deletes assets', severity: 'medium' },
  'removes something on other machines': 'removes something on other machines',
  'runs a playbook that takes something': 'runs a playbook that takes something down',
  'stops a job': 'stops a job',
  'deletes a deployment or a part': 'deletes a deployment or a part of it',
  'destroys virtual machines': 'destroys virtual machines',
  'removes the cluster': 'removes the cluster',
  'stops the cluster': { says: 'stops the cluster', severity: 'medium' },
} as const satisfies Facts;
