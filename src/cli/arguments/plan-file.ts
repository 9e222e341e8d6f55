/** The plan that `--plan FILE` names. */
import path from 'node:path';
import { readPlanFile, type PlanFile } from '../../policy/findings';
import type { Call } from '../command';

/** Undefined when none is named. A relative name is relative to the current folder. */
export const readPlan = (call: Call, file: string | undefined): PlanFile | undefined =>
  file === undefined ? undefined : readPlanFile(path.resolve(call.terminal.cwd, file), call.repository().root);
