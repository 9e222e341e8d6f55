/** What is sent between the editor and its helper. */
import { GitError } from '../../git';
import { JournalError } from '../../provenance/journal';
import type { Step } from '../../base/debug-trace';
import type { Tasks } from './helper-questions';

/** `rest`: nobody has asked for a while, and the helper ends. `kill`: it ends at once, whatever it does. */
export type Message = TaskMessage | 'rest' | 'kill';

/** What the thread that starts a helper is told. */
export interface RelayJob {
  /** The helper's program, a file. */
  readonly program: string;
}

export interface TaskMessage {
  readonly id: number;
  readonly task: keyof Tasks;
  readonly question: unknown;
  /** Whether somebody looks at the trace of this window. */
  readonly traced: boolean;
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: Thrown }
  /** A step of the work, before its answer. */
  | { readonly step: Step; readonly text: string };

/** An error, which loses its class on the way. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly reason?: string;
  readonly stack?: string;
}

export function thrown(error: unknown): Thrown {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const reason = error instanceof GitError || error instanceof JournalError ? { reason: error.reason } : {};
  return {
    name: error.name,
    message: error.message,
    ...reason,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}

/** Restores the error's class, by which callers distinguish errors. */
export function errorFrom({ name, message, reason, stack }: Thrown): Error {
  const error =
    name === 'GitError'
      ? new GitError(reason === 'no-git' || reason === 'timeout' ? reason : 'failed', message)
      : name === 'JournalError'
        ? new JournalError('not-writable', message)
        : name === 'RangeError'
          ? new RangeError(message)
          : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
