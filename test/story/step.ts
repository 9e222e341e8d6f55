import type { Stage } from './stage';

/** One thing that happens in the story. */
export interface Step {
  /** A sentence, said before it happens. */
  readonly title: string;
  /**
   * Makes it happen and looks whether it did; gives lines that tell what Linekeeper recorded. Throws when it did not
   * happen.
   */
  readonly play: (stage: Stage) => Promise<readonly string[]>;
}
