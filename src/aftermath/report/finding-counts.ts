/** Counts findings by rule and by week. */
import { SEVERITIES, type Severity } from '../../policy';
import type { CommitFinding } from './findings-of-commits';
import type { FindingCount, Findings } from './types';

interface RuleSum {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: { ai: number; human: number; unknown: number };
  readonly commits: Set<string>;
  readonly aiCommits: Set<string>;
}

export class FindingCounts {
  private readonly rules = new Map<string, RuleSum>();
  private readonly weeks: Map<string, Record<Severity, number>>;

  /** `weeks`: by their Mondays, in their order. */
  constructor(weeks: readonly string[]) {
    this.weeks = new Map(weeks.map((week) => [week, { critical: 0, high: 0, medium: 0, low: 0 }]));
  }

  add({ rule, severity, author }: CommitFinding, commit: string, week: string): void {
    const key = `${rule} ${severity}`;
    const sum = this.rules.get(key) ?? {
      rule,
      severity,
      findings: { ai: 0, human: 0, unknown: 0 },
      commits: new Set(),
      aiCommits: new Set(),
    };
    this.rules.set(key, sum);
    sum.findings[author]++;
    sum.commits.add(commit);
    if (author !== 'ai') return;
    sum.aiCommits.add(commit);
    const known = this.weeks.get(week);
    if (known) known[severity]++;
  }

  figures(): Findings {
    const rules = [...this.rules.values()].map(({ rule, severity, findings, commits, aiCommits }): FindingCount => ({
      rule,
      severity,
      findings,
      commits: commits.size,
      aiCommits: aiCommits.size,
    }));
    return {
      rules: rules.sort(
        (a, b) =>
          SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
          b.findings.ai - a.findings.ai ||
          b.commits - a.commits ||
          (a.rule < b.rule ? -1 : 1),
      ),
      weeks: [...this.weeks].map(([name, counts]) => ({ name, ...counts })),
    };
  }
}
