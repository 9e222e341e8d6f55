/** What leaves one folder and stands in another one now: it moves, and its state may or may not. */
import { factWas } from '../../rule-rows/facts-from-sentences';
import { isExample, isInProduction, isTest } from '../../path-roles';
import { textAt } from '../../yaml-and-json';
import type { Change, NoticedIn } from '../../types';
import { addressOf, plainName } from './flat-settings-and-addresses';
import { folderOf, targetsOf, type Folder } from './group-removals-across-folders';
import { isLike, type Placed } from './removed-and-recreated-resources';

const LEAVES: ReadonlySet<string> = new Set(['destructive/tf-resource-removed', 'destructive/tf-address-changed']);
const BACKEND = 'destructive/tf-backend-changed';

/** The names that a store has outside of Terraform. */
const NAMES = ['name', 'bucket', 'identifier', 'cluster_identifier', 'table_name', 'db_name', 'domain_name', 'source'];

/** The folders, with what moves between them said as that. */
export function acrossRoots(folders: readonly Folder[], changes: readonly Change[]): readonly Folder[] {
  if (folders.length < 2) return folders;
  return folders.map((folder) => ({ ...folder, noticed: ofFolder(folder, folders, changes) }));
}

function ofFolder(folder: Folder, folders: readonly Folder[], changes: readonly Change[]): readonly NoticedIn[] {
  const { noticed } = folder;
  const leaves = ({ rule, side }: NoticedIn): boolean => LEAVES.has(rule) && side === 'old';
  const isModule = noticed.some(({ rule }) => rule === BACKEND) && becomesModule(folder, folders);
  return noticed.flatMap((notice): NoticedIn[] => {
    if (isModule && notice.rule === BACKEND) return [];
    const item = leaves(notice) ? itemOf(folder.before, notice.address) : undefined;
    const root = item === undefined ? undefined : folders.find((taker) => takes(taker, folder, item));
    if (item === undefined || root === undefined) return [notice];
    if (hasStateOf(root, folder, changes)) return [];
    const { path, address = '', cause, severity } = notice;
    return [
      {
        ...factWas(
          'destructive/tf-resource-removed: {address} moves to {folder}: unless its state moves with it, it is destroyed here and made anew there.',
          notice,
          { address: plainName(address), folder: plainName(root.path) },
          severity === 'critical' ? 'medium' : 'low',
        ),
        path,
        address,
        ...(cause === undefined ? {} : { cause, across: true }),
      },
    ];
  });
}

const itemOf = (all: readonly Placed[], address: string | undefined): Placed['item'] | undefined =>
  all.find(({ item }) => addressOf(item) === address)?.item;

/** A folder that nobody called, which another one calls now: the state is that one's. */
const becomesModule = ({ path }: Folder, folders: readonly Folder[]): boolean => {
  const isCalled = (side: 'before' | 'after'): boolean =>
    folders.some((by) => by.path !== path && [...targetsOf(by.path, by[side]).values()].includes(path));
  return isCalled('after') && !isCalled('before');
};

/** Whether a folder has something now that left another one: of its name, from its source or mostly the same, and for its environment. */
function takes(folder: Folder, from: Folder, item: Placed['item']): boolean {
  const taken = folder === from ? undefined : itemOf(folder.after, addressOf(item));
  return (
    taken !== undefined &&
    itemOf(folder.before, addressOf(item)) === undefined &&
    !isTest(folder.path) &&
    !isExample(folder.path) &&
    isInProduction(folder.path, from.path) === isInProduction(from.path, folder.path) &&
    (item.kind === 'module' || isLike(item, taken)) &&
    NAMES.every((name) => sameName(textAt(item.body, name), textAt(taken.body, name)))
  );
}

/** A path to a module begins elsewhere, and ends alike. */
const sameName = (text = '', secondText = ''): boolean =>
  text.replace(/^[./]+/, '') === secondText.replace(/^[./]+/, '');

/** The file that says where the state is went there, and says the same. */
const hasStateOf = (root: Folder, from: Folder, changes: readonly Change[]): boolean =>
  changes.some(
    ({ path, from: origin, before, after }) =>
      origin !== null &&
      folderOf(origin) === from.path &&
      folderOf(path) === root.path &&
      backendIn(before) !== '' &&
      backendIn(before) === backendIn(after),
  );

/** A state in a local file stays behind, and a block that says no place gets one for each folder. */
function backendIn(text: string | null): string {
  const said = (text ?? '').replaceAll(/(?<=^|\s)(?:#|\/\/).*$/gm, '').replaceAll(/\s+/g, ' ');
  const [block = ''] = /\bbackend "(?!local")\w{1,40}" ?\{[^}]{0,2000}\}/.exec(said) ?? [];
  return /[{ "](?:key|prefix|name|path|address|schema_name|secret_suffix) ?= ?"[^"]/.test(block) ? block : '';
}
