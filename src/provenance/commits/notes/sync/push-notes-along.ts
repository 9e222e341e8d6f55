/**
 * Sends what is new in all of our notes along with somebody's push: in one connection, and none where the remote has it
 * by what was last seen there. Git itself refuses to overwrite what others have sent meanwhile; then, and only then, the
 * notes of both sides are merged first.
 */
import { dataPlace } from '../../../../base/files';
import { readStateFile, writeStateFile, type Repository } from '../../../../git';
import { NOTES_REF } from '../format';
import { SHARED_LINE_NOTES } from '../refs-of-line-notes';
import { pushLineNotes, trackingOf } from './sync-line-notes';
import { pushNotes, trackingRef } from './push-and-fetch-notes';

const NETWORK_MS = 10 * 60_000;

/**
 * Where the remotes were that have what their refs here say. The hook reads it: a remote may get another address.
 */
const seenFile = ({ gitDir }: Repository): string => dataPlace(gitDir, 'notes-seen-at');

/**
 * `address`: where git pushes to. Throws a GitError or a NotesError; the notes that did not arrive are sent the next
 * time.
 */
export async function pushAlong(repository: Repository, remote: string, address: string): Promise<void> {
  const seen = readStateFile(seenFile(repository))
    .split('\n')
    .filter((line) => line !== '');
  const line = `${remote} ${address}`;
  if (seen.includes(line)) {
    await sendNew(repository, remote);
    return;
  }
  await pushNotes(repository, remote);
  await pushLineNotes(repository, SHARED_LINE_NOTES, remote);
  const others = seen.filter((other) => !other.startsWith(`${remote} `));
  writeStateFile(seenFile(repository), `${[...others, line].join('\n')}\n`);
}

async function sendNew(repository: Repository, remote: string): Promise<void> {
  const pairs = [
    [NOTES_REF, trackingRef(remote)],
    ...SHARED_LINE_NOTES.map((ref) => [ref, trackingOf(remote, ref)] as const),
  ] as const;
  const listed = await repository.text([
    'for-each-ref',
    '--format=%(refname) %(objecttype) %(objectname)',
    ...pairs.flat(),
  ]);
  const ids = new Map(
    listed.split('\n').flatMap((line) => {
      const [ref = '', type, id = ''] = line.split(' ');
      return type === 'commit' ? [[ref, id] as const] : [];
    }),
  );
  const fresh = pairs.flatMap(([ref, tracking]) => {
    const id = ids.get(ref);
    return id === undefined || id === ids.get(tracking) ? [] : [{ ref, tracking, id }];
  });
  if (fresh.length === 0) return;
  const push = await repository.git(
    ['push', '--porcelain', '--no-verify', '--', remote, ...fresh.map(({ ref, id }) => `${id}:${ref}`)],
    { codes: [0, 1, 128], timeout: NETWORK_MS },
  );
  if (push.code === 0) {
    await repository.git(['update-ref', '--stdin'], {
      input: fresh.map(({ tracking, id }) => `update ${tracking} ${id}\n`).join(''),
    });
    return;
  }
  // Somebody was faster, or there is more to say than git does.
  if (fresh.some(({ ref }) => ref === NOTES_REF)) await pushNotes(repository, remote);
  const others = fresh.map(({ ref }) => ref).filter((ref) => ref !== NOTES_REF);
  if (others.length > 0) await pushLineNotes(repository, others, remote);
}
