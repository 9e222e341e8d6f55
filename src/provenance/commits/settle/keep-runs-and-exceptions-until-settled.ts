/** Keeps what an agent ran, or a person allowed it, until it is settled into git's notes. */
import { headOf, type Repository } from '../../../git';
import type { Exception } from '../../journal/exceptions';
import {
  keepStatement,
  oneLine,
  reasonText,
  timeOf,
  type KeptDetail,
  type RunStatement,
} from '../../journal/permitted-and-refused-runs';

type Here = Pick<Repository, 'gitDir' | 'commonDir'>;

/** Writes one small file and runs nothing. Never throws. */
export const keepRun = (
  repository: Here,
  statement: RunStatement,
  now: number,
  commit: string | null = headOf(repository) ?? null,
): void => keepStatement(repository.commonDir, { commit, statement }, now);

/** The same for an exception that was granted now. */
export const keepException = (repository: Here, exception: Exception, detail: KeptDetail, now: number): void =>
  keepRun(
    repository,
    {
      id: exception.id,
      at: timeOf(exception.from, detail),
      event: 'exception',
      by: oneLine(exception.by),
      reason: reasonText(exception.reason, detail),
      minutes: Math.round((exception.until - exception.from) / 60_000),
      session: exception.session === null ? null : oneLine(exception.session),
      tier: exception.tier,
    },
    now,
  );

/** The same for one that was ended before its time. */
export const keepExceptionEnd = (
  repository: Here,
  { id }: Pick<Exception, 'id'>,
  detail: KeptDetail,
  now: number,
): void => keepRun(repository, { id, at: timeOf(now, detail), event: 'exception-over' }, now);
