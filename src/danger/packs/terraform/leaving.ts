/** Why resources leave the configuration: those that leave for one reason are one finding. */
import type { Change, NoticedIn } from '../../types';
import { addressOf } from './flatten-attributes';
import { typeIn } from '../../terraform/holds-data';
import type { Placed } from './resources';

/** What leaves with the files of a folder has one cause: the folder. It stands where the most is lost. */
export function withFolder(leaving: readonly NoticedIn[]): readonly NoticedIn[] {
  const [first] = byLoss(leaving);
  return first === undefined ? [] : byLoss(leaving).map((one) => ({ ...one, path: first.path, cause: 'folder' }));
}

/** So much leaves for one reason. */
const MUCH = 3;

/**
 * One reason: a service with its roles and settings, which refer to each other; a file, or much of one; several of one
 * type. Each file keeps a finding of its own: a tier that asks for it asks whoever wrote that file.
 */
export function byReason(
  leaving: readonly NoticedIn[],
  before: readonly Placed[],
  changes: readonly Change[],
): readonly NoticedIn[] {
  const heads = headsOf(byLoss(leaving), before);
  const first = [...heads].flatMap(([one, head]) => (one === head ? [one] : []));
  const removedFiles = new Set(changes.flatMap(({ path, after }) => (after === null ? [path] : [])));
  const reasonOf = (one: NoticedIn): string => {
    const ofRule = first.filter(({ rule }) => rule === one.rule);
    const ofType = ofRule.filter(({ address }) => typeOf(address) === typeOf(one.address));
    if (ofType.length >= MUCH && typeOf(one.address) !== 'module') return typeOf(one.address);
    return removedFiles.has(one.path) || ofRule.filter(({ path }) => path === one.path).length >= MUCH
      ? 'file'
      : (one.address ?? '');
  };
  return [...heads].map(([one, head]) => ({ ...one, cause: reasonOf(head) }));
}

const typeOf = (address = ''): string => (address.startsWith('module.') ? 'module' : typeIn(address));

const LOSS = ['critical', 'high', 'medium', 'low'];
const byLoss = (all: readonly NoticedIn[]): readonly NoticedIn[] =>
  [...all].sort((one, other) => LOSS.indexOf(one.severity ?? 'low') - LOSS.indexOf(other.severity ?? 'low'));

/**
 * For each its head, which may be itself: what leaves and refers to it, or is referred to by it, and holds no data by
 * itself. Heads stand before what leaves with them.
 */
function headsOf(leaving: readonly NoticedIn[], before: readonly Placed[]): ReadonlyMap<NoticedIn, NoticedIn> {
  const sources = new Map(before.map(({ item }) => [addressOf(item), item.source]));
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

/** Whether the text of a block has this address. */
export function refersTo(source = '', name = ''): boolean {
  if (name === '') return false;
  for (let at = source.indexOf(name); at !== -1; at = source.indexOf(name, at + 1))
    if (!/[\w.-]/.test(source.charAt(at - 1)) && !/[\w-]/.test(source.charAt(at + name.length))) return true;
  return false;
}
