/** What a bundle of evidence holds: a scope, and typed rows about it. Part of the format: fields may be added. */
import type { Counts } from '../../provenance/authorship/types';
import type { RunCommand } from '../../provenance/journal/permitted-and-refused-runs';

export const EVIDENCE_VERSION = 1;

/** What a bundle is about, with everything that it was made from pinned by id. */
export interface Scope {
  readonly kind: 'range' | 'deployment' | 'incident';
  /** As it was asked for, such as `v1.4..v1.5`. */
  readonly query: string;
  /** `host/owner/project` of the remote, or the folder's name. */
  readonly repository: string;
  /** The remote's address as SLSA writes it (`git+https://…`); null without a remote. */
  readonly resource: string | null;
  /** The branch that has it; null when no branch is known. */
  readonly branch: string | null;
  /** Full ids; the base is not part of it. */
  readonly base: string;
  readonly head: string;
  /** Tags and branches that point there, as whole refs. */
  readonly baseNames: readonly string[];
  readonly headNames: readonly string[];
  /** The commit whose incident files, and whose policy for debts, were read. */
  readonly recordsAt: string;
  readonly deployment: { readonly stage: string; readonly at: string; readonly id: string } | null;
  readonly incident: string | null;
}

/** Who made it. Nothing here is proven but by the signature. */
export interface Made {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly by: string;
  /** The CI job; null outside of CI. */
  readonly job: string | null;
  readonly tool: string;
}

interface Person {
  readonly name: string;
  readonly email: string;
}

interface ChangeRow {
  readonly kind: 'change';
  readonly commit: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly author: Person;
  readonly committer: Person;
  /** The committer's clock, RFC 3339. */
  readonly at: string;
  /** The commit on the branch's own line that brought it. */
  readonly broughtBy: string;
  readonly files: number;
  readonly added: Counts;
  readonly removed: Counts;
  readonly provenance: string;
  readonly assistants: readonly string[];
  readonly sessions: readonly {
    readonly assistant: string | null;
    readonly model: string | null;
    readonly session: string | null;
    readonly evidence: readonly string[];
    readonly added: number;
    readonly removed: number;
  }[];
}

/** What the policy of that time asked of what one commit on the branch's own line brought, and whether it was there. */
interface DecisionRow {
  readonly kind: 'decision';
  readonly commit: string;
  readonly base: string;
  readonly subject: string;
  /** `undecided`: nothing could be decided; `why` says why. */
  readonly verdict: 'pass' | 'fail' | 'undecided';
  readonly why: string;
  readonly policy: { readonly source: string; readonly digest: string } | null;
  readonly level: string | null;
  /** The policy names teams, whose members only the forge knows. */
  readonly usesTeams: boolean;
  readonly authors: readonly { readonly email: string; readonly level: string; readonly known: boolean }[];
  readonly tiers: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly added: Counts;
    readonly removed: Counts;
    readonly required: readonly {
      readonly kind: string;
      readonly from: string | null;
      readonly approvals: number;
      readonly codeOwner: boolean;
      readonly satisfied: boolean;
      readonly by: readonly string[];
      readonly missing: string;
    }[];
  }[];
  /** Requirements of no tier, such as an assistant that is not allowed. */
  readonly unmet: readonly string[];
}

interface FindingRow {
  readonly kind: 'finding';
  readonly change: string;
  readonly commit: string | null;
  readonly rule: string;
  readonly class: string;
  readonly severity: string;
  readonly tier: string | null;
  readonly path: string;
  readonly line: number;
  readonly side: string;
  readonly message: string;
}

/** An approval, judged for one tier of one change. */
interface ApprovalRow {
  readonly kind: 'approval';
  readonly change: string;
  readonly source: 'signed' | 'forge' | 'message';
  readonly by: string;
  readonly tier: string | null;
  readonly commit: string | null;
  readonly counts: boolean;
  readonly why: string;
}

/** A signed sign-off as it was given: anybody can verify it. */
interface SignOffRow {
  readonly kind: 'sign-off';
  readonly commit: string;
  readonly by: readonly string[];
  readonly valid: boolean;
  readonly why: string;
  readonly at: string;
  readonly text: string;
  readonly signature: string;
}

/** What the forge's reviews were, as a file gave them. */
interface ReviewRow {
  readonly kind: 'review';
  readonly by: string;
  readonly email: string | null;
  readonly commit: string;
  readonly state: string;
  readonly at: string | null;
}

interface PromptRow {
  readonly kind: 'prompt';
  readonly commit: string;
  readonly assistant: string;
  readonly session: string;
  /** Its digest: what was said, for whoever has it. */
  readonly prompt: string;
  readonly excerpt: string | null;
}

interface StageRow {
  readonly kind: 'stage';
  readonly stage: string;
  readonly commit: string;
  readonly at: string;
  readonly state: string;
  readonly record: string;
  readonly by: string;
}

interface IncidentRow {
  readonly kind: 'incident';
  readonly incident: string;
  readonly title: string;
  readonly state: string;
  readonly began: string;
  readonly ended: string | null;
  readonly contribution: string;
  readonly failureMode: string | null;
  readonly services: readonly string[];
  readonly summary: string | null;
  /** Commits of the scope that its file names, with what people decided about each. */
  readonly suspects: readonly { readonly commit: string; readonly contribution: string }[];
  readonly lessons: readonly string[];
}

/** Why something that happened beside the commits belongs here: HEAD was one of them, its session wrote in them, or it was meanwhile. */
export type Relation = 'commit' | 'session' | 'time';

/** A command that an agent ran with permission, or was refused. Times are to the minute. */
interface RunRow extends RunCommand {
  readonly kind: 'run';
  readonly run: string;
  /** What HEAD was. */
  readonly commit: string;
  readonly relation: Relation;
  readonly outcome: string;
  readonly at: string;
  readonly assistant: string | null;
  readonly session: string | null;
  readonly user: string | null;
  readonly requested: { readonly by: string; readonly at: string; readonly reason: string } | null;
  /** `text`, `signature`: as it was given, so that anybody can verify it. */
  readonly approvals: readonly {
    readonly by: readonly string[];
    readonly at: string;
    readonly valid: boolean;
    readonly why: string;
    readonly text: string;
    readonly signature: string;
  }[];
  /** The exception that let it run. */
  readonly under: string | null;
  readonly ended: { readonly at: string; readonly failed: boolean; readonly exit: number | null } | null;
}

/** A person lifted the policy for agents, an agent worked under that, or in spite of the policy. */
interface ExceptionRow {
  readonly kind: 'exception';
  /** Whose note says so, or what HEAD was. */
  readonly commit: string;
  readonly relation: Relation;
  readonly tier: string | null;
  readonly says: string;
  /** Null where only the note of a commit tells of it. */
  readonly by: string | null;
  readonly at: string | null;
  readonly minutes: number | null;
}

interface DebtRow {
  readonly kind: 'debt';
  readonly commit: string;
  readonly base: string;
  readonly tiers: readonly string[];
  readonly reason: string;
  readonly by: readonly string[];
  readonly at: string;
  readonly due: string;
  /** Null where the policy that decides who may pay can't be read. */
  readonly paid: boolean | null;
}

/** What is not known, why, and how to get it. */
interface MissingRow {
  readonly kind: 'missing';
  readonly what: string;
  readonly says: string;
  readonly get: string;
}

export type RowBody =
  | ChangeRow
  | DecisionRow
  | FindingRow
  | ApprovalRow
  | SignOffRow
  | ReviewRow
  | PromptRow
  | RunRow
  | StageRow
  | IncidentRow
  | ExceptionRow
  | DebtRow
  | MissingRow;
export type RowKind = RowBody['kind'];
/** A row in a bundle: `id` is the same for the same thing, `digest` is over everything else in it. */
export type Row<Body extends RowBody = RowBody> = Body & { readonly id: string; readonly digest: string };
export type RowOf<Kind extends RowKind> = Row<Extract<RowBody, { kind: Kind }>>;

/** The kinds in the order in which a bundle has them. */
export const ROW_KINDS: readonly RowKind[] = [
  'change',
  'decision',
  'approval',
  'sign-off',
  'review',
  'finding',
  'prompt',
  'run',
  'exception',
  'debt',
  'stage',
  'incident',
  'missing',
];

/** The predicate of the in-toto Statement. */
export interface Evidence {
  readonly version: typeof EVIDENCE_VERSION;
  readonly made: Made;
  readonly scope: Scope;
  readonly counts: Readonly<Partial<Record<RowKind, number>>>;
  readonly rows: readonly Row[];
  /** Over the digests of all rows, in their order. */
  readonly digest: string;
}

/** Why there is no evidence. The message is for people. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';
}
