/** From changed files to findings: every analyzer that a file concerns looks at it, and one cause is one finding. */
import type { Finding } from './finding';
import { lowInCopies } from './same-cause/lower-notices-in-copied-files';
import { acrossFiles } from './same-cause/join-notices-of-rule';
import { withoutKnown } from './same-cause/only-new-notices';
import { findingsOf } from './notices-to-findings';
import { withoutMigrationsAgain } from './same-cause/drop-repeats-between-migrations';
import { withoutMoved, withoutRepeats } from './same-cause/drop-repeated-and-moved-notices';
import { weighed } from './lower-severity-by-context';
import { chartsAsAWhole } from './same-cause/join-notices-of-replaced-or-removed-chart';
import { isTooLarge, TEXT_AT_MOST } from './too-large';
import { onceForTwins } from './same-cause/join-notices-of-environments';
import { ANALYZERS, analyzersFor } from './analyzers';
import type { RuleId } from './rules';
import type { Change, Noticed, NoticedIn, Analyzer, Tools } from './types';

export { analyzersFor };
export { newDependencies } from './new-dependencies';
export { findInPlan } from './plans';
export { findByRows } from './find-by-team-rows';

/** Findings in changes, in the order of the changes and their lines. An analyzer that fails reports nothing for its file. */
export const findInChanges = async (
  changes: readonly Change[],
  tools: Tools,
  analyzers: readonly Analyzer[] = ANALYZERS,
): Promise<readonly Finding[]> => (await lookForDangers(changes, tools, analyzers)).findings;

export interface Looked {
  readonly findings: readonly Finding[];
  /** The paths of changes that could not be read to the end: they may contain anything. */
  readonly unread: ReadonlySet<string>;
  /** Those that the files' own programs would refuse, on one side at least: nothing was compared. */
  readonly refused: ReadonlySet<string>;
}

/** Like {@link findInChanges}, plus what could not be read. */
export async function lookForDangers(
  changes: readonly Change[],
  tools: Tools,
  analyzers: readonly Analyzer[] = ANALYZERS,
): Promise<Looked> {
  const unread = new Set(changes.filter((change) => isTooLarge(change, analyzers)).map(({ path }) => path));
  const refused = new Set<string>();
  const looked = changes.filter(
    ({ before, after }) => (before?.length ?? 0) <= TEXT_AT_MOST && (after?.length ?? 0) <= TEXT_AT_MOST,
  );
  const noticed: NoticedIn[] = [];
  for (const analyzer of analyzers) {
    const reads = 'noticeAll' in analyzer ? analyzer.alsoReads : undefined;
    const concerned = looked.some((change) => analyzer.concerns(change))
      ? looked.filter((change) => analyzer.concerns(change) || reads?.(change) === true)
      : [];
    if (concerned.length > 0)
      noticed.push(
        ...(await withoutKnown(await noticedBy(analyzer, concerned, tools, { unread, refused }), looked, (change) =>
          noticedBy(analyzer, [change], tools, { unread: new Set(), refused: new Set() }),
        )),
      );
  }
  const byPath = new Map<string, Noticed[]>(looked.map(({ path }) => [path, []]));
  for (const one of acrossFiles(withoutGeneral(await lowInCopies(noticed, looked, tools))))
    byPath.get(one.path)?.push(one);
  const findings = weighed(
    looked.flatMap(({ path }) => findingsOf(path, byPath.get(path) ?? [])),
    looked,
  );
  return {
    findings: chartsAsAWhole(
      onceForTwins(await withoutMoved(withoutMigrationsAgain(withoutRepeats(findings, looked), looked), looked, tools)),
      looked,
    ),
    unread,
    refused,
  };
}

/** What any tool's words say, only where no rule that knows the tool found something in the same file. */
function withoutGeneral(noticed: readonly NoticedIn[]): readonly NoticedIn[] {
  const isOfChecks = (rule: RuleId): boolean => rule.startsWith('checks/');
  const known = new Set(
    noticed.flatMap(({ isGeneral, rule, path }) =>
      isGeneral === undefined
        ? rule === 'permissions/ci-gate'
          ? [`true ${path}`]
          : [`${String(isOfChecks(rule))} ${path}`]
        : [],
    ),
  );
  return noticed.filter(
    ({ isGeneral, rule, path }) => isGeneral === undefined || !known.has(`${String(isOfChecks(rule))} ${path}`),
  );
}

/**
 * Whether a change is to be looked at together with others: what is removed there may reappear here, or mean something
 * here. Others matter to any other change only where something was found in it.
 */
export const isReadWithOthers = (change: Change, analyzers: readonly Analyzer[] = ANALYZERS): boolean =>
  analyzers.some((analyzer) => 'noticeAll' in analyzer && analyzer.concerns(change));

async function noticedBy(
  analyzer: Analyzer,
  changes: readonly Change[],
  shared: Tools,
  { unread, refused }: { readonly unread: Set<string>; readonly refused: Set<string> },
): Promise<readonly NoticedIn[]> {
  const into =
    (paths: Set<string>, of: readonly Change[]) =>
    (text: string): void => {
      const mine = of.filter(({ before, after }) => before === text || after === text);
      for (const { path } of mine.length > 0 ? mine : of) paths.add(path);
    };
  const tools = (of: readonly Change[]): Tools => ({
    ...shared,
    cutOff: into(unread, of),
    refused: into(refused, of),
  });
  if ('noticeAll' in analyzer) return quietly(() => analyzer.noticeAll(changes, tools(changes)));
  const all: NoticedIn[] = [];
  for (const change of changes)
    all.push(
      ...(await quietly(() => analyzer.notice(change, tools([change])))).map((one) => ({
        ...one,
        path: change.path,
      })),
    );
  return all;
}

async function quietly<One>(work: () => Promise<readonly One[]> | readonly One[]): Promise<readonly One[]> {
  try {
    return await work();
  } catch {
    return []; // half-written text is common: what cannot be read yields nothing
  }
}
