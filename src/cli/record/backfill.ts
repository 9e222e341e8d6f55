/** Before a question is answered: what assistants wrote down of their own edits fills what their hooks missed. */
import { assistantOf } from '../../assistants';
import type { Repository } from '../../git';
import { fillFromTranscripts } from '../../recording';
import type { Terminal } from '../command';

/** Gives whether edits became known. What goes wrong is one line: the question is answered with what there is. */
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
