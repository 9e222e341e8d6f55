/** What a hook may use of the program that answers it. */
import type { Repository } from '../../git';

/** How a hook's process ends. 124 tells the hook's own command to answer by itself. */
export type HookExit = 0 | 1 | 2 | 124;

/** When a payload on standard input is no longer waited for. */
export interface InputLimits {
  /** How long nothing may come (milliseconds). */
  readonly idleMs: number;
  readonly bytes: number;
}

/** Where its payload comes from and its answer goes. */
export interface HookTerminal {
  /** Writes to standard output; the caller ends its lines. */
  readonly out: (text: string) => void;
  /** Writes one line to standard error. */
  readonly err: (line: string) => void;
  /** All of standard input; with limits, what had come by then. Rejects if that is nothing, or too much. */
  readonly stdin: (limits?: InputLimits) => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** This machine's home folder. */
  readonly home: string;
  /** The command line of this program: the runtime and the script. */
  readonly program: readonly string[];
}

export interface HookCall {
  readonly terminal: HookTerminal;
  /** `repo`: a repository was named, and {@link repository} is that one. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly repository: () => Repository;
  /** Called with the repository that the assistant works in, when its payload is dealt with. Never throws. */
  readonly afterwards?: (repository: Repository) => Promise<void>;
}
