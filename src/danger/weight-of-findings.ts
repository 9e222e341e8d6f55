/** What a finding weighs less by, whatever rule found it: by its file, and by what stands around its line. */
import type { Finding } from './finding';
import { isExample, isTest } from './path-roles';
import type { Change } from './types';

const PROSE = /\.(?:md|mdx|rst|txt|adoc)$/i;

/** By its name, a script or a list of tasks that takes down what others have set up: who runs it asked for that. */
const TAKES_DOWN =
  /(?:^|\/)(?:[\w-]*[_-])?(?<!__)(?:clean_?-?up|tear_?-?down|un_?install|destroy|undeploy|wipe|nuke)[\w-]*(?:\.\w+)+$|(?:^|\/)drop[_-][\w-]*\.sql$/i;
/** A machine that is built to become an image: nothing runs on it yet. */
const OF_IMAGES = /(?:^|\/)(?:packer|image-?build(?:er)?|ami)\//i;

/** What has no rows of its own: it is made again by the words that made it. */
const NO_ROWS = /^(?:The|Dropped\S*: the) (?:view \u2026|(?:role|user|type|extension|sequence|domain) )/;

/** A stack that is built from the sources beside it, or lets anybody in. */
const OF_DEVELOPERS = /^\s*build:|Dockerfile\.dev|\bDEBUG\b|AUTH_METHOD["']?\s*[:=]\s*["']?trust/;
/** A key or an index that takes the place of another one. */
const MAKES_ANOTHER =
  /\bADD\s+CONSTRAINT\b|\bPRIMARY\s+KEY\b|\bAddConstraint\b|\bcreate\s*\(?\s*(?:unique_)?(?:index|constraint)\b|\badd_(?:index|\w*constraint)\b|\bCREATE\s+UNIQUE\b/i;

/** A test among the code that it tests. */
const TEST_AMONG_CODE = /^\s*#\[(?:\w+::)?(?:test|cfg\(test\))/;
const TEST_AT_MOST = 40;

const isInTest = (path: string, lines: readonly string[], line: number): boolean =>
  isTest(path) ||
  isExample(path) ||
  (path.endsWith('.rs') &&
    lines.slice(Math.max(0, line - TEST_AT_MOST), line).some((one) => TEST_AMONG_CODE.test(one)));

function isLess({ rule, path, line, message, class: kind }: Finding, lines: readonly string[]): boolean {
  if (kind === 'secrets') return isInTest(path, lines, line) || (PROSE.test(path) && /JSON Web Token/.test(message));
  if (rule === 'destructive/sql-drop' && NO_ROWS.test(message)) return true;
  if (rule === 'destructive/guard-removed') return true;
  if (rule === 'destructive/container-volumes')
    return !/\.ya?ml$/.test(path) || lines.some((one) => OF_DEVELOPERS.test(one));
  if (rule === 'destructive/sql-drop-constraint')
    return message.startsWith('The trigger') || lines.some((one) => MAKES_ANOTHER.test(one));
  if (rule === 'destructive/system-down') return OF_IMAGES.test(path);
  return kind === 'destructive' && /\.(?:sh|bash|ps1|ya?ml|sql|py|cmd|bat)$/.test(path) && TAKES_DOWN.test(path);
}

/** The findings of a change, those low that a person need not see at once. */
export function weighed(findings: readonly Finding[], changes: readonly Change[]): readonly Finding[] {
  const texts = new Map(changes.map(({ path, before, after }) => [path, [before ?? '', after ?? '']]));
  return findings.map((finding) =>
    finding.severity !== 'low' &&
    isLess(finding, (texts.get(finding.path)?.[finding.side === 'old' ? 0 : 1] ?? '').split('\n'))
      ? { ...finding, severity: 'low' }
      : finding,
  );
}
