/** Words that reveal what a job or step is for. */
import { named, type Tree, get } from '../../tree';

/** Jobs whose result gates something. */
export const CHECKS =
  /(?:^|[^a-z])(?:test\w*|spec|lint\w*|check\w*|verify\w*|verification|valid\w*|scan\w*|audit\w*|secur\w*|sast|dast|codeql|semgrep|trivy|snyk|gitleaks|sonar\w*|review\w*|approv\w*|gate\w*|e2e|integration|unit|quality|type-?check|tsc|plan|build|ci|sign\w*|attest\w*|pytest|jest|vitest|mocha|eslint|rspec|mypy|ruff|phpunit|cargo|go vet|mvn|gradle\w*|policy|conftest|checkov|tfsec|coverage|dependency-review)(?![a-z])/i;
/** Jobs that change what is in production. */
export const DEPLOYS =
  /deploy|release|publish|ship|prod|apply|promote|rollout|live|migrat|upload|push|destroy|terraform|infra|helm|provision/i;
export const PRODUCTION = /prod|live|release|main|master/i;

/** A job or step, for messages. */
export const label = (id: string, tree?: Tree): string => `"${named(get(tree, 'name')?.text ?? id)}"`;
