/** Builders of what a review is made from, with a story's usual values. */
import type { Author, Counts, FileAttribution, LineRange } from '../../src/provenance/authorship/types';
import {
  BUILT_IN_POLICY,
  type Decision,
  type Finding,
  type Policy,
  type RequirementResult,
  type TierDecision,
} from '../../src/policy';
import type { ReviewInput } from '../../src/review/pull-request';

export function range(start: number, end: number, author: Author, more: Partial<LineRange> = {}): LineRange {
  const ai = author === 'ai';
  return {
    start,
    end,
    author,
    edited: false,
    assistant: ai ? 'claude-code' : null,
    model: ai ? 'claude-opus-4-8' : null,
    session: null,
    evidence: null,
    ...more,
  };
}

export function file(path: string, more: Partial<FileAttribution> = {}): FileAttribution {
  return {
    path,
    from: null,
    status: 'M',
    binary: false,
    ranges: [range(1, 12, 'ai')],
    removed: [],
    change: null,
    ...more,
  };
}

const NO_LINES: Counts = { ai: 0, human: 0, unknown: 0 };

export function required(more: Partial<RequirementResult> = {}): RequirementResult {
  return {
    kind: 'ai',
    from: 'senior',
    approvals: 1,
    codeOwner: false,
    why: "16 lines changed by AI in critical: this needs a senior's sign-off.",
    reason: '16 lines changed by AI in critical.',
    satisfied: false,
    by: [],
    missing: "a senior's sign-off is missing",
    ...more,
  };
}

export function tier(name: string, files: readonly string[], more: Partial<TierDecision> = {}): TierDecision {
  return { name, files, added: NO_LINES, removed: NO_LINES, required: [required()], ...more };
}

export function decision(more: Partial<Decision> = {}): Decision {
  return {
    verdict: 'fail',
    level: 'junior',
    tiers: [tier('critical', ['infra/prod/main.tf']), tier('standard', ['src/cost.ts'], { required: [] })],
    required: [],
    findings: [],
    ...more,
  };
}

export function finding(more: Partial<Finding> = {}): Finding & { tier: string } {
  return {
    rule: 'destructive/terraform-replace',
    class: 'destructive',
    severity: 'critical',
    path: 'infra/prod/main.tf',
    line: 12,
    side: 'new',
    message: 'The database would be destroyed and made again.',
    tier: 'critical',
    ...more,
  };
}

export function policy(more: Partial<Policy> = {}): Policy {
  return { ...BUILT_IN_POLICY, generated: [], ...more };
}

export function input(more: Partial<ReviewInput> = {}): ReviewInput {
  return {
    remote: { name: 'origin', address: 'git@github.com:acme/shop.git' },
    base: 'main',
    head: 'feature/cost-cap',
    subjects: ['Cap the monthly cost'],
    decision: decision(),
    files: [
      file('infra/prod/main.tf', { removed: [range(4, 7, 'ai')] }),
      file('src/cost.ts', {
        ranges: [range(1, 15, 'ai'), range(16, 25, 'human'), range(26, 28, 'unknown')],
        removed: [range(3, 4, 'human')],
      }),
    ],
    policy: policy({
      people: { senior: ['ada@example.com', '@acme/platform-seniors'], mid: [], junior: [] },
      aliases: { ada: ['ada@example.com'] },
    }),
    ownersOf: () => [],
    authors: ['jo@example.com'],
    wholeText: 'command',
    ...more,
  };
}
