/**
 * Copies prompts that the policy allows to be kept (`prompts: digest` or `redacted`) from the journal, which drops them
 * after a day, into the notes of the commits that they led to.
 */
import { outputLines, readCommits, type Repository } from '../../../git';
import type { StoredRecord } from '../../journal';
import { notesOf } from '../notes';
import { addLineNotes, type LineNote } from '../notes/append-only-line-notes';
import { PROMPTS_REF } from '../notes/refs-of-line-notes';

const RECENT_COMMITS = 200;

/**
 * Only the latest commits of HEAD are examined, whose notes are written. Returns how many prompts are new. Throws a
 * GitError.
 */
export async function keepPrompts(
  repository: Repository,
  records: readonly StoredRecord[],
  now: number,
): Promise<number> {
  const prompts = records.flatMap(({ record }) =>
    record.kind === 'session' && record.prompt !== undefined
      ? [{ at: record.at, assistant: record.assistant, session: record.session, prompt: record.prompt }]
      : [],
  );
  if (prompts.length === 0) return 0;
  const listed = await repository.git(['rev-list', `--max-count=${String(RECENT_COMMITS)}`, 'HEAD'], {
    codes: [0, 128],
  });
  const ids = outputLines(listed.stdout).reverse();
  const [commits, notes] = await Promise.all([readCommits(repository, ids), notesOf(repository, ids)]);
  const unmatched = new Set(prompts);
  const lines: LineNote[] = [];
  // Oldest commit first: a prompt belongs to the first commit after it that has lines of its session.
  for (const id of ids) {
    const made = (commits.get(id)?.committer.time ?? 0) * 1000 + 999;
    const sessions = new Set(Object.values(notes.get(id)?.sessions ?? {}).map(({ agent_id }) => agent_id.id));
    for (const prompt of unmatched) {
      if (!sessions.has(prompt.session) || prompt.at > made) continue;
      unmatched.delete(prompt);
      lines.push({
        commit: id,
        text: JSON.stringify({
          v: 1,
          assistant: prompt.assistant,
          session: prompt.session,
          digest: prompt.prompt.digest,
          ...(prompt.prompt.excerpt === undefined ? {} : { excerpt: prompt.prompt.excerpt }),
        }),
      });
    }
  }
  return lines.length === 0 ? 0 : addLineNotes(repository, PROMPTS_REF, lines, now);
}
