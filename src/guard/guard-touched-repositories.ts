/** The guard on this machine: the policy that applies here, and the places that no agent may change. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { textUpTo } from '../base/files';
import { attempt, pathsLike } from '../base/platform';
import type { Repository } from '../git';
import type { Policy } from '../policy';
import { loadPolicy, policyOutside, type LoadedPolicy } from '../policy/load';
import type { LookUps } from '../danger/shell';
import type { CallSummary } from './program-verb-and-targets';
import { firstCall as firstCallOf } from './effects-of-commands-and-tools';
import { guard } from './guard';
import { shown, type Action, type Elsewhere, type FindingsOf, type GuardAnswer, type GuardedPlace } from './types';
import { matching } from '../danger/shell/words/glob';
import { forbiddenFiles } from './forbidden/forbidden-files';
import { realPaths } from './cached-real-paths';
import { lostIn } from './unrecoverable-files';
import { alias, isCommitted, isRevision } from './writes/git-lookups';

export interface LocalGuard {
  readonly answer: GuardAnswer;
  readonly policy: Policy;
  /** Where the policy is from, for people. */
  readonly source: string;
  /** See `GuardInput`. */
  readonly mistake?: string;
}

/** What the guard must know about this machine. */
export interface GuardSurroundings {
  readonly home: string;
  /** Files in which assistants' hooks are set up. Absolute. Only called where the action affects any place. */
  readonly hookFiles: () => readonly GuardedPlace[];
  /** Places that configure what assistants may do without asking. Only called where the action may affect one. */
  readonly permissions?: () => readonly GuardedPlace[];
  /** Finds the repository of a place outside the current one, and what is guarded in it. */
  readonly elsewhere?: (
    folder: string,
  ) => { readonly repository: Repository; readonly surroundings: GuardSurroundings } | undefined;
  /** The environment variables that a command would start with. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly findingsOf?: FindingsOf;
  /** Whether a person has lifted an answer of the policy in this repository. */
  readonly lifted?: (answer: GuardAnswer) => boolean;
}

const NOTHING_FOUND: FindingsOf = () => [];
/** At most this many files of a folder are examined. */
const FILES_AT_MOST = 2000;
/** At most this many of an action's places elsewhere are examined. */
const PLACES_AT_MOST = 500;

/**
 * Decides for a repository, or outside of any; for what is touched or done in other repositories, their policies decide
 * too, and the strictest answer counts. Throws what reading a policy throws.
 */
export async function guardTouchedRepositories(
  repository: Repository | undefined,
  action: Action,
  surroundings: GuardSurroundings,
): Promise<LocalGuard> {
  const others: Elsewhere[] = [];
  const own = await guardRepository(repository, action, surroundings, (one) => others.push(one));
  let { answer } = own;
  for (const { repository: other, surroundings: there, action: part } of effectsElsewhere(
    others,
    action,
    surroundings,
  )) {
    if (answer.verdict === 'deny') break;
    const next = (await guardRepository(other, part, there, () => undefined)).answer;
    if (next.verdict === 'deny' || (answer.verdict === 'allow' && !isSaid(answer, next)))
      answer = next.verdict === 'allow' ? next : { ...next, loses: [] }; // no copy is kept from there
  }
  return { ...own, answer };
}

/** Whether the first already has something to say, and the second changes nothing. */
const isSaid = (answer: GuardAnswer, next: GuardAnswer): boolean =>
  next.verdict === 'allow' && answer.verdict === 'allow' && answer.observed !== undefined;

/** What an action does in each of the other repositories that it touches. */
function effectsElsewhere(
  others: readonly Elsewhere[],
  { cwd, perhaps, command, shell }: Action,
  { elsewhere }: GuardSurroundings,
): { readonly repository: Repository; readonly surroundings: GuardSurroundings; readonly action: Action }[] {
  const found = new Map<
    string,
    { readonly repository: Repository; readonly surroundings: GuardSurroundings; readonly places: Elsewhere[] }
  >();
  const repositoryOf = once((folder: string) => elsewhere?.(folder));
  for (const one of others.slice(0, PLACES_AT_MOST)) {
    const there = repositoryOf(one.deep ? one.place : path.dirname(one.place));
    if (!there) continue;
    const known = found.get(there.repository.root);
    if (known) known.places.push(one);
    else found.set(there.repository.root, { ...there, places: [one] });
  }
  return [...found.values()].map(({ repository, surroundings, places }) => ({
    repository,
    surroundings,
    action: {
      files: places.filter((place) => !place.guessed && !place.deep).map(({ place }) => place),
      folders: places.filter((place) => !place.guessed && place.deep && !place.acts).map(({ place }) => place),
      command,
      ...(shell ? { shell } : {}),
      cwd,
      fromElsewhere: true,
      ...(perhaps && places.some((place) => place.guessed)
        ? { perhaps: { ...perhaps, paths: places.filter((place) => place.guessed).map(({ place }) => place) } }
        : {}),
    },
  }));
}

async function guardRepository(
  repository: Repository | undefined,
  action: Action,
  { home, env, hookFiles, permissions, findingsOf = NOTHING_FOUND, lifted }: GuardSurroundings,
  elsewhere: (one: Elsewhere) => void,
): Promise<LocalGuard> {
  const loaded: Pick<LoadedPolicy, 'policy' | 'source' | 'problems' | 'readable' | 'enforced'> = repository
    ? await loadPolicy(repository)
    : await policyOutside();
  const { source } = loaded;
  const policy = loaded.readable ?? loaded.policy;
  const mistake = mistakeIn(loaded);
  const root = repository?.root ?? null;
  const real = realPaths(root);
  let known: readonly GuardedPlace[] | undefined;
  const guarded = (): readonly GuardedPlace[] =>
    (known ??= forbiddenFiles({ repository, home, hookFiles, permissions, action, real }));
  const answer = guard({
    policy,
    ...(loaded.enforced === undefined ? {} : { enforced: loaded.enforced }),
    source,
    ...(mistake === undefined ? {} : { mistake }),
    action,
    root,
    ...(repository ? { gitFolders: { own: repository.gitDir, shared: repository.commonDir } } : {}),
    home,
    guarded,
    findingsOf,
    ...(env ? { env } : {}),
    ...(lifted ? { lifted } : {}),
    elsewhere,
    ...(root === null ? {} : { lost: (loses, places) => lostIn(root, loses, places, Date.now()) }),
    files: { real, below, exists: existsSync, ...localLookUps() },
  });
  return { answer, policy, source, ...(mistake === undefined ? {} : { mistake }) };
}

/** The place of the first mistake in a policy: each refusal says it, so it is short. Undefined when there is none. */
function mistakeIn({ source, problems: [first] }: Pick<LoadedPolicy, 'source' | 'problems'>): string | undefined {
  if (first === undefined) return undefined;
  const place = first.file ?? `${source}:${String(first.line)}:${String(first.column)}`;
  return `The policy has a mistake (${shown(place)}): "linekeeper doctor" says which.`;
}

/** What a command's reader asks about files and git here. */
const localLookUps = (): LookUps => ({
  matching: (pattern) => matching(pattern, namesIn, pathsLike(pattern).sep),
  text: (absolute) => textUpTo(absolute, LONGEST),
  isRevision,
  isCommitted: once(isCommitted),
  alias,
});

/** The first program of an action's command; undefined when there is none. */
export const firstCall = (
  repository: Repository,
  { command, cwd }: Action,
  { home }: Pick<GuardSurroundings, 'home'>,
): CallSummary | undefined =>
  command === undefined
    ? undefined
    : firstCallOf(command, {
        cwd,
        home,
        root: repository.root,
        gitFolders: { own: repository.gitDir, shared: repository.commonDir },
        files: localLookUps(),
      });

/** Calls `ask` only once for each word. */
function once<T>(ask: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    if (!known.has(word)) known.set(word, ask(word));
    return known.get(word) as T;
  };
}

function namesIn(folder: string): string[] {
  return attempt(() => readdirSync(folder), []);
}

/** Longer scripts and patches are not examined. */
const LONGEST = 256 * 1024;

function below(folder: string): string[] {
  const files: string[] = [];
  const waiting = [folder];
  for (let here = waiting.pop(); here !== undefined && files.length < FILES_AT_MOST; here = waiting.pop()) {
    try {
      for (const entry of readdirSync(here, { withFileTypes: true })) {
        const full = path.join(here, entry.name);
        if (!entry.isDirectory()) files.push(full);
        else if (entry.name !== '.git' && entry.name !== 'node_modules') waiting.push(full);
      }
    } catch {
      // not a folder, or not readable: then it is not writable either
    }
  }
  return files;
}
