/** The types of incident files, shared by their readers and writers. */
import type { OpenIncident } from '..';

/** Where incident files are, relative to the repository's root. */
export const INCIDENTS_FOLDER = '.linekeeper/incidents';

export const INCIDENT_STATES = ['open', 'mitigated', 'closed'] as const;
type IncidentState = (typeof INCIDENT_STATES)[number];

/** How bad it is, the worst first, and what each means. */
export const SEVERITIES = {
  critical: 'most people can not work, or data is lost',
  high: 'many people can not do something important',
  medium: 'some people are hindered, or there is a way around',
  low: 'hardly anybody notices',
} as const;
export type Severity = keyof typeof SEVERITIES;

/** Whether an assistant's lines contributed to an incident. People decide it; a new file says `cannot-tell`. */
export const CONTRIBUTIONS = ['contributed', 'did-not', 'cannot-tell'] as const;
export type Contribution = (typeof CONTRIBUTIONS)[number];

/** The failure modes and what each means. */
export const FAILURE_MODES = {
  'context-blindness': 'the change was right by itself and wrong where it landed',
  'delete-and-recreate': 'something with data or traffic was removed in order to be made again',
  'confident-but-wrong': 'it called something, or set something, that does not exist or does not do that',
  'integration-flaw': 'each part worked and the parts together did not',
  'too-broad-permission': 'more was allowed than the work needed',
  'skipped-review': 'nobody who knows the place looked at it before it shipped',
  'missing-test': 'no test ran what broke',
  'stale-knowledge': 'it followed an older version of a library, service or rule',
  'not-a-change': 'no change to this repository caused it',
  other: 'none of these',
} as const;
export type FailureMode = keyof typeof FAILURE_MODES;

/** What a later AI edit is warned about. All of `path`, `pattern` and `rule` that are given must match. */
export interface Lesson {
  /** A gitignore-like pattern, as in the policy. */
  readonly path: string | null;
  /** A part of an added line, ignoring case and the amount of white space; `*` matches anything. */
  readonly pattern: string | null;
  /** The id of a danger rule. */
  readonly rule: string | null;
  readonly message: string;
}

export interface TimelineEntry {
  /** RFC 3339. */
  readonly at: string;
  readonly what: string;
}

export interface AssistantNamed {
  readonly assistant: string;
  readonly model: string | null;
  readonly session: string | null;
}

/** Why a commit is listed. */
export interface IncidentReason {
  /** The kind of evidence, such as `line`; null where a person wrote the sentence. */
  readonly kind: string | null;
  readonly says: string;
}

interface IncidentSuspect {
  readonly commit: string;
  readonly paths: readonly string[];
  readonly lines: { readonly ai: number; readonly human: number; readonly unknown: number };
  readonly assistants: readonly AssistantNamed[];
  readonly reasons: readonly IncidentReason[];
  readonly contribution: Contribution;
}

/** An incident file after parsing. Plain data. */
export interface Incident {
  /** `INC-` and the file's name: `INC-2026-11-24-orders-down`. */
  readonly id: string;
  /** Relative to the repository's root. */
  readonly file: string;
  readonly title: string;
  readonly state: IncidentState;
  readonly severity: Severity | null;
  /** RFC 3339. */
  readonly began: string;
  readonly ended: string | null;
  readonly services: readonly string[];
  /** Patterns of the files it covers: while it is open, a change or a deployment of them needs one more sign-off. */
  readonly paths: readonly string[];
  readonly deployed: string | null;
  readonly lastGood: string | null;
  readonly contribution: Contribution;
  readonly failureMode: FailureMode | null;
  readonly summary: string | null;
  readonly timeline: readonly TimelineEntry[];
  readonly suspects: readonly IncidentSuspect[];
  readonly lessons: readonly Lesson[];
}

/** Something to fix in an incident file. Line and column are 1-based. */
export interface IncidentProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly suggestion: string | null;
}

/** The incidents of a commit or a work tree. */
export interface Incidents {
  /** Newest first. */
  readonly incidents: readonly Incident[];
  readonly problems: readonly IncidentProblem[];
  /**
   * Those that block changes. An unreadable file counts as open, for the files that it still names or else for all.
   */
  readonly open: readonly OpenIncident[];
}

export const incidentId = (file: string): string => `INC-${(file.split('/').at(-1) ?? '').replace(/\.ya?ml$/i, '')}`;
