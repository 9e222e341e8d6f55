/** A history with a known truth: commits at given times, whose notes say which assistant wrote which of their lines. */
import type { FileAttribution, LineRange } from '../../src/provenance/authorship/types';
import { mergeIntoNote, showCommits } from '../../src/provenance/commits';
import { readCommit } from '../../src/git';
import type { Person, TestRepository } from './repository';

export interface AiAuthor {
  readonly assistant: string;
  readonly model: string;
  readonly session: string;
}

export const CLAUDE: AiAuthor = { assistant: 'claude-code', model: 'claude-opus-4-8', session: 'c-1' };
export const KIRO: AiAuthor = { assistant: 'kiro', model: 'kiro-1', session: 'k-1' };

export interface CommitPlan {
  readonly message: string;
  /** New contents of files; null deletes one. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly as: Person;
  readonly at: string;
  /** Who wrote the lines. Default: the committer. */
  readonly by?: AiAuthor;
  /** The files with the assistant's lines. Default: all of them. */
  readonly onlyIn?: readonly string[];
}

/** Commits it, writes its note, and returns the commit's id. */
export async function commitWithNote(test: TestRepository, plan: CommitPlan): Promise<string> {
  for (const [file, content] of Object.entries(plan.files)) {
    if (content === null) test.remove(file);
    else test.write(file, content);
  }
  const id = await test.commit(plan.message, { as: plan.as, at: plan.at });
  await noteAll(test, id, (path) => (plan.by !== undefined && plan.onlyIn?.includes(path) !== false ? plan.by : null));
  return id;
}

/** Writes a commit's note: each file's lines by an assistant, or by a person. */
export async function noteAll(test: TestRepository, id: string, by: (path: string) => AiAuthor | null): Promise<void> {
  const repository = test.repository();
  const shown = (await showCommits(repository, [id])).get(id);
  const commit = await readCommit(repository, id);
  if (shown === undefined || commit === undefined) throw new Error(`no commit ${id}`);
  const files = shown.files.map((file): FileAttribution => {
    const author = by(file.path);
    const mark = <R extends Omit<LineRange, 'start' | 'end'>>(range: R): R =>
      author === null
        ? { ...range, author: 'human', evidence: 'observed' }
        : { ...range, author: 'ai', ...author, evidence: 'reported' };
    return {
      ...file,
      ranges: file.ranges.map(mark),
      removed: file.removed.map(mark),
      change: file.change && mark(file.change),
    };
  });
  await mergeIntoNote(repository, commit, { ...shown, files });
}
