import type { Repository } from '../../git';
import { CannotSay, type Call } from '../verb';

/** The repository in which a command runs that can do without one; undefined outside of one. */
export function repositoryAround(call: Call): Repository | undefined {
  try {
    return call.repository();
  } catch (error) {
    if (error instanceof CannotSay) return undefined;
    throw error;
  }
}
