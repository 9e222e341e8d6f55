/** What the figures of a report are worked out from. */
import type { Policy } from '../../policy';
import type { PersonOf } from './person-behind-address';
import type { CommitFinding } from './findings-of-commits';
import type { History } from './types';

export interface FigureInput {
  readonly history: History;
  /** Effective seconds of a commit, by its index. */
  readonly timeOf: (index: number) => number;
  readonly repository: string;
  readonly branch: string | null;
  readonly ref: string;
  /** Seconds since the epoch, both included. */
  readonly since: number;
  readonly until: number;
  readonly policy: Policy;
  /** Where the policy comes from, for readers. */
  readonly policySource: string;
  /** Owners by CODEOWNERS. */
  readonly ownersOf: (path: string) => readonly string[];
  /** Ids of commits that a sign-off of this repository covers; null when the repository has no sign-offs. */
  readonly signed: ReadonlySet<string> | null;
  /** Who is counted as a person. */
  readonly personOf: PersonOf;
  /** Figures by person were requested. */
  readonly people: boolean;
  /** How many folders of a path name its group. */
  readonly depth: number;
  /** By commit; null when they were not looked for. */
  readonly findings: ReadonlyMap<string, readonly CommitFinding[]> | null;
  readonly notices: readonly string[];
}
