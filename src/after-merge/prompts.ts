/**
 * Prompts that the policy allows to be kept (`prompts: digest` or `redacted`), in the notes of the commits that they
 * led to, on a ref of their own: it is pushed, fetched and removed separately from everything else.
 */
import { addLineNotes, notesOf, PROMPTS_REF, readLineNotes, removeLineNotes, type LineNote } from '../commits';
import { readCommits, type Repository } from '../git';
import { openJournal, type KeptPrompt } from '../journal';

/** A prompt of a session that wrote lines of a commit. */
export interface CommitPrompt extends KeptPrompt {
  readonly commit: string;
  readonly assistant: string;
  readonly session: string;
}

const RECENT_COMMITS = 200;
const EXCERPT_AT_MOST = 400;

/** All kept prompts. Throws a GitError. */
export async function readPrompts(repository: Repository): Promise<readonly CommitPrompt[]> {
  return (await readLineNotes(repository, PROMPTS_REF)).flatMap(({ commit, text }) => parse(commit, text) ?? []);
}

/**
 * Copies prompts from the journal into notes: the journal drops them after some weeks. Only the latest commits of HEAD
 * are examined. Returns how many are new. Throws a GitError.
 */
export async function keepPrompts(repository: Repository, now: () => number): Promise<number> {
  const told = openJournal(repository.gitDir, now)
    .read()
    .flatMap(({ record }) =>
      record.kind === 'session' && record.prompt !== undefined
        ? [{ at: record.at, assistant: record.assistant, session: record.session, prompt: record.prompt }]
        : [],
    );
  if (told.length === 0) return 0;
  const listed = await repository.git(['rev-list', `--max-count=${String(RECENT_COMMITS)}`, 'HEAD'], {
    codes: [0, 128],
  });
  const ids = listed.stdout
    .toString('utf8')
    .split('\n')
    .filter((id) => id !== '')
    .reverse();
  const [commits, notes] = await Promise.all([readCommits(repository, ids), notesOf(repository, ids)]);
  const left = new Set(told);
  const lines: LineNote[] = [];
  // Oldest commit first: a prompt belongs to the first commit after it that has lines of its session.
  for (const id of ids) {
    const made = (commits.get(id)?.committer.time ?? 0) * 1000 + 999;
    const sessions = new Set(Object.values(notes.get(id)?.sessions ?? {}).map(({ agent_id }) => agent_id.id));
    for (const one of left) {
      if (!sessions.has(one.session) || one.at > made) continue;
      left.delete(one);
      lines.push({
        commit: id,
        text: JSON.stringify({
          v: 1,
          assistant: one.assistant,
          session: one.session,
          digest: one.prompt.digest,
          ...(one.prompt.excerpt === undefined ? {} : { excerpt: one.prompt.excerpt }),
        }),
      });
    }
  }
  return lines.length === 0 ? 0 : addLineNotes(repository, PROMPTS_REF, lines, now());
}

/** Removes all kept prompts here. Returns how many there were. Throws a GitError. */
export async function purgePrompts(repository: Repository): Promise<number> {
  const count = (await readLineNotes(repository, PROMPTS_REF)).length;
  await removeLineNotes(repository, PROMPTS_REF);
  return count;
}

function parse(commit: string, text: string): CommitPrompt | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (
      typeof value !== 'object' ||
      value === null ||
      !('assistant' in value) ||
      !('session' in value) ||
      !('digest' in value)
    )
      return undefined;
    const { assistant, session, digest } = value;
    if (
      typeof assistant !== 'string' ||
      typeof session !== 'string' ||
      typeof digest !== 'string' ||
      !/^sha256:[0-9a-f]{64}$/.test(digest)
    )
      return undefined;
    const excerpt =
      'excerpt' in value && typeof value.excerpt === 'string' ? value.excerpt.slice(0, EXCERPT_AT_MOST) : undefined;
    return { commit, assistant, session, digest, ...(excerpt === undefined ? {} : { excerpt }) };
  } catch {
    return undefined;
  }
}
