/** What a finding weighs less by, whatever rule found it: by its file, and by what stands around its line. */
import { isPipeline } from './analyzers/checks/files-that-run-checks';
import type { Finding } from './finding';
import { isExample, isTest } from './path-roles';
import type { Change } from './types';

const PROSE = /\.(?:md|mdx|rst|txt|adoc)$/i;

/** By its name, a script or a list of tasks that takes down what others have set up: who runs it asked for that. */
const TAKES_DOWN = /(?:^|\/)(?:clean_?-?up|tear_?-?down|un_?install|destroy|undeploy|wipe|nuke)(?:\.\w+)+$/i;
/** A script that somebody starts says so in a part of its name, too; code of an application has such names as well. */
const SCRIPT_TAKES_DOWN =
  /(?:^|\/)(?!\d|V\d)(?:(?:[\w-]{0,60}[-_])?(?:tear_?-?down|un_?install|destroy|undeploy)(?:[-_][\w-]*)?|reset(?:[-_][\w-]*)?)\.(?:sh|bash|ps1|cmd|bat|sql)$/i;
/** A target of a Makefile that does the same: whoever runs it types what it does. */
const MAKEFILE = /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/;
const TARGET = /^[\w.%-]+(?:\s+[\w.%-]+)*\s*::?(?!=)/;
const TARGET_TAKES_DOWN =
  /^(?:[\w.-]{0,60}-)?(?:tear-?down|uninstall|destroy|undeploy|delete)(?:-[\w-]{0,60})?[^\S\n]{0,9}:/i;
/** What runs by itself: nobody asks for it by its name. */
const RUNS_BY_ITSELF = /(?:^|\/)(?:[\w.-]*migrations?|migrate|alembic|versions|changelogs?|upgrades?|cron[\w.-]*)\//i;
/** A machine that is built to become an image: nothing runs on it yet. */
const OF_IMAGES = /(?:^|\/)(?:packer|image-?build(?:er)?|ami)\//i;

/** What has no rows of its own: it is made again by the words that made it. */
const NO_ROWS = /^(?:The|Dropped\S*: the) (?:(?:view|role|user|type|extension|sequence|domain) )/;

/** A pod or a job that has run: its controller, or the next line, makes it again. */
const OF_ONE_RUN = /" deletes the (?:job|pod|replicaset) \S+\.$/;

/** By a whole folder of its path, an environment that serves nobody else yet. */
const BEFORE_PRODUCTION =
  /(?:^|\/)(?:dev|development|staging|stage|stg|sandbox|playground|qa|preview|(?:[\w-]+-)?(?:staging|pre-?prod(?:uction)?))\//i;
/** What leaves a configuration and holds no data is made again from it. */
const LEAVES = /^destructive\/(?:(?:tf-resource|k8s|cfn-resource)-removed|tf-address-changed)$/;

/** Machines that build and test, with what they keep between two runs. */
const OF_BUILD_AGENTS = /(?:^|\/)(?:[\w-]+-)?(?:ci|build|jenkins)-(?:agents?|runners?|workers?)\//i;

/** An assignment of a role, or an entry of a list of those let in: nothing is kept in it. */
const OF_ACCESS = /" deletes (?:a|the) (?:role assignment|vault rule)\b/;
/** The key of a machine's user, which a later line makes anew. */
const OWN_KEY = /" removes \S*\/\.ssh\/([\w-]+)[,.]/;
const MAKES_KEY = /\bssh-keygen\b.* -f /;

/** A database of tests, by its name. */
const DROPS_TESTS = /drops the database \S*(?<![a-z])tests?(?![a-z])/i;

const OF_TEST_DATABASE = /--(?:database|env)[= ]test(?:ing)?(?=["\s])/;

/** A stack on a developer's machine, by its name or because it lets anybody in. */
const OF_DEVELOPERS = /(?:^|[./_-])(?:dev|develop\w*|local|override|tests?|ci)(?:[./_-]|$)/i;
const LETS_ANYBODY_IN = /Dockerfile\.dev|AUTH_METHOD["']?\s*[:=]\s*["']?trust/;
/** A key or an index that takes the place of another one. */
const MAKES_ANOTHER =
  /\bADD\s+CONSTRAINT\b|\bADD\s+PRIMARY\s+KEY\b|\bAddConstraint\b|\bcreate\s*\(?\s*(?:unique_)?(?:index|constraint)\b|\badd_(?:index|\w*constraint)\b|\bCREATE\s+UNIQUE\b/i;

/** What is lost where somebody asked for it; of these, the rows above say all. */
const WHOEVER_RUNS_IT = /^destructive\/(?!(?:container-volumes|sql-drop-constraint|system-down)$)/;
/** What runs from its first line to its last. */
const IN_ORDER = /\.(?:sh|bash|ps1|ya?ml|sql|py|cmd|bat)$/;

const isInTest = (path: string): boolean => isTest(path) || isExample(path);

/** What a finding weighs less by, where all of its conditions hold. */
interface Row {
  readonly rule: RegExp;
  /** What the sentence says, and the path of its file. */
  readonly says?: RegExp;
  readonly path?: RegExp;
  /** A line of its file. */
  readonly line?: RegExp;
  readonly severity?: Finding['severity'];
  /** What no row can say. */
  readonly only?: (finding: Finding, lines: () => readonly string[]) => boolean;
}

// prettier-ignore
const WEIGHS_LESS: readonly Row[] = [
  // the token of a vendor is live wherever it lies
  { rule: /^secrets\/token$/, path: PROSE, says: /JSON Web Token/ },
  { rule: /^secrets\/(?!token$)/, only: ({ path }) => isInTest(path) },
  { rule: /^destructive\/(?:sql|orm)-drop$/, says: NO_ROWS },
  { rule: /^destructive\/sql-drop$/, says: DROPS_TESTS, only: ({ path }) => isInTest(path) },
  { rule: /^destructive\/container-volumes$/, path: OF_DEVELOPERS },
  { rule: /^destructive\/container-volumes$/, says: / label=[^\s"]*(?<![a-z])(?:dev|local|test)(?![a-z])/ },
  { rule: /^destructive\/container-volumes$/, line: LETS_ANYBODY_IN },
  { rule: /^destructive\/sql-drop-constraint$/, says: /^The trigger/ },
  { rule: /^destructive\/sql-drop-constraint$/, line: MAKES_ANOTHER },
  { rule: /^destructive\/k8s-delete$/, says: OF_ONE_RUN },
  { rule: /^destructive\/orm-reset$/, says: OF_TEST_DATABASE },
  { rule: /^destructive\/system-down$/, path: OF_IMAGES },
  { rule: /^destructive\/cloud-delete$/, says: OF_ACCESS },
  { rule: /^destructive\/fs-recursive-delete$/, only: ({ message, line }, lines) => isMadeAgain(message, lines().slice(line)) },
  { rule: /^availability\/sql-lock$/, says: /^An index of / },
  // a warning fails no build
  { rule: /^checks\/threshold-lowered$/, says: / is loosened from (?:warn|warning|1) to / },
  { rule: LEAVES, severity: 'medium', path: BEFORE_PRODUCTION },
  { rule: LEAVES, severity: 'medium', says: /^module\.(?:\w+_)?(?:staging|stage|stg|sandbox|preview)(?:_\w+)? / },
  { rule: LEAVES, path: OF_BUILD_AGENTS },
  { rule: WHOEVER_RUNS_IT, path: MAKEFILE, only: ({ line }, lines) => isOfTargetThatTakesDown(lines(), line) },
  { rule: WHOEVER_RUNS_IT, path: IN_ORDER, only: ({ path }) => !MAKEFILE.test(path) && takesDown(path) },
];

const isLess = (finding: Finding, lines: () => readonly string[]): boolean =>
  WEIGHS_LESS.some(
    ({ rule, says, path, line, severity, only }) =>
      rule.test(finding.rule) &&
      says?.test(finding.message) !== false &&
      path?.test(finding.path) !== false &&
      (severity ?? finding.severity) === finding.severity &&
      (line === undefined || lines().some((text) => line.test(text))) &&
      only?.(finding, lines) !== false,
  );

const takesDown = (path: string): boolean =>
  (TAKES_DOWN.test(path) || SCRIPT_TAKES_DOWN.test(path)) && !RUNS_BY_ITSELF.test(path) && !isPipeline(path);

/** No other target runs it by itself, unless it takes down as well. */
function isOfTargetThatTakesDown(lines: readonly string[], line: number): boolean {
  const rule = lines.slice(0, line).findLast((text) => TARGET.test(text)) ?? '';
  if (!TARGET_TAKES_DOWN.test(rule)) return false;
  const target = rule.split(/[\s:]/, 1)[0] ?? '';
  let of = '';
  return !lines.some((text) => {
    const isRule = TARGET.test(text);
    if (isRule) of = text;
    const runs = isRule ? text.slice(text.indexOf(':')) : /\bmake\b|\$[({]MAKE[)}]/.test(text) ? text : '';
    return runs.split(/[\s:;&|]+/).includes(target) && !of.startsWith('.') && !TARGET_TAKES_DOWN.test(of);
  });
}

function isMadeAgain(message: string, later: readonly string[]): boolean {
  const key = OWN_KEY.exec(message)?.[1];
  return key !== undefined && later.some((text) => MAKES_KEY.test(text) && text.includes(`/${key} `));
}

/** The findings of a change, those low that a person need not see at once. */
export function weighed(findings: readonly Finding[], changes: readonly Change[]): readonly Finding[] {
  const texts = new Map(changes.map(({ path, before, after }) => [path, { old: before ?? '', new: after ?? '' }]));
  const known = new Map<string, readonly string[]>();
  const linesOf = ({ path, side }: Finding): readonly string[] => {
    const key = `${side} ${path}`;
    const lines = known.get(key) ?? (texts.get(path)?.[side === 'old' ? 'old' : 'new'] ?? '').split('\n');
    known.set(key, lines);
    return lines;
  };
  return findings.map((finding) =>
    finding.severity !== 'low' && isLess(finding, () => linesOf(finding)) ? { ...finding, severity: 'low' } : finding,
  );
}
