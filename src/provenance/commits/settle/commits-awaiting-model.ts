/**
 * Commits whose notes lack the model of a session: some assistants report theirs only after their first commit. One
 * commit and session per line in a file of the work tree, so that this costs nothing where there are none, and for a
 * day only. `notes/write-late-models.ts` adds the models.
 */
import { dataPlace } from '../../../base/files';
import type { ChangeAttribution } from '../../authorship/types';
import { readStateFile, writeStateFile, type Repository } from '../../../git';
import { isAnything, isListOf, isNumber, isText, parsedAs } from '../../../base/shapes';

/** A commit's note waits for the model of a session. */
export interface MissingModel {
  /** Since when, in milliseconds since the epoch. */
  readonly at: number;
  readonly commit: string;
  readonly assistant: string;
  readonly session: string;
}

/** After this time no report is expected (milliseconds); the journal keeps a session's model this long. */
const WAITS_MS = 24 * 3600_000;
const WAITING_AT_MOST = 200;

const fileOf = ({ gitDir }: Pick<Repository, 'gitDir'>): string => dataPlace(gitDir, 'nameless');

/** The commits still waiting. Never throws. */
export function missingModelsIn(repository: Pick<Repository, 'gitDir'>, now: number): MissingModel[] {
  return readStateFile(fileOf(repository))
    .split('\n')
    .flatMap((line) => {
      const model = parsed(line);
      return model && now - model.at <= WAITS_MS ? [model] : [];
    });
}

function parsed(line: string): MissingModel | undefined {
  const [at, commit, assistant, session] = parsedAs(line, isListOf(isAnything)) ?? [];
  return isNumber(at) && isText(commit) && isText(assistant) && isText(session)
    ? { at, commit, assistant, session }
    : undefined;
}

/** Remembers what a note that was just written lacks. */
export function rememberMissingModels(
  repository: Repository,
  commit: string,
  { files }: ChangeAttribution,
  now: number,
): void {
  const open = files
    .flatMap((file) => [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])])
    .flatMap(({ author, assistant, session, model }): MissingModel[] =>
      author === 'ai' && assistant !== null && session !== null && model === null
        ? [{ at: now, commit, assistant, session }]
        : [],
    );
  if (open.length > 0) keepMissingModels(repository, [...missingModelsIn(repository, now), ...open]);
}

/** Keeps only these. */
export function keepMissingModels(repository: Repository, list: readonly MissingModel[]): void {
  const lines = new Map(
    list.map(({ at, commit, assistant, session }) => [
      JSON.stringify([commit, assistant, session]),
      JSON.stringify([at, commit, assistant, session]),
    ]),
  );
  writeStateFile(
    fileOf(repository),
    [...lines.values()]
      .slice(-WAITING_AT_MOST)
      .map((line) => `${line}\n`)
      .join(''),
  );
}
