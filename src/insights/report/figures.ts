/** From a history to the figures of a report. Pure. */
import type { Counts } from '../../authorship/types';
import { isGenerated, tierOf, type Policy } from '../../policy';
import type { PersonOf } from './people';
import { remembered } from './remembered';
import { Sum } from './sum';
import { reviewsOf } from './reviews';
import { mondayOf, weeksBetween } from './weeks';
import { FindingCounts } from './finding-counts';
import type { CommitFacts, Concentration, FileFacts, Group, Report } from './types';
import type { FigureInput } from './figure-input';

/** Groups of fewer people are never split (and no smaller team is named): figures would be about individuals. */
const SMALLEST_GROUP = 5;

const NO_TIER = 'no tier';
const NO_TEAM = 'no team';
const SMALL_TEAMS = `teams of fewer than ${String(SMALLEST_GROUP)} people`;

export function figuresOf(input: FigureInput): Report {
  const { history, policy, timeOf, since, until } = input;
  const reverted = revertedIn(history.commits);
  const looked = input.findings !== null;
  const sums = (): Sums => new Sums(looked);
  const total = new Sum(looked);
  const weeks = new Map(weeksBetween(since, until).map((week) => [week, new Sum(looked)]));
  const [assistants, models, tiers, paths, teams] = [sums(), sums(), sums(), sums(), sums()];
  const people = new Sums(false); // nobody is ranked by what was found in their commits
  const found = new FindingCounts([...weeks.keys()]);
  // The same files and people recur.
  const personOf = remembered((author: string) => author, input.personOf);
  const teamsOfFile = remembered(
    ({ path }: FileFacts) => path,
    ({ path }) => teamsOf(input.ownersOf(path)),
  );
  const large = largeTeams(input, personOf, teamsOfFile);
  const placeOf = remembered(
    (file: FileFacts) => `${file.path}\0${file.from ?? ''}`,
    (file): readonly Sum[] | null =>
      isGenerated(policy, file.path, file.from ?? null)
        ? null
        : [
            tiers.of(tierName(policy, file)),
            paths.of(folderOf(file.path, input.depth)),
            // Once for a file that two small teams own.
            ...[...new Set(teamsOfFile(file).map((team) => (large.has(team) ? team : SMALL_TEAMS)))].map((team) =>
              teams.of(team),
            ),
          ],
  );
  for (const [index, commit] of history.commits.entries()) {
    const time = timeOf(index);
    if (time < since || time > until) continue;
    const week = weeks.get(mondayOf(time));
    const facts = {
      covered: commit.provenance === 'note',
      reverted: reverted.has(index),
      person: personOf(commit.author),
    };
    const touched = new Set<Sum>();
    const count = (sum: Sum | undefined, author: keyof Counts, added: number, removed: number): void => {
      if (!sum) return;
      sum.lines(author, added, removed);
      touched.add(sum);
    };
    for (const file of commit.files) {
      const place = placeOf(file);
      if (place === null) continue;
      const groups = [total, week, ...place, facts.person === null ? undefined : people.of(facts.person)];
      for (const [who, added, removed] of file.lines) {
        const [author, assistant, model] = history.who[who] ?? ['unknown', null, null];
        for (const group of groups) count(group, author, added, removed);
        if (author !== 'ai') continue;
        count(assistants.of(assistant ?? 'unknown-assistant'), author, added, removed);
        count(models.of(model ?? 'not known'), author, added, removed);
      }
      if (file.change !== undefined)
        for (const group of groups) count(group, history.who[file.change]?.[0] ?? 'unknown', 0, 0);
    }
    for (const sum of touched) sum.commit(facts);
    for (const finding of input.findings?.get(commit.id) ?? []) {
      const { author, assistant, model } = finding;
      found.add(finding, commit.id, mondayOf(time));
      const file = commit.files.find(({ path }) => path === finding.path);
      const place = file ? placeOf(file) : null;
      for (const sum of [total, week, ...(place ?? [])]) sum?.finding(author);
      if (author !== 'ai') continue;
      assistants.of(assistant ?? 'unknown-assistant').finding(author);
      models.of(model ?? 'not known').finding(author);
    }
  }
  for (const cohort of history.cohorts.slice(1)) {
    const time = timeOf(cohort.commit);
    if (time < since || time > until) continue;
    const [author, assistant, model] = history.who[cohort.who] ?? ['unknown', null, null];
    const age = until - time;
    total.survived(author, cohort, age);
    weeks.get(mondayOf(time))?.survived(author, cohort, age);
    if (author !== 'ai') continue;
    assistants.of(assistant ?? 'unknown-assistant').survived(author, cohort, age);
    models.of(model ?? 'not known').survived(author, cohort, age);
  }
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
    findings: looked ? found.figures() : null,
    runs: null,
    policy: input.policySource,
    notices: input.notices,
  };
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

/** Sums by name. */
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
