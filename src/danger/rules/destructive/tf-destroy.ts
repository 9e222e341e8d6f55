import { once } from '../../lazy-value';
import { outlivesRequest } from '../../pull-request-environments';
import type { Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: '`terraform destroy`, or a destroy plan that is applied, also in OpenTofu, Terragrunt and cdktf',
  why: 'Terraform destroys every resource of the configuration, with its data.',
  fix: "Propose the plan (`terraform plan -out`) and ask for a senior's review.",
  instead: 'Propose the plan ("terraform plan -destroy -out=…") and ask for a senior\'s review.',
  inScripts: outlivesRequest,
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'terraform', after: /^absent$/, says: 'Task "{it}" destroys what Terraform manages.' },
  ],
}));

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { with: /(?:^|\.)(?:is_?destroy|destroy_all|run_?type)=(?:true|(?:plan_)?destroy|is_destroy)$/i, on: 'terraform tofu hcp tfe tfc spacelift scalr pulumi terragrunt', does: 'destroys what the configuration made' },
  { verb: 'destroy', on: 'terraform tofu terragrunt pulumi cdk', does: 'destroys what the configuration made' },
]);
