/** What a finding weighs less by, whatever rule found it: by its file, and by what stands around its line. */
import { isPipeline } from './analyzers/checks/files-that-run-checks';
import type { Finding } from './finding';
import { isExample, isTest } from './path-roles';
import type { Change } from './types';

const PROSE = /\.(?:md|mdx|rst|txt|adoc)$/i;

/** By its name, a script or a list of tasks that takes down what others have set up: who runs it asked for that. */
const TAKES_DOWN = /(?:^|\/)(?:clean_?-?up|tear_?-?down|un_?install|destroy|undeploy|wipe|nuke)(?:\.\w+)+$/i;
/** What runs by itself: nobody asks for it by its name. */
const RUNS_BY_ITSELF = /(?:^|\/)(?:[\w.-]*migrations?|migrate|alembic|versions|changelogs?|upgrades?|cron[\w.-]*)\//i;
/** A machine that is built to become an image: nothing runs on it yet. */
const OF_IMAGES = /(?:^|\/)(?:packer|image-?build(?:er)?|ami)\//i;

/** What has no rows of its own: it is made again by the words that made it. */
const NO_ROWS = /^(?:The|Dropped\S*: the) (?:view \u2026|(?:role|user|type|extension|sequence|domain) )/;

/** A pod or a job that has run: its controller, or the next line, makes it again. */
const OF_ONE_RUN = /" deletes the (?:job|pod|replicaset) \S+\.$/;

const OF_TEST_DATABASE = /--(?:database|env)[= ]test(?:ing)?(?=["\s])/;

/** A stack on a developer's machine, by its name or because it lets anybody in. */
const OF_DEVELOPERS = /(?:^|[./_-])(?:dev|develop\w*|local|override|tests?|ci)(?:[./_-]|$)/i;
const LETS_ANYBODY_IN = /Dockerfile\.dev|AUTH_METHOD["']?\s*[:=]\s*["']?trust/;
/** A key or an index that takes the place of another one. */
const MAKES_ANOTHER =
  /\bADD\s+CONSTRAINT\b|\bADD\s+PRIMARY\s+KEY\b|\bAddConstraint\b|\bcreate\s*\(?\s*(?:unique_)?(?:index|constraint)\b|\badd_(?:index|\w*constraint)\b|\bCREATE\s+UNIQUE\b/i;

const isInTest = (path: string): boolean => isTest(path) || isExample(path);

function isLess({ rule, path, message, class: kind }: Finding, lines: () => readonly string[]): boolean {
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
  return (
    kind === 'destructive' &&
    /\.(?:sh|bash|ps1|ya?ml|sql|py|cmd|bat)$/.test(path) &&
    TAKES_DOWN.test(path) &&
    !RUNS_BY_ITSELF.test(path) &&
    !isPipeline(path)
  );
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
