/** The guard on this machine: the policy that decides here, and the places that no agent may change. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../git';
import { BUILT_IN_POLICY, BUILT_IN_SOURCE, type Policy } from '../../policy';
import { loadPolicy } from '../../policy-source';
import { guard, type Action, type FindingsOf, type GuardAnswer, type GuardedPlace } from './guard';
import { matching } from './patterns';
import { realPaths } from './real-paths';

export interface LocalGuard {
  readonly answer: GuardAnswer;
  readonly policy: Policy;
}

/** What of this machine the guard must know. */
export interface GuardSurroundings {
  readonly home: string;
  /** Files in which assistants' hooks are set up. Absolute. */
  readonly hookFiles: readonly GuardedPlace[];
  readonly findingsOf?: FindingsOf;
}

const NOTHING_FOUND: FindingsOf = () => [];
/** A folder is not looked into further than this many files. */
const FILES_AT_MOST = 2000;

/** Decides for a repository, or outside of any. Throws what reading the policy throws. */
export async function guardLocally(repository: Repository | undefined, action: Action, { home, hookFiles, findingsOf = NOTHING_FOUND }: GuardSurroundings): Promise<LocalGuard> {
  const { policy, source } = repository ? await loadPolicy(repository) : { policy: BUILT_IN_POLICY, source: BUILT_IN_SOURCE };
  const places = [...hookFiles, ...ownPlaces(repository, home)];
  const real = realPaths();
  const guarded = places.flatMap((place) => [place, { ...place, path: real(place.path) }]);
  const answer = guard({ policy, source, action, root: repository?.root ?? null, home, guarded, findingsOf, files: { real, below, matching: (pattern) => matching(pattern, namesIn, path.sep), text: textOf } });
  return { answer, policy };
}

function ownPlaces(repository: Repository | undefined, home: string): GuardedPlace[] {
  const git = repository === undefined ? [] : [...new Set([repository.gitDir, repository.commonDir])];
  return [
    ...git.flatMap((folder) => [
      { path: under(folder, 'linekeeper'), what: "Linekeeper's record" },
      { path: under(folder, 'hooks'), what: "git's hooks" },
      { path: under(folder, 'config'), what: "git's configuration, which says where its hooks are" },
      { path: under(folder, 'config.worktree'), what: "git's configuration, which says where its hooks are" },
    ]),
    { path: under(home, '.linekeeper'), what: "Linekeeper's set-up" },
    { path: under(home, '.gitconfig'), what: "git's configuration, which says where its hooks are" },
    { path: under(under(under(home, '.config'), 'git'), 'config'), what: "git's configuration, which says where its hooks are" },
  ];
}

/** Both are plain. */
const under = (folder: string, name: string): string => folder + path.sep + name;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Scripts and patches longer than this are not looked into. */
const LONGEST = 256 * 1024;

function textOf(absolute: string): string | undefined {
  try {
    const kind = statSync(absolute);
    return kind.isFile() && kind.size <= LONGEST ? readFileSync(absolute, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

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
      // not a folder, or one that cannot be read: whoever would change it cannot either
    }
  }
  return files;
}
