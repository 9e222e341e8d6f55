/** Programs that check something, by what they check: CI, hooks, package scripts and options are read for them. */
import { anyOf, either } from '../../../base/patterns';

/** What a program checks. One of a kind may take another's place. */
export type Kind = 'tests' | 'lint' | 'types' | 'vulnerabilities' | 'secrets' | 'infrastructure' | 'coverage';

/** As a word of its own. */
const WORD = { before: String.raw`\b(?:`, after: String.raw`)\b` };
// prettier-ignore
const PROGRAMS: readonly (readonly [Kind, RegExp])[] = [
  ['tests', anyOf(String.raw`
    (?:npm|yarn|pnpm|bun)(?:\srun)?\s(?:--\S+\s)*(?:test|t)(?:[:\w-]*)
    npx\s(?:jest|vitest|mocha|playwright|cypress) jest vitest mocha pytest tox nox rspec phpunit pest
    (?:cargo|go|dotnet|mix|flutter|swift|deno|bazel|sbt|rake|rails|gradlew?|mvnw?)\s(?:[\w-]+\s)*(?:test|nextest|verify|check)
    (?:django-admin|manage\.py)\stest ctest bats ginkgo gotestsum make\s(?:[\w-]+\s)*(?:test|check)[\w-]* unittest cypress\srun playwright\stest
    cypress-io/github-action
  `, WORD)],
  ['lint', anyOf(String.raw`
    (?:npm|yarn|pnpm|bun)(?:\srun)?\s(?:lint|eslint)[:\w-]* (?:npx|bunx|exec|dlx)\slint-staged (?:npm|yarn|pnpm|bun)\srun\s(?:check|verify|validate)[:\w-]* codespell eslint biome\s(?:ci|check|lint) oxlint ruff flake8
    pylint rubocop golangci-lint(?:-action)? clippy ktlint\w* detekt checkstyle spotbugs phpcs phpstan psalm
    swiftlint mega-?linter super-linter reviewdog pre-commit/action staticcheck(?:-action)? errcheck shellcheck hadolint yamllint actionlint stylelint ansible-lint make\slint[\w-]*
  `, WORD)],
  ['types', /\b(?:tsc|mypy|pyright|pyre|(?:npm|yarn|pnpm|bun)(?: run)? type-?check[:\w-]*|sorbet)\b/],
  ['vulnerabilities', anyOf(String.raw`
    snyk trivy(?:-action)? grype codeql(?!-action/(?:upload|init|autobuild))(?:-action/analyze)? semgrep bandit gosec brakeman bundle[r\s-]audit
    (?:npm|yarn|pnpm|cargo|pip)[\s-]audit govulncheck osv-scanner dependency-review-action dependency-check
    safety\s(?:check|scan) sonar-?(?:scanner|cloud|qube)[\w-]* clair anchore[\w/-]* scorecard-action njsscan
    zizmor zaproxy[\w/-]* qodana[\w-]* kubescape veracode[\w/-]* checkmarx[\w/-]* fossa[\w/-]* deepsource codacy[\w/-]* nuclei find-?sec-?bugs Security/SAST SAST\.gitlab-ci
  `, { ...WORD, flags: 'i' })],
  ['secrets', /\b(?:gitleaks(?:-action)?|trufflehog|detect-secrets|git-secrets|ggshield|secretlint|detect-private-key)\b/i],
  ['infrastructure', /\b(?:tfsec(?:-action)?|checkov(?:-action)?|terrascan|kics|tflint|conftest|kube-?(?:score|linter|conform|val)|polaris|opa test|cfn[-_]lint|cfn_nag|squawk|infracost)\b/i],
  ['coverage', /\b(?:codecov(?:-action)?|goveralls|coveralls|codeclimate|diff-cover|coverageThreshold|coverage\sreport)\b|--(?:coverage|cov|collectCoverage)\b/i],
];
/** It only says something, or writes a file by itself in a scanner's place. */
const SAYS = /^\s*(?:-\s+)?(?:run:\s*)?(?:echo|printf)\s[^|&;`$]*$/;
/** Any of these programs. */
export const EITHER = new RegExp(PROGRAMS.map(([, { source }]) => source).join('|'), 'i');

/** A check that a line runs. */
export interface Run {
  readonly kind: Kind;
  readonly program: string;
  /** 1-based. */
  readonly line: number;
}

/** A line of a pipeline or script that is a comment. */
export const COMMENT = /^\s*(?:#|\/\/|\*)/;
/** A line that only installs or names a program, or says when a job runs. */
const NO_RUN = either(
  /\b(?:npm (?:i|install|ci)\b(?!.*&&)|pip3? install|apt(?:-get)? install|brew install|gem install|go install|cargo install|yarn add|pnpm add|curl|wget)\b/,
  /^\s*-?\s*(?:name|id|key|path|paths|needs|if|description|branches|cache|restore-keys|key|image|python-version|with|env|on|shell|working-directory|repo|rev)\s*:/,
  /^\s*"(?:version|name|description|[@\w/.-]+)"\s*:\s*"[~^]?\d/,
);

/** Without what is quoted, and without the file of the pipeline that it is written to. */
const withoutQuoted = (line: string): string => line.replace(/'[^']*'/g, "''").replace(/>>\s*"?\$\{?\w+\}?"?\s*$/, '');

/** Whether a line of a script only says something. An expression of the pipeline is filled in before it runs. */
export const isRemark = (line: string): boolean =>
  /^\s*(?:#|true\s*$)/.test(line) || SAYS.test(withoutQuoted(line.replace(/\$\{\{[^}]*\}\}/g, '')));

/** The programs that check something, as the lines of a pipeline or script run them. */
export function runsIn(text: string | null): readonly Run[] {
  if (text === null || !EITHER.test(text)) return [];
  return text.split('\n').flatMap((line, index): readonly Run[] => {
    if (line.length > 2_000 || COMMENT.test(line) || NO_RUN.test(line) || SAYS.test(withoutQuoted(line))) return [];
    // a remark behind a step may name the scanner that overlooks it
    // nor does an expression of the pipeline that asks how a step ended run it
    const command = line.replace(/\s#\s.*$/, '').replace(/\$\{\{\s*steps\.[^}]*\}\}/g, '');
    if (!EITHER.test(command)) return [];
    return PROGRAMS.flatMap(([kind, pattern]) => {
      const [program] = pattern.exec(command) ?? [];
      return program === undefined ? [] : [{ kind, program: program.trim(), line: index + 1 }];
    });
  });
}

/** Whether a line runs a program of a kind. */
export const isRun = (line: string, kind: Kind): boolean => runsIn(line).some((run) => run.kind === kind);

/** Those whose findings may be the danger itself. */
const SECURITY = new Set<Kind>(['vulnerabilities', 'secrets', 'infrastructure']);

/** The first program that a text calls and that leaves out findings by an option, and whether it looks for what is insecure. */
export function scannerIn(text: string): { readonly program: string; readonly isSecurity: boolean } | undefined {
  const [first] = [...PROGRAMS]
    .filter(([kind]) => kind !== 'tests' && kind !== 'coverage')
    .sort(([kind], [next]) => Number(SECURITY.has(next)) - Number(SECURITY.has(kind)))
    .flatMap(([kind, pattern]) => {
      const [program] = pattern.exec(text) ?? [];
      return program === undefined ? [] : [{ program, isSecurity: SECURITY.has(kind) }];
    });
  return first;
}

/** What a kind is called in messages. */
export const KINDS: Readonly<Record<Kind, string>> = {
  tests: 'tests',
  lint: 'the linter',
  types: 'the type checker',
  vulnerabilities: 'the search for vulnerabilities',
  secrets: 'the search for secrets',
  infrastructure: 'the checks of the infrastructure',
  coverage: 'coverage',
};
