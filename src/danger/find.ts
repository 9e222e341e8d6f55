/** From changed files to findings: every pack that a file concerns is asked, and one cause is one finding. */
import type { Finding } from '../policy/types';
import { findingsOf } from './findings';
import { PACKS } from './packs';
import type { Change, Noticed, NoticedIn, Pack, Tools } from './types';

export { findInPlan, type PlanAnswer } from './find-in-plan';

/** Larger texts are not looked at: nobody reads them line by line. Characters. */
const TEXT_AT_MOST = 2_000_000;

/** Findings in changes, in the order of the changes and their lines. A pack that fails says nothing of that file. */
export async function findInChanges(changes: readonly Change[], tools: Tools, packs: readonly Pack[] = PACKS): Promise<readonly Finding[]> {
  const looked = changes.filter(({ before, after }) => (before?.length ?? 0) <= TEXT_AT_MOST && (after?.length ?? 0) <= TEXT_AT_MOST);
  const noticed = new Map<string, Noticed[]>(looked.map(({ path }) => [path, []]));
  for (const pack of packs) {
    const concerned = looked.filter((change) => pack.concerns(change));
    if (concerned.length > 0) for (const one of await noticedBy(pack, concerned, tools)) noticed.get(one.path)?.push(one);
  }
  return looked.flatMap(({ path }) => findingsOf(path, noticed.get(path) ?? []));
}

async function noticedBy(pack: Pack, changes: readonly Change[], tools: Tools): Promise<readonly NoticedIn[]> {
  if ('noticeAll' in pack) return quietly(() => pack.noticeAll(changes, tools));
  const all: NoticedIn[] = [];
  for (const change of changes) all.push(...(await quietly(() => pack.notice(change, tools))).map((one) => ({ ...one, path: change.path })));
  return all;
}

async function quietly<One>(work: () => Promise<readonly One[]> | readonly One[]): Promise<readonly One[]> {
  try {
    return await work();
  } catch {
    return []; // half-written text is everyday: what cannot be read says nothing
  }
}
