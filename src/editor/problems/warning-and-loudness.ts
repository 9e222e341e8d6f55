/** A warning at lines of a file, and how loud it is. */
import type { Finding } from '../../policy';
import type { LineSpan } from '../../provenance/declarations';

/** By how costly a mistake is. Never an error: nothing is broken. */
export type Loudness = 'warning' | 'information' | 'hint';
export const LOUDNESS_BY_RANK: readonly Loudness[] = ['warning', 'information'];

export interface Warning {
  /** First and last line, 1-based; the same when lines were only removed. */
  readonly start: number;
  readonly end: number;
  readonly removal: boolean;
  /**
   * What it is about: changes by these authors, a danger that the rules found, a lesson of an incident, or one that is
   * open.
   */
  readonly about: 'ai' | 'unknown' | 'danger' | 'lesson' | 'incident';
  /** Rule that it comes from, such as `tier/critical` or `destructive/tf-destroy`. */
  readonly rule: string;
  readonly loudness: Loudness;
  readonly message: string;
  /** For a danger: the finding, in words. An acknowledgement applies to these words and the text of the lines. */
  readonly finding?: string;
  /** For a danger: its place in its side's text, by which a fix finds what stood there before. */
  readonly cause?: Pick<Finding, 'line' | 'side'>;
  /** The file of the repository that says more about it. */
  readonly page?: string;
  /** Lines of an unknown author that caused it: a person may declare that they wrote them. */
  readonly unknown?: LineSpan;
}
