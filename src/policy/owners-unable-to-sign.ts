/** Sign-offs of code owners that nobody can give: files without an owner, or whose owners have too low a level. Pure. */
import { ownerlessLines, parseCodeowners } from './parse-codeowners';
import { identityOf, isTeam, levelOf, levelsOf, meets, type Teams } from './identities-and-levels';
import { tierOf } from './tier-and-role-of-file';
import type { Level, Policy, Requirement } from './types';
import { list } from './counts-lists-and-names-in-sentences';
import type { Path } from './file/read-yaml-with-positions';

/** One mistake, at a path of the policy. */
interface OwnerProblem {
  readonly path: Path;
  readonly message: string;
  readonly suggestion: string;
}

/** How many files are named. */
const NAMED_AT_MOST = 3;

/** `codeowners`: the text of the file that counts; empty for none. `paths`: the tracked files. */
export function ownersWhoCannotSign(
  policy: Policy,
  {
    codeowners,
    paths,
    teams,
  }: { readonly codeowners: string; readonly paths: readonly string[]; readonly teams: Teams },
): readonly OwnerProblem[] {
  const asked = policy.tiers.map((tier, rank) => ({ rank, requirement: byOwner(policy, tier) }));
  if (asked.every(({ requirement }) => requirement === undefined)) return [];
  const ofTier = new Map<number, string[]>();
  for (const path of paths) {
    const rank = tierOf(policy, { path, from: null, findings: [] })?.rank;
    if (rank === undefined || asked[rank]?.requirement === undefined) continue;
    ofTier.set(rank, [...(ofTier.get(rank) ?? []), path].slice(0, FILES_AT_MOST));
  }
  return asked.flatMap(({ rank, requirement }) => {
    const files = ofTier.get(rank) ?? [];
    if (requirement === undefined || files.length === 0) return [];
    const { path, from } = requirement;
    if (codeowners.trim() === '')
      return [
        {
          path,
          message: 'there is no CODEOWNERS file, so nobody can give the sign-off of an owner',
          suggestion: 'add one, or take code-owner out',
        },
      ];
    return [
      ...withoutOwner(codeowners, files, path),
      ...withoutLevel(policy, { codeowners, files, teams, path, from }),
    ];
  });
}

/** Of one tier: more are not looked at. */
const FILES_AT_MOST = 5_000;

interface AskedOfOwners {
  readonly path: Path;
  readonly from: Level;
}

function byOwner(policy: Policy, { any, ai, name }: Policy['tiers'][number]): AskedOfOwners | undefined {
  const rank = policy.tiers.findIndex((tier) => tier.name === name);
  const all: readonly (readonly [Path, Requirement | undefined | null])[] = [
    [['tiers', rank, 'review', 'any', 'code-owner'], any],
    ...levelsOf(policy).map(
      (level) => [['tiers', rank, 'review', 'ai', level, 'code-owner'], ai?.byLevel[level]] as const,
    ),
  ];
  const [first] = all.flatMap(([path, requirement]) =>
    requirement?.codeOwner === true ? [{ path, from: requirement.from }] : [],
  );
  return first;
}

function withoutOwner(codeowners: string, files: readonly string[], path: Path): readonly OwnerProblem[] {
  return [...ownerlessLines(codeowners)(files)].map(([line, unowned]) => ({
    path,
    message:
      line === null
        ? `no line of CODEOWNERS names an owner of ${list(unowned, NAMED_AT_MOST)}, so nobody can give this sign-off`
        : `line ${String(line)} of CODEOWNERS names no owner for ${list(unowned, NAMED_AT_MOST)}, so nobody can give this sign-off`,
    suggestion: line === null ? 'add a line with an owner' : `add an owner to line ${String(line)} of CODEOWNERS`,
  }));
}

/** Only owners whose level is certain: a team that was never looked up may have anybody in it. */
function withoutLevel(
  policy: Policy,
  {
    codeowners,
    files,
    teams,
    path,
    from,
  }: AskedOfOwners & { readonly codeowners: string; readonly files: readonly string[]; readonly teams: Teams },
): readonly OwnerProblem[] {
  if (Object.keys(policy.peopleFiles).length > 0) return [];
  const ownersOf = parseCodeowners(codeowners);
  const maySign = (owner: string): boolean => {
    if (owner.startsWith('@@')) return true;
    const members = isTeam(owner) ? teams[owner] : [owner];
    if (members === undefined) return true;
    return members.some((member) => {
      const { level, known } = levelOf(policy, identityOf(member), teams);
      return !known || meets(policy, level, from);
    });
  };
  const low = files.filter((file) => {
    const owners = ownersOf(file);
    return owners.length > 0 && !owners.some(maySign);
  });
  if (low.length === 0) return [];
  const owners = [...new Set(low.flatMap((file) => ownersOf(file)))];
  return [
    {
      path,
      message: `no owner of ${list(low, NAMED_AT_MOST)} (${list(owners, NAMED_AT_MOST)}) is listed as ${from}, so nobody can give this sign-off`,
      suggestion: `list an owner under people.${from}`,
    },
  ];
}
