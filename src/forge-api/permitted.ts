/** Writing where that may not be allowed. */
import { ForgeError, type Written } from './types';

/**
 * Does the writing. A token that only reads is the usual case for a fork's pull request, and no failure. Throws any
 * other {@link ForgeError}.
 */
export async function permitted(write: () => Promise<unknown>): Promise<Written> {
  try {
    await write();
    return 'written';
  } catch (error) {
    if (error instanceof ForgeError && (error.reason === 'not-allowed' || error.reason === 'not-found'))
      return 'not-allowed';
    throw error;
  }
}

/** Passes over what is not there any more. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
}
