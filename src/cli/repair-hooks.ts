/**
 * Whoever comes after a program that took our git hooks out puts them back, and says so in one line. Whoever comes first
 * in a new clone lists it.
 */
import { hooksAreAsLeft, isNewClone, type Repository } from '../git';
import type { Terminal } from './verb';

/** Costs a few file lookups where nothing was touched. Never throws. */
export async function repairHooks(
  repository: Repository,
  terminal: Pick<Terminal, 'program' | 'home' | 'err'>,
): Promise<void> {
  if (hooksAreAsLeft(repository) && !isNewClone(repository)) return;
  try {
    const { repairHooksNow } = await import('./repair-hooks-now');
    await repairHooksNow(repository, terminal);
  } catch {
    // "doctor" says what is wrong with them
  }
}
