/**
 * Which tier a file belongs to, and why.
 */
import { compileGlob, foldPath, type FoldedPath, type Glob } from './glob';
import type { ChangedFile, Finding, Policy, Tier } from './types';

/** The policy's path, relative to the repository's root. */
export const POLICY_PATH = '.linekeeper.yml';

/**
 * Where the allowed signers may be listed (ssh-keygen(1), "ALLOWED SIGNERS"), relative to the repository's root; the
 * first that exists counts.
 */
export const ALLOWED_SIGNERS_PATHS = [
  '.linekeeper/allowed_signers',
  '.github/allowed_signers',
  '.allowed_signers',
  'allowed_signers',
] as const;

/** What determines a file's tier. */
export interface TieredFile extends Pick<ChangedFile, 'path' | 'from' | 'runsGate' | 'unread' | 'dependents'> {
  readonly findings: readonly Pick<Finding, 'rule' | 'class'>[];
  /** See `ChangedFile.shared`. */
  readonly shared?: readonly Pick<Finding, 'rule' | 'class'>[];
}

/** Why a file belongs to its tier. */
type TierReason =
  /** It affects reviews itself: the policy, who the people are, who owns what, the CI file that runs the gate. */
  | { readonly kind: 'own'; readonly path: string }
  /** `pattern` is the one that decided, the `index`-th of the tier's `paths` (0-based). */
  | { readonly kind: 'path'; readonly path: string; readonly pattern: string; readonly index: number }
  | { readonly kind: 'finding'; readonly rule: string }
  /** It could not be read to the end, so it may contain what the tier detects. */
  | { readonly kind: 'unread' }
  /** AI changed it, and this many files depend on it. */
  | { readonly kind: 'blast'; readonly files: number };

export interface TierMatch {
  readonly tier: Tier;
  /** 0 is the highest. */
  readonly rank: number;
  readonly reason: TierReason;
}

/** Whether a tier names no files, by path or by what is in them. */
export const hasNoFiles = ({ paths, detect }: Pick<Tier, 'paths' | 'detect'>): boolean =>
  paths.length === 0 && detect.length === 0;

/** The highest tier that the file's paths (old and new) or its findings give it; null when none does. */
export function tierOf(policy: Policy, file: TieredFile): TierMatch | null {
  const paths = file.from === null || file.from === file.path ? [file.path] : [file.path, file.from];
  const protectedPath = file.runsGate === true ? file.path : paths.find((path) => isOwnFile(policy, path));
  const folded = foldedOf(paths);
  const globs = globsOf(policy);
  for (const [rank, tier] of policy.tiers.entries()) {
    if (rank === 0 && protectedPath !== undefined) return { tier, rank, reason: { kind: 'own', path: protectedPath } };
    for (const { path, names } of folded) {
      const hit = naming(globs.tiers[rank] ?? [], names);
      if (hit !== undefined)
        return { tier, rank, reason: { kind: 'path', path, pattern: tier.paths[hit.index] ?? '', index: hit.index } };
    }
    const finding = [...file.findings, ...(file.shared ?? [])].find((one) => tier.detect.includes(one.class));
    if (finding !== undefined) return { tier, rank, reason: { kind: 'finding', rule: finding.rule } };
    if (file.unread === true && tier.detect.length > 0 && !isGenerated(policy, file.path, file.from))
      return { tier, rank, reason: { kind: 'unread' } };
    const dependents = tooManyDependents(policy, tier, file);
    if (dependents !== null) return { tier, rank, reason: { kind: 'blast', files: dependents } };
  }
  return null;
}

/** How many files depend on one that AI changed, when that is more than a tier's `blast` allows; else null. */
export function tooManyDependents(
  policy: Policy,
  { blast }: Pick<Tier, 'blast'>,
  { path, from, dependents }: Pick<TieredFile, 'path' | 'from' | 'dependents'>,
): number | null {
  if (blast === null || dependents === undefined || dependents.files <= blast.files) return null;
  const counts = dependents.by === 'ai' || policy.unknown === 'ai';
  return counts && !isGenerated(policy, path, from) ? dependents.files : null;
}

/** Whether patterns match a file, by its old or its new path, like the `paths` of a tier. */
export function isNamedBy(patterns: readonly string[], { path, from }: Pick<TieredFile, 'path' | 'from'>): boolean {
  const globs = patterns.map(compileGlob);
  return foldedOf(from === null ? [path] : [path, from]).some(({ names }) => naming(globs, names) !== undefined);
}

const foldedOf = (paths: readonly string[]): readonly { readonly path: string; readonly names: FoldedPath }[] =>
  paths.flatMap((path) => spellingsOf(path).map((names) => ({ path, names })));

/**
 * The pattern that matches a file, unless the last matching one excludes it. A pattern for what is in a folder is met by
 * an entry at the folder's own path too; an exclusion still means the entry itself.
 */
function naming(globs: readonly Glob[], names: FoldedPath): Hit | undefined {
  const inside = [...names, INSIDE];
  return leading(last(globs, (glob) => glob.matches(names) || (!glob.negated && glob.matches(inside))));
}

/** A path as it is written and, where they differ, as it looks. */
function spellingsOf(path: string): readonly FoldedPath[] {
  const looks = lookalikeOf(path);
  return looks === undefined ? [foldPath(path)] : [foldPath(path), foldPath(looks)];
}

/** A name that no pattern spells: a submodule or a symbolic link at a folder's own path brings in all its content. */
const INSIDE = '\u0001';

const leading = (hit: Hit | undefined): Hit | undefined => (hit?.glob.negated === false ? hit : undefined);

/**
 * Whether the file is excluded from the line counts, by both of its names when it was renamed. It is still searched for
 * dangers.
 */
export function isGenerated(policy: Policy, path: string, from: string | null = null): boolean {
  return [path, ...(from === null ? [] : [from])].every((name) => {
    const names = foldPath(name);
    return leading(last(globsOf(policy).generated, (glob) => glob.names(names))) !== undefined;
  });
}

/**
 * Whether CI systems read their jobs from the path. Code that has the content and finds our name in it (`linekeeper`,
 * in the old or the new version) sets `runsGate`.
 */
export const isCiFile = (path: string): boolean => deciding(ciFiles(), foldPath(path)) !== undefined;

interface Hit {
  readonly glob: Glob;
  readonly index: number;
}

/** The last matching pattern, which is the one that counts. */
const deciding = (globs: readonly Glob[], path: FoldedPath): Hit | undefined =>
  last(globs, (glob) => glob.matches(path));

function last(globs: readonly Glob[], isMeant: (glob: Glob) => boolean): Hit | undefined {
  const index = globs.findLastIndex(isMeant);
  const glob = globs[index];
  return glob && { glob, index };
}

/** The files beside the policy that list its people and its signers. */
export const filesBesidePolicy = (policy: Policy): readonly string[] => [
  ...Object.values(policy.peopleFiles).flat(),
  ...(policy.policySigners ?? []),
];

/** Whether the gate's own rules, or the policy's `own`, name the path. */
export function isOwnFile(policy: Policy, path: string): boolean {
  return spellingsOf(path).some((names) => {
    if (deciding(ownFiles(), names) !== undefined || leading(deciding(globsOf(policy).own, names)) !== undefined)
      return true;
    const key = names.join('/');
    return [...filesBesidePolicy(policy), ...(policy.filesOfNextPolicy ?? [])].some(
      (file) => foldPath(file).join('/') === key,
    );
  });
}

/** Compiled on first use: a hook that only records never needs them. */
function globsLater(patterns: readonly string[]): () => readonly Glob[] {
  let globs: readonly Glob[] | undefined;
  return () => (globs ??= patterns.map(compileGlob));
}

const ownFiles = globsLater([
  `/${POLICY_PATH}`,
  '/.linekeeper/**',
  '/CODEOWNERS',
  '/.github/CODEOWNERS',
  '/docs/CODEOWNERS',
  '/.gitlab/CODEOWNERS',
  '/.mailmap',
  ...ALLOWED_SIGNERS_PATHS.map((path) => `/${path}`),
  '/.github/**/*linekeeper*',
  '/.gitlab/**/*linekeeper*',
  '/*linekeeper*.gitlab-ci.yml',
]);

const ciFiles = globsLater([
  '/.github/workflows/*',
  '/.github/actions/**',
  '/.gitea/**',
  '/.forgejo/**',
  '/.gitlab-ci.yml',
  '*.gitlab-ci.yml',
  '/.gitlab/ci/**',
  '/.circleci/**',
  '/.woodpecker/**',
  '/.woodpecker.y*ml',
  '/.buildkite/**',
  '/.azure-pipelines/**',
  '/.azuredevops/**',
  '/azure-pipelines*.y*ml',
  '/bitbucket-pipelines.yml',
  '/.travis.yml',
  '/.drone.*',
  '/.cirrus.*',
  '/.semaphore/**',
  '/.teamcity/**',
  '/.tekton/**',
  '/.builds/*',
  '/.build.yml',
  '/*appveyor.yml',
  'buildspec*.y*ml',
  'cloudbuild*.*',
  'codefresh*.yml',
  'Jenkinsfile*',
]);

/** The stages that tiers name, in order, without duplicates. */
export const stagesOf = ({ tiers }: Pick<Policy, 'tiers'>): readonly string[] => [
  ...new Set(tiers.flatMap(({ rollout }) => rollout?.stages ?? [])),
];

interface Globs {
  readonly tiers: readonly (readonly Glob[])[];
  readonly generated: readonly Glob[];
  readonly own: readonly Glob[];
}

/** Compiled once for each policy object and garbage-collected with it. */
const compiled = new WeakMap<Policy, Globs>();

function globsOf(policy: Policy): Globs {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const globs = {
    tiers: policy.tiers.map((tier) => tier.paths.map(compileGlob)),
    generated: policy.generated.map(compileGlob),
    own: policy.own.map(compileGlob),
  };
  compiled.set(policy, globs);
  return globs;
}

/**
 * Names that a person or a file system mistakes for others: the same path in plain letters. A file belongs to the
 * highest tier that either of its two spellings gives.
 *
 * The letters are those of Unicode's confusables (UTS #39) that look like a Latin lower-case letter, a digit or a sign
 * of paths in most fonts.
 */

const CYRILLIC_AND_GREEK: readonly (readonly [letters: string, looks: string])[] = [
  ['аɑα', 'a'],
  ['ЬƄ', 'b'],
  ['сϲ', 'c'],
  ['ԁ', 'd'],
  ['еҽ', 'e'],
  ['ɡ', 'g'],
  ['һ', 'h'],
  ['іɩιıӏ', 'i'],
  ['јϳ', 'j'],
  ['κк', 'k'],
  ['ⅼǀ', 'l'],
  ['м', 'm'],
  ['ո', 'n'],
  ['оοσօ', 'o'],
  ['рρ', 'p'],
  ['ԛ', 'q'],
  ['г', 'r'],
  ['ѕ', 's'],
  ['т', 't'],
  ['υսц', 'u'],
  ['νѵ', 'v'],
  ['ѡԝ', 'w'],
  ['хχ', 'x'],
  ['уγү', 'y'],
  ['ᴢ', 'z'],
  ['․', '.'],
  ['‐‑–−', '-'],
  ['∕⁄⧸', '/'],
];

const LOOKS: ReadonlyMap<string, string> = new Map(
  CYRILLIC_AND_GREEK.flatMap(([letters, looks]) => [...letters].map((letter) => [letter, looks] as const)),
);

/** The path as it looks, or as Windows writes it; undefined when that is the path itself. */
function lookalikeOf(path: string): string | undefined {
  if (/^[\x21-\x7e]*$/.test(path) && !/\.(?:\/|$)/.test(path)) return undefined;
  const plain = Array.from(
    path
      .normalize('NFKC')
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
      .toLowerCase(),
    (letter) => LOOKS.get(letter) ?? letter,
  ).join('');
  // Windows drops dots and spaces at the end of a name. A name that consists of nothing else stays.
  const written = plain
    .split('/')
    .map((name) => name.replace(/(?<=[^. ])[. ]+$/, ''))
    .join('/');
  return written === path.normalize('NFC').toLowerCase() ? undefined : written;
}
