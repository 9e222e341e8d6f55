/**
 * A signed tag of a policy's own repository, which vouches for the file that was vendored from it. `FILE.tag` holds git's
 * objects from the tag down to the file, so that the gate can follow their ids without that repository and without a
 * network: the tag names the commit, the commit its tree, and the trees the file.
 */
import { createHash } from 'node:crypto';
import { hasShape, isListOf, isText, parsedAs } from '../../base/shapes';
import { jsonText, quoted } from '../../policy';
import { policySignedBy, type SignedBy } from './vendored-policy-signature';

/** What git signs commits and tags for (git-config(1), gpg.format). */
const GIT_NAMESPACE = 'git';
const BEGIN = '-----BEGIN SSH SIGNATURE-----';
/** Longer ones are of no repository of policies. Characters. */
const FILE_AT_MOST = 4_000_000;

/** Git's objects, without their headers (gitformat-pack(5), git-cat-file(1)). */
interface TaggedObjects {
  readonly tag: Buffer;
  readonly commit: Buffer;
  /** The commit's own tree first, then that of each folder on the way to the file. */
  readonly trees: readonly Buffer[];
}

/** Where the tag of a vendored policy lies. */
export const tagFileOf = (file: string): string => `${file}.tag`;

/** Whether a tag is signed with an SSH key: others prove nothing here. */
export const isSignedTag = (tag: Buffer): boolean => tag.includes(`\n${BEGIN}\n`);

/** The text of `FILE.tag`: the tag and the commit can be read in a review. */
export const tagFileText = ({ tag, commit, trees }: TaggedObjects): string =>
  jsonText({
    tag: tag.toString('utf8'),
    commit: commit.toString('utf8'),
    trees: trees.map((tree) => tree.toString('base64')),
  });

const isTagFile = hasShape({ tag: isText, commit: isText, trees: isListOf(isText) });

/** What the lock of a vendored file says: the tag, and the file's path in its own repository. */
const isPinnedToTag = hasShape({ ref: isText, path: isText, commit: isText });
const LOCK_AT_MOST = 20_000;

/** A vendored policy, its lock and its `FILE.tag`, as they are on disk. */
interface TaggedPolicy {
  readonly bytes: Buffer;
  readonly lock: Buffer;
  readonly tag: Buffer;
}

/** Who signed the tag that these bytes are at. `at`: see {@link policySignedBy}. */
export function policyTaggedBy({ bytes, lock, tag }: TaggedPolicy, allowedSigners: string, at: number): SignedBy {
  const pinned = parsedAs(lock.toString('utf8'), isPinnedToTag, LOCK_AT_MOST);
  if (pinned === undefined) return { why: 'its lock names no tag' };
  const objects = parsedAs(tag.toString('utf8'), isTagFile, FILE_AT_MOST);
  if (objects === undefined) return { why: 'the file of its tag is broken' };
  const end = objects.tag.lastIndexOf(`\n${BEGIN}\n`) + 1;
  if (end === 0) return { why: 'its tag has no SSH signature' };
  const payload = objects.tag.slice(0, end);
  const [, id, name] = /^object ([0-9a-f]{40}|[0-9a-f]{64})\ntype commit\ntag ([^\n]+)\n/.exec(payload) ?? [];
  if (id === undefined || name !== pinned.ref.replace(/^refs\/tags\//, '') || id !== pinned.commit)
    return { why: `its tag is not ${quoted(pinned.ref)} of the commit that its lock names` };
  const unlike = whyNotAtCommit(bytes, pinned.path, { ...objects, id });
  if (unlike !== undefined) return { why: unlike };
  return policySignedBy(Buffer.from(payload), Buffer.from(objects.tag.slice(end)), allowedSigners, at, GIT_NAMESPACE);
}

function whyNotAtCommit(
  bytes: Buffer,
  path: string,
  { id, commit, trees }: { readonly id: string; readonly commit: string; readonly trees: readonly string[] },
): string | undefined {
  const algorithm = id.length === 40 ? 'sha1' : 'sha256';
  const idOf = (type: string, object: Buffer): string =>
    createHash(algorithm)
      .update(`${type} ${String(object.length)}\0`)
      .update(object)
      .digest('hex');
  if (idOf('commit', Buffer.from(commit)) !== id) return 'the commit beside its tag is another one';
  let wanted = /^tree ([0-9a-f]+)\n/.exec(commit)?.[1];
  const names = path.split('/');
  for (const [index, name] of names.entries()) {
    const tree = Buffer.from(trees[index] ?? '', 'base64');
    if (idOf('tree', tree) !== wanted) return 'the folders beside its tag are others';
    const entry = entryOf(tree, name, id.length / 2);
    const isFile = index === names.length - 1;
    if (entry === undefined || !(isFile ? /^100/ : /^40000$/).test(entry.mode)) return 'its tag has no such file';
    wanted = entry.id;
  }
  return idOf('blob', bytes) === wanted ? undefined : 'its tag has another text of it';
}

/** A tree is `MODE NAME`, a NUL and the id's bytes, again and again. */
function entryOf(
  tree: Buffer,
  wanted: string,
  idLength: number,
): { readonly mode: string; readonly id: string } | undefined {
  for (let at = 0; at < tree.length;) {
    const end = tree.indexOf(0, at);
    if (end < 0 || end + 1 + idLength > tree.length) return undefined;
    const head = tree.toString('utf8', at, end);
    const space = head.indexOf(' ');
    if (head.slice(space + 1) === wanted)
      return { mode: head.slice(0, space), id: tree.toString('hex', end + 1, end + 1 + idLength) };
    at = end + 1 + idLength;
  }
  return undefined;
}
