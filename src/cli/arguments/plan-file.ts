/** The plan that `--plan FILE` names. */
import path from 'node:path';
import { readPlanFile, type PlanFile } from '../../policy/findings';
import type { Call } from '../verb';

/** The option, where the findings decide. */
export const PLAN_OPTION = {
  type: 'string',
  value: 'FILE',
  says: 'a plan of Terraform, Pulumi, CloudFormation, Azure, cdk, kubectl or helm. Linekeeper also checks what it destroys',
} as const;

/** Undefined when none is named. A relative name is relative to the current folder. */
export const readPlan = (call: Call, file: string | undefined): PlanFile | undefined =>
  file === undefined ? undefined : readPlanFile(path.resolve(call.terminal.cwd, file), call.repository().root);
