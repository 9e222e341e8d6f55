/** Fields of a log's entries, made harmless. */

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

const WORD_AT_MOST = 160;
