/** What the guard refuses whatever the policy says. */

/** What is refused, and what to do instead; both as sentences for the model and the person. */
export interface Forbidden {
  readonly why: string;
  readonly instead: string;
  /** It has legitimate uses too: a person is asked. */
  readonly ask?: true;
}
