/** The content of a trace, link by link. */
import type { Author, Counts, LineAuthorship } from '../../provenance/authorship/types';
import type { RecordedException } from '../../provenance/commits';
import type { KnownRun } from '../runs/runs-with-checked-approvals';
import type { Contribution } from '../../policy/incidents';

/** Who suggested a line or the lines of a commit. */
export interface Suggestion extends LineAuthorship {
  /**
   * The commit that it came with, and that commit's date, since no note has a finer time. Null while it is uncommitted.
   */
  readonly commit: string | null;
  readonly day: string | null;
  /** What is kept of the session's prompts; empty when nothing is. */
  readonly prompts: readonly { readonly digest: string; readonly excerpt: string | null }[];
  /** Specification files of the same session (`.kiro/specs/…`). */
  readonly specs: readonly string[];
}

export interface TracedCommit {
  readonly commit: string;
  readonly subject: string;
  readonly day: string;
  readonly by: string;
}

/** A commit that changed the line after the suggestion. */
export interface LaterEdit extends TracedCommit {
  readonly author: Author;
  readonly assistant: string | null;
}

export interface TracedReview {
  /** The merge that contained the commit, by its subject; null when there is none. */
  readonly merge: (TracedCommit & { readonly head: string | null }) | null;
  /**
   * Sign-offs. `counts`: whether the gate lets it count for the change that it was given for, by the policy and the keys of
   * that time; a line in a message never does. `why` it does not, as the end of a sentence; null when it does.
   */
  readonly signedBy: readonly {
    readonly by: string;
    readonly source: 'sign-off' | 'message';
    readonly on: string | null;
    readonly counts: boolean;
    readonly why: string | null;
  }[];
}

export interface Trace {
  readonly subject: {
    readonly path: string | null;
    readonly line: number | null;
    readonly text: string | null;
    readonly commit: string | null;
  };
  /** One for a line; for a commit one for each author of its lines. */
  readonly suggestions: readonly Suggestion[];
  readonly edits: readonly LaterEdit[];
  readonly commit:
    (TracedCommit & { readonly added: Counts; readonly removed: Counts; readonly provenance: string }) | null;
  readonly review: TracedReview | null;
  /** The first deployment to each stage that contains the commit, earliest first. `at`: RFC 3339. */
  readonly deployments: readonly {
    readonly stage: string;
    readonly at: string;
    readonly commit: string;
    readonly by: string;
    /** The record is older than the commit that it names: a clock, or the record, is wrong. */
    readonly olderThanCommit: boolean;
  }[];
  readonly incidents: readonly {
    readonly incident: string;
    readonly title: string;
    readonly state: string;
    readonly contribution: Contribution;
  }[];
  /**
   * Destructive commands of its sessions that were refused, that a person was asked about or approved, or that ran under
   * an exception; and those of any session while HEAD was at the commit. `run`, `exception`: as the record that travels
   * has it; null for what only this machine knows.
   */
  readonly runs: readonly {
    readonly kind: 'refused' | 'asked' | 'observed' | 'requested' | 'approved' | 'exception';
    readonly what: string;
    readonly run: KnownRun | null;
    readonly exception: RecordedException | null;
  }[];
  /** Links that are missing, and how to get them, as sentences. */
  readonly missing: readonly string[];
}
