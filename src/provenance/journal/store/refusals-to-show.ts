/** What assistants were refused, to show to the user for a day. It contains no command and no prompt. */
import { RecordFolder } from '../../../base/files';
import { hasShape, isNumber, isOneOf, isText, optional, orNull } from '../../../base/shapes';

export interface Refusal {
  readonly assistant: string;
  readonly session: string | null;
  /** Why, as a sentence. */
  readonly reason: string;
  /** Of a command: its program and verb, and what it would have done (`destroys …`). */
  readonly brief?: { readonly command: string; readonly does: string } | undefined;
  /** Of what a danger rule found; absent where the policy alone refused. */
  readonly severity?: RefusalSeverity | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** From the gravest. */
export const REFUSAL_SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
type RefusalSeverity = (typeof REFUSAL_SEVERITIES)[number];

const REASON_AT_MOST = 300;

const records = new RecordFolder<Refusal>({
  folder: 'refused',
  isRecord: hasShape({
    assistant: isText,
    session: orNull(isText),
    reason: isText,
    brief: optional(hasShape({ command: isText, does: isText })),
    severity: optional(isOneOf(...REFUSAL_SEVERITIES)),
    at: isNumber,
  }),
  timeOf: ({ at }) => at,
});

/** Never throws: a refusal holds whether or not it is recorded. */
export function keepRefusal(gitDir: string, refusal: Refusal): void {
  try {
    records.put(gitDir, { ...refusal, reason: refusal.reason.slice(0, REASON_AT_MOST) });
  } catch {
    // no space or no permission
  }
}

/** Refusals of the last day, newest first. */
export const refusalsIn = (gitDir: string, now: number): readonly Refusal[] => records.list(gitDir, now).toReversed();
