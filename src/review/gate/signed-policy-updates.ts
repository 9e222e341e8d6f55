/**
 * Newer versions of vendored policies that need no sign-off here, since a key that the base lists under `policy-signers`
 * signed them, or the tag that they are at. Nothing that the change brings decides whose keys these are.
 */
import { list, POLICY_PATH, quoted, type ChangedFile } from '../../policy';
import { filesExtended, parsePolicy, type Floor } from '../../policy/file/parse';
import { extendedAmong, type TreeFile } from '../../policy/load';
import { hasShape, isText, parsedAs } from '../../base/shapes';
import type { TreeSource } from './repository-reads';
import { policyTaggedBy, tagFileOf } from './signed-policy-tag';
import { policySignedBy, policySignersIn, signatureOf, type SignedBy } from './vendored-policy-signature';
import type { NetFile } from './range/net-change-with-authors';
import type { CheckedChange } from './read-range-and-base';

/** What counts for a signature. */
interface Circumstances {
  /** The commit whose policy decides, by its id. */
  readonly policyAt: string;
  /** What is decided on is merged already, for example for a deployment: what else changed beside it was judged then. */
  readonly isMerged: boolean;
  readonly floors: readonly Floor[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface SignedPolicies {
  readonly files: readonly ChangedFile[];
  /** Why a sign-off is needed for each vendored policy of the change, or why not. */
  readonly notices: readonly string[];
}

/** The files, with those marked that are vouched for. Throws a GitError. */
export async function withSignedPolicies(
  files: readonly ChangedFile[],
  source: TreeSource,
  change: Pick<CheckedChange, 'range' | 'net' | 'decided'>,
  circumstances: Circumstances,
): Promise<SignedPolicies> {
  const { net, decided } = change;
  const signers = decided.policy.policySigners ?? [];
  const none = { files, notices: [] };
  if (signers.length === 0 || !net.files.some(({ attribution: { path } }) => isVendored(path))) return none;
  const policy = (await source.files(circumstances.policyAt, [POLICY_PATH])).get(POLICY_PATH);
  if (policy?.kind !== 'file') return none;
  const changed = filesExtended(policy.bytes)
    .filter((file) => !file.endsWith(LOCK))
    .filter((file) => net.files.some(({ attribution }) => partsOf(file).includes(attribution.path)));
  const judged = await Promise.all(
    changed.map(async (file) => ({
      file,
      ...(await judge(file, { source, change, circumstances, signers, policy: policy.bytes, changed })),
    })),
  );
  const vouched = new Set(judged.flatMap((one) => ('by' in one ? partsOf(one.file) : [])));
  return {
    files: files.map((file) => (vouched.has(file.path) ? { ...file, vouched: true } : file)),
    notices: judged.map((judgement) =>
      'by' in judgement
        ? `${quoted(judgement.file)} is signed by ${list(judgement.by.map((name) => quoted(name)))}, whom policy-signers lists on the base, so it needs no sign-off here.`
        : `${quoted(judgement.file)} needs a sign-off here, since its signature does not count: ${judgement.why}.`,
    ),
  };
}

const LOCK = '.lock';
const isVendored = (path: string): boolean => path.startsWith('.linekeeper/');
/** What a new version of a vendored policy consists of. */
const partsOf = (file: string): readonly string[] => [file, `${file}${LOCK}`, signatureOf(file), tagFileOf(file)];

interface Judging {
  readonly source: TreeSource;
  readonly change: Pick<CheckedChange, 'range' | 'net'>;
  readonly circumstances: Circumstances;
  readonly signers: readonly string[];
  /** The repository's own policy, as the base has it. */
  readonly policy: Buffer;
  /** The vendored policies of the change. */
  readonly changed: readonly string[];
}

async function judge(
  file: string,
  { source, change: { range, net }, circumstances, signers, policy, changed }: Judging,
): Promise<SignedBy> {
  const { policyAt, isMerged, floors, now } = circumstances;
  const beside = isMerged ? undefined : foreignFile(net.files, changed);
  if (beside !== undefined)
    return {
      why: `the change also touches ${quoted(beside)}, and it may hold nothing but the policy, its lock and its signature or tag`,
    };
  const [head, before, base] = await Promise.all([
    source.files(range.head, [...new Set([...filesExtended(policy), ...partsOf(file)])]),
    source.files(range.mergeBase, partsOf(file)),
    source.files(policyAt, [...new Set([...partsOf(file), ...signers])]),
  ]);
  const [bytes, lock, signature, tag] = partsOf(file).map((part) => bytesOf(head.get(part)));
  if (bytes === undefined || lock === undefined) return { why: `${file} or its lock is no plain file any more` };
  if (signature === undefined && tag === undefined)
    return { why: `there is no ${signatureOf(file)} and no ${tagFileOf(file)}` };
  const keys = policySignersIn(signers, base);
  if ('why' in keys) return keys;
  const signed = signedBy({ bytes, lock, signature, tag }, keys.allowedSigners, now);
  if ('why' in signed) return signed;
  const broken = parsePolicy(policy, extendedAmong(head), floors);
  if (!broken.ok) return { why: `with it the policy here is broken, as ${broken.problems[0]?.message ?? 'it says'}` };
  return (
    unlikeBefore(file, { bytes, lock }, before) ??
    (isMerged ? undefined : unlikeBefore(file, { bytes, lock }, base)) ??
    signed
  );
}

/** A vendored policy, its lock, and its `.sig` or `.tag`. */
export interface SignedParts {
  readonly bytes: Buffer;
  readonly lock: Buffer;
  readonly signature: Buffer | undefined;
  readonly tag: Buffer | undefined;
}

/** A file's own signature comes before its tag's. */
export function signedBy(
  { bytes, lock, signature, tag = Buffer.of() }: SignedParts,
  allowedSigners: string,
  at: number,
): SignedBy {
  return signature === undefined
    ? policyTaggedBy({ bytes, lock, tag }, allowedSigners, at)
    : policySignedBy(bytes, signature, allowedSigners, at);
}

/** A changed file that is no part of a vendored policy, or was moved. */
function foreignFile(files: readonly NetFile[], changed: readonly string[]): string | undefined {
  const parts = new Set(changed.flatMap(partsOf));
  return files.find(
    ({ attribution: { path, from } }) => !parts.has(path) || (from !== null && from !== path && !parts.has(from)),
  )?.attribution.path;
}

const bytesOf = (file: TreeFile | undefined): Buffer | undefined => (file?.kind === 'file' ? file.bytes : undefined);

/** Why a version can't take the place of another: it is an older one, or comes from elsewhere. */
function unlikeBefore(
  file: string,
  { bytes, lock }: { readonly bytes: Buffer; readonly lock: Buffer },
  before: ReadonlyMap<string, TreeFile>,
): { readonly why: string } | undefined {
  const [oldBytes, oldLock] = partsOf(file).map((part) => bytesOf(before.get(part)));
  if (oldBytes === undefined || oldLock === undefined) return { why: `${file} is not on the base yet` };
  const [place, oldPlace] = [originIn(lock), originIn(oldLock)];
  if (oldPlace === undefined || place?.url !== oldPlace.url || place.path !== oldPlace.path)
    return { why: `its lock names another place than the lock on the base, and that is for a person to decide` };
  const [serial, oldSerial] = [serialIn(bytes), serialIn(oldBytes) ?? 0];
  if (serial === undefined) return { why: 'it has no serial, so it could be an older release' };
  if (serial > oldSerial || (serial === oldSerial && bytes.equals(oldBytes))) return undefined;
  return {
    why: `its serial is ${String(serial)}, and the base has ${String(oldSerial)} already: an older release is for a person to decide`,
  };
}

const isOrigin = hasShape({ url: isText, path: isText });
const originIn = (lock: Buffer): { readonly url: string; readonly path: string } | undefined =>
  parsedAs(lock.toString('utf8'), isOrigin, 20_000);

function serialIn(bytes: Buffer): number | undefined {
  const parsed = parsePolicy(bytes);
  return parsed.ok ? parsed.policy.serial : undefined;
}
