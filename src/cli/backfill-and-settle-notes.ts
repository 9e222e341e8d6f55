/** Before a query is answered: owed notes are written, and assistants' own records of their edits fill in what their hooks missed. */
import { assistantOf } from '../provenance/assistants';
import { settleFirst } from '../provenance/commits';
import type { Repository } from '../git';
import { fillFromTranscripts } from '../provenance/assistants/record';
import type { Terminal } from './verb';

/** Returns whether edits became known. A failure is one line: the query is answered with what is known. */
export function fillFirst(
  repository: Repository,
  { home, env, now, err }: Pick<Terminal, 'home' | 'env' | 'now' | 'err'>,
): boolean {
  try {
    const filled = fillFromTranscripts(repository, { home, env }, now);
    for (const { assistant, edits } of filled) {
      err(
        `linekeeper: ${String(edits)} edits by ${assistantOf(assistant)?.title ?? assistant} are known from its own transcript only, because its hooks did not tell of them; "linekeeper doctor" says why.`,
      );
    }
    return filled.length > 0;
  } catch (error) {
    err(
      `linekeeper: the transcripts of assistants could not be used: ${error instanceof Error ? error.message : String(error)}`,
    );
    return false;
  }
}

/** Writes the notes that are owed; a sentence about what is in the way goes to standard error. */
export const settleNotes = (repository: Repository, { now, err }: Pick<Terminal, 'now' | 'err'>): Promise<void> =>
  settleFirst(repository, now, (sentence) => {
    err(`linekeeper: ${sentence}`);
  });
