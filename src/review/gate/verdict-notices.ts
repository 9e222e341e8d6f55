/** What else a reader of the verdict should know: what is unknown here, and what to do about it. */
import { NOTES_REF } from '../../provenance/commits';
import {
  listIf,
  countOf,
  list,
  POLICY_PATH,
  quoted,
  rankOf,
  type ChangedFile,
  type Decision,
  type KnownLevel,
  type Policy,
} from '../../policy';
import { ONCE_FLOOR_ENFORCES } from '../../policy/decision';
import type { PolicyProblem } from '../../policy/file/parse';
import { problemLines } from '../../policy/load';
import type { ChangeSource } from './repository-reads';
import type { Base } from './read-deciding-files-of-base';
import type { NetChange } from './range/net-change-with-authors';
import type { People } from './approvals/contributors-and-mailmap-of-range';
import type { GivenApproval } from './gate-input-types';
import type { WithoutRecorder } from './lines-of-commits-without-recorder';
import type { Range } from './range/commit-range';
import type { Adopted } from './range/adoption-commit';
import type { SignOff } from './approvals/count-valid-approvals';
import { commitsWithoutNotes, missingNotesNotice } from './disclosures/missing-notes';

interface Noticed {
  readonly request: { readonly approvals: readonly GivenApproval[] | null };
  /** Who opened the change, if the policy lists them nowhere. */
  readonly unlisted?: string;
  readonly decided: Base;
  readonly decision: Decision;
  readonly change: KnownLevel;
  readonly net: NetChange;
  readonly withoutRecorder?: WithoutRecorder;
  readonly range: Range;
  readonly afterMerge?: string;
  readonly people: People;
  readonly files: readonly ChangedFile[];
  readonly unadopted?: Adopted['unadopted'];
  /** The notices of the search for dangers. */
  readonly looked: readonly string[];
  readonly signOffs: readonly SignOff[];
}

/** As sentences. Throws a GitError. */
export async function noticesOf(noticed: Noticed, source: Pick<ChangeSource, 'hasNotes'>): Promise<readonly string[]> {
  const {
    request,
    decided: { policy, source: from, less = [] },
    change,
    unadopted,
    looked,
    signOffs,
  } = noticed;
  return [
    ...nothingToCheck(noticed),
    ...belowFloor(from.source, less),
    ...(change.known
      ? []
      : [
          `The level of this change is not known here: ${list(change.unresolved)} could not be resolved. It is taken as the lowest it may be.`,
        ]),
    ...listIf(isUnmet(noticed) && request.approvals === null, [
      'Only signed sign-offs ("linekeeper sign") count here. For approvals on the Git host: --approvals FILE, outside of the checked-out tree.',
    ]),
    ...unlistedOpener(noticed),
    ...(noticed.afterMerge === undefined ? [] : [noticed.afterMerge]),
    ...nextPolicyNotice(policy),
    ...nobodyListed(noticed),
    ...unowned(noticed),
    ...looked,
    ...passing(noticed),
    ...(unadopted === undefined
      ? []
      : [`The policy's adoption commit (since: ${quoted(policy.since ?? '')}) ${UNADOPTED[unadopted]}`]),
    ...withoutRecorderNotice(noticed),
    ...(await withoutNotes(noticed, source)),
    ...byBots(noticed),
    ...strangers(noticed.people),
    ...unknownAssistants(noticed),
    ...inAGroup(noticed),
    ...unknownApprovers(signOffs),
  ];
}

/** A login that only lacks an alias counts as somebody unlisted, as a mistyped one does. */
function unlistedOpener(noticed: Noticed): readonly string[] {
  const { unlisted: opener, decided, change } = noticed;
  const { policy } = decided;
  if (opener === undefined || !isUnmet(noticed)) return [];
  const names = Object.values(policy.people).flat();
  const address = names.find((name) => name.toLowerCase().startsWith(`${opener.toLowerCase()}@`));
  const alias =
    address === undefined ? '' : ` If this is ${quoted(address)}, add aliases: { ${opener}: [${address}] }.`;
  return listIf(names.length > 0, [
    `${quoted(opener)}, who opened the change, is not listed in the policy, so its level is ${change.level}.${alias}`,
  ]);
}

/** Who signs the policy must read these files too: the change itself may not touch them. */
const nextPolicyNotice = ({ filesOfNextPolicy: files = [] }: Policy): readonly string[] =>
  listIf(files.length > 0, [
    `After the merge, ${list(files.map(quoted))} ${files.length === 1 ? 'says' : 'say'} who may sign. Whoever signs the policy should read ${files.length === 1 ? 'that file' : 'those files'} too.`,
  ]);

/** Where only floors decide, and list nobody, no sign-off of a level can be given. */
function nobodyListed({ decided: { policy, source }, decision }: Noticed): readonly string[] {
  const isFloorAlone = source.floors?.map((floor) => floor.source).join(' + ') === source.source;
  const listed = [...Object.values(policy.people), ...Object.values(policy.peopleFiles)].flat();
  const isAsked = decision.tiers.some(({ required }) =>
    required.some(
      ({ satisfied, from }) => !satisfied && from !== null && rankOf(policy, from) > rankOf(policy, policy.unlisted),
    ),
  );
  return listIf(isFloorAlone && listed.length === 0 && isAsked, [
    `The floor lists no people, and there is no policy on the base branch, so nobody can sign this off. List people in the floor, or merge a ${POLICY_PATH} with people into the base branch.`,
  ]);
}

const UNADOPTED: Readonly<Record<NonNullable<Adopted['unadopted']>, string>> = {
  missing: 'is not known here, so every commit is asked.',
  unmerged:
    'is not on the base branch. A floor lies under this policy, so every commit is asked. Name a commit of the base branch under since.',
};

/** What becomes an error on the day on which the floor enforces. */
export const belowFloor = (file: string, less: readonly PolicyProblem[]): readonly string[] =>
  less.map((problem) => `${ONCE_FLOOR_ENFORCES} nothing can be decided: ${problemLines(file, [problem])}`);

/** The base already contains the head, for example when the two were swapped: whatever the head is, that passes. */
const nothingToCheck = ({ range: { commits, base, head } }: Noticed): readonly string[] =>
  listIf(commits.length === 0, [
    base === head
      ? 'Base and head are the same commit, so there is nothing to check.'
      : 'The base has every commit of the head already, so there is nothing to check. Were the two meant the other way round?',
  ]);

/** Files without an owner, if a sign-off of an owner is missing: nobody can give it. */
function unowned({ decided: { ownerless }, decision }: Noticed): readonly string[] {
  return decision.tiers.flatMap(({ name, files, required }) => {
    if (!required.some(({ satisfied, codeOwner }) => !satisfied && codeOwner)) return [];
    return [...ownerless(files)].map(
      ([line, paths]) =>
        `${line === null ? 'No line of CODEOWNERS names an owner' : `Line ${String(line)} of CODEOWNERS names no owner`} of ${list(paths, 3)}, and ${name} requires the sign-off of an owner. So nobody can give it: name an owner in CODEOWNERS on the base branch.`,
    );
  });
}

/** Findings in tiers that require no review. */
function passing({ decided: { policy }, decision }: Noticed): readonly string[] {
  const silent = policy.tiers
    .filter(({ name, any, ai }) => any === null && ai === null && decision.findings.some(({ tier }) => tier === name))
    .map(({ name }) => name);
  return listIf(silent.length > 0, [
    `${list(silent)} ${silent.length === 1 ? 'requires' : 'require'} no review, so these findings pass. To require one, add any, ai or both under review.`,
  ]);
}

const isUnmet = ({ decision }: Noticed): boolean =>
  [...decision.required, ...decision.tiers.flatMap((tier) => tier.required)].some(
    (one) => !one.satisfied && one.from !== null,
  );

const unknownLines = (files: readonly ChangedFile[]): boolean =>
  files.some(({ added, removed, change }) => added.unknown + removed.unknown > 0 || change === 'unknown');

const COUNTED_AS: Readonly<Record<WithoutRecorder['countedAs'], string>> = {
  human: "count as people's",
  ai: "count as AI's",
  ask: 'count as AI\'s until their author says who wrote them: "linekeeper declare --mine"',
};

/** What the policy says of commits that were made where Linekeeper was not. */
function withoutRecorderNotice({ withoutRecorder }: Noticed): readonly string[] {
  if (withoutRecorder === undefined || withoutRecorder.lines === 0) return [];
  const { commits, lines, countedAs } = withoutRecorder;
  return [
    `${countOf(lines, 'line')} of ${countOf(commits.length, 'commit')} that no recorder saw ${COUNTED_AS[countedAs]} (unknown: no-recorder: ${countedAs}).`,
  ];
}

/** Commits without a note are unknown, usually because the notes were not pushed or not fetched. */
async function withoutNotes(
  { net, range, files }: Noticed,
  source: Pick<ChangeSource, 'hasNotes'>,
): Promise<readonly string[]> {
  const unarrived = missingNotesNotice(commitsWithoutNotes(range.commits, net.commits));
  if (unarrived.length > 0 || !unknownLines(files)) return unarrived;
  const silent = range.commits.filter(
    ({ id, parents }) =>
      !range.exempt.has(id) &&
      parents.length < 2 &&
      net.commits.get(id)?.provenance !== 'note' &&
      net.commits.get(id)?.files.length !== 0,
  );
  if (silent.length === 0) return [];
  if (!(await source.hasNotes()))
    return [
      `There are no notes here (${NOTES_REF}), so the authors of the lines are unknown. To fetch notes: "linekeeper notes fetch".`,
    ];
  return [
    `${countOf(silent.length, 'commit')} of ${String(range.commits.length)} ${silent.length === 1 ? 'has' : 'have'} no note, such as ${silent[0]?.id.slice(0, 12) ?? ''}. So the authors of the lines are unknown. If they were recorded, run "linekeeper notes push" in the author's clone, then "linekeeper notes fetch" here.`,
  ];
}

/** A bot's name in a commit proves nothing. */
function byBots(noticed: Noticed): readonly string[] {
  const { bots } = noticed.people;
  if (bots.length === 0 || !unknownLines(noticed.files) || !isUnmet(noticed)) return [];
  return [
    `${list(bots.map((bot) => quoted(bot)))} made commits here. Anyone can commit under a bot's name, so these lines count as unknown. List files that only bots change, such as lock files, under generated, or have the change signed off.`,
  ];
}

/** Whoever they are, nobody can tell whether they signed off their own work. */
const strangers = ({ strangers: all }: People): readonly string[] =>
  listIf(all.length > 0, [
    `${list(all.map(({ name }) => name))} ${all.length === 1 ? 'is a co-author' : 'are co-authors'} that ${all.length === 1 ? "isn't" : "aren't"} known, such as in ${all[0]?.commit.slice(0, 12) ?? ''}, so Linekeeper does not know whether one of them signs off their own work. Write Co-authored-by: NAME <ADDRESS>, or add the login to the policy's aliases.`,
  ]);

/** Where unknown lines count as people's, an assistant that is not allowed may have written them. */
const unknownAssistants = ({ decided: { policy }, files }: Noticed): readonly string[] =>
  listIf(policy.assistants.allowed !== null && policy.unknown === 'human' && unknownLines(files), [
    'Some lines are of unknown author, so an assistant that is not allowed may have written them. The policy lets them pass (unknown: human).',
  ]);

/** A merge queue stacks pull requests: an approval of one does not cover the whole. */
function inAGroup(noticed: Noticed): readonly string[] {
  const {
    request: { approvals },
    range,
    signOffs,
  } = noticed;
  const inside = new Set(range.commits.map(({ id }) => id));
  const early = new Set(
    (approvals ?? [])
      .filter(({ commit, state }) => state === 'approved' && commit !== range.head && inside.has(commit))
      .map(({ commit }) => commit),
  );
  if (!isUnmet(noticed) || early.size === 0 || !signOffs.some(({ counts, commit }) => !counts && early.has(commit)))
    return [];
  return [
    'Commits inside this range were approved, and not its head. If it puts several pull requests after each other, as a merge queue does, check each of them by itself (its own base, head, opener and approvals) before it is queued: together they are one change that nobody has approved as a whole.',
  ];
}

/** People whose sign-off may count for less than it should, because a team could not be resolved. */
function unknownApprovers(signOffs: readonly SignOff[]): readonly string[] {
  const unknown = new Map(
    signOffs
      .filter((signOff) => signOff.counts && signOff.unresolved.length > 0)
      .map((signOff) => [signOff.by, signOff.unresolved]),
  );
  return [...unknown].map(
    ([by, teams]) =>
      `${quoted(by)}'s level is not known here: ${list(teams)} could not be resolved. It is taken as the lowest it may be.`,
  );
}
