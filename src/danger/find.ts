/** From changed files to findings: every pack that a file concerns looks at it, and one cause is one finding. */
import type { Finding } from '../policy/types';
import { acrossFiles } from './by-cause';
import { withoutKnown } from './compare';
import { findingsOf } from './findings';
import { withoutMigrationsAgain } from './migrations-of-change';
import { withoutMoved, withoutRepeats } from './repeats';
import { isTooLarge, TEXT_AT_MOST } from './too-large';
import { PACKS } from './packs';
import type { Change, Noticed, NoticedIn, Pack, Tools } from './types';

export { findInPlan } from './find-in-plan';
export { findByRows } from './team-rows';

/** Findings in changes, in the order of the changes and their lines. A pack that fails reports nothing for its file. */
export const findInChanges = async (
  changes: readonly Change[],
  tools: Tools,
  packs: readonly Pack[] = PACKS,
): Promise<readonly Finding[]> => (await lookForDangers(changes, tools, packs)).findings;

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
  packs: readonly Pack[] = PACKS,
): Promise<Looked> {
  const unread = new Set(changes.filter((change) => isTooLarge(change, packs)).map(({ path }) => path));
  const refused = new Set<string>();
  const looked = changes.filter(
    ({ before, after }) => (before?.length ?? 0) <= TEXT_AT_MOST && (after?.length ?? 0) <= TEXT_AT_MOST,
  );
  const noticed: NoticedIn[] = [];
  for (const pack of packs) {
    const concerned = looked.filter((change) => pack.concerns(change));
    if (concerned.length > 0)
      noticed.push(
        ...(await withoutKnown(await noticedBy(pack, concerned, tools, { unread, refused }), concerned, (change) =>
          noticedBy(pack, [change], tools, { unread: new Set(), refused: new Set() }),
        )),
      );
  }
  const byPath = new Map<string, Noticed[]>(looked.map(({ path }) => [path, []]));
  for (const one of acrossFiles(noticed)) byPath.get(one.path)?.push(one);
  const findings = looked.flatMap(({ path }) => findingsOf(path, byPath.get(path) ?? []));
  return {
    findings: await withoutMoved(withoutMigrationsAgain(withoutRepeats(findings, looked), looked), looked, tools),
    unread,
    refused,
  };
}

/**
 * Whether a change is to be looked at together with others: what is removed there may reappear here, or mean something
 * here. Others matter to any other change only where something was found in it.
 */
export const isReadWithOthers = (change: Change, packs: readonly Pack[] = PACKS): boolean =>
  packs.some((pack) => 'noticeAll' in pack && pack.concerns(change));

async function noticedBy(
  pack: Pack,
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
  if ('noticeAll' in pack) return quietly(() => pack.noticeAll(changes, tools(changes)));
  const all: NoticedIn[] = [];
  for (const change of changes)
    all.push(
      ...(await quietly(() => pack.notice(change, tools([change])))).map((one) => ({
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
