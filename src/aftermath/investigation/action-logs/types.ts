/** What a log of a cloud, a cluster, Terraform or a shell says was done. */

export interface LogEntry {
  /** Milliseconds since the epoch; null where the log has no time. */
  readonly at: number | null;
  /** What was done: short, on one line, without what may be a secret. */
  readonly what: string;
  /** Whom the log names; null when it names nobody. */
  readonly by: string | null;
  /** The program that asked for it, such as `Terraform`; null when that is not said. */
  readonly program: string | null;
  /** Whether something was deleted or ended. */
  readonly destroys: boolean;
}

export interface LogProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface ReadLog {
  readonly entries: readonly LogEntry[];
  readonly problems: readonly LogProblem[];
}

/** One kind of log. */
export interface LogReader {
  /** For people: `CloudTrail`. */
  readonly name: string;
  /** Whether a text, by its beginning, is such a log. */
  readonly recognises: (head: string) => boolean;
  /** Reads all of it, or as much as is read at most. Everything in it is from outside; never throws. */
  readonly read: (text: string) => ReadLog;
}

export const ENTRIES_AT_MOST = 50_000;
export const PROBLEMS_AT_MOST = 20;

const WORD_AT_MOST = 160;

/** A word or two of a log, made harmless: bounded, on one line, without control characters. */
export function tame(value: unknown, most = WORD_AT_MOST): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  const line = text
    .slice(0, 4 * most)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most - 3)}...` : line;
}

/** Milliseconds of an RFC 3339 time or of seconds since the epoch; null for anything else. */
export function timeIn(value: unknown): number | null {
  const time =
    typeof value === 'number' ? value * (value < 1e11 ? 1000 : 1) : typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? time : null;
}

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The program in a user agent: `Terraform` of `APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://…)`. */
export function programOf(agent: unknown): string | null {
  const text = tame(agent, 400);
  const [, known] =
    /\b(terraform|opentofu|pulumi|kubectl|helm|argocd|flux|aws-cli|boto3|eksctl|ansible|cloudformation|cdk|console)\b/i.exec(
      text,
    ) ?? [];
  return known ?? /^([\w.-]{2,40})/.exec(text)?.[1] ?? null;
}
