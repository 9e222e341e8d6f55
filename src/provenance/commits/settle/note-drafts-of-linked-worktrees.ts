/**
 * What the hook knew of commits in linked work trees, stored in the common git directory: if such a work tree is
 * removed before it is settled, git deletes its journal with it. `settle-removed-worktrees.ts` then writes the notes.
 *
 *     drafts/NAME@ID/ of the work tree whose git directory has this name and contains this id: another one may get the
 *     name later
 */
import { OBJECT_ID } from '../../../base/patterns';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ChangeAttribution } from '../../authorship/types';
import { dataPlace, listFolder } from '../../../base/files';
import { type DiffFile, readStateFile, writeStateFile, type Repository } from '../../../git';
import { patchKey } from './hook-snapshots-of-commits';
import { hasShape, isNumber, isObject, isText, parsedAs } from '../../../base/shapes';

/** A commit that was about to be made in a linked work tree. */
export interface Draft {
  readonly parent: string;
  /** The commit's tree, or what it changes as one key. */
  readonly to: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly change: ChangeAttribution;
}

interface DraftFile {
  readonly file: string;
  readonly draft: Draft;
}

/** Per work tree. */
const DRAFTS_AT_MOST = 200;
/** From its hook to HEAD, a commit takes no longer than this; anything older has been settled. */
const UNDER_WAY_MS = 10 * 60_000;

const draftsOf = ({ commonDir }: Pick<Repository, 'commonDir'>): string => dataPlace(commonDir, 'drafts');

const idFile = (gitDir: string): string => dataPlace(gitDir, 'id');

/** Where a linked work tree leaves its drafts; undefined where it left none, and for the main one. */
function ownFolder({ gitDir, commonDir }: Pick<Repository, 'gitDir' | 'commonDir'>): string | undefined {
  const id = gitDir === commonDir ? '' : readStateFile(idFile(gitDir));
  return id === '' ? undefined : path.join(draftsOf({ commonDir }), `${path.basename(gitDir)}@${id}`);
}

/** Saves what is known of the commit in progress; does nothing in the main work tree. */
export function writeDraft(
  repository: Repository,
  parent: string,
  to: string | readonly DiffFile[],
  change: ChangeAttribution,
  at: number,
): void {
  const { gitDir, commonDir } = repository;
  if (gitDir === commonDir || change.files.length === 0) return;
  if (readStateFile(idFile(gitDir)) === '') writeStateFile(idFile(gitDir), Math.random().toString(36).slice(2));
  const folder = ownFolder(repository);
  if (folder === undefined) return;
  const draft: Draft = { parent, to: typeof to === 'string' ? to : patchKey(to), at, change };
  for (const name of listFolder(folder).sort().slice(0, -DRAFTS_AT_MOST)) removeDraft(path.join(folder, name));
  writeStateFile(path.join(folder, `${String(at).padStart(14, '0')}-${String(process.pid)}`), JSON.stringify(draft));
}

/** Removes the drafts of a work tree that has settled what it owed. */
export function removeOwnDrafts(repository: Pick<Repository, 'commonDir' | 'gitDir'>, now: number): void {
  const folder = ownFolder(repository);
  if (folder !== undefined)
    for (const { file, draft } of draftsIn(folder)) if (now - draft.at > UNDER_WAY_MS) removeDraft(file);
}

/** Removes all drafts of a work tree. */
export function removeDrafts(repository: Pick<Repository, 'commonDir' | 'gitDir'>): void {
  const folder = ownFolder(repository);
  if (folder !== undefined) removeDraftFolder(folder);
}

/** Removes a folder of drafts, and the parent folder with the last one. */
export function removeDraftFolder(folder: string): void {
  removeDraft(folder);
  if (listFolder(path.dirname(folder)).length === 0) removeDraft(path.dirname(folder));
}

/** Folders with drafts of work trees that can never settle them; cheap. */
export function orphanedFolders(repository: Pick<Repository, 'commonDir'>): string[] {
  return listFolder(draftsOf(repository))
    .sort()
    .filter((name) => isOrphaned(repository, name))
    .map((name) => path.join(draftsOf(repository), name));
}

/** A folder's drafts, oldest first. Unreadable ones are deleted. */
export function draftsIn(folder: string): DraftFile[] {
  return listFolder(folder)
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name);
      const draft = parsed(readStateFile(file));
      if (!draft) removeDraft(file);
      return draft ? [{ file, draft }] : [];
    });
}

export const removeDraft = (place: string): void => {
  rmSync(place, { recursive: true, force: true });
};

function isOrphaned({ commonDir }: Pick<Repository, 'commonDir'>, folder: string): boolean {
  const at = folder.lastIndexOf('@');
  const gitDir = path.join(commonDir, 'worktrees', folder.slice(0, at));
  if (readStateFile(idFile(gitDir)) !== folder.slice(at + 1)) return true;
  // A work tree on a disk that is not mounted now is locked.
  return !existsSync(readStateFile(path.join(gitDir, 'gitdir')).trim()) && !existsSync(path.join(gitDir, 'locked'));
}

const isDraft = hasShape({ parent: isText, to: isText, at: isNumber, change: isObject });

function parsed(text: string): Draft | undefined {
  const value = parsedAs(text, isDraft);
  if (value === undefined || !OBJECT_ID.test(value.parent)) return undefined;
  const { parent, to, at, change } = value;
  return { parent, to, at, change: change as unknown as ChangeAttribution }; // written by this program
}
