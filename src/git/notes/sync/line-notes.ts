/** Notes that are lists of lines, on their way to a remote and back: both sides end with the lines of both. */
import { createHash } from 'node:crypto';
import type { Repository } from '../../plumbing/repository';
import { GitError } from '../../plumbing/run';
import { lineNotesAt, pause, readLineNotes, seenAt } from '../line-notes';

/** What a fetch or push did: lines that are new here, and lines that are new there. */
export interface LineNotesSynced {
  readonly received: number;
  readonly sent: number;
}

const NETWORK_MS = 10 * 60_000;
const TRIES = 5;
const IDENTITY = ['-c', 'user.name=Linekeeper', '-c', 'user.email=linekeeper@localhost'];

/** Where a remote's notes are kept as it has them. */
const trackingOf = (remote: string, ref: string): string =>
  seenAt(
    /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(remote)
      ? remote
      : createHash('sha256').update(remote).digest('hex').slice(0, 16),
    ref,
  );

/** Brings the remote's lines here. Throws a GitError. */
export async function fetchLineNotes(
  repository: Repository,
  refs: readonly string[],
  remote: string,
): Promise<LineNotesSynced> {
  const before = await count(repository, refs);
  await download(repository, refs, remote);
  return { received: (await count(repository, refs)) - before, sent: 0 };
}

/** Merges the remote's lines with ours and brings them there. Throws a GitError where the remote does not take them. */
export async function pushLineNotes(
  repository: Repository,
  refs: readonly string[],
  remote: string,
): Promise<LineNotesSynced> {
  const before = await count(repository, refs);
  for (let attempt = 1; ; attempt++) {
    await download(repository, refs, remote);
    const leases: string[] = [];
    const specs: string[] = [];
    let sent = 0;
    for (const ref of refs) {
      const [here, there] = [await repository.commitId(ref), await repository.commitId(trackingOf(remote, ref))];
      if (here === undefined || here === there) continue;
      leases.push(`--force-with-lease=${ref}:${there ?? ''}`);
      specs.push(`${here}:${ref}`);
      sent +=
        (await lineNotesAt(repository, here)).length -
        (there === undefined ? 0 : (await lineNotesAt(repository, there)).length);
    }
    const received = (await count(repository, refs)) - before;
    if (specs.length === 0) return { received, sent };
    const push = await repository.git(['push', '--porcelain', '--no-verify', ...leases, '--', remote, ...specs], {
      codes: [0, 1, 128],
      timeout: NETWORK_MS,
    });
    if (push.code === 0) return { received, sent };
    if (attempt >= TRIES)
      throw new GitError(
        'failed',
        `${remote} did not take ${refs.join(' and ')} (${reasonIn(push.stderr)}). May you push there?`,
      );
    await pause(attempt);
  }
}

async function download(repository: Repository, refs: readonly string[], remote: string): Promise<void> {
  // A pattern, because git fails on a name that is not there.
  const specs = refs.map((ref) => `+${ref}*:${trackingOf(remote, ref)}*`);
  const fetched = await repository.git(
    [
      'fetch',
      '--quiet',
      '--prune',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      '--',
      remote,
      ...specs,
    ],
    { codes: [0, 1, 128], timeout: NETWORK_MS },
  );
  if (fetched.code !== 0)
    throw new GitError(
      'failed',
      `${refs.join(' and ')} of ${remote} could not be fetched (${reasonIn(fetched.stderr)}).`,
    );
  for (const ref of refs) {
    const tracking = trackingOf(remote, ref);
    const [there, here] = [await repository.commitId(tracking), await repository.commitId(ref)];
    if (
      there === undefined &&
      (await repository.git(['rev-parse', '--verify', '--quiet', tracking], { codes: [0, 1] })).code === 0
    )
      throw new GitError('failed', `What ${remote} has as ${ref} is no notes, so nothing was taken from there.`);
    if (there === undefined || there === here) continue;
    if (here === undefined) await repository.git(['update-ref', ref, there, '0'.repeat(there.length)]);
    else
      await repository.git([
        ...IDENTITY,
        'notes',
        `--ref=${ref}`,
        'merge',
        '--quiet',
        '--strategy=cat_sort_uniq',
        there,
      ]);
  }
}

async function count(repository: Repository, refs: readonly string[]): Promise<number> {
  const all = await Promise.all(refs.map((ref) => readLineNotes(repository, ref)));
  return all.reduce((sum, lines) => sum + lines.length, 0);
}

/** The first thing that went wrong; what follows is mostly advice. */
const reasonIn = (stderr: string): string =>
  (
    stderr
      .trim()
      .split('\n')
      .find((line) => /^(?:fatal|error|remote|!)/.test(line)) ?? ''
  )
    .replace(/^(?:fatal|error): /, '')
    .replace(/\.$/, '')
    .slice(0, 200);
