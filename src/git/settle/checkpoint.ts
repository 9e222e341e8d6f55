/**
 * Whether HEAD moved, or work was stashed, since the journal was last settled. Every hook asks, so that what pays the
 * debt is loaded only when there is one.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { openJournal, type Journal } from '../../journal';
import { headOf } from '../plumbing/head';
import { readStateFile, writeStateFile } from '../plumbing/best-effort-file';
import type { Repository } from '../plumbing/repository';
import { isGitError } from '../plumbing/run';

/**
 * Brings the journal up to HEAD before an edit is recorded, so that nobody has to guess whether a commit came before or
 * after it. Starts git only when HEAD moved. Throws a JournalError.
 */
export async function settleBeforeRecording(repository: Repository, now: () => number): Promise<void> {
  if (isNew(repository)) {
    startRecording(repository);
  } else if (isStale(repository)) {
    const { settle } = await import('../settle');
    try {
      await settle(repository, now);
    } catch (error) {
      // Whatever notes can't be written now: an edit is recorded all the same.
      if (!isGitError(error)) throw error;
    }
  }
}

/** True when HEAD moved since the journal was settled, or when it never was. */
export function isStale(repository: Repository): boolean {
  const [settledTo, ...rest] = readStateFile(markerOf(repository)).split(' ');
  const { sizes, head } = positionOf(repository);
  return settledTo !== sizes || rest.slice(0, -1).join(' ') !== head;
}

/** True when nothing is owed: no commit its note, and the journal no tidying up. */
export function isSettled(repository: Repository, now: () => number): boolean {
  const journal = openJournal(repository.gitDir, now);
  return (
    !existsSync(journal.folder) ||
    readStateFile(markerOf(repository)) === checkpointText(journal, positionOf(repository))
  );
}

/** What the marker says once everything is settled up to a position. */
export const checkpointText = (journal: Journal, { sizes, head }: Position): string =>
  `${sizes} ${head} ${journal.names().at(-1) ?? ''}`;

/** True where nothing was ever settled. */
export const isNew = (repository: Repository): boolean => readStateFile(markerOf(repository)) === '';

/** Begins the record here, if it has not begun: what git does from now on is followed. */
export function startRecordingOnce(repository: Repository): void {
  if (isNew(repository)) startRecording(repository);
}

/** The record begins here: what was committed before is none of its business. */
export function startRecording(repository: Repository): void {
  const { sizes, head } = positionOf(repository);
  writeStateFile(markerOf(repository), `${sizes} ${head} `);
}

/** Says up to where everything is settled. */
export const markerOf = ({ gitDir }: Repository): string => path.join(gitDir, 'linekeeper', 'settled');

export interface Position {
  /** Of the logs of HEAD and of the stash, as the marker has them. */
  readonly sizes: string;
  readonly head: string;
}

/** So often it is looked whether HEAD stands still. */
const LOOKS = 20;

/**
 * Where HEAD is and how long the logs are, of one moment: git writes the log first, and may make a commit between two
 * looks.
 */
export function positionOf(repository: Repository): Position {
  for (let look = 1; ; look++) {
    const position = { sizes: logSizes(repository), head: headText(repository) };
    if (look === LOOKS || logSizes(repository) === position.sizes) return position;
  }
}

/** Sizes of the logs of HEAD and of the stash, as the marker has them. */
const logSizes = (repository: Repository): string =>
  `${String(sizeOf(path.join(repository.gitDir, 'logs', 'HEAD')))}:${String(sizeOf(path.join(repository.commonDir, 'logs', 'refs', 'stash')))}`;

export function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return -1;
  }
}

/**
 * What HEAD names, and the commit that it is at where its branch is a loose ref: some programs move it and write no
 * log.
 */
const headText = (repository: Repository): string =>
  `${readStateFile(path.join(repository.gitDir, 'HEAD')).trim()} ${headOf(repository) ?? ''}`.trim();
