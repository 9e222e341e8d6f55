/**
 * Logs of what was done around an outage. Each kind of log is one file here and one line in the table.
 */
import { cloudtrail } from './cloudtrail';
import { kubernetesAudit } from './kubernetes-audit';
import { shellHistory } from './shell-history';
import { terraformOutput } from './terraform-output';
import type { LogReader, ReadLog } from './types';

export type { LogEntry } from './types';

const READERS: readonly LogReader[] = [cloudtrail, kubernetesAudit, terraformOutput, shellHistory];
const HEAD = 64 * 1024;

/** What a log file says. `name` is for people. */
export interface GivenLog {
  readonly name: string;
  readonly text: string;
}

export interface KnownLog extends ReadLog {
  readonly name: string;
  /** `CloudTrail`. */
  readonly kind: string;
}

/** Something is wrong with a log as a whole; its message says what, where and how to mend it. */
class LogError extends Error {
  override readonly name = 'LogError';
}

/** Throws a {@link LogError} for what is no known log, or none of which can be read. */
export function readLog({ name, text }: GivenLog): KnownLog {
  const whole = text.replace(/^\ufeff/, '');
  const reader = READERS.find(({ recognises }) => recognises(whole.slice(0, HEAD)));
  if (reader === undefined)
    throw new LogError(
      `${name} is none of the logs that can be read: ${READERS.map((one) => one.name).join(', ')}. A history needs times (HISTTIMEFORMAT in bash, EXTENDED_HISTORY in zsh). For a stack trace or log lines of a program use --trace.`,
    );
  const read = reader.read(whole);
  const [first] = read.problems;
  if (read.entries.length === 0 && first !== undefined)
    throw new LogError(
      `${name}:${String(first.line)}: ${first.message}. Nothing of this ${reader.name} could be read; give it whole.`,
    );
  return { name, kind: reader.name, ...read };
}
