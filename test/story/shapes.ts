/** The parts of Linekeeper's JSON that the story looks at (docs/formats.md). */
import type { Counts, LineRange } from '../../src/provenance/authorship';

export interface FileStatus {
  readonly path: string;
  readonly tier: string | null;
  readonly ranges: readonly LineRange[];
  readonly removedRanges: readonly LineRange[];
}

export interface Status {
  readonly added: Counts;
  readonly removed: Counts;
  readonly files: readonly FileStatus[];
}

export interface Shown {
  readonly commit: string;
  readonly added: Counts;
  readonly removed: Counts;
  readonly files: readonly {
    readonly path: string;
    readonly ranges: readonly LineRange[];
    readonly removed: readonly LineRange[];
  }[];
  readonly trailers: Readonly<Record<string, readonly string[]>>;
}

export interface Blamed {
  readonly lines: readonly {
    readonly line: number;
    readonly author: string;
    readonly commit: string | null;
    readonly assistant: string | null;
  }[];
}

export interface Verdict {
  readonly verdict: 'pass' | 'fail';
  readonly level: string;
  readonly tiers: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly required: readonly {
      readonly kind: string;
      readonly from: string;
      readonly satisfied: boolean;
      readonly missing: string | null;
      readonly by: readonly unknown[];
    }[];
  }[];
}
