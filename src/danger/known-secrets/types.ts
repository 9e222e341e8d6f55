/** What the searches for secrets return. */
export interface Secret {
  readonly kind: 'token' | 'private-key' | 'password';
  /** Offset in the text, UTF-16. */
  readonly at: number;
  /** The secret itself: for comparing only, never for a message. */
  readonly value: string;
  /** What it is, without the value: `a GitHub token`. */
  readonly what: string;
}
