/** From what analyzers notice to the findings that the other rooms use. */
import type { Finding, Severity } from './finding';
import { byCause } from './same-cause/join-notices-of-rule';
import { fillsTests, isArchived, isDevelopment, isExample, isFixture, isTest, isVendored } from './path-roles';
import { classOf, RULES, type Rule, type RuleId } from './rules';
import type { Noticed } from './types';

/** One cause is one finding; in the order of the lines. */
export function findingsOf(path: string, noticed: readonly Noticed[]): readonly Finding[] {
  const seen = new Set<string>();
  const isTried = isTest(path) || isExample(path);
  const counted = isTried
    ? noticed
        .filter((notice) => !CLEANS_UP.test(notice.message) && !isKeyToNothing(notice))
        .map((notice) => (isAboutGuards(notice.rule) ? notice : { cause: 'file', ...notice }))
    : noticed.map((notice) => {
        const cause = causeIn(path, notice);
        return cause === undefined ? notice : { cause, ...notice };
      });
  return byCause(manyAsOne(counted))
    .sort((notice, other) => notice.line - other.line)
    .flatMap((notice): Finding[] => {
      const key = `${notice.rule} ${notice.side} ${String(notice.line)} ${notice.address ?? ''}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const rule: Rule = RULES[notice.rule];
      const severity = severityAt(path, notice.severity ?? rule.severity, notice);
      if (severity === null) return [];
      return [
        {
          rule: notice.rule,
          class: classOf(notice.rule),
          severity,
          path,
          line: notice.line,
          side: notice.side,
          message: notice.message,
          ...(notice.address === undefined ? {} : { address: notice.address }),
          ...(notice.alsoIn === undefined ? {} : { alsoIn: notice.alsoIn.map((place) => ({ path, ...place })) }),
        },
      ];
    });
}

/** Nobody reads more findings of one rule in one file. */
const ONE_BY_ONE = 20;

/** Where a file has very many of one kind, such as a migration that drops hundreds of tables, they are one finding. */
function manyAsOne(all: readonly Noticed[]): readonly Noticed[] {
  const kind = ({ rule, side }: Noticed): string => `${rule} ${side}`;
  const causes = new Map<string, Set<unknown>>();
  for (const notice of all)
    causes.set(kind(notice), (causes.get(kind(notice)) ?? new Set()).add(notice.cause ?? notice));
  return all.map((notice) =>
    (causes.get(kind(notice))?.size ?? 0) > ONE_BY_ONE ? { ...notice, cause: 'many' } : notice,
  );
}

/** What a file does several times: a kind of thing, or by its commands. */
const causeIn = (path: string, notice: Noticed): string | undefined =>
  isComparedByName(path) ? undefined : (kindOf(notice) ?? (notice.message.startsWith('"') ? 'commands' : undefined));

/** The fact and what it is about, such as `The column …`, of what is one finding for each kind. */
export const kindOf = ({
  rule,
  row,
  message,
}: Pick<Noticed, 'message' | 'row'> & { readonly rule: string }): string | undefined =>
  Object.hasOwn(RULES, rule) && (RULES[rule as RuleId] as Rule).atOnce === true
    ? `${typeof row === 'string' ? row : ''} ${message.split(' ', 2).join(' ')}`
    : undefined;

/** A token is one wherever it lies, tests are what checks are about, and an assistant reads examples too. */
const countsEverywhere = (rule: RuleId): boolean => classOf(rule) === 'secrets' || isAboutGuards(rule);
const isAboutGuards = (rule: RuleId): boolean => classOf(rule) === 'checks' || classOf(rule) === 'agents';

/** Prisma's schema and its migration are compared by what each of their findings names. */
export const isComparedByName = (path: string): boolean => /\.prisma$|(?:^|\/)migration\.sql$/.test(path);

/** By how much what runs nowhere, or is not written here, weighs less. */
export const LOWER: Readonly<Record<Severity, Severity | null>> = {
  critical: 'medium',
  high: 'low',
  medium: null,
  low: null,
};
/** What stands in a test or an example runs nowhere: only lost data would be worth a look. */
const LEFT = /^(?:destructive\/(?:k8s-removed|cfn-resource-removed)|permissions\/k8s-privileged)$/;
/** And of these only what holds data: a configuration that is mostly read has no state. */
const NEVER = /^destructive\/tf-(?:address-changed|resource-removed|forces-replacement|backend-changed)$/;

/** A key of an example has locked nothing that anybody needs, and its programs are installed again. */
const isKeyToNothing = ({ rule, address = '' }: Noticed): boolean =>
  NEVER.test(rule) && /^(?:\w+_kms_key|helm_release|random_password|tls_private_key)\./.test(address);

/**
 * A test deletes in a cluster what it has made, by a file or a label, or the cluster with its machines and disks;
 * everything, or a namespace, is more than that.
 */
const CLEANS_UP =
  /^"(?:sudo )?(?:(?:kubectl|oc) .*(?: -f | -l |--filename|--selector)(?!.*--all)|eksctl delete (?:cluster|nodegroup) |aws ec2 (?:delete-volume|terminate-instances) |gcloud container clusters delete |az aks delete )/;

/**
 * Examples, tests and what is vendored run against nothing that anybody misses: null where nothing is left to say. A
 * secret is one wherever it lies, and its rules look at such folders by themselves.
 */
function severityAt(path: string, severity: Severity, { rule, message }: Noticed): Severity | null {
  if (countsEverywhere(rule)) return severity;
  if (isArchived(path)) return null;
  if (fillsTests(path) && classOf(rule) === 'destructive') return null;
  if (isFixture(path) && severity !== 'critical') return null;
  if (isTest(path) || isExample(path)) {
    if (NEVER.test(rule) && !message.includes('holds data')) return null;
    return LEFT.test(rule) && severity !== 'critical' ? null : LOWER[severity];
  }
  if (isDevelopment(path)) return 'low';
  return isVendored(path) ? (LOWER[severity] ?? 'low') : severity;
}
