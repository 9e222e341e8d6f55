/** What a bundle of evidence holds: a scope, and typed rows about it. Part of the format: fields may be added. */
import type { Row, RowKind } from './row-fields-by-kind';

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
