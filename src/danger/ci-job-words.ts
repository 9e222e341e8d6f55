/** Words that reveal what a job or step is for. */
import { get, named, type Tree } from './yaml-and-json';

/** Words of checks; `*` stands for the rest of a word. */
const CHECK_WORDS = `approv* attest* audit* build cargo checkov check* ci codeql conftest coverage dast dependency-review detekt e2e eslint gate*
  gitleaks go_vet gradle* integration jest ktlint* lint* mocha mvn mypy phpunit plan policy pytest quality review* rspec ruff sast scan*
  secur* semgrep sign* snyk sonar* spec test* tfsec trivy tsc type-check typecheck unit valid* verification verify* vitest`;

/** Jobs whose result gates something. */
export const CHECKS: RegExp = /* @__PURE__ */ anyWordOf(CHECK_WORDS);

/** Any of these as a word of its own. */
/* @__NO_SIDE_EFFECTS__ */
function anyWordOf(words: string): RegExp {
  const each = words.split(/\s+/).map((word) => word.replace('_', ' ').replace('*', '\\w*'));
  return new RegExp(`(?:^|[^a-z])(?:${each.join('|')})(?![a-z])`, 'i');
}
/** Jobs that change what is in production. */
export const DEPLOYS =
  /deploy|release|publish|ship|prod|apply|promote|rollout|live|migrat|upload|push|destroy|terraform|infra(?!cost)|helm|provision/i;
export const PRODUCTION = /prod|live|release|main|master/i;

/** A job or step, for messages. */
export const label = (id: string, tree?: Tree): string => `"${named(get(tree, 'name')?.text ?? id)}"`;
