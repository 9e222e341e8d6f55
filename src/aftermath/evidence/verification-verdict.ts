/** What a verification found, one sentence for each thing that was looked at. */

/** `no`: it was changed; `unknown`: it can't be said here. */
export type Answer = 'yes' | 'no' | 'unknown';

export interface Checked {
  /** What was looked at, such as `signature`. */
  readonly what: string;
  readonly answer: Answer;
  /** A sentence for people. What it quotes is from outside. */
  readonly says: string;
}

export const no = (what: string, says: string): Checked => ({ what, answer: 'no', says });
export const unknown = (what: string, says: string): Checked => ({ what, answer: 'unknown', says });
export const yes = (what: string, says: string): Checked => ({ what, answer: 'yes', says });

/** One thing that is wrong is a no, whatever else isn't known. */
export const verdictOf = (all: readonly Checked[]): Answer =>
  all.some(({ answer }) => answer === 'no')
    ? 'no'
    : all.some(({ answer }) => answer === 'unknown') || all.length === 0
      ? 'unknown'
      : 'yes';

/** A text from outside, short enough for a sentence. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
  return JSON.stringify(plain.length > 160 ? `${plain.slice(0, 159)}…` : plain);
};
