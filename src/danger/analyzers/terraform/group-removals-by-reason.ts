/** Why resources leave the configuration: those that leave for one reason are one finding. */
import { SEVERITIES } from '../../finding';
import type { Change, NoticedIn } from '../../types';
import { addressOf, refersTo } from './flat-settings-and-addresses';
import { typeIn } from '../../terraform/data-holding-types';
import { folderOf } from './group-removals-across-folders';
import type { Placed } from './removed-and-recreated-resources';
import { isGrant } from './successors-and-carried-over-access';

/** What leaves with the files of a folder has one cause: the folder. */
export function withFolder(leaving: readonly NoticedIn[], before: readonly Placed[]): readonly NoticedIn[] {
  const isMore = asksForMore(before);
  return leaving.some(isMore)
    ? leaving.map((notice) => ({ ...notice, cause: `folder ${folderOf(notice.path)}`, across: true }))
    : [];
}

/** More leaves than what somebody was allowed to do. */
function asksForMore(before: readonly Placed[]): (notice: NoticedIn) => boolean {
  const sources = sourcesOf(before);
  return ({ address = '' }) => !isGrant(address, sources.get(address) ?? '', before);
}

/** So much leaves for one reason. */
const MUCH = 3;

/**
 * One reason: a service with its roles and settings, which refer to each other; a file; a folder, or much of one; the
 * same in several folders.
 */
export function byReason(
  leaving: readonly NoticedIn[],
  before: readonly Placed[],
  changes: readonly Change[],
): readonly NoticedIn[] {
  const heads = headsOf(byLoss(leaving), before);
  const first = [...heads].flatMap(([notice, head]) => (notice === head ? [notice] : []));
  const removedFiles = new Set(changes.flatMap(({ path, after }) => (after === null ? [path] : [])));
  const sources = sourcesOf(before);
  // Of what holds data only copies are the same: many a database is called main.
  const nameOf = ({ address = '', severity }: NoticedIn): string =>
    severity === 'critical' ? `${address} ${sources.get(address) ?? ''}` : address;
  const reasonOf = (notice: NoticedIn): string => {
    const { rule, path } = notice;
    const beside = first.filter(
      (secondNotice) => secondNotice.rule === rule && folderOf(secondNotice.path) === folderOf(path),
    );
    if (beside.length >= MUCH) return `folder ${folderOf(path)}`;
    if (notice.severity === 'medium' && beside.filter(({ severity }) => severity === 'medium').length > 1)
      return `what runs in ${folderOf(path)}`;
    if (
      notice.severity === 'critical' &&
      beside.filter((secondNotice) => typeOf(secondNotice) === typeOf(notice)).length > 1
    )
      return `${typeOf(notice)} in ${folderOf(path)}`;
    if (removedFiles.has(path)) return `file ${path}`;
    return `${notice.severity === 'low' ? OWN : 'address '}${nameOf(notice)}`;
  };
  const isMore = asksForMore(before);
  const worth = new Set([...heads].flatMap(([notice, head]) => (isMore(notice) ? [head] : [])));
  return [...heads].flatMap(([notice, head]) =>
    worth.has(head) ? [{ ...notice, cause: reasonOf(head), across: true as const }] : [],
  );
}

/** Settings that leave by themselves. */
const OWN = 'setting ';

/** Settings that leave by themselves: those of one type in several folders for one reason, and those of one folder. */
export function ofOneType(noticed: readonly NoticedIn[]): readonly NoticedIn[] {
  const isOwn = ({ cause, severity }: NoticedIn): boolean => severity === 'low' && cause?.startsWith(OWN) === true;
  const typeIfMany = (notice: NoticedIn): string | undefined =>
    isOwn(notice) && foldersWith(notice) >= MUCH ? typeOf(notice) : undefined;
  const foldersWith = (notice: NoticedIn): number =>
    new Set(
      noticed
        .filter(
          (secondNotice) =>
            isOwn(secondNotice) && secondNotice.rule === notice.rule && typeOf(secondNotice) === typeOf(notice),
        )
        .map(({ path }) => folderOf(path)),
    ).size;
  return noticed.map((notice) => {
    const type = typeIfMany(notice);
    if (type !== undefined) return { ...notice, cause: `type ${type}` };
    const folder = folderOf(notice.path);
    const isOneOfSeveral =
      isOwn(notice) &&
      noticed.some(
        (secondNotice) =>
          isOwn(secondNotice) && folderOf(secondNotice.path) === folder && secondNotice.cause !== notice.cause,
      );
    return isOneOfSeveral ? { ...notice, cause: `settings of ${folder}` } : notice;
  });
}

/**
 * What leaves a change in several places and holds no data: whoever looks at one of them wants to see them all. Each loss
 * of data is its own.
 */
export function ofOneChange(noticed: readonly NoticedIn[]): readonly NoticedIn[] {
  const leaves = ({ rule, side, cause }: NoticedIn): boolean =>
    rule === LEAVES && side === 'old' && cause !== undefined;
  const grave = new Set(noticed.filter(({ severity }) => severity === 'critical').map(({ cause }) => cause));
  const isSmall = (notice: NoticedIn): boolean => leaves(notice) && !grave.has(notice.cause);
  const causes = new Set(noticed.filter(isSmall).map(({ cause }) => cause));
  if (causes.size < 2) return noticed;
  return noticed.map((notice) => (isSmall(notice) ? { ...notice, cause: 'holds no data', across: true } : notice));
}

const LEAVES = 'destructive/tf-resource-removed';

const typeOf = ({ address = '' }: NoticedIn): string => typeIn(address);

const byLoss = (all: readonly NoticedIn[]): readonly NoticedIn[] =>
  [...all].sort(
    (notice, secondNotice) =>
      SEVERITIES.indexOf(notice.severity ?? 'low') - SEVERITIES.indexOf(secondNotice.severity ?? 'low') ||
      Number(PART.test(typeOf(notice))) - Number(PART.test(typeOf(secondNotice))),
  );

/**
 * For each its head, which may be itself: what leaves and refers to it, or is referred to by it, and holds no data by
 * itself. Heads stand before what leaves with them.
 */
function headsOf(leaving: readonly NoticedIn[], before: readonly Placed[]): ReadonlyMap<NoticedIn, NoticedIn> {
  const sources = sourcesOf(before);
  const isLinked = (notice: NoticedIn, secondNotice: NoticedIn): boolean =>
    notice.rule === secondNotice.rule &&
    (refersTo(sources.get(notice.address ?? ''), secondNotice.address) ||
      refersTo(sources.get(secondNotice.address ?? ''), notice.address));
  const heads = new Map<NoticedIn, NoticedIn>();
  for (const notice of leaving) {
    if (heads.has(notice)) continue;
    heads.set(notice, notice);
    const open = [notice];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const secondNotice of leaving)
        if (
          !heads.has(secondNotice) &&
          (secondNotice.severity !== 'critical' || isPartOf(typeOf(secondNotice), typeOf(notice))) &&
          isLinked(at, secondNotice)
        ) {
          heads.set(secondNotice, notice);
          open.push(secondNotice);
        }
  }
  return heads;
}

const FORCES = 'destructive/tf-forces-replacement';

/** What is replaced with what it lies in, to which it refers, has that one's cause. */
export function withParts(noticed: readonly NoticedIn[], after: readonly Placed[]): readonly NoticedIn[] {
  const replaced = noticed.filter(({ rule, address }) => rule === FORCES && address !== undefined);
  if (replaced.length < 2) return noticed;
  const sources = sourcesOf(after);
  const wholeOf = (notice: NoticedIn): NoticedIn | undefined =>
    replaced.find(
      (secondNotice) =>
        isPartOf(typeOf(notice), typeOf(secondNotice)) &&
        refersTo(sources.get(notice.address ?? ''), secondNotice.address),
    );
  const wholes = new Map(replaced.flatMap((notice) => [[notice, wholeOf(notice)] as const]));
  const withOthers = new Set([...wholes.values()].map((whole) => whole?.address));
  return noticed.map((notice) => {
    const address = wholes.get(notice)?.address ?? (withOthers.has(notice.address) ? notice.address : undefined);
    return notice.rule !== FORCES || address === undefined ? notice : { ...notice, cause: `replaced ${address}` };
  });
}

/** What lies in something else, by its type: a share in its account, a disk in its machine, a database on its server. */
const isPartOf = (part: string, whole: string): boolean =>
  PART.test(part) && !PART.test(whole) && part.split('_', 1)[0] === whole.split('_', 1)[0];
const PART =
  /_(?:disk|volume|share|share_directory|container|blob|queue|table|database|cluster_instance|replica|user|topic|schema|object|version|snapshot|filesystem|volume_attachment|disk_attachment|key|secret|certificate|repository|dataset)$/;

const sourcesOf = (all: readonly Placed[]): ReadonlyMap<string, string> =>
  new Map(all.map(({ item }) => [addressOf(item), item.source]));
