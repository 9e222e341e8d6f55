import { once } from '../../rows/once';
import type { Rule, Settings } from '../types';

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
