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
  /(?:^|\/)(?:dev|development|staging|stage|stg|sandbox|playground|qa|preview|(?:[\w-]+-)?staging)\//i;
/** What leaves a configuration and holds no data is made again from it. */
const LEAVES = /^destructive\/(?:(?:tf-resource|k8s|cfn-resource)-removed|tf-address-changed)$/;

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

const isInTest = (path: string): boolean => isTest(path) || isExample(path);

function isLess(
  { rule, path, line, severity, message, class: kind }: Finding,
  lines: () => readonly string[],
): boolean {
  // the token of a vendor is live wherever it lies
  if (rule === 'secrets/token') return PROSE.test(path) && message.includes('JSON Web Token');
  if (kind === 'secrets') return isInTest(path);
  if (rule === 'destructive/sql-drop' && NO_ROWS.test(message)) return true;
  if (rule === 'destructive/container-volumes')
    return OF_DEVELOPERS.test(path) || lines().some((text) => LETS_ANYBODY_IN.test(text));
  if (rule === 'destructive/sql-drop-constraint')
    return message.startsWith('The trigger') || lines().some((text) => MAKES_ANOTHER.test(text));
  if (rule === 'destructive/k8s-delete' && OF_ONE_RUN.test(message)) return true;
  if (rule === 'destructive/orm-reset' && OF_TEST_DATABASE.test(message)) return true;
  if (rule === 'destructive/system-down') return OF_IMAGES.test(path);
  if (rule === 'availability/sql-lock') return message.startsWith('An index of ');
  if (severity === 'medium' && LEAVES.test(rule) && BEFORE_PRODUCTION.test(path)) return true;
  if (rule === 'destructive/cloud-delete' && OF_ACCESS.test(message)) return true;
  if (rule === 'destructive/sql-drop' && DROPS_TESTS.test(message) && isInTest(path)) return true;
  if (rule === 'destructive/fs-recursive-delete' && isMadeAgain(message, lines().slice(line))) return true;
  if (kind === 'destructive' && MAKEFILE.test(path)) return isOfTargetThatTakesDown(lines(), line);
  return (
    kind === 'destructive' &&
    /\.(?:sh|bash|ps1|ya?ml|sql|py|cmd|bat)$/.test(path) &&
    (TAKES_DOWN.test(path) || SCRIPT_TAKES_DOWN.test(path)) &&
    !RUNS_BY_ITSELF.test(path) &&
    !isPipeline(path)
  );
}

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
