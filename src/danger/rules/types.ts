/** What a rule is, and the rows by which it finds something. */
import type { Severity } from '../../policy/types';

export interface Rule {
  /** How severe it is; `critical`: data or a running service is lost for good. */
  readonly severity: Severity;
  /** The severity applies to what holds data; `medium` otherwise. */
  readonly dataOnly?: true;
  /** What it notices, in words for people. */
  readonly meaning: string;
  /** Why that is dangerous, as one sentence. */
  readonly why: string;
  /** What to do instead, as one sentence. */
  readonly fix: string;
}
