/** Reads and writes that may not be allowed. */
import { type Written } from './forge-api-interface';
import { ForgeError } from './forge-error';

/**
 * Runs the write. A read-only token is the usual case for a fork's pull request, and not a failure. Throws any other
 * {@link ForgeError}.
 */
export async function permitted(write: () => Promise<unknown>): Promise<Written> {
  try {
    await write();
    return 'written';
  } catch (error) {
    if (isRefusal(error)) return 'not-allowed';
    throw error;
  }
}

/** What is read; undefined where the token may not read it. Throws any other {@link ForgeError}. */
export async function readable<What>(read: () => Promise<What>): Promise<What | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof ForgeError && (error.reason === 'not-allowed' || error.reason === 'not-found');

/** Ignores the error when what was to be changed no longer exists. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
}
