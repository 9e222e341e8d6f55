/** A policy as its own file has it, and which file each part of a policy came from. */
import type { Policy } from '../types';
import { TIER_PARTS } from './extend-tiers';
import type { Path } from './read-yaml-with-positions';

/** A policy as written in its own file. */
export interface PolicyPart {
  /** Its file, from the repository's root. */
  readonly file: string;
  readonly policy: Policy;
  /** Names of tiers and keys that others may loosen. */
  readonly mayLoosen: readonly string[];
  /** Whether the file itself has something at a path: what it leaves out is taken from what it extends. */
  readonly says: (path: Path) => boolean;
  /** It lies under every repository's: what it does not let be loosened stays, whether or not it speaks of it. */
  readonly floor?: true;
  /** It comes from settings that are locked: what it says of what is kept is neither less nor more. */
  readonly locks?: true;
}

/** By the part's key: `unlisted`, `tiers.critical.any`. */
export type Origins = Readonly<Record<string, string>>;

/** What has been merged so far. */
export interface Merged {
  readonly policy: Policy;
  readonly origins: Origins;
  readonly mayLoosen: readonly string[];
  readonly says: (path: Path) => boolean;
  /** A floor is part of it. */
  readonly floor: boolean;
  /** Locked settings are part of it. */
  readonly locks: boolean;
}

/** The keys of a policy beside its tiers. */
export const TOP_KEYS = [
  'mode',
  'since',
  'assistants',
  'people',
  'aliases',
  'unlisted',
  'unknown',
  'own',
  'generated',
  'bots',
  'prompts',
  'runs',
  'trailers',
  'co-authors',
  'rules',
  'rules-off',
  'environments',
  'freeze',
  'agents',
  'tools',
] as const;

/** Those of a file that extends nothing. */
export function originsOf({ file, policy, says }: PolicyPart): Origins {
  const keys = [
    ...TOP_KEYS.filter((key) => says([key])),
    ...policy.tiers.flatMap(({ name }) => TIER_PARTS.map((part) => `tiers.${name}.${part}`)),
  ];
  return Object.fromEntries(keys.map((key) => [key, file]));
}

/** The part of a policy that lists people. */
export const onlyPeople = ({ people, peopleFiles }: Policy): Pick<Policy, 'people' | 'peopleFiles'> => ({
  people,
  peopleFiles,
});

/** A floor that observes switches nobody's check off: who says no mode enforces, a repository as another floor. */
export function enforcedBySilence(
  part: PolicyPart,
  bases: readonly PolicyPart[],
  merged: Pick<Merged, 'policy' | 'origins'>,
): Pick<Merged, 'policy' | 'origins'> {
  const isSilent =
    part.floor === true
      ? bases.some((base) => base.locks !== true && !base.says(['mode']))
      : [part, ...bases.filter(({ floor }) => floor !== true)].every((each) => !each.says(['mode']));
  if (!isSilent || merged.policy.mode === undefined) return merged;
  const { mode: _observe, ...policy } = merged.policy;
  const { mode: _floor, ...origins } = merged.origins;
  return { policy, origins };
}
