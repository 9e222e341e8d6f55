/**
 * Whether HEAD moved, or work was stashed, since the journal was last settled. Every hook checks this, so the settling
 * code is loaded only when something is owed.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../../base/files';
import { openJournal, type Journal } from '../../journal';
import { headOf, readStateFile, writeStateFile, type Repository } from '../../../git';
import { attempt } from '../../../base/platform';

/** True when HEAD moved since the last settling, or when there was none. */
export function isStale(repository: Repository): boolean {
  const [settledTo, ...rest] = readStateFile(markerOf(repository)).split(' ');
  const { sizes, head } = positionOf(repository);
  return settledTo !== sizes || rest.slice(0, -1).join(' ') !== head;
}

/**
 * True when HEAD moved since the last settling by commits of new work alone, in git's own words, and no work was
 * stashed: nothing of it comes from another work tree.
 */
export function isOnlyCommitted(repository: Repository): boolean {
  const [head = '', stash] = readStateFile(markerOf(repository)).split(' ', 1)[0]?.split(':') ?? [];
  const settled = Number(head);
  if (!(settled > 0) || logSizes(repository).split(':')[1] !== stash) return false;
  try {
    const log = readFileSync(path.join(repository.gitDir, 'logs', 'HEAD'));
    const lines = log.toString('utf8', settled).split('\n').slice(0, -1);
    return lines.length > 0 && lines.every((line) => /\tcommit(?: \(initial\))?: /.test(line));
  } catch {
    return false; // git keeps no log
  }
}

/** True when nothing is owed: no commit lacks its note, and the journal needs no clean-up. */
export function isSettled(repository: Repository, now: () => number): boolean {
  const journal = openJournal(repository.gitDir, now);
  return (
    !existsSync(journal.folder) ||
    readStateFile(markerOf(repository)) === checkpointText(journal, positionOf(repository))
  );
}

/** The marker's text once everything is settled up to a position. */
export const checkpointText = (journal: Journal, { sizes, head }: Position): string =>
  `${sizes} ${head} ${journal.names().at(-1) ?? ''}`;

/** True when nothing was ever settled. */
export const isNew = (repository: Repository): boolean => readStateFile(markerOf(repository)) === '';

/** Begins recording here, unless it has begun: what git does from now on is followed. */
export function startRecordingOnce(repository: Repository): void {
  if (isNew(repository)) startRecording(repository);
}

/** Recording begins here: earlier commits do not concern it. */
export function startRecording(repository: Repository): void {
  const { sizes, head } = positionOf(repository);
  writeStateFile(markerOf(repository), `${sizes} ${head} `);
}

/** Stores up to where everything is settled. */
export const markerOf = ({ gitDir }: Repository): string => dataPlace(gitDir, 'settled');

interface Position {
  /** Sizes of the logs of HEAD and of the stash, as in the marker. */
  readonly sizes: string;
  readonly head: string;
}

/** How often to check whether HEAD has stopped moving. */
const LOOKS = 20;

/** A consistent view of HEAD and the log sizes: git writes the log first, and may make a commit between two reads. */
export function positionOf(repository: Repository): Position {
  for (let look = 1; ; look++) {
    const position = { sizes: logSizes(repository), head: headText(repository) };
    if (look === LOOKS || logSizes(repository) === position.sizes) return position;
  }
}

/** Sizes of the logs of HEAD and of the stash, as in the marker. */
const logSizes = (repository: Repository): string =>
  `${String(sizeOf(path.join(repository.gitDir, 'logs', 'HEAD')))}:${String(sizeOf(path.join(repository.commonDir, 'logs', 'refs', 'stash')))}`;

function sizeOf(file: string): number {
  return attempt(() => statSync(file).size, -1);
}

/**
 * HEAD's content, and the commit that it is at where its branch is a loose ref: some programs move the branch without
 * writing a log.
 */
const headText = (repository: Repository): string =>
  `${readStateFile(path.join(repository.gitDir, 'HEAD')).trim()} ${headOf(repository) ?? ''}`.trim();
