/** What the repository reveals: where it is dangerous, and who has maintained it so far. */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outputNames, type Repository } from '../../git';
import { CODEOWNERS_PATHS } from '..';

export interface RepositoryFacts {
  /** Paths of tracked files, relative to the root. */
  readonly paths: readonly string[];
  /** Owners named in CODEOWNERS, most lines first: `ada` for a login, `@org/team`, or an e-mail address. */
  readonly owners: readonly string[];
  /** E-mail addresses of those who merged on this branch, most merges first. */
  readonly mergers: readonly string[];
  /** E-mail addresses of those who wrote commits here, most commits first. */
  readonly authors: readonly string[];
}

/** At most this many commits are read: people who merged years ago may have left. */
const COMMITS_AT_MOST = 2000;
/** A larger CODEOWNERS is not read (bytes); GitHub itself stops at 3 MB. */
const OWNERS_FILE_AT_MOST = 3 * 1024 * 1024;
const PEOPLE_AT_MOST = 8;

/** Reads them with two git processes. Throws a GitError. */
export async function readFacts(repository: Repository): Promise<RepositoryFacts> {
  const [files, log] = await Promise.all([
    repository.git(['ls-files', '-z']),
    repository.git(['log', `-n${String(COMMITS_AT_MOST)}`, '--format=%P%x09%aE%x09%cE', 'HEAD', '--'], {
      codes: [0, 128],
    }), // 128: nothing is committed yet
  ]);
  const commits = log.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t'));
  const merges = commits.filter(([parents]) => parents?.includes(' ') === true);
  return {
    paths: outputNames(files.stdout),
    owners: mostFirst(ownersIn(repository.root)),
    // A forge's own address hides who pressed the button, so the author of the merge counts.
    mergers: mostFirst(
      merges.map(([, author, committer]) => (isPerson(committer ?? '') ? (committer ?? '') : (author ?? ''))),
    ),
    authors: mostFirst(commits.map(([, author]) => author ?? '')),
  };
}

function ownersIn(root: string): string[] {
  for (const name of CODEOWNERS_PATHS) {
    const file = path.join(root, name);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size > OWNERS_FILE_AT_MOST) continue;
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) =>
        line
          .replace(/(?:^|\s)#.*$/, '')
          .trim()
          .split(/\s+/)
          .slice(1),
      )
      .filter((word) => /^@[\w.-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+$/.test(word))
      .map((word) => (word.startsWith('@') && !word.includes('/') ? word.slice(1) : word));
  }
  return [];
}

/** Agents, bots and forges commit too; a policy names people. */
const isPerson = (email: string): boolean =>
  /^[\w.+-]+@[\w.-]+$/.test(email) && !/\[bot\]|^(?:noreply|no-reply|bot|git)@|(?:^|[.-])bot@/i.test(email);

/** Each name once, the most frequent first, with the case of its first occurrence. */
function mostFirst(names: readonly string[]): string[] {
  const counts = new Map<string, { readonly name: string; count: number }>();
  for (const name of names) {
    if (!name.startsWith('@') && name.includes('@') && !isPerson(name)) continue;
    if (name === '' || name.length > 100) continue;
    const known = counts.get(name.toLowerCase());
    if (known) known.count++;
    else counts.set(name.toLowerCase(), { name, count: 1 });
  }
  return [...counts.values()]
    .sort((one, other) => other.count - one.count)
    .slice(0, PEOPLE_AT_MOST)
    .map(({ name }) => name);
}
