/** From a history to the figures of a report. Pure. */
import type { Counts } from '../../provenance/authorship/types';
import { isGenerated, tierOf, type Policy, SEVERITIES, type Severity } from '../../policy';
import type { PersonOf } from './person-behind-address';
import { remembered } from './memoize';
import { Sum } from './add-up-figures';
import { reviewsOf } from './reviews-recorded-in-repository';
import { mondayOf, weeksBetween } from './weeks';
import type { CommitFacts, Concentration, FileFacts, Group, Report, FindingCount, Findings } from './types';
import type { FigureInput } from './figure-input';
import type { CommitFinding } from './findings-of-commits';

/** Groups of fewer people are never split (and no smaller team is named): figures would be about individuals. */
const SMALLEST_GROUP = 5;

const NO_TIER = 'no tier';
const NO_TEAM = 'no team';
const SMALL_TEAMS = `teams of fewer than ${String(SMALLEST_GROUP)} people`;

export function figuresOf(input: FigureInput): Report {
  const { history, policy, since, until } = input;
  const figures = new Figures(input);
  figures.addCommits();
  figures.addSurvivors();
  const { total, weeks, assistants, models, tiers, paths, teams, people, found } = figures;
  const everyone = new Set(people.names());
  const tooFew = everyone.size < SMALLEST_GROUP;
  const all = total.figures();
  const ai = all.ai.of;
  return {
    version: 1,
    repository: input.repository,
    branch: input.branch,
    ref: input.ref,
    head: history.tip,
    since: dayOf(since),
    until: dayOf(until),
    total: all,
    weeks: [...weeks].map(([name, sum]) => ({ name, ...sum.figures() })),
    assistants: assistants.groups(ai),
    models: models.groups(ai),
    tiers: tiers.inOrder([...policy.tiers.map(({ name }) => name), NO_TIER]),
    paths: paths.groups(),
    teams: teams.groups().filter(({ name }) => name !== SMALL_TEAMS || teams.of(name).people.size >= SMALLEST_GROUP),
    people: input.people && !tooFew ? people.groups().sort((a, b) => (a.name < b.name ? -1 : 1)) : null,
    peopleWhy:
      input.people && tooFew
        ? `Figures by person are not given for fewer than ${String(SMALLEST_GROUP)} people; here are ${String(everyone.size)}.`
        : null,
    concentration: { assistant: concentrationOf(assistants.groups(ai)), model: concentrationOf(models.groups(ai)) },
    reviews: reviewsOf(input),
    findings: input.findings === null ? null : found.figures(),
    runs: null,
    observed: null,
    policy: input.policySource,
    notices: input.notices,
  };
}

/** Who is said to have written a line: author, assistant, model. */
type Who = FigureInput['history']['who'][number];
const NOBODY: Who = ['unknown', null, null];

/** The sums of a report: each commit, finding and surviving line is added to all of the groups that it belongs to. */
class Figures {
  readonly total: Sum;
  readonly weeks: ReadonlyMap<string, Sum>;
  readonly assistants: Sums;
  readonly models: Sums;
  readonly tiers: Sums;
  readonly paths: Sums;
  readonly teams: Sums;
  readonly people = new Sums(false); // nobody is ranked by what was found in their commits
  readonly found: FindingCounts;
  private readonly personOf: PersonOf;
  /** The tier, folder and teams of a file; null for generated ones. */
  private readonly groupsOf: (file: FileFacts) => readonly Sum[] | null;

  constructor(private readonly input: FigureInput) {
    const { since, until, policy } = input;
    const looked = input.findings !== null;
    const sums = (): Sums => new Sums(looked);
    this.total = new Sum(looked);
    this.weeks = new Map(weeksBetween(since, until).map((week) => [week, new Sum(looked)]));
    [this.assistants, this.models, this.tiers, this.paths, this.teams] = [sums(), sums(), sums(), sums(), sums()];
    this.found = new FindingCounts([...this.weeks.keys()]);
    // The same files and people recur.
    this.personOf = remembered((author: string) => author, input.personOf);
    const teamsOfFile = remembered(
      ({ path }: FileFacts) => path,
      ({ path }) => teamsOf(input.ownersOf(path)),
    );
    const large = largeTeams(input, this.personOf, teamsOfFile);
    this.groupsOf = remembered(
      (file: FileFacts) => `${file.path}\0${file.from ?? ''}`,
      (file): readonly Sum[] | null =>
        isGenerated(policy, file.path, file.from ?? null)
          ? null
          : [
              this.tiers.of(tierName(policy, file)),
              this.paths.of(folderOf(file.path, input.depth)),
              // Once for a file that two small teams own.
              ...[...new Set(teamsOfFile(file).map((team) => (large.has(team) ? team : SMALL_TEAMS)))].map((team) =>
                this.teams.of(team),
              ),
            ],
    );
  }

  addCommits(): void {
    const { history, timeOf } = this.input;
    const reverted = revertedIn(history.commits);
    for (const [index, commit] of history.commits.entries()) {
      const time = timeOf(index);
      if (!this.isWithin(time)) continue;
      this.addLines(commit, mondayOf(time), reverted.has(index));
      this.addFindings(commit, mondayOf(time));
    }
  }

  /** Adds the lines that are still there, by age. */
  addSurvivors(): void {
    const { history, timeOf, until } = this.input;
    for (const cohort of history.cohorts.slice(1)) {
      const time = timeOf(cohort.commit);
      if (!this.isWithin(time)) continue;
      const [author, assistant, model] = history.who[cohort.who] ?? NOBODY;
      const week = this.weeks.get(mondayOf(time));
      for (const sum of [this.total, week, ...(author === 'ai' ? this.sourcesOf(assistant, model) : [])])
        sum?.survived(author, cohort, until - time);
    }
  }

  private isWithin(time: number): boolean {
    return time >= this.input.since && time <= this.input.until;
  }

  private sourcesOf(assistant: string | null, model: string | null): readonly Sum[] {
    return [this.assistants.of(assistant ?? 'unknown-assistant'), this.models.of(model ?? 'not known')];
  }

  private addLines(commit: CommitFacts, week: string, isReverted: boolean): void {
    const { who } = this.input.history;
    const person = this.personOf(commit.author);
    const touched = new Set<Sum>();
    const count = (sums: readonly (Sum | undefined)[], author: keyof Counts, added: number, removed: number): void => {
      for (const sum of sums) {
        if (!sum) continue;
        sum.lines(author, added, removed);
        touched.add(sum);
      }
    };
    for (const file of commit.files) {
      const sums = this.groupsOf(file);
      if (sums === null) continue;
      const groups = [this.total, this.weeks.get(week), ...sums, person === null ? undefined : this.people.of(person)];
      for (const [index, added, removed] of file.lines) {
        const [author, assistant, model] = who[index] ?? NOBODY;
        count(groups, author, added, removed);
        if (author === 'ai') count(this.sourcesOf(assistant, model), author, added, removed);
      }
      if (file.change !== undefined) count(groups, who[file.change]?.[0] ?? 'unknown', 0, 0);
    }
    const facts = {
      covered: commit.provenance === 'note',
      recorded: commit.provenance !== 'none',
      reverted: isReverted,
      person,
    };
    for (const sum of touched) sum.commit(facts);
  }

  private addFindings(commit: CommitFacts, week: string): void {
    for (const finding of this.input.findings?.get(commit.id) ?? []) {
      const { author, assistant, model } = finding;
      this.found.add(finding, commit.id, week);
      const file = commit.files.find(({ path }) => path === finding.path);
      const groups = file ? this.groupsOf(file) : null;
      for (const sum of [this.total, this.weeks.get(week), ...(groups ?? [])]) sum?.finding(author);
      if (author === 'ai') for (const sum of this.sourcesOf(assistant, model)) sum.finding(author);
    }
  }
}

/** Teams, by name, that enough people made commits for. */
function largeTeams(
  { history, policy, timeOf, since, until }: FigureInput,
  personOf: PersonOf,
  teamsOfFile: (file: FileFacts) => readonly string[],
): ReadonlySet<string> {
  const people = new Map<string, Set<string>>();
  for (const [index, { author, files }] of history.commits.entries()) {
    const [time, person] = [timeOf(index), personOf(author)];
    if (time < since || time > until || person === null) continue;
    for (const file of files) {
      if (isGenerated(policy, file.path, file.from ?? null)) continue;
      for (const team of teamsOfFile(file)) people.set(team, (people.get(team) ?? new Set()).add(person));
    }
  }
  return new Set([...people].flatMap(([team, all]) => (all.size >= SMALLEST_GROUP ? [team] : [])));
}

class Sums {
  private readonly byName = new Map<string, Sum>();

  constructor(private readonly looked: boolean) {}

  of(name: string): Sum {
    const known = this.byName.get(name) ?? new Sum(this.looked);
    this.byName.set(name, known);
    return known;
  }

  names(): readonly string[] {
    return [...this.byName.keys()];
  }

  /** Those with the most AI lines first. `of`: the base of shares, if not the group's own lines. */
  groups(of?: number): Group[] {
    const most = (group: Group): number => group.added.ai + group.removed.ai;
    const all = (group: Group): number => group.ai.of;
    return [...this.byName]
      .map(([name, sum]): Group => ({ name, ...sum.figures(of) }))
      .sort((a, b) => most(b) - most(a) || all(b) - all(a) || (a.name < b.name ? -1 : 1));
  }

  inOrder(names: readonly string[]): Group[] {
    return names.flatMap((name) => {
      const sum = this.byName.get(name);
      return sum ? [{ name, ...sum.figures() }] : [];
    });
  }
}

/** Commits that a later one reverted, by index; one whose revert was itself reverted is not among them. */
function revertedIn(commits: readonly CommitFacts[]): ReadonlySet<number> {
  const byId = new Map(commits.map(({ id }, index) => [id, index]));
  const sorted = [...byId.keys()].sort();
  const find = (beginning: string): number | undefined => {
    const whole = byId.get(beginning);
    if (whole !== undefined) return whole;
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if ((sorted[half] ?? '') < beginning) low = half + 1;
      else high = half;
    }
    const [first, second] = [sorted[low], sorted[low + 1]];
    return first?.startsWith(beginning) === true && second?.startsWith(beginning) !== true
      ? byId.get(first)
      : undefined;
  };
  const reverted = new Set<number>();
  for (let index = commits.length - 1; index >= 0; index--) {
    const { reverts } = commits[index] ?? {};
    if (reverts === undefined || reverted.has(index)) continue;
    const at = find(reverts);
    if (at !== undefined && at < index) reverted.add(at);
  }
  return reverted;
}

const tierName = (policy: Policy, { path, from }: FileFacts): string =>
  tierOf(policy, { path, from: from ?? null, findings: [] })?.tier.name ?? NO_TIER;

/** The owners that are teams (`@org/team`). */
const teamsOf = (owners: readonly string[]): readonly string[] => {
  const teams = owners.filter((owner) => owner.startsWith('@') && owner.includes('/'));
  return teams.length === 0 ? [NO_TEAM] : teams;
};

function folderOf(path: string, depth: number): string {
  const names = path.split('/');
  return names.length <= 1 ? '(top folder)' : `${names.slice(0, Math.min(depth, names.length - 1)).join('/')}/`;
}

function concentrationOf(groups: readonly Group[]): Concentration {
  const known = groups
    .map((group) => ({ name: group.name, lines: group.added.ai + group.removed.ai }))
    .filter(({ lines }) => lines > 0);
  const sum = known.reduce((all, { lines }) => all + lines, 0);
  const [first] = known;
  if (!first) return { name: null, share: { count: 0, of: 0 }, effective: null };
  return {
    name: first.name,
    share: { count: first.lines, of: sum },
    effective: 1 / known.reduce((all, { lines }) => all + (lines / sum) ** 2, 0),
  };
}

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

interface RuleSum {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: { ai: number; human: number; unknown: number };
  readonly commits: Set<string>;
  readonly aiCommits: Set<string>;
}

class FindingCounts {
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
