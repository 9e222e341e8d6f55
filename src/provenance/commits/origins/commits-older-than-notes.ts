/** Which commits are from before anybody kept a record. */
import { isolatedGit, readCommits, type Repository } from '../../../git';
import { noteIds } from '../notes';

/** What says that an assistant or a bot may have helped with a commit: then nobody takes it for a person's. */
const MAY_BE_AI =
  /^(?:assisted|co-authored|generated)-by|^ai-|\b(?:generated|copilot|claude|cursor|codex|gemini|aider|kiro|devin|windsurf|agent|ai)\b|\[bot\]|\u{1f916}/imu;

/**
 * Those of some commits that come before the oldest commit with a note in the history of `base`, and that say nothing of
 * an assistant. Throws a GitError.
 */
export async function olderThanNotes(
  repository: Repository,
  base: string,
  ids: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (ids.size === 0) return new Set();
  const first = await oldestWithNote(repository, base);
  if (first === undefined) return new Set();
  const { stdout } = await isolatedGit(repository, ['rev-list', '--stdin'], {
    input: `${[...ids].join('\n')}\n^${first}^@\n`,
    timeout: 120_000,
  });
  const later = new Set(stdout.toString('utf8').split('\n'));
  const older = [...ids].filter((id) => !later.has(id));
  return new Set(
    [...(await readCommits(repository, older)).values()].flatMap(({ id, message, author }) =>
      MAY_BE_AI.test(`${message}\n${author.name} ${author.email}`) ? [] : [id],
    ),
  );
}

/** The oldest commit in the history of `base` that has a note. Throws a GitError. */
export async function oldestWithNote(repository: Repository, base: string): Promise<string | undefined> {
  const noted = await noteIds(repository);
  if (noted.size === 0) return undefined;
  const { stdout } = await isolatedGit(repository, ['rev-list', '--topo-order', '--reverse', base], {
    timeout: 120_000,
  });
  return stdout
    .toString('latin1')
    .split('\n')
    .find((id) => noted.has(id));
}
