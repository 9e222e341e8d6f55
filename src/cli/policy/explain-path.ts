/** `linekeeper policy explain PATH`. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../git';
import { signersOf } from '../../policy/decision';
import {
  countOf,
  isGenerated,
  jsonText,
  list,
  looksAt,
  offAt,
  quoted,
  tierOf,
  type TierMatch,
  highestLevel,
} from '../../policy';
import type { LoadedPolicy } from '../../policy/load';
import { CannotSay, type Call, type ExitCode } from '../verb';
import { answeringVersion, decidingPolicy } from './effective-policy';
import { reviewLines } from './show-policy';
import { leadsOut, slashedHere } from '../../base/platform';

/** Prints which tier a path belongs to, why, and what is required there. The file need not exist. */
export async function explainPath(call: Call, name: string): Promise<ExitCode> {
  const file = pathInside(call, call.repository(), name);
  const loaded = await decidingPolicy(call);
  const match = tierOf(loaded.policy, { path: file, from: null, findings: [] });
  const generated = isGenerated(loaded.policy, file);
  const rules = loaded.policy.rules.filter((rule) => looksAt(rule, file)).map(({ rule }) => rule);
  const off = loaded.policy.rulesOff.filter((one) => offAt(one, file)).map(({ rule, reason }) => ({ rule, reason }));
  const many = generated ? [] : blastTiers(loaded, match);
  if (call.json) {
    call.terminal.out(
      jsonText({
        path: file,
        tier: match?.tier.name ?? null,
        reason: reasonOf(match, loaded),
        generated,
        ...rulesOf(match),
        blast: many.map(({ tier, files }) => ({ tier, files })),
        rules,
        rulesOff: off,
        policy: { source: loaded.source, digest: loaded.digest },
      }),
    );
    return 0;
  }
  const lines =
    match === null
      ? [
          `${quoted(file)} belongs to no tier of ${loaded.source}: nothing is required.${existsSync(path.join(call.repository().root, file)) ? '' : ' No such file is here, and no rule has this name.'}`,
        ]
      : [
          `${quoted(file)} belongs to ${match.tier.name}: ${sentence(match, loaded)}.`,
          ...reviewLines(match.tier).map((line) => `  ${line}`),
          ...signerLines(match, loaded).map((line) => `  ${line}`),
        ];
  for (const version of await answeringVersion(call, loaded)) lines.push(`  read from   ${version}`);
  for (const { tier, files } of many)
    lines.push(
      `Where AI${loaded.policy.unknown === 'ai' ? ', or nobody known,' : ''} changes it and more than ${countOf(files, 'file depends', 'files depend')} on it, it belongs to ${tier} (blast).`,
    );
  if (rules.length > 0) lines.push(`Rules of your own look at it: ${list(rules, 12)}.`);
  for (const { rule, reason } of off) lines.push(`${rule} is switched off here: ${reason}`);
  if (generated) lines.push('It is generated: left out of the line counts, still looked through for findings.');
  call.terminal.out(`${lines.join('\n')}\n`);
  return 0;
}

/** Higher tiers that a file may enter by the number of its dependents; generated files never do. */
function blastTiers(
  { policy }: LoadedPolicy,
  match: TierMatch | null,
): readonly { readonly tier: string; readonly files: number }[] {
  return policy.tiers
    .slice(0, match?.rank ?? policy.tiers.length)
    .flatMap(({ name, blast }) => (blast === null ? [] : [{ tier: name, files: blast.files }]));
}

/** Who may give the required sign-offs, by level. */
function signerLines({ tier: { any, ai } }: TierMatch, { policy }: LoadedPolicy): readonly string[] {
  const levels = [
    ...new Set([...(any ? [any.from] : []), ...Object.values(ai?.byLevel ?? {}).flatMap((one) => one?.from ?? [])]),
  ];
  return levels.map((level) => {
    const { names, files } = signersOf(policy, level, []);
    const more = files.length > 0 ? `${names.length > 0 ? ', ' : ''}people listed in ${list(files)}` : '';
    return `may sign    ${level === 'senior' ? 'seniors' : level === highestLevel(policy) ? level : `${level} or above`}: ${names.length + files.length === 0 ? 'nobody is listed yet' : `${list(names, 6)}${more}`}`;
  });
}

/** The path relative to the repository's root, `/`-separated. Throws a {@link CannotSay} for one outside. */
function pathInside(call: Call, repository: Repository, name: string): string {
  const { repo } = call.values;
  const folder = realpathSync(path.resolve(call.terminal.cwd, typeof repo === 'string' ? repo : '.'));
  const relative = path.relative(repository.root, path.resolve(folder, name));
  if (relative === '' || leadsOut(relative))
    throw new CannotSay(`${quoted(name)} is not a file inside ${repository.root}.`);
  return slashedHere(relative);
}

/** Null for a pattern of a file that the policy extends. */
const lineOf = ({ rank, reason }: TierMatch, { patternLines }: LoadedPolicy): number | null =>
  reason.kind === 'path' ? (patternLines[rank]?.[reason.index] ?? null) : null;

function reasonOf(match: TierMatch | null, loaded: LoadedPolicy): unknown {
  if (match === null) return null;
  const { reason } = match;
  return reason.kind === 'path'
    ? { kind: 'path', pattern: reason.pattern, line: lineOf(match, loaded) }
    : { kind: reason.kind };
}

function sentence(match: TierMatch, loaded: LoadedPolicy): string {
  const { reason } = match;
  if (reason.kind !== 'path') return 'it decides on reviews itself, so it is always in the highest tier';
  const line = lineOf(match, loaded);
  const from = loaded.origins[`tiers.${match.tier.name}.paths`] ?? loaded.source;
  return `${line === null ? from : `${loaded.source}, line ${String(line)}`}, pattern ${JSON.stringify(reason.pattern)}`;
}

function rulesOf(match: TierMatch | null): { readonly agents: string; readonly review: unknown } {
  if (match === null) return { agents: 'allow', review: { any: null, ai: null } };
  const { agents, any, ai } = match.tier;
  return { agents, review: { any, ai: ai === null ? null : { atLeastLines: ai.atLeastLines, ...ai.byLevel } } };
}
