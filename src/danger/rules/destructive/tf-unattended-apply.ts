import { outlivesRequest } from '../../pull-request-environments';
import { once } from '../../lazy-value';
import type { Rule, ToolRow } from '../types';

export const rule = {
  severity: 'high',
  meaning: '`terraform apply -auto-approve`, which applies a plan that nobody sees',
  why: 'Terraform applies the plan before a person can read it. Nobody can stop a deletion in it.',
  fix: 'Apply a saved plan that somebody has read.',
  instead: 'Propose the plan ("terraform plan -out=…") and ask for a senior\'s review.',
  isHabit: true,
  // the plan was made earlier and could be reviewed
  inScripts: (command) => command.severity !== 'medium' && outlivesRequest(command),
} as const satisfies Rule;

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { verb: 'apply', of: 'run', on: 'terraform tfe tofu hcp spacelift', does: 'applies changes that nobody has seen as a plan' },
  { verb: 'create trigger', of: 'run', on: 'terraform tfe tofu hcp spacelift', with: /(?:^|\.)auto_?apply=true$/i, does: 'applies changes that nobody has seen as a plan' },
]);
