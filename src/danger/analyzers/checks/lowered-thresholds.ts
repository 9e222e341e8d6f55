/** Numbers and switches of test runners, linters and type checkers that are set lower than before. */
import { isCiScript } from './files-that-run-checks';
import { LISTS_RULES, mildened } from './milder-scanner-rules';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { isVendored } from '../../path-roles';
import { trimmedLines } from '../../trimmed-lines';
import { anyOf, either, fileNamed } from '../../../base/patterns';
import { named } from '../../yaml-and-json';
import type { AnalyzerOfFiles, Change, Noticed } from '../../types';

/** Where test runners and linters are told what to ask for. */
const CONFIGURATIONS = fileNamed(String.raw`
  package\.json$ deno\.jsonc?$ (?:jest|vitest|vite|karma|ava|playwright|stryker|wdio|commitlint|lighthouserc|web-test-runner)(?:\.[\w-]+)*\.(?:[cm]?[jt]s|json|ya?ml)$
  \.(?:nycrc|c8rc|lighthouserc|mocharc|taprc|jscpd|size-limit)(?:\.\w+)?$ \.?codecov\.ya?ml$ \.coveragerc$ setup\.cfg$ tox\.ini$ pyproject\.toml$
  pytest\.ini$ \.pylintrc$ pylintrc$ mypy\.ini$ \.?ruff\.toml$ \.flake8$ pom\.xml$ build\.gradle(?:\.kts)?$ sonar-project\.properties$
  \.simplecov$ (?:spec|test|rails)_helper\.rb$ phpunit\.xml(?:\.dist)?$ infection\.json5?(?:\.dist)?$ phpstan\.neon(?:\.dist)?$ psalm\.xml$
  tarpaulin\.toml$ \.testcoverage\.ya?ml$ \.golangci\.(?:ya?ml|toml|json)$ detekt[\w-]*\.ya?ml$ \.rubocop(?:_\w+)?\.ya?ml$ \.?clippy\.toml$ CMakeLists\.txt$ \.cargo/config(?:\.toml)?$ [\w.-]+\.mk$ \.swiftlint\.ya?ml$
  Makefile$ justfile$ noxfile\.py$ coverlet\.runsettings$ Directory\.Build\.props$ [\w.-]+\.csproj$ mix\.exs$ coveralls\.json$
  \.tflint\.hcl$ tsconfig[\w.-]*\.json$ \.eslintrc(?:\.\w+)?$ eslint\.config\.[cm]?[jt]s$ biome\.jsonc?$ \.oxlintrc\.json$
  \.github/workflows/[^/]+\.ya?ml$ \.gitlab-ci\.ya?ml$ \.circleci/config\.ya?ml$ azure-pipelines[\w-]*\.ya?ml$ bitbucket-pipelines\.ya?ml$ Jenkinsfile$
`);

/** What may only rise, wherever it stands. */
const LEAST = anyOf(
  String.raw`
  fail[_-]under cov[_-]fail[_-]under minimum_coverage(?:_by_file)? minMsi minCoveredMsi min-msi min-covered-msi
  minScore min[_-]?coverage coverage[_-]?threshold min[_-]score minimum-coverage minimum_score
  fail-under-(?:lines|functions|regions|branches) check-coverage\s+--\w+ skip_threshold threshold(?:-total)?
  Threshold level(?=:\s*(?:max|\d))
`,
  {
    before: String.raw`(?:^|[\s"'<.-])(`,
    after: String.raw`)["']?\s*(?:=>|[:=>]|\s)\s*["']?(\d{1,6}(?:\.\d{1,4})?)`,
    flags: 'g',
  },
);
/** The same below a word about coverage. */
const LEAST_THERE =
  /(?:^|[\s"'<{,])(branches|functions|lines|statements|minimum|target|low|high|break|total|file|package|global|perFile|autoUpdate)["']?\s*[:=>]\s*["']?(\d{1,6}(?:\.\d{1,4})?)%?/g;
const THERE = /coverage|threshold|nyc|c8\b|covered|jacoco|status|msi/i;
const THERE_FOR = 15;
/** What may only fall. */
const MOST = anyOf(
  String.raw`
    max[_-]warnings maxWarnings max[_-]?complexity maxIssues max-issues max[_-]?allowed[_-]?violations maxAllowedViolations
    cyclomatic_complexity Max(?=:) [\w-]+-threshold(?=\s*=) max-cyclomatic-complexity retries reruns
  `,
  { before: String.raw`(?:^|[\s"'-])(`, after: String.raw`)["']?\s*(?:[:=]|\s)\s*["']?(\d{1,6})`, flags: 'g' },
);

interface Limit {
  readonly key: string;
  readonly value: number;
  /** 1-based. */
  readonly line: number;
  readonly isMost: boolean;
}

export const thresholds: AnalyzerOfFiles = {
  id: 'thresholds',
  concerns: ({ path, before, after }) =>
    (before !== null || OF_CODECOV.test(path)) &&
    after !== null &&
    before !== after &&
    (CONFIGURATIONS.test(path) || LISTS_RULES.test(path) || isCiScript(path)) &&
    !isVendored(path),
  notice: (change) => [
    ...mildened(change),
    ...(CONFIGURATIONS.test(change.path) || isCiScript(change.path)
      ? [
          ...limits(change),
          ...retriesAdded(change),
          ...switches(change),
          ...blocksOff(change),
          ...optionsLost(change),
          ...levelsRaised(change),
          ...testsLeftOut(change),
        ]
      : []),
  ],
};

/** A level is how much a checker of PHP asks for. Elsewhere it is of compression, of a log, of indentation. */
const HAS_LEVELS = /(?:^|\/)(?:phpstan|psalm)[\w.-]*$/i;

const OF_CODECOV = /(?:^|\/)\.?codecov\.ya?ml$/;

function limitsIn(path: string, text: string): readonly Limit[] {
  let about = -THERE_FOR;
  return text.split('\n').flatMap((line, index): readonly Limit[] => {
    if (line.length > 2_000 || /^\s*(?:#|\/\/|\*)/.test(line)) return [];
    if (THERE.test(line)) about = index;
    if (!/\d/.test(line)) return [];
    const found = (pattern: RegExp, isMost: boolean): readonly Limit[] =>
      [...line.matchAll(pattern)].map(([, key = '', value]) => ({
        key: key.replace(/\s+/g, ' '),
        value: Number(value),
        line: index + 1,
        isMost,
      }));
    // what Codecov calls a threshold is by how much coverage may fall
    const least = found(LEAST, OF_CODECOV.test(path));
    const there = index - about <= THERE_FOR && least.length === 0 ? found(LEAST_THERE, false) : [];
    return [...least.filter(({ key }) => key !== 'level' || HAS_LEVELS.test(path)), ...there, ...found(MOST, true)];
  });
}

function limits({ path, before, after }: Change): readonly Noticed[] {
  const newLimits = limitsIn(path, after ?? '');
  const isFall = ({ key }: Limit): boolean => key === 'threshold' && OF_CODECOV.test(path);
  // by itself coverage may fall by nothing
  const falls = limitsIn(path, before ?? '').some(isFall) ? [] : newLimits.filter(isFall);
  const oldLimits = [...limitsIn(path, before ?? ''), ...falls.map((limit) => ({ ...limit, value: 0 }))];
  const found: Noticed[] = [];
  for (const key of new Set(oldLimits.map((limit) => limit.key))) {
    const ofKey = (limits: readonly Limit[]): readonly Limit[] => limits.filter((limit) => limit.key === key);
    const [previous, next] = [ofKey(oldLimits), ofKey(newLimits)];
    if (previous.length === next.length)
      previous.forEach((oldLimit, index) => {
        const limit = next[index];
        if (limit !== undefined && (oldLimit.isMost ? limit.value > oldLimit.value : limit.value < oldLimit.value))
          found.push(
            factAt(
              oldLimit.isMost
                ? 'checks/threshold-lowered: The limit {key} is raised from {before} to {after}.'
                : 'checks/threshold-lowered: The threshold {key} is lowered from {before} to {after}.',
              limit,
              wordsOf(oldLimit, limit),
              { cause: 'thresholds', ...(falls.length > 0 && isFall(oldLimit) ? { severity: 'low' as const } : {}) },
            ),
          );
      });
    else if (next.length === 0 && !previous.every(({ isMost }) => isMost)) {
      const [first] = previous;
      // moved below another name, such as from `lines` to `fail_under`
      if (
        first !== undefined &&
        newLimits.filter(({ isMost }) => !isMost).length < oldLimits.filter(({ isMost }) => !isMost).length
      )
        found.push({
          ...factWas('checks/threshold-lowered: The threshold {key} ({before}) is removed.', first, {
            key: named(key),
            before: String(first.value),
          }),
          cause: 'thresholds',
        });
    }
  }
  return found;
}

/** Options by which a compiler, linter or runner of tests asks for more. */
const ASKS_FOR_MORE = either(
  /(?<![\w-])(?:-D ?warnings|-Werror(?:=[\w-]+)?|-W error|--max-warnings[= ]0|-race|--strict|--all-targets|--all-features)(?![\w-])/,
  /(?<![\w-])--(?:(?:error|fail)-on-warnings?|fatal-warnings|pedantic|warnings-as-errors|report-unused-disable-directives|frozen-warnings)(?![\w-])/,
  /(?<![\w-])--(?:accurate|exhaustive|thorough|include-fragments|doctest-modules|integration|e2e)(?![\w-])/,
);

/** A line that is there as before, but for an option by which it asked for more. */
function optionsLost({ path, before, after }: Change): readonly Noticed[] {
  if (before === null || after === null || !ASKS_FOR_MORE.test(before)) return [];
  const words = (line: string): string =>
    line
      .replace(/\$\{\{[^}]*['"]--[^}]*\}\}/g, ' ')
      .replace(/\s+(?:--\s*)?(?=["'\s;&|)]|$)|\s+--(?=\s)/g, ' ')
      .replace(/[\s"',]+/g, ' ')
      .trim();
  const asks = (line: string): boolean =>
    ASKS_FOR_MORE.test(line.replace(/\$\{\{[^}]*\}\}/g, ' ')) && !/^\s*(?:#|\/\/)/.test(line);
  const count = (text: string): number => text.split('\n').filter(asks).length;
  const known = trimmedLines(before);
  const fresh = new Map(
    after.split('\n').flatMap((line, index) => (known.has(line.trim()) ? [] : [[words(line), index + 1] as const])),
  );
  if (count(after) >= count(before) || fresh.size === 0) return [];
  const file = named(path.slice(path.lastIndexOf('/') + 1));
  const says = 'checks/threshold-lowered (low): {file} asks for less: {option} is gone.';
  for (const [index, line] of before.split('\n').entries()) {
    const [option] = (line.length > 1_000 || /^\s*(?:#|\/\/)/.test(line) ? null : ASKS_FOR_MORE.exec(line)) ?? [];
    if (option === undefined) continue;
    const rest = words(line.replace(option, ''));
    const at = fresh.get(rest);
    const values = { option: named(option), file };
    // the option alone was the line
    if (rest === '') return [factWas(says, index + 1, values, { cause: 'options' })];
    if (at !== undefined) return [factAt(says, at, values, { cause: 'options' })];
  }
  return [];
}

const LEVELS = ['info', 'low', 'moderate', 'medium', 'high', 'critical'];
/** From which severity on a scanner fails. */
const LEVEL =
  /(?:^|\s)(?:--)?(audit-level|fail-on-severity|severity-threshold|severity-cutoff|min-severity|fail-on|failOnSeverity)["']?\s*[:= ]\s*["']?(info|low|moderate|medium|high|critical)\b/i;

/** Severities from which a scanner fails, where they are higher than before. */
function levelsRaised({ before, after }: Change): readonly Noticed[] {
  const levelsIn = (text: string | null): ReadonlyMap<string, { readonly value: string; readonly line: number }> =>
    new Map(
      (text ?? '').split('\n').flatMap((line, index) => {
        const [, key, value] = (line.length > 1_000 ? null : LEVEL.exec(line)) ?? [];
        if (key === undefined || value === undefined) return [];
        return [[key, { value: value.toLowerCase(), line: index + 1 }] as const];
      }),
    );
  const later = levelsIn(after);
  return [...levelsIn(before)].flatMap(([key, { value }]): readonly Noticed[] => {
    const level = later.get(key);
    if (level === undefined || LEVELS.indexOf(level.value) <= LEVELS.indexOf(value)) return [];
    return [
      factAt(
        'checks/threshold-lowered: The scanner fails later: {key} is raised from {before} to {after}.',
        level,
        {
          key: named(key),
          before: value,
          after: level.value,
        },
        { cause: 'levels' },
      ),
    ];
  });
}

/** Options by which a run of tests leaves some out. */
const LEAVES_TESTS_OUT = either(
  /(?<=\s)(?:-[km][= ]\s*["'\\]*not\s|--deselect[= ]|--ignore(?:-glob)?[= ]|-short\b|-skip[= ]|--skip[= ](?!-)|--exclude[= ])/,
  /(?<=\s)(?:--filter[= ].*!=|--exclude-group[= ]|--exclude-testsuite[= ]|--tag ~|-L?E ["'\w(]|--testPathIgnorePatterns\b)/,
  /(?<=\s)--?(?:tags?|labels?|categor\w+|suites?)[= ]["']?(?:[-~!]|not\s)\w/,
  /(?<=\s)(?:-Dtest=['"]?!|-DexcludedGroups=|--gtest_filter=-|--test_tag_filters=-|--grep-invert\b|-x \S*[tT]est\b)/,
);
/** A line by which tests are run. */
const RUNS_TESTS =
  /\b(?:pytest|jest|vitest|mocha|ctest|phpunit|rspec|nextest|gotestsum|unittest|stestr|run[-_]?(?:unit[-_]?)?tests?)\b|\b(?:cargo|go|dotnet|bazel|deno|npm|yarn|pnpm|gradlew?|mvnw?)\b.*\b(?:test|verify|check)\b/;

/** Runs of tests that were there before, and that leave some of them out from now on. */
function testsLeftOut({ before, after }: Change): readonly Noticed[] {
  if (before === null || after === null) return [];
  const isNarrow = (line: string): boolean =>
    line.length < 1_000 && !/^\s*(?:#|\/\/)/.test(line) && RUNS_TESTS.test(line) && LEAVES_TESTS_OUT.test(line);
  const lines = after.split('\n');
  const known = trimmedLines(before);
  const at = lines.findIndex((line) => isNarrow(line) && !known.has(line.trim()));
  const program = RUNS_TESTS.exec(lines[at] ?? '')?.[0];
  const [narrow, earlier] = [lines, before.split('\n')].map((all) => all.filter(isNarrow).length);
  const wasWhole = before
    .split('\n')
    .some((line) => program !== undefined && line.includes(program) && !isNarrow(line) && !lines.includes(line));
  if (program === undefined || !wasWhole || (narrow ?? 0) <= (earlier ?? 0)) return [];
  return [
    factAt(
      'checks/test-skipped (low): Files or tests are left out by a setting of {tool}.',
      at + 1,
      {
        tool: named(program),
      },
      { cause: 'tests left out' },
    ),
  ];
}

/** Where runners of tests are told how often a failed test is tried again. */
const RUNNERS =
  /(?:^|\/)(?:(?:playwright|vitest|vite|jest|cypress|wdio)(?:[.-][\w-]+)*\.(?:[cm]?[jt]s|json)|\.mocharc(?:\.\w+)?|pytest\.ini|pyproject\.toml|setup\.cfg|tox\.ini|pom\.xml|build\.gradle(?:\.kts)?)$/;
const RETRIES =
  /(?:^|[\s"'<.-])(retries|retry|--reruns|rerunFailingTestsCount|maxRetries|jest\.retryTimes)["']?\s*(?:\.set)?[=:>( ]\s*["']?([1-9]\d?)\b/;

/** Failed tests that are tried again from now on. One more try is a limit that is raised. */
function retriesAdded({ path, before, after }: Change): readonly Noticed[] {
  if (!RUNNERS.test(path) || (before ?? '').split('\n').some((line) => /retr(?:y|ies)|reruns?/i.test(line))) return [];
  return (after ?? '').split('\n').flatMap((line, index): readonly Noticed[] => {
    const [, key, times] = (line.length > 1_000 || /^\s*(?:#|\/\/|\*)/.test(line) ? null : RETRIES.exec(line)) ?? [];
    if (key === undefined || times === undefined) return [];
    return [
      factAt(
        'checks/threshold-lowered (low): Failed tests are tried again: {key} is {after}.',
        index + 1,
        { key: named(key), after: times },
        { cause: 'retries' },
      ),
    ];
  });
}

const wordsOf = (oldLimit: Limit, limit: Limit): Readonly<Record<string, string>> => ({
  key: named(oldLimit.key),
  before: String(oldLimit.value),
  after: String(limit.value),
});

/** A rule of a linter and how strictly it is asked for. */
const RULE = /^\s*["']?([@\w][\w@/.-]*)["']?\s*[:=]\s*\[?\s*["']?(error|warn|off|[012]|true|false)\b["']?/;
const WEIGHT: Readonly<Record<string, number>> = { error: 2, '2': 2, warn: 1, '1': 1, off: 0, '0': 0 };
const OF_ESLINT =
  /(?:^|\/)(?:\.eslintrc(?:\.\w+)?|eslint\.config\.[cm]?[jt]s|biome\.jsonc?|\.oxlintrc\.json|package\.json)$/;
const OF_TYPES = /(?:^|\/)(?:tsconfig[\w.-]*\.json|mypy\.ini|setup\.cfg|pyproject\.toml)$/;
/** Switches of type checkers that ask for more when they are on. */
const STRICT =
  /^(?:strict\w*|no[A-Z]\w+|exactOptionalPropertyTypes|useUnknownInCatchVariables|disallow_\w+|warn_(?:return_any|unreachable|unused_ignores|redundant_casts)|check_untyped_defs|no_implicit_\w+|exit_zero)$/;
const LOOSE =
  /^(?:skipLibCheck|allowUnreachableCode|allowUnusedLabels|ignore_errors|ignore_missing_imports|allow_untyped_\w+)$/;

function switches({ path, before, after }: Change): readonly Noticed[] {
  const isLint = OF_ESLINT.test(path);
  if (!isLint && !OF_TYPES.test(path)) return [];
  const newRules = rulesIn(after ?? '');
  return [...rulesIn(before ?? '')].flatMap(([key, oldRule]): readonly Noticed[] => {
    const rule = newRules.get(key);
    const words = { key: named(key), before: oldRule.value, after: rule?.value ?? '' };
    if (isLint && WEIGHT[oldRule.value] !== undefined && rule !== undefined && WEIGHT[rule.value] !== undefined)
      return (WEIGHT[rule.value] ?? 0) < (WEIGHT[oldRule.value] ?? 0) &&
        !(path.endsWith('package.json') && !/[/-]/.test(key))
        ? [
            factAt('checks/threshold-lowered: The lint rule {key} is loosened from {before} to {after}.', rule, words, {
              cause: 'rules',
            }),
          ]
        : [];
    if (!OF_TYPES.test(path) || rule === undefined) return [];
    return (STRICT.test(key) && oldRule.value === 'true' && rule.value === 'false') ||
      (LOOSE.test(key) && oldRule.value === 'false' && rule.value === 'true')
      ? [
          factAt('checks/threshold-lowered: The type checker asks for less: {key} is {after}.', rule, words, {
            cause: 'types',
          }),
        ]
      : [];
  });
}

/** A rule of TFLint, in a block of its own. */
const BLOCK_OFF = /^rule[ \t]+"([\w-]+)"[ \t]*\{[^}]{0,2000}?^[ \t]*enabled[ \t]*=[ \t]*false\b/gm;

function blocksOff({ path, before, after }: Change): readonly Noticed[] {
  if (!path.endsWith('.tflint.hcl')) return [];
  const rulesOff = (text: string): readonly RegExpExecArray[] => [...text.matchAll(BLOCK_OFF)];
  const known = new Set(rulesOff(before ?? '').map(([, rule]) => rule));
  return rulesOff(after ?? '').flatMap(({ index, 1: rule = '' }) =>
    known.has(rule)
      ? []
      : [
          factAt(
            'checks/threshold-lowered: The lint rule {key} is switched off.',
            lineOf(after ?? '', index),
            { key: named(rule) },
            { cause: 'rules' },
          ),
        ],
  );
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function rulesIn(text: string): ReadonlyMap<string, { readonly value: string; readonly line: number }> {
  const found = new Map<string, { readonly value: string; readonly line: number }>();
  text.split('\n').forEach((line, index) => {
    if (line.length > 1_000) return;
    for (const part of line.split(/[{,](?=\s*["']?[@\w])/)) {
      const [, key, value] = RULE.exec(part) ?? [];
      if (key !== undefined && value !== undefined && !found.has(key))
        found.set(key, { value: value.toLowerCase(), line: index + 1 });
    }
  });
  return found;
}
