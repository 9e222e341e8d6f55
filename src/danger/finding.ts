/** What a danger rule found in a change, as everybody sees it. Apart from the other types, since the policy names these values. */

/** Classes of findings. */
export const FINDING_CLASSES = ['destructive', 'permissions', 'secrets', 'checks', 'agents', 'availability'] as const;
export type FindingClass = (typeof FINDING_CLASSES)[number];

/** How bad it is, the worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that a danger rule noticed. */
export interface Finding {
  /** `<class>/<area>-<what>`, stable forever. */
  readonly rule: string;
  readonly class: FindingClass;
  readonly severity: Severity;
  readonly path: string;
  /** 1-based; of the old file when `side` is `old`. */
  readonly line: number;
  readonly side: 'old' | 'new';
  /** Terraform's resource address. */
  readonly address?: string;
  readonly message: string;
  /** The other places where the same cause has the same effect, in other files too: their tiers follow. */
  readonly alsoIn?: readonly FindingPlace[];
}

/** A line of a file, on the finding's side. */
export interface FindingPlace {
  readonly path: string;
  readonly line: number;
}
