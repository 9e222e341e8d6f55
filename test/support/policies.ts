/**
 * Builders of policies and changes with defaults, so that a test names only what it is about.
 */
import {
  BUILT_IN_POLICY,
  type ChangedFile,
  type CountedApproval,
  type Finding,
  type Policy,
  type Requirement,
  type Tier,
} from '../../src/policy';
import type { Author, LineRange } from '../../src/provenance/authorship/types';

export const requirement = (over: Partial<Requirement> = {}): Requirement => ({
  from: 'senior',
  approvals: 1,
  codeOwner: false,
  ...over,
});

export const tier = (over: Partial<Tier> = {}): Tier => ({
  name: 'critical',
  paths: ['infra/**'],
  detect: [],
  agents: 'allow',
  any: null,
  ai: null,
  rollout: null,
  blast: null,
  ...over,
});

export const policy = (over: Partial<Policy> = {}): Policy => ({
  ...BUILT_IN_POLICY,
  generated: [],
  tiers: [tier()],
  ...over,
});

/** The lines `start` to `end` by one author. */
export const lines = (
  start: number,
  end: number,
  author: Author,
  assistant: string | null = author === 'ai' ? 'kiro' : null,
): LineRange => ({ start, end, author, edited: false, assistant, model: null, session: null, evidence: null });

const countOf = (ranges: readonly LineRange[], author: Author): number =>
  ranges.reduce((sum, range) => (range.author === author ? sum + range.end - range.start + 1 : sum), 0);

/** A changed file whose counts and assistants follow from its ranges. */
export function changed(
  path: string,
  over: Partial<Pick<ChangedFile, 'from' | 'change' | 'ranges' | 'removedRanges' | 'findings' | 'runsGate'>> = {},
): ChangedFile {
  const { ranges = [], removedRanges = [], findings = [], from = null, change = null } = over;
  const counts = (of: readonly LineRange[]): ChangedFile['added'] => ({
    ai: countOf(of, 'ai'),
    human: countOf(of, 'human'),
    unknown: countOf(of, 'unknown'),
  });
  const assistants = [
    ...new Set(
      [...ranges, ...removedRanges].flatMap((range) =>
        range.author === 'ai' ? [range.assistant ?? 'unknown-assistant'] : [],
      ),
    ),
  ];
  return {
    path,
    from,
    change,
    ranges,
    removedRanges,
    findings,
    assistants,
    added: counts(ranges),
    removed: counts(removedRanges),
    ...(over.runsGate === undefined ? {} : { runsGate: over.runsGate }),
  };
}

export const finding = (over: Partial<Finding> = {}): Finding => ({
  rule: 'destructive/tf-destroy',
  class: 'destructive',
  severity: 'critical',
  path: 'infra/main.tf',
  line: 1,
  side: 'new',
  message: 'destroys a database',
  ...over,
});

export const approval = (by: string, over: Partial<CountedApproval> = {}): CountedApproval => ({
  by,
  level: 'senior',
  owns: [],
  ...over,
});
