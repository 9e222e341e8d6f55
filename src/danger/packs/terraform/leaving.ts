/** Why resources leave the configuration: those that leave for one reason are one finding. */
import type { Change, NoticedIn } from '../../types';
import { addressOf } from './flatten-attributes';
import { typeIn } from '../../terraform/holds-data';
import type { Placed } from './resources';

/** What leaves with the files of a folder has one cause: the folder. */
export const withFolder = (leaving: readonly NoticedIn[]): readonly NoticedIn[] =>
  leaving.map((one) => ({ ...one, cause: `folder ${folderOf(one.path)}`, across: true }));

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
    if (first.filter((other) => other.rule === rule).length >= MUCH) return `folder ${folderOf(path)}`;
    return removedFiles.has(path) ? `file ${path}` : `${OWN}${nameOf(one)}`;
  };
  return [...heads].map(([one, head]) => ({ ...one, cause: reasonOf(head), across: true }));
}

/** What leaves by itself. */
const OWN = 'address ';

/** Settings of one type that leave several folders by themselves leave for one reason, whatever they are called. */
export function ofOneType(noticed: readonly NoticedIn[]): readonly NoticedIn[] {
  const isOwn = ({ cause, severity }: NoticedIn): boolean => severity === 'low' && cause?.startsWith(OWN) === true;
  const typeIfMany = (one: NoticedIn): string | undefined =>
    isOwn(one) &&
    noticed.filter((other) => isOwn(other) && other.rule === one.rule && typeOf(other) === typeOf(one)).length >= MUCH
      ? typeOf(one)
      : undefined;
  return noticed.map((one) => {
    const type = typeIfMany(one);
    return type === undefined ? one : { ...one, cause: `type ${type}` };
  });
}

const typeOf = ({ address = '' }: NoticedIn): string => typeIn(address);

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const LOSS = ['critical', 'high', 'medium', 'low'];
const byLoss = (all: readonly NoticedIn[]): readonly NoticedIn[] =>
  [...all].sort((one, other) => LOSS.indexOf(one.severity ?? 'low') - LOSS.indexOf(other.severity ?? 'low'));

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
        if (!heads.has(other) && other.severity !== 'critical' && isLinked(at, other)) {
          heads.set(other, one);
          open.push(other);
        }
  }
  return heads;
}

const sourcesOf = (all: readonly Placed[]): ReadonlyMap<string, string> =>
  new Map(all.map(({ item }) => [addressOf(item), item.source]));

/** Whether the text of a block has this address. */
export function refersTo(source = '', name = ''): boolean {
  if (name === '') return false;
  for (let at = source.indexOf(name); at !== -1; at = source.indexOf(name, at + 1))
    if (!/[\w.-]/.test(source.charAt(at - 1)) && !/[\w-]/.test(source.charAt(at + name.length))) return true;
  return false;
}
