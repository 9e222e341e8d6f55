/** A commit as traces name it. */
import type { Commit } from '../../git';
import type { TracedCommit } from './types';

export const dayOf = ({ author: { time } }: Commit): string =>
  new Date(Math.min(time, 8.64e12) * 1000).toISOString().slice(0, 10);

export const tracedCommit = (commit: Commit): TracedCommit => ({
  commit: commit.id,
  subject: commit.message.split('\n', 1)[0] ?? '',
  day: dayOf(commit),
  by: commit.author.name,
});
