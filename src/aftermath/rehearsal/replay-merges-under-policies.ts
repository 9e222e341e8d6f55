/** Merged history under policies: what each would have required. */
import { findInRange } from '../../policy/findings';
import {
  mailmapIn,
  netChange,
  readPeople,
  readRange,
  risksOf,
  withRiskClaims,
  type AttributionOf,
  type NetChange,
  type Range,
} from '../../review/gate';
import { outputNames, emptyTree, type Repository } from '../../git';
import { decide } from '../../policy/decision';
import {
  listIf,
  changedFileIn,
  isTeam,
  keyOf,
  levelsOf,
  list,
  levelOf,
  levelOfChange,
  type Decision,
  type HasLevels,
  type Level,
  type Teams,
} from '../../policy';
import type {
  PolicyRehearsal,
  Rehearsal,
  RehearsedChange,
  RehearsedPolicy,
  RehearsedWeek,
  SignOffsByLevel,
} from './types';

interface RehearsalRequest {
  readonly repository: Repository;
  /** The branch's name for people, and the id of its commit. */
  readonly branch: string;
  readonly head: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly until: number;
  readonly policies: readonly RehearsedPolicy[];
  readonly attributionOf: AttributionOf;
  /** Members of teams. */
  readonly teams: Teams;
  /** Lines that a person reads in an hour. */
  readonly pace: number;
  readonly progress?: (done: number, all: number) => void;
}

/** Lines that a reviewer reads in an hour: the pace up to which studies find reviews useful. */
export const PACE = 400;
/** No sign-off takes less (hours). */
const SHORTEST = 2 / 60;
const LARGEST_SHOWN = 10;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Throws a GitError. */
export async function rehearse(request: RehearsalRequest): Promise<Rehearsal> {
  const { repository, branch, head, since, until, policies, pace } = request;
  const history = await mergedHistory(repository, head, since);
  const changes = history.changes.filter(({ before }) => before !== null);
  const played: {
    readonly change: MergedChange;
    readonly commits: readonly string[];
    readonly decisions: readonly Decision[];
  }[] = [];
  const broken: string[] = [];
  for (const change of changes) {
    try {
      const range = await readRange(repository, change.before ?? emptyTree(repository), change.commit);
      played.push({ change, commits: range.commits.map(({ id }) => id), decisions: await decisionsOn(request, range) });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      broken.push(change.commit);
    }
    request.progress?.(played.length + broken.length, changes.length);
  }
  const revertedBy = revertsAmong(history, played);
  const waits = changes
    .flatMap(({ merged, at }) => {
      const last = merged === null ? undefined : history.times.get(merged);
      return last === undefined || last > at ? [] : [(at - last) / HOUR];
    })
    .sort((one, other) => one - other);
  const weeks = weeksBetween(Math.max(since, changes[0]?.at ?? since), until);
  return {
    branch,
    head,
    since,
    until,
    pace,
    changes: played.length,
    waitsHours: waits[Math.floor(waits.length / 2)] ?? null,
    waitsKnown: waits.length,
    policies: policies.map(({ name, policy }, index): PolicyRehearsal => {
      const all = played.map(({ change, decisions }) =>
        rehearsed(policy, change, decisions[index], revertedBy.get(change.commit) ?? null),
      );
      return {
        ...summed(name, all, weeks, pace),
        findings: findingsIn(played.map(({ decisions }) => decisions[index])),
      };
    }),
    notices: [
      ...(history.more ? ['There are more changes than were looked at: the oldest are left out.'] : []),
      ...listIf(broken.length > 0, [
        `${String(broken.length)} merged changes could not be looked at, such as ${broken[0]?.slice(0, 12) ?? ''}.`,
      ]),
      ...unresolved(policies, request.teams),
      'The history does not say who opened a change. The rehearsal takes the lowest level of the authors. Lines without a note or a trailer are of unknown author.',
    ],
  };
}

/** People whose level depends on an unresolved team get the lowest possible level, as in the gate. */
function unresolved(policies: readonly RehearsedPolicy[], teams: Teams): readonly string[] {
  const known = new Set(Object.keys(teams).map(keyOf));
  const missing = [
    ...new Set(
      policies.flatMap(({ policy }) =>
        Object.values(policy.people)
          .flat()
          .filter((name) => isTeam(name) && !known.has(keyOf(name))),
      ),
    ),
  ];
  return listIf(missing.length > 0, [
    `Who is in ${list(missing, 10)} is not known here, so their people count at the lowest level that is possible: "linekeeper policy people --refresh" asks the Git host.`,
  ]);
}

async function decisionsOn(
  { repository, policies, teams, attributionOf }: RehearsalRequest,
  range: Range,
): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  // A commit's claim about its risk depends on the policy's tiers; without a claim one net change serves every policy.
  const claims = range.commits.some(({ message }) => risksOf(message).length > 0);
  let same: Promise<NetChange> | undefined;
  for (const { policy, mailmap } of policies) {
    const net = await (claims
      ? netChange(repository, range, withRiskClaims(attributionOf, policy))
      : (same ??= netChange(repository, range, attributionOf)));
    const looked = await findInRange(repository, net.files, policy, range.head);
    const people = await readPeople(mailmapIn(repository, mailmap), range.commits, policy);
    const files = net.files.map(({ attribution, unplaced }) => changedFileIn(looked, attribution, unplaced));
    // A merge without changes of its own has no author, as in the gate.
    const working = range.commits.filter(
      ({ id }) => net.commits.get(id)?.known !== true || net.commits.get(id)?.files.length !== 0,
    );
    const levels = working.flatMap(({ id }) =>
      (people.of.get(id) ?? []).flatMap(({ role, identity }) =>
        role === 'committer' ? [] : [levelOf(policy, identity, teams)],
      ),
    );
    decisions.push(decide({ policy, files, level: levelOfChange(policy, levels).level, approvals: {} }));
  }
  return decisions;
}

const NOTHING: SignOffsByLevel = {};

function rehearsed(
  policy: HasLevels,
  { commit, subject, at }: MergedChange,
  decision: Decision | undefined,
  revertedBy: string | null,
): RehearsedChange {
  const tiers = (decision?.tiers ?? []).filter(({ required }) =>
    required.some((one) => one.from !== null && !one.satisfied),
  );
  const requirements = tiers.flatMap(({ required }) =>
    required.flatMap(({ from, approvals }) => (from === null ? [] : [{ from, approvals }])),
  );
  // One person signs for all tiers, and a senior's sign-off counts as one of mid level too.
  const most = (level: Level): number =>
    Math.max(0, ...requirements.filter(({ from }) => from === level).map(({ approvals }) => approvals));
  const signOffs: Record<Level, number> = {};
  let counted = 0;
  for (const level of [...levelsOf(policy)].reverse()) {
    signOffs[level] = Math.max(0, most(level) - counted);
    counted += signOffs[level];
  }
  const lines = tiers.reduce(
    (sum, { added, removed }) =>
      sum + added.ai + added.human + added.unknown + removed.ai + removed.human + removed.unknown,
    0,
  );
  return {
    commit,
    subject,
    at,
    tiers: tiers.map(({ name }) => name),
    signOffs,
    lines,
    why: tiers.flatMap(({ required }) => required.flatMap(({ why, satisfied }) => (satisfied ? [] : [why]))),
    revertedBy,
  };
}

function findingsIn(decisions: readonly (Decision | undefined)[]): PolicyRehearsal['findings'] {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const decision of decisions) for (const { severity } of decision?.findings ?? []) counts[severity]++;
  return counts;
}

function summed(
  policy: string,
  all: readonly RehearsedChange[],
  weeks: readonly number[],
  pace: number,
): Omit<PolicyRehearsal, 'findings'> {
  const needing = all.filter(({ tiers }) => tiers.length > 0);
  const hours = needing.reduce(
    (sum, { lines, signOffs }) => sum + countOf(signOffs) * Math.max(SHORTEST, lines / pace),
    0,
  );
  const round = (value: number): number => Math.round(value * 10) / 10;
  const signOffs = needing.reduce((sum, one) => plus(sum, one.signOffs), NOTHING);
  const count = Math.max(1, weeks.length);
  return {
    policy,
    changes: all.length,
    asked: needing.length,
    signOffs,
    signOffsAWeek: round(countOf(signOffs) / count),
    readingHoursAWeek: round(hours / count),
    weeks: weeks.map((monday): RehearsedWeek => {
      const mine = all.filter(({ at }) => mondayOf(at) === monday);
      return {
        week: new Date(monday).toISOString().slice(0, 10),
        changes: mine.length,
        asked: mine.filter(({ tiers }) => tiers.length > 0).length,
        signOffs: mine.reduce((sum, one) => plus(sum, one.signOffs), NOTHING),
      };
    }),
    reverted: all.filter(({ revertedBy }) => revertedBy !== null),
    largest: [...needing]
      .sort((one, other) => countOf(other.signOffs) - countOf(one.signOffs) || other.lines - one.lines)
      .slice(0, LARGEST_SHOWN),
  };
}

export const countOf = (signOffs: SignOffsByLevel): number =>
  Object.values(signOffs).reduce((sum, count) => sum + count, 0);

const plus = (sum: SignOffsByLevel, added: SignOffsByLevel): SignOffsByLevel =>
  Object.fromEntries(
    [...new Set([...Object.keys(sum), ...Object.keys(added)])].map((level) => [
      level,
      (sum[level] ?? 0) + (added[level] ?? 0),
    ]),
  );

/** The Monday on or before a point in time, at midnight in UTC. */
function mondayOf(at: number): number {
  const day = Math.floor(at / DAY);
  return (day - ((day + 3) % 7)) * DAY; // 1970 began on a Thursday
}

function weeksBetween(since: number, until: number): readonly number[] {
  const weeks: number[] = [];
  for (let monday = mondayOf(since); monday <= until; monday += 7 * DAY) weeks.push(monday);
  return weeks;
}

/** The merged changes that contain a later reverted commit, with the commit that reverts it. */
function revertsAmong(
  { reverts }: MergedHistory,
  played: readonly { readonly change: MergedChange; readonly commits: readonly string[] }[],
): ReadonlyMap<string, string> {
  const changeOf = new Map(
    played.flatMap(({ change, commits }) => [...commits, change.commit].map((id) => [id, change.commit] as const)),
  );
  const found = new Map<string, string>();
  for (const { reverted, by } of reverts) {
    const whole = changeOf.has(reverted) ? reverted : [...changeOf.keys()].find((id) => id.startsWith(reverted));
    const change = whole === undefined ? undefined : changeOf.get(whole);
    if (change !== undefined && change !== changeOf.get(by)) found.set(change, by);
  }
  return found;
}

/** The changes that were merged to a branch: one for each first-parent commit. */
interface MergedChange {
  readonly commit: string;
  /** The branch before it; null for the root commit. */
  readonly before: string | null;
  /** The merged side of a merge; null for what was pushed or squashed onto the branch. */
  readonly merged: string | null;
  readonly subject: string;
  /** Milliseconds since the epoch, by the committer date. */
  readonly at: number;
}

interface MergedHistory {
  /** Oldest first. */
  readonly changes: readonly MergedChange[];
  /** For each reverted commit, by its id as the message gives it, the commit that reverts it. */
  readonly reverts: readonly { readonly reverted: string; readonly by: string }[];
  /** When commits were made (milliseconds), by their ids: all commits since then. */
  readonly times: ReadonlyMap<string, number>;
  /** There are more than were examined. */
  readonly more: boolean;
}

/** More are not replayed. */
const CHANGES_AT_MOST = 2_000;
/** git does not read smaller numbers as seconds (milliseconds): 1973. */
const EARLIEST = 100_000_000_000;
const REVERTS = /\bThis reverts commit ([0-9a-f]{7,64})\b/gi;

/** Reads them with two git processes. `since`: milliseconds since the epoch. Throws a GitError. */
export async function mergedHistory(repository: Repository, tip: string, since: number): Promise<MergedHistory> {
  const from = since < EARLIEST ? [] : [`--since=${String(Math.floor(since / 1000))}`];
  const [line, all] = await Promise.all([
    repository.git(
      [
        'log',
        '--first-parent',
        `--max-count=${String(CHANGES_AT_MOST + 1)}`,
        ...from,
        '--format=%H%x09%P%x09%ct%x09%s',
        '-z',
        tip,
        '--',
      ],
      { timeout: 120_000 },
    ),
    repository.git(['log', ...from, '--format=%H%x09%ct%x09%B', '-z', tip, '--'], { timeout: 120_000 }),
  ]);
  const listed = outputNames(line.stdout).map((record): MergedChange => {
    const [commit = '', parents = '', time = '0', ...subject] = record.split('\t');
    const [before = null, merged = null] = parents === '' ? [] : parents.split(' ');
    return { commit, before, merged, subject: subject.join('\t'), at: Number(time) * 1000 };
  });
  const times = new Map<string, number>();
  const reverts: { reverted: string; by: string }[] = [];
  for (const record of outputNames(all.stdout)) {
    const [commit = '', time = '0', ...message] = record.split('\t');
    times.set(commit, Number(time) * 1000);
    for (const [, reverted = ''] of message.join('\t').matchAll(REVERTS))
      reverts.push({ reverted: reverted.toLowerCase(), by: commit });
  }
  return { changes: listed.slice(0, CHANGES_AT_MOST).reverse(), reverts, times, more: listed.length > CHANGES_AT_MOST };
}
