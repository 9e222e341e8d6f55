/** Why resources leave the configuration: those that leave for one reason are one finding. */
import type { Change, NoticedIn } from '../../types';
import { addressOf, refersTo } from './flatten-attributes';
import { typeIn } from '../../terraform/holds-data';
import { folderOf } from './removed-across-folders';
import type { Placed } from './resources';
import { isGrant } from './successors';

/** What leaves with the files of a folder has one cause: the folder. */
export function withFolder(leaving: readonly NoticedIn[], before: readonly Placed[]): readonly NoticedIn[] {
  const isMore = asksForMore(before);
  return leaving.some(isMore)
    ? leaving.map((one) => ({ ...one, cause: `folder ${folderOf(one.path)}`, across: true }))
    : [];
}

/** More leaves than what somebody was allowed to do. */
function asksForMore(before: readonly Placed[]): (one: NoticedIn) => boolean {
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
  const first = [...heads].flatMap(([one, head]) => (one === head ? [one] : []));
  const removedFiles = new Set(changes.flatMap(({ path, after }) => (after === null ? [path] : [])));
  const sources = sourcesOf(before);
  // Of what holds data only copies are the same: many a database is called main.
  const nameOf = ({ address = '', severity }: NoticedIn): string =>
    severity === 'critical' ? `${address} ${sources.get(address) ?? ''}` : address;
  const reasonOf = (one: NoticedIn): string => {
    const { rule, path } = one;
    const beside = first.filter((other) => other.rule === rule && folderOf(other.path) === folderOf(path));
    if (beside.length >= MUCH) return `folder ${folderOf(path)}`;
    if (one.severity === 'medium' && beside.filter(({ severity }) => severity === 'medium').length > 1)
      return `what runs in ${folderOf(path)}`;
    if (one.severity === 'critical' && beside.filter((other) => typeOf(other) === typeOf(one)).length > 1)
      return `${typeOf(one)} in ${folderOf(path)}`;
    if (removedFiles.has(path)) return `file ${path}`;
    return `${one.severity === 'low' ? OWN : 'address '}${nameOf(one)}`;
  };
  const isMore = asksForMore(before);
  const worth = new Set([...heads].flatMap(([one, head]) => (isMore(one) ? [head] : [])));
  return [...heads].flatMap(([one, head]) =>
    worth.has(head) ? [{ ...one, cause: reasonOf(head), across: true as const }] : [],
  );
}

/** Settings that leave by themselves. */
const OWN = 'setting ';

/** Settings that leave by themselves: those of one type in several folders for one reason, and those of one folder. */
export function ofOneType(noticed: readonly NoticedIn[]): readonly NoticedIn[] {
  const isOwn = ({ cause, severity }: NoticedIn): boolean => severity === 'low' && cause?.startsWith(OWN) === true;
  const typeIfMany = (one: NoticedIn): string | undefined =>
    isOwn(one) && foldersWith(one) >= MUCH ? typeOf(one) : undefined;
  const foldersWith = (one: NoticedIn): number =>
    new Set(
      noticed
        .filter((other) => isOwn(other) && other.rule === one.rule && typeOf(other) === typeOf(one))
        .map(({ path }) => folderOf(path)),
    ).size;
  return noticed.map((one) => {
    const type = typeIfMany(one);
    if (type !== undefined) return { ...one, cause: `type ${type}` };
    const folder = folderOf(one.path);
    const isOneOfSeveral =
      isOwn(one) &&
      noticed.some((other) => isOwn(other) && folderOf(other.path) === folder && other.cause !== one.cause);
    return isOneOfSeveral ? { ...one, cause: `settings of ${folder}` } : one;
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
  const isSmall = (one: NoticedIn): boolean => leaves(one) && !grave.has(one.cause);
  const causes = new Set(noticed.filter(isSmall).map(({ cause }) => cause));
  return causes.size < 2
    ? noticed
    : noticed.map((one) => (isSmall(one) ? { ...one, cause: 'holds no data', across: true } : one));
}

const LEAVES = 'destructive/tf-resource-removed';

const typeOf = ({ address = '' }: NoticedIn): string => typeIn(address);

const LOSS = ['critical', 'high', 'medium', 'low'];
const byLoss = (all: readonly NoticedIn[]): readonly NoticedIn[] =>
  [...all].sort(
    (one, other) =>
      LOSS.indexOf(one.severity ?? 'low') - LOSS.indexOf(other.severity ?? 'low') ||
      Number(PART.test(typeOf(one))) - Number(PART.test(typeOf(other))),
  );

/**
 * For each its head, which may be itself: what leaves and refers to it, or is referred to by it, and holds no data by
 * itself. Heads stand before what leaves with them.
 */
function headsOf(leaving: readonly NoticedIn[], before: readonly Placed[]): ReadonlyMap<NoticedIn, NoticedIn> {
  const sources = sourcesOf(before);
  const isLinked = (one: NoticedIn, other: NoticedIn): boolean =>
    one.rule === other.rule &&
    (refersTo(sources.get(one.address ?? ''), other.address) ||
      refersTo(sources.get(other.address ?? ''), one.address));
  const heads = new Map<NoticedIn, NoticedIn>();
  for (const one of leaving) {
    if (heads.has(one)) continue;
    heads.set(one, one);
    const open = [one];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const other of leaving)
        if (
          !heads.has(other) &&
          (other.severity !== 'critical' || isPartOf(typeOf(other), typeOf(one))) &&
          isLinked(at, other)
        ) {
          heads.set(other, one);
          open.push(other);
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
  const wholeOf = (one: NoticedIn): NoticedIn | undefined =>
    replaced.find(
      (other) => isPartOf(typeOf(one), typeOf(other)) && refersTo(sources.get(one.address ?? ''), other.address),
    );
  const wholes = new Map(replaced.flatMap((one) => [[one, wholeOf(one)] as const]));
  const withOthers = new Set([...wholes.values()].map((whole) => whole?.address));
  return noticed.map((one) => {
    const address = wholes.get(one)?.address ?? (withOthers.has(one.address) ? one.address : undefined);
    return one.rule !== FORCES || address === undefined ? one : { ...one, cause: `replaced ${address}` };
  });
}

/** What lies in something else, by its type: a share in its account, a disk in its machine, a database on its server. */
const isPartOf = (part: string, whole: string): boolean =>
  PART.test(part) && !PART.test(whole) && part.split('_', 1)[0] === whole.split('_', 1)[0];
const PART =
  /_(?:disk|volume|share|share_directory|container|blob|queue|table|database|cluster_instance|replica|user|topic|schema|object|version|snapshot|filesystem|volume_attachment|disk_attachment|key|secret|certificate|repository|dataset)$/;

const sourcesOf = (all: readonly Placed[]): ReadonlyMap<string, string> =>
  new Map(all.map(({ item }) => [addressOf(item), item.source]));
