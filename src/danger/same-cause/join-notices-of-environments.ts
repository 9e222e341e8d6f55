/** One cause in twins: what is said the same of several environments, variants, files or places, and one gate in several workflows. */
import { anyOf } from '../../base/patterns';
import { SEVERITIES, type Finding } from '../finding';
import { withOthers } from './join-notices-of-rule';
import type { NoticedIn } from '../types';
import { kindOf } from '../notices-to-findings';

const wordsOf = (names: string): RegExp => new RegExp(`(?<![a-z])(?:${names})(?![a-z])`, 'gi');

/** Databases by the name of their folder, or in the name of a file. */
const DIALECT = /* @__PURE__ */ wordsOf(
  'mysql|mariadb|postgres(?:ql)?|pgsql|sqlite3?|mssql|sqlserver|oracle|cockroach(?:db)?',
);
const ENVIRONMENT = /* @__PURE__ */ wordsOf(
  'non-?prod(?:uction)?|pre-?prod(?:uction)?|prod(?:uction)?|prd|live|staging|stage|stg|dev(?:elop(?:ment)?)?|test(?:ing)?|qa|uat|acc(?:eptance)?|integration|int|demo|preview|sandbox|perf|canary|blue|green|dr',
);
const VARIANT = /* @__PURE__ */ wordsOf(
  '(?:un|non-?)?clustered|(?:un|non-?)?replicated|amd64|arm64|x86_64|aarch64|(?:us|eu|ap|ca|sa|me|af|il)-(?:gov-)?(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-?\\d[a-z]?|(?:us|uk|north|west|east|south|central)(?:europe|us|asia|uk)\\d?|(?:europe|us|asia|australia)-(?:north|south|east|west|central|northeast|southeast|southwest)\\d',
);

/** A path or sentence without what tells a twin from its other. */
const untold = (text: string): string =>
  text
    .replace(DIALECT, '*')
    .replace(ENVIRONMENT, '*')
    .replace(VARIANT, '*')
    .replaceAll(/["`[\]]/g, '');

const PRODUCTION = /(?<![a-z])(?:prod|production|prd|live)(?![a-z])/i;
const isPipeline = (path: string): boolean =>
  /(?:^|\/)\.github\/workflows\/|(?:^|\/)\.(?:gitlab-ci|circleci)\b/.test(path);
const GATE = 'permissions/ci-gate';

/** Twins are one finding, which stands at the worst of them, in production if it is there too. */
export const onceForTwins = (findings: readonly Finding[]): readonly Finding[] =>
  onceFor(onceFor(findings, keyOf, 'The same goes for'), fileOf, 'See also');

/** More of one kind in one file are named by their lines alone. */
const SAID_AT_MOST = 3;

/** The findings of each group are one, at the worst of them. */
export function onceFor(
  findings: readonly Finding[],
  groupOf: (finding: Finding) => string | undefined,
  words: 'The same goes for' | 'See also',
): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const [index, finding] of findings.entries()) {
    const key = groupOf(finding) ?? String(index);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((all) => {
    const [worst] = [...all].sort(
      (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) || rank(one) - rank(other),
    );
    if (worst === undefined || all.length < 2) return all;
    const others = all.filter((one) => one !== worst);
    const { alsoIn: more = [], ...noticed } = worst;
    const placed = others.map(placeIn(worst.path));
    const named =
      words === 'See also' && others.length <= SAID_AT_MOST
        ? {
            message: [worst.message, ...placed.map(({ line, message }) => `Line ${String(line)}: ${message}`)].join(
              ' ',
            ),
          }
        : withOthers<Placed>({ ...noticed }, placed, words);
    return [
      {
        ...noticed,
        message: named.message,
        alsoIn: [...more, ...others.flatMap(({ path, line, alsoIn = [] }) => [{ path, line }, ...alsoIn])],
      },
    ];
  });
}

/** Rules of which one file has several for one reason: a pod and its containers, a role and its verbs, a workflow's checks. */
const AT_ONCE = /* @__PURE__ */ anyOf(
  String.raw`availability/(?:capacity-cut|sql-lock) checks/(?:scanner-dropped|threshold-lowered)
  destructive/(?:cfn-(?:forces-replacement|resource-removed)|k8s-removed|sql-no-where|tf-no-final-copy)
  permissions/(?:container-root|iam-admin|k8s-privileged|k8s-rbac|public-data)`,
);

const fileOf = ({ rule, severity, side, path }: Finding): string | undefined =>
  AT_ONCE.test(rule) ? `${rule} ${severity} ${side} ${path}` : undefined;

type Placed = Pick<NoticedIn, 'line' | 'message' | 'stands'>;
const placeIn =
  (first: string) =>
  ({ path, line, message }: Finding): Placed => ({
    line,
    message,
    ...(path === first ? {} : { stands: { path, line } }),
  });
const rank = ({ path }: Finding): number => (PRODUCTION.test(path) ? 0 : 1);

/** Undefined for secrets, each of which has to be made anew. */
function keyOf(finding: Finding): string | undefined {
  const { path, rule, side, message } = finding;
  if (finding.class === 'secrets') return undefined;
  if (isPipeline(path) && rule === GATE)
    return `gate ${side} ${message.replace(/^Job "[^"]*"|^A check in "[^"]*"/, '*').replaceAll(/"[^"]*"/g, '*')}`;
  const kind = kindOf(finding);
  // the places that one stands for already are its own
  const says = message.replace(/ The same goes for .*$/, '');
  return `${rule} ${side} ${kind === undefined ? untold(says) : `${finding.severity} ${kind}`}`;
}
