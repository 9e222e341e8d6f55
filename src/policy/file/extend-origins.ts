/** Which file each part of a policy came from. */
import type { PolicyPart } from './extend';
import { TIER_PARTS } from './extend-tiers';

/** By the part's key: `unlisted`, `tiers.critical.any`. */
export type Origins = Readonly<Record<string, string>>;

const TOP = [
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
    ...TOP.filter((key) => says([key])),
    ...policy.tiers.flatMap(({ name }) => TIER_PARTS.map((part) => `tiers.${name}.${part}`)),
  ];
  return Object.fromEntries(keys.map((key) => [key, file]));
}
