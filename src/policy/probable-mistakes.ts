/** Probable mistakes in a valid policy. Pure. */
import { listIf } from '.';
import { ownersWhoCannotSign } from './owners-unable-to-sign';
import { isTeam, levelsOf, meets, peopleAt, rankOf, type Teams } from './identities-and-levels';
import { compileGlob, foldPath } from './glob';
import { nearestOf } from './suggest-word';
import { freezeEnd, freezeStart, freezeUntil } from './freeze-times';
import { hasNoFiles, POLICY_PATH, tierOf } from './tier-and-role-of-file';
import { type Level, type Policy, type Requirement } from './types';
import { list, quoted } from './counts-lists-and-names-in-sentences';
import type { LocatedProblem, Path, SourcePosition } from './file/read-yaml-with-positions';

interface AdviceFacts {
  /** Tracked files, relative to the root; undefined when unknown. */
  readonly paths?: readonly string[];
  /** Whether the policy is a draft, or one for other repositories: patterns without a file here are no mistakes. */
  readonly isDraft?: boolean;
  /** Ids of assistants that Linekeeper knows. */
  readonly assistants: readonly string[];
  /** The text of the CODEOWNERS that counts, empty for none; undefined when unknown. */
  readonly codeowners?: string;
  /** Members of the teams that the forge was asked about. */
  readonly teams?: Teams;
  /** Milliseconds since the epoch. Default: the calendar is not looked at. */
  readonly now?: number;
  /** The policy as it holds on this machine, where a floor of a job lies under the one that is looked at. */
  readonly here?: Policy;
}

/** At most this many files are matched: a check must not keep a person waiting. */
const FILES_AT_MOST = 20_000;

/** @param placeOf Where the value at a path of the file begins. */
export function adviceOf(
  policy: Policy,
  placeOf: (path: Path) => SourcePosition,
  { paths, isDraft = false, assistants, now, codeowners, teams = {}, here = policy }: AdviceFacts,
): readonly LocatedProblem[] {
  const at = (path: Path, message: string, suggestion: string | null): LocatedProblem => ({
    ...placeOf(path),
    message,
    suggestion,
  });
  const files =
    paths?.some((path) => path !== POLICY_PATH) === true && paths.length <= FILES_AT_MOST ? paths : undefined;
  return [
    ...nobodyToSign(policy, teams, at),
    ...onTwoLevels(policy, at),
    ...nothingAsked(policy, at),
    ...agentsUnrestricted(here, at),
    ...lessAsked(policy, at),
    ...unknownAssistants(policy, assistants, at),
    ...(now === undefined ? [] : freezesOver(policy, now, at)),
    ...(files && codeowners !== undefined
      ? ownersWhoCannotSign(policy, { codeowners, paths: files, teams }).map(({ path, message, suggestion }) =>
          at(path, message, suggestion),
        )
      : []),
    ...(files ? [...(isDraft ? [] : unmatched(policy, files, at)), ...unreached(policy, files, at)] : []),
  ].sort((one, other) => one.line - other.line || one.column - other.column);
}

type At = (path: Path, message: string, suggestion: string | null) => LocatedProblem;

function nobodyToSign(policy: Policy, teams: Teams, at: At): LocatedProblem[] {
  const levels = levelsOf(policy);
  // Whoever is not listed may sign where their level is enough.
  const anybody = (from: Level): boolean => meets(policy, policy.unlisted, from) && policy.levels !== undefined;
  const listed = (from: Level): number =>
    new Set(
      levels
        .slice(levels.indexOf(from))
        .flatMap((level) => peopleAt(policy, level))
        .flatMap((name) => (isTeam(name) ? (teams[name] ?? []) : [name])),
    ).size;
  const isOpen = (from: Level): boolean =>
    anybody(from) ||
    policy.peopleFiles['all'] !== undefined ||
    levels
      .slice(levels.indexOf(from))
      .some(
        (level) =>
          policy.peopleFiles[level] !== undefined ||
          peopleAt(policy, level).some((name) => isTeam(name) && teams[name] === undefined),
      );
  const problems = policy.tiers.flatMap((tier, rank) => {
    const requirements: readonly (readonly [Path, Requirement])[] = [
      ...(tier.any ? [[['tiers', rank, 'review', 'any', 'from'], tier.any] as const] : []),
      ...levels.flatMap((level) =>
        tier.ai?.byLevel[level]
          ? [[['tiers', rank, 'review', 'ai', level, 'from'], tier.ai.byLevel[level]] as const]
          : [],
      ),
    ];
    return requirements.flatMap(([path, { from, approvals }]) => {
      const count = listed(from);
      // While a policy observes, nobody waits for a sign-off: a list that is still short is no mistake.
      if (isOpen(from) || (policy.mode === 'observe' && count > 0)) return [];
      const who = from === levels.at(-1) ? from : `${from} or above`;
      const add = `list people under people.${from}`;
      if (count < approvals)
        return [
          at(
            path,
            count === 0
              ? `nobody is listed as ${who}, so nobody can give this sign-off`
              : `${String(approvals)} sign-offs are required and only ${String(count)} ${count === 1 ? 'person is' : 'people are'} listed as ${who}`,
            add,
          ),
        ];
      // Nobody signs their own change: who is counted among these can't be among those who sign.
      const author = path.includes('any') ? from : levels.find((level) => path.includes(level));
      if (count > approvals || author === undefined || rankOf(policy, author) < rankOf(policy, from)) return [];
      return [
        at(
          path,
          count === 1
            ? `only one person is listed as ${who}, and nobody can sign that person's own changes`
            : `a change by one of the ${String(count)} people listed as ${who} needs all ${String(approvals)} of them, and nobody signs their own`,
          path.includes('any') ? add : `${add}, or require less under review.ai.${author}`,
        ),
      ];
    });
  });
  return problems.flatMap((problem, index) => {
    const isSame = ({ message }: LocatedProblem): boolean => message === problem.message;
    if (problems.findIndex(isSame) < index) return [];
    const lines = problems.slice(index + 1).flatMap((later) => (isSame(later) ? [String(later.line)] : []));
    const more = lines.length === 0 ? '' : `: line${lines.length === 1 ? '' : 's'} ${list(lines)} too`;
    return [{ ...problem, message: `${problem.message}${more}` }];
  });
}

/** People who are listed on two levels, by files or by a file and the policy: the policy's own lists alone can't hold them. */
function onTwoLevels(policy: Policy, at: At): LocatedProblem[] {
  const seen = new Map<string, Level>();
  return [...levelsOf(policy)].reverse().flatMap((level) =>
    peopleAt(policy, level).flatMap((name) => {
      const former = seen.get(name.toLowerCase());
      seen.set(name.toLowerCase(), former ?? level);
      return former === undefined || former === level
        ? []
        : [at(['people'], `${quoted(name)} is listed as ${former} and as ${level}`, 'keep one of them')];
    }),
  );
}

/** Tiers that look for dangers but neither require a review of the findings nor restrict agents. */
function nothingAsked(policy: Policy, at: At): LocatedProblem[] {
  return policy.tiers.flatMap((tier, rank) =>
    tier.detect.length === 0 ||
    tier.any !== null ||
    tier.ai !== null ||
    tier.requires !== undefined ||
    tier.agents !== 'allow'
      ? []
      : [
          at(
            ['tiers', rank, 'detect'],
            `${tier.name} looks for dangers and requires nothing, so its findings pass`,
            'require a review under review: any, ai or both',
          ),
        ],
  );
}

/** Where the guard lets agents run a destructive command, and no `agents: allow` says that it is meant. */
function agentsUnrestricted({ tiers }: Policy, at: At): LocatedProblem[] {
  const allows = 'agents may run destructive commands such as "terraform destroy", because';
  const isMeant = (rank: number): boolean => {
    const [key, tier] = [at(['tiers', rank, 'agents'], '', null), at(['tiers', rank], '', null)];
    return key.line !== tier.line || key.column !== tier.column;
  };
  const looking = tiers.flatMap((tier, rank) => (tier.detect.includes('destructive') ? [{ ...tier, rank }] : []));
  const [first] = looking;
  if (first === undefined)
    return tiers.length === 0 || tiers.some(({ agents }, rank) => agents === 'allow' && isMeant(rank))
      ? []
      : [at(['tiers', 0], `${allows} no tier has detect: [destructive]`, 'add it to a tier that restricts agents')];
  if (looking.some(({ agents }) => agents !== 'allow') || isMeant(first.rank)) return [];
  return [
    at(
      ['tiers', first.rank, 'detect'],
      `${allows} ${first.name} does not restrict agents`,
      'add agents: deny-destructive, or agents: allow if that is meant',
    ),
  ];
}

/** Tiers to which a finding lifts a file, and which ask people for less than the file's own tier does. */
function lessAsked(policy: Policy, at: At): LocatedProblem[] {
  const isLess = (any: Requirement | null, than: Requirement): boolean =>
    any === null || any.approvals < than.approvals || rankOf(policy, any.from) < rankOf(policy, than.from);
  return policy.tiers.flatMap((tier, rank) => {
    if (tier.detect.length === 0) return [];
    const lower = policy.tiers.slice(rank + 1).find(({ any }) => any !== null && isLess(tier.any, any));
    return lower === undefined
      ? []
      : [
          at(
            ['tiers', rank, 'detect'],
            `a finding lifts a file of ${lower.name} to ${tier.name}, which requires less than ${lower.name} if a person wrote it`,
            `give ${tier.name} at least the "any" of ${lower.name}`,
          ),
        ];
  });
}

/** Freezes that never hold, or no longer. */
const freezesOver = ({ freeze = [] }: Policy, now: number, at: At): LocatedProblem[] =>
  freeze.flatMap((period, index) =>
    freezeEnd(period) <= freezeStart(period)
      ? [
          at(
            ['freeze', index, 'to'],
            'this freeze ends before it begins, so it never holds',
            'let "to" be the later day',
          ),
        ]
      : freezeEnd(period) <= now
        ? [
            at(
              ['freeze', index, 'to'],
              `this freeze is over since ${freezeUntil(period)}`,
              'take it out, or give the next days',
            ),
          ]
        : [],
  );

function unknownAssistants(
  { assistants: { preferred, allowed } }: Policy,
  known: readonly string[],
  at: At,
): LocatedProblem[] {
  const named: readonly (readonly [Path, string])[] = [
    ...(preferred === null ? [] : [[['assistants', 'preferred'], preferred] as const]),
    ...(allowed ?? []).map((id, index) => [['assistants', 'allowed', index], id] as const),
  ];
  return named
    .filter(([, id]) => !known.includes(id))
    .map(([path, id]) => {
      const near = nearestOf(id, known);
      return at(
        path,
        `no assistant is known by the id ${quoted(id)}`,
        near === undefined ? `known: ${known.join(', ')}` : `did you mean "${near}"?`,
      );
    });
}

function unmatched(policy: Policy, paths: readonly string[], at: At): LocatedProblem[] {
  const folded = paths.map(foldPath);
  const lists: readonly (readonly [Path, readonly string[]])[] = [
    ...policy.tiers.map((tier, rank) => [['tiers', rank, 'paths'], tier.paths] as const),
    [['generated'], policy.generated],
    [['own'], policy.own],
  ];
  return lists.flatMap(([path, patterns]) =>
    patterns.flatMap((pattern, index) => {
      if (pattern.startsWith('!')) return [];
      const glob = compileGlob(pattern);
      return listIf(!folded.some((file) => glob.matches(file)), [
        at(
          [...path, index],
          `the pattern ${quoted(pattern)} matches no tracked file`,
          'correct it, or leave it for files to come',
        ),
      ]);
    }),
  );
}

/** Tiers all of whose files belong to a higher one, or to none. */
function unreached(policy: Policy, paths: readonly string[], at: At): LocatedProblem[] {
  const tierIn = (of: Policy, path: string): string | undefined =>
    tierOf(of, { path, from: null, findings: [] })?.tier.name;
  const reached = new Set(paths.map((path) => tierIn(policy, path)));
  return policy.tiers.flatMap((tier, rank) => {
    if (reached.has(tier.name) || hasNoFiles(tier)) return [];
    const alone = { ...policy, tiers: [tier], own: [] };
    const above = { ...policy, tiers: policy.tiers.slice(0, rank), own: [] };
    const named = paths.filter((path) => tierOf(alone, { path, from: null, findings: [] })?.reason.kind === 'path');
    // What it detects raises a file to it only from below.
    const its = tier.detect.length > 0 ? paths : named;
    if (its.some((path) => tierIn(above, path) === undefined)) return [];
    const claiming = [...new Set(its.flatMap((path) => tierIn(above, path) ?? []))];
    if (claiming.length === 0 && isTakenOut(tier.paths, paths))
      return [
        at(
          ['tiers', rank, 'paths'],
          `no file is ever in ${tier.name}: its patterns with ! take out all that the others name`,
          'the last pattern that matches a file counts: take ! patterns out, or put others behind them',
        ),
      ];
    return listIf(claiming.length > 0, [
      at(
        ['tiers', rank, 'name'],
        `no file is ever in ${tier.name}: ${list(claiming)} above it has them all`,
        'put it higher, or take the files out of the other with !',
      ),
    ]);
  });
}

/** Whether patterns with `!` leave nothing of what the others name. */
function isTakenOut(patterns: readonly string[], paths: readonly string[]): boolean {
  const globs = patterns.filter((pattern) => !pattern.startsWith('!')).map(compileGlob);
  return globs.length < patterns.length && paths.some((path) => globs.some((glob) => glob.matches(foldPath(path))));
}
