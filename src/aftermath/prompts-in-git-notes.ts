/**
 * Prompts that the policy allows to be kept (`prompts: digest` or `redacted`), in the notes of the commits that they
 * led to, on a ref of their own: it is pushed, fetched and removed separately from everything else.
 */
import { keepPrompts as keepPromptsOf, PROMPTS_REF, readLineNotes, removeLineNotes } from '../provenance/commits';
import { type Repository } from '../git';
import { openJournal, type KeptPrompt } from '../provenance/journal';

/** A prompt of a session that wrote lines of a commit. */
interface CommitPrompt extends KeptPrompt {
  readonly commit: string;
  readonly assistant: string;
  readonly session: string;
}

const EXCERPT_AT_MOST = 400;

/** All kept prompts. Throws a GitError. */
export async function readPrompts(repository: Repository): Promise<readonly CommitPrompt[]> {
  return (await readLineNotes(repository, PROMPTS_REF)).flatMap(({ commit, text }) => parse(commit, text) ?? []);
}

/**
 * Takes over what the journal still has. Settling does so with each commit; this is for prompts whose commit was settled
 * by an earlier version. Returns how many are new. Throws a GitError.
 */
export const keepPrompts = (repository: Repository, now: () => number): Promise<number> =>
  keepPromptsOf(repository, openJournal(repository.gitDir, now).read(), now());

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
