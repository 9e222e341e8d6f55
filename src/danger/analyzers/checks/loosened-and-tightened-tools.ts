/**
 * What the settings of linters, type checkers, scanners, coverage and test runners overlook: a row for each tool says where
 * its settings are, which keys list what it leaves out, which lines switch something off, and which list what it asks for.
 */
import { either, fileNamed, wordSet } from '../../../base/patterns';
import { factAt, factWas, type Sentence } from '../../rule-rows/facts-from-sentences';
import { surplus } from '../../multiset-difference';
import type { Change, Noticed } from '../../types';

const WARNING = 'checks/suppression-added: A warning of {tool} is suppressed.';
const SECURITY = 'checks/suppression-added: A finding of a security scanner ({tool}) is suppressed.';
const TESTS = 'checks/test-skipped (low): Files or tests are left out by a setting of {tool}.';

/** The settings of a tool. */
interface Row {
  readonly files: RegExp;
  readonly tool: string;
  readonly fact?: Sentence;
  /** Keys that list what is left out. */
  readonly leavesOut?: ReadonlySet<string>;
  /** Keys that list what is asked for. */
  readonly asksFor?: ReadonlySet<string>;
  /** A line that asks for something, by its name. */
  readonly on?: RegExp;
  /** A line that by itself switches something off. */
  readonly off?: RegExp;
  /** Sections of TOML or INI that belong to the tool, where the file has those of others as well. */
  readonly sections?: RegExp;
  /** Sections of which each line leaves something out. */
  readonly tables?: RegExp;
  /** What may be left out: tests have no coverage. */
  readonly harmless?: RegExp;
}

/** Nobody wrote it here, or a program did. */
const NOT_OURS =
  /(?:^|[/*!"'])\.?(?:node_modules|dist|build|out|vendor|third_party|generated|gen|target|coverage|\.?venv|\.next|\.nuxt|\.turbo|\.git|storybook-static)(?:[/*"']|$)|\.(?:d\.ts|min\.js|pb\.go|snap|lock|md)\b|generated/i;
const OF_TESTS =
  /(?:^|[/*_.-])(?:tests?|specs?|__tests__|__mocks__|mocks?|fixtures?|stories|e2e|conftest|testing|testdata|benches|examples?)(?:[/*_.-]|$)|(?:config|setup)\.\w+$/i;

const EXCLUDES =
  'ignore exclude excludes excluded ignored skip skip-dirs skip-files exclude-dirs exclude-files exclude_paths paths-ignore';
/** Linters of Go that do nothing any more: another one has taken their place. */
const RETIRED =
  /^(?:deadcode|structcheck|varcheck|golint|maligned|interfacer|scopelint|exportloopref|exhaustivestruct|gomnd|ifshort|nosnakecase|execinquery|tenv|gosimple|stylecheck|typecheck|megacheck|goerr113)$/;
const keys = (words: string): ReadonlySet<string> => wordSet(`${EXCLUDES} ${words}`);
const PYTHON_KEYS = keys(
  'extend-ignore extend-exclude per-file-ignores extend-per-file-ignores omit skips exclude_dirs disable disable-msg disable_error_code exclude_lines exclude_also ignore-paths ignore-patterns ignored-modules',
);
const PYTHON_ASKS = wordSet('select extend-select enable enable_error_code plugins load-plugins');
const PYTHON_OFF = either(
  /^\s*(?:follow_imports\s*[=:]\s*skip|report\w+["']?\s*[=:]\s*["']?(?:none|false)|\w+["']?\s*=\s*["']ignore["']\s*$)/i,
  /^\s*(?:(?:ignore_(?:errors|missing_imports)|allow_(?:untyped|any|incomplete|subclassing)\w*)\s*[=:]\s*true|disallow_\w+\s*[=:]\s*false)/i,
);

// prettier-ignore
const ROWS: readonly Row[] = [
  { files: fileNamed(String.raw`\.ansible-lint(?:\.ya?ml)?$ \.config/ansible-lint\.ya?ml$`), tool: 'ansible-lint', leavesOut: keys('skip_list warn_list') },
  { files: fileNamed(String.raw`\.yamllint(?:\.ya?ml)?$`), tool: 'yamllint', leavesOut: keys(''), off: /^\s*[\w-]+\s*:\s*(?:disable|false)\b/ },
  { files: fileNamed(String.raw`(?:chart-testing|ct)\.ya?ml$`), tool: 'chart-testing', leavesOut: wordSet('excluded-charts'), off: /^\s*(?:validate-[\w-]+|check-version-increment)\s*:\s*false\b/ },
  { files: fileNamed(String.raw`\.?pylintrc$`), tool: 'Pylint', leavesOut: PYTHON_KEYS, asksFor: PYTHON_ASKS },
  { files: fileNamed(String.raw`\.coveragerc$`), tool: 'coverage', leavesOut: PYTHON_KEYS, harmless: OF_TESTS },
  { files: fileNamed(String.raw`\.?ruff\.toml$ \.flake8$ \.bandit$ mypy\.ini$ \.mypy\.ini$ pyrightconfig\.json$`), tool: 'the Python linters', leavesOut: PYTHON_KEYS, asksFor: PYTHON_ASKS, off: PYTHON_OFF, tables: /per-file-ignores/, on: /^\s*(strict|disallow_\w+)\s*=\s*true/i },
  {
    files: fileNamed(String.raw`pyproject\.toml$ setup\.cfg$ tox\.ini$`), tool: 'the Python linters', leavesOut: PYTHON_KEYS, asksFor: PYTHON_ASKS, off: PYTHON_OFF,
    sections: /^(?:tool[.:])?(?:ruff|mypy|pylint|flake8|bandit|pyright|basedpyright|ty|pyrefly|pydocstyle|pycodestyle|vulture|deptry|semgrep|sqlfluff|djlint)\b/i,
    tables: /per-file-ignores|\bty\.rules/,
  },
  { files: fileNamed(String.raw`pyproject\.toml$ setup\.cfg$ tox\.ini$`), tool: 'coverage', leavesOut: keys('omit exclude_lines exclude_also'), sections: /^(?:tool[.:])?coverage\b/i, harmless: OF_TESTS },
  { files: fileNamed(String.raw`\.hadolint\.ya?ml$`), tool: 'Hadolint', leavesOut: keys('') },
  { files: fileNamed(String.raw`\.golangci\.(?:ya?ml|toml)$`), tool: 'the Go linters', leavesOut: keys('disable exclude-rules exclusions skip-dirs skip-files exclude-functions'), asksFor: wordSet('enable presets'), harmless: RETIRED, off: /^\s*(?:-\s*)*(?:disabled|skip-[\w-]+|disable-all|allow-unused|allow-no-explanation|new|exclude-use-default)\s*[:=]\s*true\b|^\s*(?:tests\s*[:=]\s*false|issues-exit-code\s*[:=]\s*0|new-from-(?:rev|merge-base)\s*[:=]\s*\S)/ },
  { files: fileNamed(String.raw`\.checkov\.ya?ml$`), tool: 'Checkov', fact: SECURITY, leavesOut: keys('skip-check skip-path'), asksFor: wordSet('check') },
  { files: fileNamed(String.raw`\.?codecov\.ya?ml$`), tool: 'coverage', leavesOut: keys(''), harmless: OF_TESTS, off: /^\s*(?:informational\s*:\s*true|require_ci_to_pass\s*:\s*(?:no|false)|(?:project|patch|status|default|enabled)\s*:\s*(?:off|no|false))\b/ },
  { files: fileNamed(String.raw`\.squawk\.toml$`), tool: 'squawk', leavesOut: keys('excluded_rules excluded_paths') },
  { files: fileNamed(String.raw`codeql(?:-config)?[\w-]*\.ya?ml$ \.github/codeql/[^/]+\.ya?ml$`), tool: 'CodeQL', fact: SECURITY, leavesOut: keys('query-filters') },
  { files: fileNamed(String.raw`\.?gitleaks\.toml$`), tool: 'gitleaks', fact: SECURITY, leavesOut: wordSet('paths regexes commits stopwords'), sections: /allowlist/ },
  { files: fileNamed(String.raw`\.?trivy\.ya?ml$`), tool: 'Trivy', fact: SECURITY, leavesOut: keys('ignore-policy'), asksFor: wordSet('severity scanners'), off: /^\s*ignore-unfixed\s*:\s*true\b/ },
  { files: fileNamed(String.raw`\.?tfsec(?:/config|\.config)?\.(?:ya?ml|json)$`), tool: 'tfsec', fact: SECURITY, leavesOut: keys('') },
  { files: fileNamed(String.raw`\.?kics(?:\.config|-config)?\.(?:ya?ml|json|toml)$`), tool: 'KICS', fact: SECURITY, leavesOut: keys('exclude-queries exclude-categories exclude-severities exclude-results') },
  { files: fileNamed(String.raw`\.?zizmor\.ya?ml$`), tool: 'zizmor', fact: SECURITY, leavesOut: keys(''), off: /^\s*disable\s*:\s*true\b/ },
  { files: fileNamed(String.raw`deny\.toml$ \.cargo/audit\.toml$`), tool: 'the audit of dependencies', fact: SECURITY, leavesOut: keys('skip-tree') },
  { files: fileNamed(String.raw`\.rubocop(?:_\w+)?\.ya?ml$`), tool: 'RuboCop', leavesOut: wordSet('Exclude AllowedMethods AllowedPatterns'), off: /^\s*Enabled\s*:\s*false\b/ },
  { files: fileNamed(String.raw`phpstan(?:\.\w+)?\.neon(?:\.dist)?$`), tool: 'PHPStan', leavesOut: keys('ignoreErrors excludePaths excludes_analyse'), off: /^\s*(?:reportUnmatchedIgnoredErrors|check\w+|treatPhpDocTypesAsCertain)\s*:\s*false\b/ },
  { files: fileNamed(String.raw`psalm\.xml(?:\.dist)?$ phpcs\.xml(?:\.dist)?$ (?:phpmd|pmd)[\w.-]*\.xml$ \.?phpcs\.xml$`), tool: 'the linter', off: /<(?:exclude(?:-pattern)?\b|ignoreFiles|directory name=.*suppress)|type="suppress"|<exclude name=/ },
  { files: fileNamed(String.raw`lint\.xml$`), tool: 'Android lint', off: /severity="ignore"/ },
  { files: fileNamed(String.raw`(?:spotbugs|findbugs)[\w.-]*\.xml$`), tool: 'SpotBugs', off: /<(?:Match|Bug)\b/ },
  { files: fileNamed(String.raw`detekt[\w.-]*\.ya?ml$`), tool: 'detekt', leavesOut: keys(''), off: /^\s*active\s*:\s*false\b/ },
  { files: fileNamed(String.raw`Cargo\.toml$`), tool: 'Clippy or rustc', off: /^\s*[\w-]+\s*=\s*(?:"allow"|\{\s*level\s*=\s*"allow")/, sections: /\blints\b/ },
  { files: fileNamed(String.raw`\.editorconfig$ \.globalconfig$`), tool: 'the C# analyzers', off: /^\s*dotnet_(?:diagnostic|analyzer_diagnostic)\.[\w.-]+\.severity\s*=\s*(?:none|silent)/i },
  { files: fileNamed(String.raw`[\w.-]+\.csproj$ [\w.-]+\.fsproj$ Directory\.Build\.(?:props|targets)$`), tool: 'the C# analyzers', off: /<(?:NoWarn|WarningsNotAsErrors)>|<(?:TreatWarningsAsErrors|RunAnalyzers\w*|EnforceCodeStyleInBuild|EnableNETAnalyzers|Nullable)>(?:false|disable)</i },
  { files: fileNamed(String.raw`[\w.-]+\.ruleset$`), tool: 'the C# analyzers', off: /Action="(?:None|Hidden)"/ },
  { files: fileNamed(String.raw`[\w.-]+\.csproj$ Directory\.Build\.(?:props|targets)$`), tool: 'the C# analyzers', on: /<(TreatWarningsAsErrors|EnforceCodeStyleInBuild|RunAnalyzers\w*)>true</i },
  { files: fileNamed(String.raw`[\w.-]+\.csproj$ Directory\.(?:Build|Packages)\.(?:props|targets)$`), tool: 'the audit of dependencies', fact: SECURITY, off: /<NuGetAuditSuppress\b|<NuGetAudit>false</i },
  { files: fileNamed(String.raw`checkstyle[\w.-]*\.xml$`), tool: 'Checkstyle', on: /<module name="(\w+)"/, off: /name="severity" value="ignore"/ },
  { files: fileNamed(String.raw`ruleset\.xml$`), tool: 'the linter', off: /<exclude\b/ },
  { files: fileNamed(String.raw`[\w.-]+\.gradle(?:\.kts)?$`), tool: 'the linter', off: /^\s*(?:lint\.)?(?:disable\s*(?:\+=|\(|['"])|(?:checkReleaseBuilds|checkDependencies)\s*[= ]\s*false)|\berrorprone\b.*\bdisable\w*\(|^\s*disable\w*\(\s*["'A-Z]/ },
  { files: fileNamed(String.raw`[\w.-]+\.gradle(?:\.kts)?$ pom\.xml$`), tool: 'Sonar', off: /\bsonar\.(?:\w+\.)*exclusions\b/ },
  { files: fileNamed(String.raw`[\w.-]+\.gradle(?:\.kts)?$`), tool: 'Gradle', fact: TESTS, off: /\bexcludeTags\b|\bexcludeTestsMatching\b|^\s*exclude\s*\(?\s*["'][^"']*(?:Tests?|IT|Spec)\b/ },
  { files: fileNamed(String.raw`pom\.xml$`), tool: 'Maven', fact: TESTS, off: /<exclude>[^<]*(?:Tests?|IT|Spec)\b|<excludedGroups>/ },
  { files: fileNamed(String.raw`\.pre-commit-config\.ya?ml$`), tool: 'pre-commit', leavesOut: wordSet('exclude skip'), off: /^\s*stages\s*:\s*\[\s*manual\s*\]|--(?:extend-)?ignore[= ]|--disable(?:-error-code)?[= ]/ },
  { files: fileNamed(String.raw`tox\.ini$`), tool: 'tox', asksFor: wordSet('envlist env_list'), sections: /^tox$/, harmless: /^(?:py|pypy|django|\d)|[{}]/i },
  { files: fileNamed(String.raw`tsconfig[\w.-]*\.json$`), tool: 'the TypeScript compiler', on: /^\s*"(strict\w*|no(?:Implicit|Unchecked|Unused|Fallthrough|PropertyAccess)\w+|exactOptionalPropertyTypes|checkJs)"\s*:\s*true/ },
  { files: fileNamed(String.raw`mypy\.ini$ setup\.cfg$ pyproject\.toml$`), tool: 'Mypy', on: /^\s*(strict|disallow_\w+|warn_\w+|check_untyped_defs|no_implicit_\w+)\s*=\s*true/i, sections: /\bmypy\b/ },
  { files: fileNamed(String.raw`\.editorconfig$ \.globalconfig$`), tool: 'the C# analyzers', on: /^\s*dotnet_diagnostic\.(\w+)\.severity\s*=\s*(?:error|warning)/i },
  { files: fileNamed(String.raw`\.shellcheckrc$`), tool: 'ShellCheck', off: /^\s*disable\s*=/ },
  { files: fileNamed(String.raw`\.cfnlintrc(?:\.ya?ml)?$`), tool: 'cfn-lint', leavesOut: keys('ignore_checks ignore_templates') },
  { files: fileNamed(String.raw`\.kube-linter\.ya?ml$`), tool: 'kube-linter', fact: SECURITY, leavesOut: keys('') },
  { files: fileNamed(String.raw`\.sqlfluff$`), tool: 'SQLFluff', leavesOut: wordSet('exclude_rules ignore') },
  { files: fileNamed(String.raw`buf\.ya?ml$`), tool: 'Buf', leavesOut: wordSet('except ignore ignore_only') },
  { files: fileNamed(String.raw`\.markdownlint(?:-cli2)?\.(?:jsonc?|ya?ml)$`), tool: 'markdownlint', off: /^\s*["']?(?:MD\d+|[a-z]+(?:-[a-z]+)+)["']?\s*:\s*false\b/ },
  { files: fileNamed(String.raw`\.(?:spectral|redocly)\.ya?ml$ redocly\.ya?ml$`), tool: 'the linter', off: /^\s*[\w-]+\s*:\s*["']?off\b/ },
  { files: fileNamed(String.raw`\.(?:erb-?lint|haml-lint|slim-lint|reek|scss-lint)\.ya?ml$`), tool: 'the Ruby linters', leavesOut: wordSet('exclude exclude_paths'), off: /^\s*enabled\s*:\s*false\b/ },
  { files: fileNamed(String.raw`\.standard\.ya?ml$`), tool: 'Standard', leavesOut: wordSet('ignore') },
  { files: fileNamed(String.raw`\.php-cs-fixer(?:\.dist)?\.php$`), tool: 'PHP CS Fixer', off: /^\s*['"]\w+['"]\s*=>\s*false\b/ },
  { files: fileNamed(String.raw`package\.json$ pnpm-workspace\.ya?ml$ \.yarnrc\.yml$`), tool: 'the audit of dependencies', fact: SECURITY, leavesOut: wordSet('ignoreCves ignoreGhsas npmAuditIgnoreAdvisories') },
  { files: fileNamed(String.raw`package\.json$`), tool: 'the test runner', fact: TESTS, leavesOut: wordSet('testPathIgnorePatterns') },
  { files: fileNamed(String.raw`CMakeLists\.txt$ [\w.-]+\.cmake$`), tool: 'CTest', fact: TESTS, off: /\b(?:DISABLED|WILL_FAIL)\s+(?:TRUE|ON|1|YES)\b/i },
  { files: fileNamed(String.raw`(?:CMakeLists\.txt|[\w.-]+\.cmake|meson\.build|Makefile(?:\.am)?|[\w.-]+\.mk|BUILD(?:\.bazel)?|[\w.-]+\.bzl|configure\.ac)$`), tool: 'the compiler', off: /(?:^|[\s"'(])-Wno-(?!error=?$)[\w=+-]+|\/wd\d{4}\b/ },
  { files: fileNamed(String.raw`BUILD(?:\.bazel)?$`), tool: 'Bazel', fact: TESTS, off: /^\s*tags\s*=.*"(?:manual|flaky|notap|no_ci)"|^\s*flaky\s*=\s*(?:True|1)\b/ },
  { files: fileNamed(String.raw`\.swiftlint\.ya?ml$`), tool: 'SwiftLint', leavesOut: keys('disabled_rules'), asksFor: wordSet('opt_in_rules analyzer_rules') },
  { files: fileNamed(String.raw`biome\.jsonc?$`), tool: 'Biome', leavesOut: keys('ignores'), off: /^\s*"\w+"\s*:\s*"off"/ },
  { files: fileNamed(String.raw`biome\.jsonc?$`), tool: 'Biome', leavesOut: wordSet('includes'), harmless: /^[^!]/ },
  { files: fileNamed(String.raw`\.eslintrc(?:\.\w+)?$ eslint\.config\.\w+$ eslint-config[\w-]*/[\w-]+\.[cm]?js$`), tool: 'ESLint', leavesOut: wordSet('ignorePatterns ignores globalIgnores'), asksFor: wordSet('extends plugins'), off: /reportUnused(?:DisableDirectives|InlineConfigs)["']?\s*:\s*(?:false|["']off["']|0)/ },
  { files: fileNamed(String.raw`sonar-project\.properties$`), tool: 'Sonar', leavesOut: wordSet('exclusions inclusions multicriteria'), harmless: OF_TESTS },
  { files: fileNamed(String.raw`\.clang-tidy$`), tool: 'clang-tidy', off: /^\s*-[\w.*-]+,?$/ },
  { files: fileNamed(String.raw`\.credo\.exs$`), tool: 'Credo', off: /,\s*false\s*\}/ },
  { files: fileNamed(String.raw`analysis_options\.ya?ml$`), tool: 'the Dart analyzer', leavesOut: keys(''), off: /^\s*[\w]+\s*:\s*(?:ignore|false)\s*$/ },
  { files: fileNamed(String.raw`\.scalafix\.conf$ \.scalastyle[\w.-]*$`), tool: 'the Scala linters', asksFor: wordSet('rules') },
  { files: fileNamed(String.raw`tsconfig[\w.-]*\.json$`), tool: 'the TypeScript compiler', leavesOut: keys(''), harmless: OF_TESTS },
  { files: fileNamed(String.raw`(?:vitest|vite|jest|karma|ava|web-test-runner)(?:[.-][\w-]+)*\.(?:[cm]?[jt]s|json)$ \.nycrc(?:\.json)?$ \.c8rc(?:\.json)?$`), tool: 'coverage or the tests', leavesOut: keys('coveragePathIgnorePatterns testPathIgnorePatterns'), harmless: OF_TESTS },
  { files: fileNamed(String.raw`\.mocharc(?:\.\w+)?$ playwright(?:[.-][\w-]+)*\.config\.[cm]?[jt]s$ cypress\.config\.[cm]?[jt]s$`), tool: 'the test runner', fact: TESTS, leavesOut: keys('testIgnore grepInvert excludeSpecPattern'), off: /^\s*(?:grepInvert|invert)\s*:/ },
  { files: fileNamed(String.raw`pytest\.ini$ pyproject\.toml$ setup\.cfg$ tox\.ini$`), tool: 'pytest', fact: TESTS, off: /(?:^|\s|["'])--(?:ignore(?:-glob)?|deselect)[= ]|(?:^|\s|["'])-[mk][= ]\s*["'\\]*not\s|^\s*xfail_strict\s*=\s*false/i },
  { files: fileNamed(String.raw`pytest\.ini$ pyproject\.toml$ setup\.cfg$ tox\.ini$`), tool: 'pytest', leavesOut: wordSet('filterwarnings'), harmless: /^error/ },
  { files: fileNamed(String.raw`conftest\.py$`), tool: 'pytest', fact: TESTS, leavesOut: wordSet('collect_ignore collect_ignore_glob') },
  { files: fileNamed(String.raw`phpunit\.xml(?:\.dist)?$`), tool: 'PHPUnit', fact: TESTS, off: /<exclude>\s*[\w./]|<exclude>$/ },
  { files: fileNamed(String.raw`[\w-]+\.xctestplan$`), tool: 'the test plan', fact: TESTS, leavesOut: wordSet('skippedTests'), off: /"enabled"\s*:\s*false/ },
];

/** A longer line was written by a program. */
const LINE_AT_MOST = 1_000;

interface Entry {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** What a change of settings leaves out that was looked at before, and what it no longer asks for. */
export const settingsLoosened = (change: Change, changes: readonly Change[]): readonly Noticed[] =>
  ROWS.filter(({ files }) => files.test(change.path)).flatMap((row) =>
    loosenedBy(row, change, settingsBeside(row, change, changes)),
  );

/** The other settings of a change that say something to the same tool. */
const settingsBeside = ({ tool }: Row, change: Change, changes: readonly Change[]): readonly Change[] =>
  changes.filter(
    (candidate) => candidate !== change && ROWS.some((row) => row.tool === tool && row.files.test(candidate.path)),
  );

/** Tools whose settings overlook less than before: what they overlooked may be marked place by place from now on. */
export function tightenedTools(changes: readonly Change[]): ReadonlySet<string> {
  const grown = new Map<string, number>();
  for (const { path, before, after } of changes)
    for (const row of ROWS) {
      const { files, tool, leavesOut, off } = row;
      if (!files.test(path) || before === null) continue;
      const [earlier, later] = [before, after ?? ''].map((text) => {
        const lines = linesOf(text, row);
        const entries = leavesOut === undefined ? 0 : listedIn(lines, leavesOut).length;
        return entries + lines.filter(({ text }) => off?.test(text) === true).length;
      }) as [number, number]; // two in, two out
      grown.set(tool, (grown.get(tool) ?? 0) + later - earlier);
    }
  return new Set([...grown].flatMap(([tool, count]) => (count < 0 ? [tool] : [])));
}

function loosenedBy(row: Row, { before, after }: Change, beside: readonly Change[]): readonly Noticed[] {
  const { fact = WARNING, tool, leavesOut, asksFor, on, off, harmless } = row;
  const [earlier, later] = [linesOf(before ?? '', row), linesOf(after ?? '', row)];
  const notices: Noticed[] = [];
  if (isNewTool(row, { earlier, later })) return [];
  const [oldEntries, newEntries] = [earlier, later].map((lines) =>
    leavesOut === undefined ? [] : listedIn(lines, leavesOut),
  ) as [readonly Entry[], readonly Entry[]]; // two in, two out
  const known = new Set(oldEntries.map(({ text }) => text));
  const isIn = (text: string | null, word: string): boolean => text?.includes(word) === true;
  const movedHere = (word: string): boolean =>
    beside.some((other) => isIn(other.before, word) && !isIn(other.after, word));
  // `yaml[line-length]` in place of `line-length`
  const isRenamed = (at: number): boolean =>
    newEntries.some(({ text, line }) => line === at && known.has(text)) &&
    later.some(({ text, line }) => line === at && /^\s*-\s+["']?[^\s,]+$/.test(text));
  const movedAway = (word: string): boolean =>
    beside.some((other) => isIn(other.after, word) && !isIn(other.before, word));
  if (newEntries.length > oldEntries.length) {
    for (const { text, line } of newEntries)
      if (
        !known.has(text) &&
        !NOT_OURS.test(text) &&
        harmless?.test(text) !== true &&
        !movedHere(text) &&
        !isRenamed(line)
      )
        notices.push(factAt(fact, line, { tool }, { cause: `${fact} ${tool}` }));
  } else {
    const wider = widerEntry([earlier, oldEntries], [later, newEntries]);
    if (wider !== undefined) notices.push(factAt(fact, wider, { tool }, { cause: `${fact} ${tool}` }));
  }
  if (off !== undefined) {
    const count = (lines: readonly Entry[]): number => lines.filter(({ text }) => off.test(text)).length;
    const knownLines = new Set(earlier.map(({ text }) => text.trim()));
    const grown = count(later) - count(earlier);
    // `disable: true` of one more rule: the line is known, but not below that name
    const repeated = surplus(trimmed(later), trimmed(earlier));
    const knownPairs = new Set(earlier.map((_, index) => pairAt(earlier, index)));
    // a line that says more than before: `<NoWarn>` with one more warning
    const changed = later.filter(
      ({ text }, index) =>
        off.test(text) &&
        (!knownLines.has(text.trim()) ||
          ((repeated.get(text.trim()) ?? 0) > 0 && !knownPairs.has(pairAt(later, index)))),
    );
    for (const { text, line } of changed)
      if (grown > 0 || isLonger(text, earlier, off))
        notices.push(factAt(fact, line, { tool }, { cause: `${fact} ${tool}` }));
  }
  if (asksFor !== undefined && before !== null && after !== null) {
    const [oldAsked, newAsked] = [askedIn(earlier, asksFor), askedIn(later, asksFor)];
    const lost = oldAsked.find(
      ({ text }) => !newAsked.some((entry) => entry.text === text) && harmless?.test(text) !== true,
    );
    const gains = newAsked.some(({ text }) => !oldAsked.some((entry) => entry.text === text));
    if (lost !== undefined && !gains && newAsked.length > 0 && !movedAway(lost.text))
      notices.push({
        ...factWas('checks/suppression-added: {tool} no longer looks for {text}.', lost, {
          tool: capital(tool),
          text: lost.text,
        }),
        cause: `asks ${tool}`,
      });
  }
  if (on !== undefined && before !== null && after !== null) {
    const asked = (lines: readonly Entry[]): readonly Entry[] =>
      lines.map(({ text, line }) => ({ text: on.exec(text)?.[1] ?? '', line })).filter(({ text }) => text !== '');
    const [oldAsked, newAsked] = [asked(earlier), asked(later)];
    const lost = oldAsked.find(({ text }) => !after.includes(text));
    const gains = newAsked.length > oldAsked.length || newAsked.some(({ text }) => !before.includes(text));
    if (lost !== undefined && !gains && !movedAway(lost.text))
      notices.push({
        ...factWas('checks/suppression-added: {tool} no longer looks for {text}.', lost, {
          tool: capital(tool),
          text: lost.text,
        }),
        cause: `asks ${tool}`,
      });
  }
  return notices;
}

/** An item of a list on a line of its own, which overlooks all that an item of before did, and more: it ends earlier. */
function widerEntry(before: Side, after: Side): { readonly line: number } | undefined {
  const itemsIn = ([lines, entries]: Side): readonly Entry[] => {
    const numbers = new Set(entries.map(({ line }) => line));
    return lines.flatMap(({ text, line }) => {
      const item = text.replace(/^[\s"'-]+|\s(?:#|\/\/).*|[\s"',*/]+$/g, '');
      return numbers.has(line) && item.length > ITEM_AT_LEAST && !/^[\w.-]+["']?\s*(?:=|:\s)/.test(text.trim())
        ? [{ text: item, line }]
        : [];
    });
  };
  const [earlier, later] = [itemsIn(before), itemsIn(after)];
  const lost = earlier.filter(({ text }) => !later.some((item) => item.text === text));
  return later.find(
    ({ text }) =>
      !earlier.some((item) => item.text === text) &&
      lost.some((item) => item.text.startsWith(text) && /^\W/.test(item.text.slice(text.length))),
  );
}
type Side = readonly [lines: readonly Entry[], entries: readonly Entry[]];
const ITEM_AT_LEAST = 3;

const trimmed = (lines: readonly Entry[]): readonly string[] => lines.map(({ text }) => text.trim());
/** A line and the one above it, which names what it is about. */
const pairAt = (lines: readonly Entry[], at: number): string =>
  `${lines[at - 1]?.text.trim() ?? ''}\n${lines[at]?.text.trim() ?? ''}`;

/** Whether the tool comes with these settings, or is asked for more: what it leaves out was looked at by nobody before. */
function isNewTool(
  { asksFor, sections }: Row,
  { earlier, later }: { readonly earlier: readonly Entry[]; readonly later: readonly Entry[] },
): boolean {
  if (sections !== undefined && earlier.length === 0) return true;
  if (asksFor === undefined) return false;
  const known = new Set(askedIn(earlier, asksFor).map(({ text }) => text));
  return askedIn(later, asksFor).some(({ text }) => !known.has(text));
}

/** Whether a linter's settings ask for more than before. */
export const asksForMore = ({ path, before, after }: Change, changes: readonly Change[]): boolean =>
  after !== null &&
  ROWS.some((row) => {
    const { files, asksFor, on } = row;
    if (!files.test(path)) return false;
    if (on !== undefined)
      return after.split('\n').some((line) => {
        const [, name] = on.exec(line) ?? [];
        return name !== undefined && !changes.some((change) => change.before?.includes(name));
      });
    if (asksFor === undefined) return false;
    const [earlier, later] = [linesOf(before ?? '', row), linesOf(after, row)];
    return askedIn(later, asksFor).length > 0 && isNewTool(row, { earlier, later });
  });

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Whether a line that leaves something out has all that one of before had, and more. */
function isLonger(text: string, earlier: readonly Entry[], off: RegExp): boolean {
  const words = (line: string): readonly string[] => line.match(/[\w.*/-]+/g) ?? [];
  return earlier.some((entry) => {
    if (!off.test(entry.text)) return false;
    const [few, many] = [words(entry.text), new Set(words(text))];
    return few.length < many.size && few.every((word) => many.has(word));
  });
}

const COMMENT = /^\s*(?:[#;]|\/\/|\/?\*|<!--)/;

/** The lines of a text that belong to a tool, without comments. */
function linesOf(text: string, { sections, tables }: Row): readonly (Entry & { readonly isEntry: boolean })[] {
  let section = '';
  return text.split('\n').flatMap((line, index) => {
    if (line.length > LINE_AT_MOST || COMMENT.test(line)) return [];
    const [, name] = /^\s*\[{1,2}([\w."':/-]+)\]{1,2}\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      section = name;
      return [];
    }
    if (sections !== undefined && !sections.test(section)) return [];
    return [{ text: line, line: index + 1, isEntry: tables?.test(section) === true }];
  });
}

/** What is asked for: a table by files leaves out, and asks for nothing. */
const askedIn = (lines: readonly Entry[], names: ReadonlySet<string>): readonly Entry[] =>
  listedIn(
    lines.map(({ text, line }) => ({ text, line })),
    names,
  );

/** The entries of lists: behind a key, or on lines of their own that are further to the right or begin with a dash. */
function listedIn(
  lines: readonly (Entry & { readonly isEntry?: boolean })[],
  names: ReadonlySet<string>,
): readonly Entry[] {
  let margin = -1;
  return lines.flatMap(({ text, line, isEntry: isOfTable = false }): readonly Entry[] => {
    if (!/\w/.test(text)) {
      if (/^\s*[\])}]/.test(text) && text.search(/\S/) <= margin) margin = -1;
      return [];
    }
    const [, indent = '', key, rest = ''] = /^(\s*)(?:\{\s*)?["']?([\w.-]+)["']?\s*[:=(](.*)$/.exec(text) ?? [];
    const isEntry = margin >= 0 && (text.search(/\S/) > margin || /^\s*- /.test(text));
    if (key !== undefined && !(isEntry && /^\s*-/.test(text)))
      margin = names.has(key.slice(key.lastIndexOf('.') + 1)) ? indent.length : isEntry ? margin : -1;
    const listed = isEntry || isOfTable ? text : key !== undefined && margin >= 0 ? rest : '';
    // a list that ends on its own line
    if (key !== undefined && !isEntry && /\[.*\]/.test(rest)) margin = -1;
    return (listed.replace(/\s(?:#|\/\/).*/, '').match(/[^\s,'"[\]|>{}]+/g) ?? [])
      .filter((word) => /\w/.test(word))
      .map((word) => ({
        text: word,
        line,
      }));
  });
}
