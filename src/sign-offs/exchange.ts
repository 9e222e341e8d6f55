/** Sign-offs and debts on their way to a remote and back: both sides end with the lines of both. */
import { createHash } from 'node:crypto';
import { GitError, type Repository } from '../git';
import { DEBTS_REF, identity, readLines, SIGN_OFFS_REF } from './append-only-notes';

export interface Exchanged {
  /** Statements that are new here. */
  readonly received: number;
  /** Whether the remote has all that is here; false after a fetch of less. */
  readonly sent: boolean;
}

const NETWORK_MS = 10 * 60_000;
const TRIES = 5;
const REFS = [SIGN_OFFS_REF, DEBTS_REF] as const;

/** Where a remote's notes are kept as it has them. */
const trackingOf = (remote: string, ref: string): string =>
  `refs/linekeeper/told/${/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(remote) ? remote : createHash('sha256').update(remote).digest('hex').slice(0, 16)}/${ref.slice('refs/notes/linekeeper-'.length)}`;

/** Brings the remote's here. Throws a GitError. */
export async function fetchSignOffs(repository: Repository, remote: string): Promise<Exchanged> {
  const before = await count(repository);
  await download(repository, remote);
  return { received: (await count(repository)) - before, sent: false };
}

/** Brings them there too. Throws a GitError where the remote does not take them. */
export async function pushSignOffs(repository: Repository, remote: string): Promise<Exchanged> {
  const before = await count(repository);
  for (let attempt = 1; ; attempt++) {
    await download(repository, remote);
    const wanted: string[] = [];
    for (const ref of REFS) {
      const [here, there] = [await idOf(repository, ref), await idOf(repository, trackingOf(remote, ref))];
      if (here !== undefined && here !== there) wanted.push(`--force-with-lease=${ref}:${there ?? ''}`, `${here}:${ref}`);
    }
    if (wanted.length === 0) break;
    const push = await repository.git(['push', '--porcelain', '--no-verify', ...wanted.filter((word) => word.startsWith('--')), '--', remote, ...wanted.filter((word) => !word.startsWith('--'))], { codes: [0, 1, 128], timeout: NETWORK_MS });
    if (push.code === 0) break;
    if (attempt >= TRIES) throw new GitError('failed', `${remote} did not take the sign-offs (${reasonIn(push.stderr)}). May you push ${REFS.join(' and ')} there?`);
  }
  return { received: (await count(repository)) - before, sent: true };
}

async function download(repository: Repository, remote: string): Promise<void> {
  // A pattern, because git fails on a name that is not there.
  const specs = REFS.map((ref) => `+${ref}*:${trackingOf(remote, ref)}*`);
  const fetched = await repository.git(['fetch', '--quiet', '--prune', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance', '--', remote, ...specs], { codes: [0, 1, 128], timeout: NETWORK_MS });
  if (fetched.code !== 0) throw new GitError('failed', `The sign-offs of ${remote} could not be fetched (${reasonIn(fetched.stderr)}).`);
  for (const ref of REFS) {
    const [there, here] = [await idOf(repository, trackingOf(remote, ref)), await idOf(repository, ref)];
    if (there === undefined || there === here) continue;
    if (here === undefined) await repository.git(['update-ref', ref, there, '']);
    else await repository.git(['notes', `--ref=${ref}`, 'merge', '--quiet', '--strategy=cat_sort_uniq', there], { env: identity() });
  }
}

const idOf = (repository: Repository, ref: string): Promise<string | undefined> => repository.commitId(ref);

async function count(repository: Repository): Promise<number> {
  const all = await Promise.all(REFS.map((ref) => readLines(repository, ref)));
  return all.reduce((sum, notes) => sum + [...notes.values()].flat().length, 0);
}

const reasonIn = (stderr: string): string => (stderr.trim().split('\n').find((line) => /^(?:fatal|error|remote|!)/.test(line)) ?? '').replace(/^(?:fatal|error): /, '').slice(0, 200);
