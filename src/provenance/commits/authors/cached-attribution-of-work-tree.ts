/**
 * The attribution of everything in the work tree, kept for whoever asks next: replaying a thousand edits takes a second,
 * and whoever prepares the next commit behind an edit has done it already. It holds for exactly this tree, these records
 * and this version of the program, which may have learnt better since.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { version as PROGRAM } from '../../../../package.json';
import type { ChangeAttribution } from '../../authorship/types';
import { readStateFile, writeStateFile, type Repository } from '../../../git';
import { openBrackets, type Journal } from '../../journal';
import { hasShape, isListOf, isObject, isText, parsedAs } from '../../../base/shapes';
import { isNewWork, type CommitContext } from '../origins/origin-of-commit';
import type { ChangeInput } from './attribute-change';
import { attributeCommit } from './attribute-commit';

/** Fewer records are replayed as fast as an answer is looked up. */
const WORTH_KEEPING_FROM = 100;
/** Nothing is believed for longer, such as what another build of the same version wrote. */
const KEPT_AT_MOST_MS = 3600_000;

/** What the next commit would be asked about. Of changed files nothing is kept, only of a tree. */
export interface Work extends Pick<ChangeInput, 'to' | 'objects' | 'journal' | 'now'> {
  /** It may be all of the work tree: what the next question will be about. Default: yes. */
  readonly isAll?: boolean;
}

/** Who wrote what the tree `to` changes, as the next commit. Throws a GitError. */
export async function attributeWork(
  repository: Repository,
  context: CommitContext,
  work: Work,
): Promise<ChangeAttribution> {
  const { to, journal, now, isAll = true } = work;
  const file = path.join(journal.folder, 'attributed');
  const key = typeof to === 'string' ? keyOf(context, to, journal, now) : undefined;
  const stored = key === undefined ? undefined : read(file, key, now);
  if (stored) return stored;
  const { change } = await attributeCommit(repository, context, work);
  if (key !== undefined && isAll) writeStateFile(file, JSON.stringify({ key, change }));
  return change;
}

/** Whether replaying its records takes longer than to look the answer up. */
export const isWorthKeeping = (journal: Journal): boolean =>
  journal.shelved().length + journal.names().length >= WORTH_KEEPING_FROM;

/**
 * All that the attribution follows from; undefined where that is more than can be named (other commits, an assistant at
 * work until now), or is little.
 */
function keyOf(context: CommitContext, to: string, journal: Journal, now: number): string | undefined {
  if (!isWorthKeeping(journal) || !isNewWork(context) || context.reverts !== undefined) return undefined;
  const names = [...journal.shelved(), ...journal.names()];
  return openBrackets(journal.openRecords(), now).length > 0
    ? undefined
    : [PROGRAM, context.parent, to, ...names].join(' ');
}

const isKept = hasShape({
  key: isText,
  change: hasShape({ files: isListOf(isObject), added: isObject, removed: isObject }),
});

function read(file: string, key: string, now: number): ChangeAttribution | undefined {
  const age = now - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age > KEPT_AT_MOST_MS) return undefined;
  const stored = parsedAs(readStateFile(file), isKept);
  return stored?.key === key ? (stored.change as unknown as ChangeAttribution) : undefined; // written by this program
}
