/** Marks in comments and files by which linters, type checkers and scanners overlook something. */
import { asLow, factAt, type Sentence } from '../../rule-rows/facts-from-sentences';
import { isFixture, isTest, isVendored } from '../../path-roles';
import { either, LOCK_FILE } from '../../../base/patterns';
import { runsChecks } from './files-that-run-checks';
import { runsIn, scannerIn, type Kind } from './checking-programs';
import { asksForMore, settingsLoosened, tightenedTools } from './loosened-and-tightened-tools';
import { trimmedLines } from '../../trimmed-lines';
import { surplus } from '../../multiset-difference';
import type { AnalyzerOfChanges, Change, Noticed } from '../../types';

const WARNING = 'checks/suppression-added: A warning of {tool} is suppressed.';

interface Mark {
  readonly tool: string;
  readonly pattern: RegExp;
  /** What the mark of a security scanner lets through may be the danger itself. */
  readonly fact: Sentence;
  /** It counts only on a line that was there without it: what is written with it was never checked. */
  readonly isOnKnownLine?: boolean;
  /** The same words are another tool's in other files. */
  readonly files?: RegExp;
}

const mark = (tool: string, pattern: RegExp, fact: Sentence = WARNING): Mark => ({
  tool,
  pattern,
  fact,
});
const SECURITY = 'checks/suppression-added: A finding of a security scanner ({tool}) is suppressed.';
const LEFT_OUT_TESTS = 'checks/test-skipped (low): Files or tests are left out by a setting of {tool}.';
const WHOLE = 'checks/suppression-added (medium): All warnings of {tool} are suppressed in this file.';
/** What begins a comment. */
const C = String.raw`(?:\/\/|\/\*|#|<!--|--|;|%|\*)\s{0,4}`;
const comment = (words: string, flags = ''): RegExp => new RegExp(`${C}(?:.{0,40}\\s)?(?:${words})`, flags);

// prettier-ignore
const MARKS: readonly Mark[] = [
  mark('gitleaks', comment('gitleaks:allow'), SECURITY),
  mark('detect-secrets', comment('pragma: (?:allowlist|whitelist) (?:nextline )?secret'), SECURITY),
  mark('TruffleHog', comment('trufflehog:ignore'), SECURITY),
  mark('Bandit or gosec', comment('nosec\\b'), SECURITY),
  mark('Semgrep', comment('nosemgrep\\b'), SECURITY),
  mark('Checkov', comment('checkov:skip='), SECURITY),
  mark('Trivy', comment('(?:trivy|tfsec):ignore\\b'), SECURITY),
  mark('KICS', comment('kics-scan (?:ignore|disable)'), SECURITY),
  mark('Snyk', comment('(?:deepcode|snyk)[ :]ignore'), SECURITY),
  mark('CodeQL', comment('(?:lgtm|codeql)\\s*\\['), SECURITY),
  mark('zizmor', comment('zizmor: ignore'), SECURITY),
  mark('DevSkim', comment('DevSkim: ignore'), SECURITY),
  mark('Sonar', comment('NOSONAR\\b'), SECURITY),
  mark('Terrascan', comment('ts:skip='), SECURITY),
  mark('Slither', comment('slither-disable'), SECURITY),
  mark('kube-linter', /\bignore-check\.kube-linter\.io\//, SECURITY),
  mark('Checkov', /\bcheckov\.io\/skip\d*\b/, SECURITY),
  mark('cfn_nag or cdk-nag', /\brules_to_suppress\b|\bNagSuppressions\.add/, SECURITY),
  mark('ESLint', /(?:\/\*|\/\/|<!--)\s*(?:eslint|oxlint)-disable\s*(?:\*\/|-->|--|$)/, WHOLE),
  mark('ESLint', /(?:\/\*|\/\/|<!--)\s*(?:eslint|oxlint)-disable\s+[@\w]/),
  mark('ESLint', /(?:\/\*|\/\/|<!--|\{\/\*)\s*(?:eslint|oxlint)-disable-(?:next-)?line\b/),
  mark('Biome', comment('biome-ignore-all\\s+lint\\s*:'), WHOLE),
  mark('Biome', comment('biome-ignore(?:-all)?\\b')),
  mark('TSLint', comment('tslint:disable')),
  mark('Stylelint', /\/\*\s*stylelint-disable\s*\*\//, WHOLE),
  mark('Stylelint', comment('stylelint-disable')),
  mark('the TypeScript compiler', comment('@ts-nocheck\\b'), WHOLE),
  mark('the TypeScript compiler', comment('@ts-(?:ignore|expect-error)\\b|@vue-(?:ignore|expect-error|skip)\\b')),
  mark('Flow', /\$Flow(?:FixMe|Ignore|Expected)/),
  mark('the linter', comment('deno-lint-ignore|(?:jshint|jslint) ignore|svelte-ignore|solhint-disable|luacheck: ?(?:push )?ignore|-?@diagnostic disable|buf:lint:ignore')),
  mark('coverage', comment('(?:istanbul|c8|v8) ignore|pragma: no ?cover|@codeCoverageIgnore|:nocov:|coverage: ?ignore|LCOV_EXCL|GCOVR_EXCL')),
  mark('coverage', /@?ExcludeFrom\w*Coverage\b|@ExcludeFromJacoco\w*/),
  { ...mark('ansible-lint', comment('noqa\\b', 'i')), files: /\.ya?ml$/i },
  mark('the Python linters', comment('(?:ruff|flake8): ?noqa\\s*$', 'i'), WHOLE),
  mark('the Python linters', comment('noqa\\b', 'i')),
  // on a line of its own it holds for the file
  mark('the Python type checker', /^#\s*type:\s*ignore\b(?:\[[\w, -]+\])?\s*(?:#.*)?$/, WHOLE),
  mark('the Python type checker', comment('mypy: ?(?:ignore-errors|disable-error-code|allow-untyped)|pyright: ?(?:ignore\\b(?!\\[)\\s*$|basic)'), WHOLE),
  mark('the Python type checker', comment('type: ?ignore\\b|(?:pyright|ty|pyrefly): ?ignore\\b|pyre-(?:ignore|fixme)|pytype: ?disable|pyright: ?report\\w+ ?= ?(?:false|none)')),
  mark('the Python type checker', /@(?:\w+\.)?no_type_check\b/),
  mark('Pylint', comment('pylint: ?(?:skip-file|disable=all\\b)'), WHOLE),
  mark('Pylint', comment('pylint: ?(?:disable|skip-file)')),
  mark('the Java linters', /@SuppressWarnings\s*\(|@SuppressFBWarnings\b|\/\/\s*(?:NOPMD|noinspection)\b|CHECKSTYLE[: ]OFF/),
  mark('the Kotlin linters', /@(?:file:)?Suppress\s*\(|ktlint-disable\b/),
  mark('Android lint', /@(?:file:)?SuppressLint\s*\(|\btools:ignore=/),
  mark('the Scala compiler', /@(?:\w+\.)*nowarn\b/),
  mark('the Dart analyzer', /\/\/\s?ignore(?:_for_file)?:\s?[a-z]+_\w+/),
  mark('the Haskell compiler', /\bOPTIONS_GHC\b.*-(?:fno-warn-|Wno-|w\b)/),
  mark('Credo or Dialyzer', /#\s?credo:disable-for|@dialyzer\b.*\b(?:nowarn|no_)\w+/),
  mark('clang-tidy', /NOLINT(?:NEXTLINE|BEGIN)?\b|cppcheck-suppress\b|\bcoverity\s?\[|\/\/-V\d{3}/),
  mark('the sanitizers', /\bno_sanitize\w*\s*[("]/),
  mark('the C# analyzers', /^\s*#(?:pragma warning|nullable) disable\b|\[(?:assembly:\s*)?(?:\w+\.)*(?:Unconditional)?SuppressMessage(?:Attribute)?\s*\(|\/\/\s?ReSharper disable\b/),
  mark('the C++ compiler', /^\s*#\s*pragma\s+(?:warning\s*\(\s*disable|(?:GCC|clang)\s+diagnostic\s+ignored)|_Pragma\(\s*"(?:GCC|clang) diagnostic ignored/),
  mark('the Go linters', /\/\/\s?nolint\b|\/\/lint:(?:file-)?ignore\b|\/\/\s?revive:disable\b/),
  mark('Clippy or rustc', /#!\[\s*(?:cfg_attr\([^)]*,\s*)?allow\s*\((?:[^)]*,)?\s*(?:warnings|clippy::all)\b/, WHOLE),
  mark('Clippy or rustc', /#!?\[\s*(?:cfg_attr\([^)]*,\s*)?(?:allow|expect)\s*\(/),
  mark('lintr', /#\s?nolint\b/),
  mark('RuboCop', /^\s*#\s*rubocop: ?disable (?:all|Lint)\s*$/, WHOLE),
  mark('RuboCop', comment('rubocop: ?(?:disable|todo)\\b')),
  mark('the Ruby linters', comment('(?:standard|haml-lint|slim-lint|erb_?lint):disable|:reek:|steep:ignore')),
  mark('PHPStan or Psalm', /@(?:phpstan-ignore|psalm-suppress|phan-suppress|phan-file-suppress|mago-ignore)\b/),
  mark('PHP_CodeSniffer', comment('phpcs: ?ignoreFile|@codingStandards?IgnoreFile'), WHOLE),
  mark('PHP_CodeSniffer', comment('phpcs: ?(?:ignore|disable)|@codingStandards?Ignore')),
  mark('SwiftLint', /\/\/\s*swiftlint:disable all\b/, WHOLE),
  mark('SwiftLint', comment('swiftlint:disable')),
  mark('ShellCheck', comment('shellcheck disable=')),
  mark('Hadolint', comment('hadolint (?:global )?ignore=')),
  mark('TFLint', comment('tflint-ignore')),
  mark('yamllint', comment('yamllint disable')),
  mark('squawk', comment('squawk-ignore')),
  mark('Scalastyle', comment('scalastyle:off')),
  mark('the visual tests of stories', /\b(?:loki|chromatic|storyshots|percy|visual\w*|storybook|a11y)["']?\s*:\s*\{[^}]{0,80}\b(?:skip|disable\w*|exclude)["']?\s*:\s*true\b|\bdisableSnapshot["']?\s*:\s*true\b/, LEFT_OUT_TESTS),
  { tool: 'doctest', pattern: /\s*#\s*doctest:\s*\+SKIP\b/, fact: 'checks/test-skipped: A doctest is skipped: it ran before.', isOnKnownLine: true },
];

/** Files in which each line, or each entry, lets something through. */
// prettier-ignore
const LISTS: readonly (readonly [RegExp, string, Sentence])[] = [
  [/(?:^|\/)\.trivyignore(?:\.ya?ml)?$/, 'Trivy', SECURITY],
  [/(?:^|\/)\.gitleaksignore$/, 'gitleaks', SECURITY],
  [/(?:^|\/)\.snyk$/, 'Snyk', SECURITY],
  [/(?:^|\/)\.semgrepignore$/, 'Semgrep', SECURITY],
  [/(?:^|\/)\.checkov\.baseline$/, 'Checkov', SECURITY],
  [/(?:^|\/)\.secrets\.baseline$/, 'detect-secrets', WARNING],
  [/(?:^|\/)(?:\.nsprc|audit-ci\.jsonc?|\.auditignore|\.npmauditignore|\.bundler-audit\.ya?ml|\.?safety[-_]policy\.ya?ml|osv-scanner\.toml|\.grype\.ya?ml)$/, 'the audit of dependencies', SECURITY],
  [/(?:^|\/)(?:checkstyle|spotbugs|detekt|pmd)(?:\/[\w.-]+)*\/[\w.-]*(?:suppress|baseline|exclude)\w*\.xml$|(?:^|\/)(?:checkstyle|pmd|ktlint)[\w.-]*(?:suppress|baseline)\w*\.xml$/, 'the linter', WARNING],
  [/(?:^|\/)[\w.-]*suppressions?\.xml$/, 'the audit of dependencies', SECURITY],
  [/(?:^|\/)\.brakeman\.ignore$|(?:^|\/)brakeman\.ignore$/, 'Brakeman', SECURITY],
  [/(?:^|\/)\.(?:eslint|stylelint|prettier|solhint|flow)ignore$/, 'the linter', WARNING],
  [/\.supp$|(?:^|\/)(?:[altm]san|ubsan|valgrind|helgrind)[\w.-]*(?:supp|ignore|black|allow)[\w.-]*$/i, 'the memory checker', WARNING],
  [/(?:^|\/)\.dialyzer_ignore(?:\.exs)?$/, 'Dialyzer', WARNING],
  [/(?:^|\/)(?:phpstan|psalm)-baseline\.(?:neon|xml)$|(?:^|\/)[\w.-]*baseline[\w.-]*\.neon$|(?:^|\/)\.\w+(?:-lint)?_todo\.ya?ml$|(?:^|\/)(?:detekt|lint)-baseline\.xml$/, 'the linter', WARNING],
  [/(?:^|\/)(?:eslint-suppressions\.json|\.betterer\.results|mypy-baseline\.txt|\.basedpyright\/baseline\.json)$/, 'the linter', WARNING],
  [
    either(
      /(?:skip|skipped|disabled|quarantined?|flaky|excluded|ignored|xfail|broken)[_-]?tests?(?:[_-]?list)?\.(?:txt|json|ya?ml|toml|list|csv|conf|cfg)$/i,
      /(?:known|expected)[_-]?fail(?:ures?|s)?(?:[_-]?list)?\.(?:txt|json|ya?ml|toml|list|csv|conf|cfg)$/i,
      /(?:tests?|spec)[_-](?:skip|skipped|blacklist|blocklist|denylist|exclude|exclusions?|ignore)(?:[_-]?list)?\.(?:txt|json|ya?ml|toml|list|csv|conf|cfg)$/i,
    ),
    'the test runner',
    LEFT_OUT_TESTS,
  ],
];

/** Configurations in which a rule of its own line is switched off, and what is overlooked stands in a list of code. */
const RULES_OF_CODE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:\.eslintrc(?:\.\w+)?|eslint\.config\.\w+|\.oxlintrc\.json)$/, 'ESLint'],
  [/(?:^|\/)(?:\.stylelintrc(?:\.\w+)?|stylelint\.config\.\w+)$/, 'Stylelint'],
];
const RULE_OFF = /^\s*["']?([@\w/-]+)["']?\s*:\s*\[?\s*(?:["'](?:off|allow)["']|null\b|0(?=\s*[,\]}]|$))/;
/** Rules that stand on one line. */
const BETWEEN_RULES = /[{,](?=\s*["'][@\w/-]+["']\s*:)/;
const LIST_OF_OVERLOOKED = /^\s*(?:\{\s*)?["']?(?:ignorePatterns|ignores|ignoreFiles)["']?\s*:/;
/** An option by which a scanner leaves out one finding by its number, where a program or a script calls it. */
const LEFT_OUT =
  /(?:^|\s)--?(?:ignore(?:-(?:vuln(?:erability)?|vulns|id|ids|advisory|cve|unfixed-id))?|skip-(?:check|rule|policy)|exclude-(?:rule|check)s?)[= ]\s*["']?[A-Z\d][\w,.-]*\d/;
const CALLERS =
  /(?:^|\/)(?:(?:GNU)?Makefile|[\w.-]+\.mk|justfile|Taskfile\.ya?ml|package\.json|tox\.ini|noxfile\.py)$|\.(?:sh|bash)$|(?:^|\/)\.(?:github|circleci)\/|(?:^|\/)(?:\.gitlab-ci|azure-pipelines|\.pre-commit-config)[\w.-]*\.ya?ml$/;
/** One of the words of all marks: most texts have none. */
const ANY = either(
  /gitleaks:|pragma|trufflehog|nosec|nosemgrep|checkov|kics-scan|[iI]gnore|lgtm|codeql|zizmor|DevSkim|NOSONAR|-disable|@ts-|noqa|pylint|[sS]uppress|NOPMD|CHECKSTYLE|NOLINT|nolint|cppcheck|allow\s*\(|disable|nocov|LCOV|GCOVR|scalastyle|todo\b/,
  /#!?\[\s*expect|no_type_check|pyre-|noinspection|nowarn|:reek:|ReSharper|ExcludeFrom|OPTIONS_GHC|\$Flow|-V\d{3}|Nag|rules_to|kube-linter|no_sanitize|coverity|ts:skip|_Pragma|@phan|@mago|codingStandard|pyright:|doctest:|loki|chromatic|Snapshot/,
);
const PROSE = /(?<!(?:^|\/)CMakeLists)\.(?:md|mdx|rst|txt|adoc|html?|svg|lock|snap|patch|diff)$/i;
/** At most this many places of one file are named. */
const SHOWN_AT_MOST = 50;
/** A longer line was written by a program. */
const LINE_AT_MOST = 1_000;

export const suppressions: AnalyzerOfChanges = {
  id: 'suppressions',
  searchesLines: true,
  concerns: (change) => change.after !== null && isLookedAt(change),
  alsoReads: ({ before, ...change }) => before !== null && isLookedAt({ before, ...change }),
  noticeAll: (changes) => {
    const leaving = leavingMarks(changes);
    const gained = kindsGained(changes);
    const moved = marksLost(changes);
    const tightened = tightenedTools(changes);
    return changes.flatMap((change) =>
      change.after === null
        ? []
        : noticedIn(change, leaving, changes)
            .filter(({ cause = '' }) => !gained.has(kindOf(cause)) && !moved(change, cause))
            .filter(
              ({ cause = '' }) => isSettings(change.path) || ![...tightened].some((tool) => cause.endsWith(` ${tool}`)),
            )
            .map((notice) => ({ ...notice, path: change.path })),
    );
  },
};

const isLookedAt = ({ path, before, after }: Change): boolean =>
  after !== before &&
  (!PROSE.test(path) || LISTS.some(([file]) => file.test(path))) &&
  !isVendored(path) &&
  !LOCK_FILE.test(path);

/** What a mark or a list lets through, by what stands in its cause. */
const kindOf = (cause: string): Kind =>
  cause.startsWith(SECURITY)
    ? 'vulnerabilities'
    : /type checker|compiler$/.test(cause)
      ? 'types'
      : /coverage/.test(cause)
        ? 'coverage'
        : 'lint';

/** A mark in a comment names its tool, too. */
const withoutRemarks = (text: string | null): string | null => text?.replace(/\s#.*$/gm, '') ?? null;

/** Kinds of checks of which a change brings a first or a further one: what they found on that day is marked along with it. */
function kindsGained(changes: readonly Change[]): ReadonlySet<Kind> {
  const gained = new Set<Kind>(changes.some((change) => asksForMore(change, changes)) ? ['lint'] : []);
  const callers = changes.filter(({ path, before, after }) => runsChecks(path) && before !== after);
  const programs = (side: 'before' | 'after'): ReadonlyMap<string, Kind> =>
    new Map(
      callers.flatMap((change) =>
        runsIn(withoutRemarks(change[side])).map(({ program, kind }) => [program, kind] as const),
      ),
    );
  const [earlier, later] = [programs('before'), programs('after')];
  if ([...earlier.keys()].every((program) => later.has(program)))
    for (const [program, kind] of later)
      if (!earlier.has(program)) gained.add(kind === 'secrets' || kind === 'infrastructure' ? 'vulnerabilities' : kind);
  return gained;
}

/** Lines with a mark that leave a file, and how often: where they come to another one they were there before. */
function leavingMarks(changes: readonly Change[]): Map<string, number> {
  const leaving = new Map<string, number>();
  if (changes.length < 2) return leaving;
  for (const { before, after } of changes)
    if (before !== null && ANY.test(before))
      for (const { line } of addedTo(after, before))
        if (ANY.test(line)) leaving.set(line, (leaving.get(line) ?? 0) + 1);
  return leaving;
}

/**
 * Whether what a tool's settings overlook stood in comments before: as many marks of the tool leave the change's files as
 * its settings gain entries.
 */
function marksLost(changes: readonly Change[]): (change: Change, cause: string) => boolean {
  if (changes.length < 2) return () => false;
  const lost = new Map<string, number>();
  const countOf = (text: string | null, pattern: RegExp): number =>
    text === null || !ANY.test(text)
      ? 0
      : text.split('\n').filter((line) => line.length <= LINE_AT_MOST && pattern.test(line)).length;
  return ({ path }, cause) => {
    const hit = MARKS.find(({ tool }) => cause.endsWith(` ${tool}`));
    if (hit === undefined || !isSettings(path)) return false;
    const known =
      lost.get(hit.tool) ??
      MARKS.filter(({ tool }) => tool === hit.tool).reduce(
        (sum, { pattern }) =>
          sum + changes.reduce((all, { before, after }) => all + countOf(before, pattern) - countOf(after, pattern), 0),
        0,
      );
    lost.set(hit.tool, known - 1);
    return known > 0;
  };
}
/** Marks in comments stand in code, and what stands in settings and lists is no mark. */
const isSettings = (path: string): boolean =>
  /(?:^|\/)(?:\.[\w.-]+|[\w.-]+\.(?:ya?ml|toml|jsonc?|cfg|ini|neon|xml|xml\.dist|conf))$/.test(path) &&
  !/(?:^|\/)(?:\.(?:github\/workflows|circleci)|roles|tasks|handlers|playbooks)\//.test(path);

function noticedIn(change: Change, leaving: Map<string, number>, changes: readonly Change[]): readonly Noticed[] {
  const list = LISTS.find(([file]) => file.test(change.path));
  if (list !== undefined) return inList(change, list[1], list[2]);
  const [, linter] = RULES_OF_CODE.find(([file]) => file.test(change.path)) ?? [];
  const found = [
    ...inComments(change, leaving),
    ...settingsLoosened(change, changes),
    ...(linter === undefined ? [] : inRules(change, linter)),
    ...(CALLERS.test(change.path) ? inOptions(change) : []),
  ].sort((notice, other) => notice.line - other.line);
  return isGenerated(change) || isTest(change.path) || isFixture(change.path) ? found.map(asLow) : found;
}

/** A file that says in its first lines that a program writes it, on each side that it has. */
const isGenerated = ({ before, after }: Change): boolean =>
  [before, after].every((text) => text === null || SAYS_GENERATED.test(text.slice(0, HEAD)));
const HEAD = 600;
const SAYS_GENERATED =
  /^\s*(?:\/\/|#|\/?\*|<!--|--|;|%|""").{0,80}(?:@generated\b|\b(?:auto[- ]?)?generated (?:by|from|file|code|with)\b|\bdo not (?:edit|modify) (?:this|by hand|manually))/im;

/** New lines with the mark of a tool, where the file has more of them than before. */
function inComments({ path, before, after }: Change, leaving: Map<string, number>): readonly Noticed[] {
  const text = after ?? '';
  if (!ANY.test(text)) return [];
  const more = addedTo(before, text);
  if (!more.some(({ line }) => ANY.test(line))) return [];
  const markedIn = (side: string): readonly string[] =>
    side.split('\n').filter((line) => line.length <= LINE_AT_MOST && ANY.test(line));
  const [oldLines, newLines] = [markedIn(before ?? ''), markedIn(text)];
  const counts = new Map<Mark, number>();
  const known = trimmedLines(before);
  const found: Noticed[] = [];
  for (const { line, at } of more) {
    if (!ANY.test(line)) continue;
    const hit = MARKS.find(({ pattern, files }) => files?.test(path) !== false && pattern.test(line));
    if (hit === undefined) continue;
    if (hit.isOnKnownLine === true && !known.has(line.replace(hit.pattern, '').trim())) continue;
    const grown = counts.get(hit) ?? growthOf(hit, oldLines, newLines);
    counts.set(hit, grown);
    const elsewhere = leaving.get(line) ?? 0;
    if (elsewhere > 0) leaving.set(line, elsewhere - 1);
    else if (grown > 0 && found.length < SHOWN_AT_MOST)
      found.push({
        ...factAt(hit.fact, at, { tool: hit.tool }, HOLDS_NOTHING.test(line) ? 'low' : undefined),
        cause: `${hit.fact} ${hit.tool}`,
        across: true,
      });
  }
  return found;
}

/** An empty value that a scanner took for a secret. */
const HOLDS_NOTHING = /[:=]\s*(?:""|''|None|null|nil)\s*[,;)}\]]*\s*(?:#|\/\/|--)/;

/** By how many places a mark is in more than before, or by how many codes where the places are as many. */
function growthOf({ pattern }: Mark, oldLines: readonly string[], newLines: readonly string[]): number {
  const marksOf = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => pattern.test(line)).map((line) => line.slice(line.search(pattern)).replace(REASON, ''));
  const [earlier, later] = [marksOf(oldLines), marksOf(newLines)];
  const count = (marks: readonly string[], words: RegExp): number =>
    marks.reduce((sum, mark) => sum + (mark.match(words)?.length ?? 0), 0);
  const plain = (marks: readonly string[]): number => marks.filter((mark) => mark.search(CODE) < 0).length;
  const grown = later.length - earlier.length;
  const wider = count(later, BARE) - count(earlier, BARE);
  if (grown !== 0 || wider > 0) return Math.max(grown, wider);
  const entries = count(later, ENTRY) - count(earlier, ENTRY);
  if (wider === 0 && plain(earlier) === plain(later)) return count(later, CODE) - count(earlier, CODE) + entries;
  return Math.max(0, entries);
}
/** Behind a mark it says why. */
const REASON = /\s(?:--|\u2014|because\b|\/\/|#)\s.*$/;
/** A mark that names nothing overlooks everything. */
const BARE = /\b(?:type: ?ignore(?!\s*\[)|noqa(?!\s*:)|nolint(?!\s*[:(])|NOLINT(?:NEXTLINE)?(?!\s*\())/g;
/** One more name in the list of a mark. */
const ENTRY = /,\s*["'{]*[@\w]/g;
/** `SC2086`, `E501`, `CA1822`, `clippy::redundant_clone` */
const CODE = /\b[A-Z]{1,6}\d{2,6}\b|\bclippy::\w+/g;

/** Rules that a configuration switches off one by one, and a list of what is overlooked that is new or gets longer. */
function inRules({ before, after }: Change, tool: string): readonly Noticed[] {
  if (before === null) return [];
  const isOff = (text: string): readonly string[] =>
    text
      .split('\n')
      .flatMap((line) => (line.length > LINE_AT_MOST ? [] : line.split(BETWEEN_RULES)))
      .flatMap((part) => RULE_OFF.exec(part)?.[1] ?? []);
  const known = new Set(isOff(before));
  const grown = isOff(after ?? '').length > known.size;
  const listed = (text: string): boolean => text.split('\n').some((line) => LIST_OF_OVERLOOKED.test(line));
  return addedTo(before, after ?? '').flatMap(({ line, at }): readonly Noticed[] => {
    const rules = line.split(BETWEEN_RULES).flatMap((part) => RULE_OFF.exec(part)?.[1] ?? []);
    // a rule that had another level is a threshold that was lowered
    const isNew = grown && rules.some((rule) => !known.has(rule) && !before.includes(rule));
    return isNew || (LIST_OF_OVERLOOKED.test(line) && !listed(before))
      ? [factAt(WARNING, at, { tool }, { cause: `${WARNING} ${tool}` })]
      : [];
  });
}

/** `--ignore 70612` of one more finding, where a scanner is called. */
function inOptions({ before, after }: Change): readonly Noticed[] {
  const scanner = before === null ? undefined : scannerIn(after ?? '');
  if (before === null || scanner === undefined) return [];
  const count = (text: string): number => text.split('\n').filter((line) => LEFT_OUT.test(line)).length;
  if (count(after ?? '') <= count(before)) return [];
  const { program: tool, isSecurity } = scanner;
  const fact = isSecurity ? SECURITY : WARNING;
  return addedTo(before, after ?? '')
    .filter(({ line }) => LEFT_OUT.test(line) && !/^\s*#/.test(line))
    .map(({ at }) => factAt(fact, at, { tool }, { cause: `${fact} ${tool}` }));
}

/** The id of what is overlooked, or a path that is left out: around them stands why, and until when. */
const OF_SNYK = /^\s*["']?(?:SNYK-|npm:)|^\s*-\s+["']?[\w.@-]+\/[\w./@*-]*["']?$/;

/** New entries of a file that lists what to overlook. */
function inList({ path, before, after }: Change, tool: string, fact: Sentence): readonly Noticed[] {
  const says = path.endsWith('.snyk') ? OF_SNYK : /\w/;
  const entry = ({ line }: Added): boolean => says.test(line) && !/^\s*(?:#|\/\/|<!--)/.test(line);
  const added = addedTo(before, after ?? '').filter(entry);
  const lines = (text: string | null): number =>
    (text ?? '').split('\n').filter((line) => entry({ line, at: 1 })).length;
  const grown = lines(after) > lines(before);
  const longer = overlookedLonger(before ?? '', after ?? '');
  return [...added.filter(({ line }) => grown || isNewAdvisory(line, before ?? '')), ...longer].map(({ at }) =>
    factAt(fact, at, { tool }, { cause: `${fact} ${tool}` }),
  );
}

/** Until when something is overlooked. */
const UNTIL = /\b(?:expir\w*|until|ignore_?until|exp)\b["']?\s*[:=]\s*["']?(\d{4}-\d\d-\d\d)/i;

/** Entries that are overlooked for longer than before, where no other comes or goes. */
function overlookedLonger(before: string, after: string): readonly Added[] {
  const datesIn = (text: string): readonly Added[] =>
    text.split('\n').flatMap((line, index) => {
      const [, date] = UNTIL.exec(line) ?? [];
      return date === undefined ? [] : [{ line: date, at: index + 1 }];
    });
  const [earlier, later] = [datesIn(before), datesIn(after)];
  if (earlier.length === later.length) return later.filter(({ line }, index) => line > (earlier[index]?.line ?? line));
  return [];
}

/** The number of a known vulnerability: whatever leaves the list beside it, this one is overlooked from now on. */
const ADVISORY = /\b(?:CVE-\d{4}-\d{3,}|GHSA(?:-\w{4}){3}|(?:RUSTSEC|PYSEC)-\d{4}-\d+|SNYK-[A-Z]+-[\w-]+)\b/;
const isNewAdvisory = (line: string, before: string): boolean => {
  const [id] = ADVISORY.exec(line) ?? [];
  return id !== undefined && !before.includes(id);
};

interface Added {
  readonly line: string;
  /** 1-based. */
  readonly at: number;
}

/** The lines of a text that another one does not have, or has less often, but for their indentation. */
function addedTo(before: string | null, after: string): readonly Added[] {
  const lines = after.split('\n').map((line) => line.trim());
  const more = new Map(
    surplus(
      lines,
      (before ?? '').split('\n').map((line) => line.trim()),
    ),
  );
  const found: Added[] = [];
  for (let at = lines.length; at > 0; at -= 1) {
    const line = lines[at - 1] ?? '';
    const count = more.get(line) ?? 0;
    if (count <= 0 || line.length > LINE_AT_MOST) continue;
    more.set(line, count - 1);
    found.push({ line, at });
  }
  return found.reverse();
}
