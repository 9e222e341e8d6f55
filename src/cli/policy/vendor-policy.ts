/**
 * `linekeeper policy vendor URL[@REF]`: copies a policy from another repository, or a newer version of it, with its
 * digest pinned.
 */
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { replaceFile } from '../../base/files';
import { GitError, runGit, type Repository } from '../../git';
import { jsonText, list, POLICY_PATH, quoted, shellWord } from '../../policy';
import { baseCommit, digestOf, loadPolicy, treeFiles } from '../../policy/load';
import type { SignedParts } from '../../review/gate';
import { CannotSay, type Call, type ExitCode } from '../verb';
import { creditWritten } from '../credit-files-to-caller';
import { problemLines } from './check-policy-file';

const FOLDER = '.linekeeper/vendor';
const NETWORK_MS = 5 * 60_000;

/** What is pinned next to a vendored file. */
interface Lock {
  readonly url: string;
  /** Branch, tag or commit that was requested; null: the remote's default branch. */
  readonly ref: string | null;
  /** Its file there. */
  readonly path: string;
  readonly commit: string;
  readonly digest: string;
}

export async function vendorPolicy(call: Call, word: string | undefined): Promise<ExitCode> {
  const repository = call.repository();
  const wanted = word === undefined ? lockedHere(repository) : [wantedFrom(call, word)];
  if (wanted.length === 0)
    throw new CannotSay('Nothing is vendored yet. Name the policy: "linekeeper policy vendor URL[@REF]".');
  const done: Vendored[] = [];
  for (const { name, url, ref, file } of wanted) {
    const { commit, bytes, signature, tag } = await download(url, ref, file);
    const { filesExtended, parsePolicy } = await import('../../policy/file/parse');
    const parsed = parsePolicy(bytes);
    if (!parsed.ok)
      throw new CannotSay(
        `The policy of ${quoted(url)} is broken, so nothing was changed here:\n${problemLines(file, parsed.problems).join('\n')}`,
      );
    if (filesExtended(bytes).length > 0)
      throw new CannotSay(
        `The policy of ${quoted(url)} extends others itself. Vendor these, and list all of them under extends.`,
      );
    if (signature !== null && !(await isSignedFor(bytes, signature)))
      throw new CannotSay(
        `The signature ${quoted(`${file}.sig`)} of ${quoted(url)} is not of its policy, so nothing was changed here. Whoever maintains that policy signs it again: ssh-keygen -Y sign -n linekeeper-policy -f KEY ${quoted(file)}`,
      );
    const target = `${FOLDER}/${name}`;
    const former = readLock(repository, target);
    const before = former?.digest ?? null;
    const lock: Lock = { url, ref, path: file, commit, digest: digestOf(bytes) };
    write(repository, target, bytes);
    const lockText = jsonText(lock);
    write(repository, `${target}.lock`, lockText);
    const { signatureOf, tagFileOf } = await import('../../review/gate');
    const [signatureFile, tagFile] = [signatureOf(target), tagFileOf(target)];
    writeOrRemove(repository, signatureFile, signature);
    writeOrRemove(repository, tagFile, tag);
    const proof = signature === null ? (tag === null ? null : tagFile) : signatureFile;
    done.push({
      file: target,
      proof,
      peopleFiles: parsed.peopleFiles.flatMap((people) => (path.isAbsolute(people.file) ? [] : [people.file])),
      before,
      lock,
      atTag: word === undefined || former?.ref === ref ? await tagLine(name, lock, former) : '',
      signature:
        proof === null
          ? null
          : await signedHere(repository, call.terminal.now(), {
              bytes,
              lock: Buffer.from(lockText),
              signature: signature ?? undefined,
              tag: tag ?? undefined,
            }),
    });
  }
  await creditWritten(
    { terminal: call.terminal, repository },
    done.flatMap(({ file, proof }) => [file, `${file}.lock`, ...(proof === null ? [] : [proof])]),
    { author: 'human' },
  );
  if (call.json)
    call.terminal.out(
      jsonText({ vendored: done.map(({ file, before, lock, signature }) => ({ file, before, ...lock, signature })) }),
    );
  else for (const vendored of done) call.terminal.out(said(repository, vendored));
  return 0;
}

interface Vendored {
  readonly file: string;
  /** The file of its signature, or else of its signed tag; null: there is neither. */
  readonly proof: string | null;
  /** Files of this repository that it takes people from. */
  readonly peopleFiles: readonly string[];
  /** Digest of what was vendored before. */
  readonly before: string | null;
  readonly lock: Lock;
  /** For one that was asked for again at the same tag: that it was moved, else how a newer one is named; else empty. */
  readonly atTag: string;
  /** Who signed it, by the keys that the base lists, or why that counts for nothing; null: it is not signed. */
  readonly signature: { readonly by: readonly string[] } | { readonly why: string } | null;
}

/** Whether a signature is of these bytes and for this purpose, whoever made it. */
async function isSignedFor(bytes: Buffer, signature: Buffer): Promise<boolean> {
  const [{ isSignatureOf }, { POLICY_NAMESPACE }] = await Promise.all([
    import('../../base/signatures'),
    import('../../review/gate'),
  ]);
  return isSignatureOf(bytes.toString('utf8'), signature.toString('latin1'), POLICY_NAMESPACE);
}

/** By the keys that the base branch lists, as the gate will ask; by HEAD's where no base branch is known. */
async function signedHere(
  repository: Repository,
  now: number,
  parts: SignedParts,
): Promise<NonNullable<Vendored['signature']>> {
  const { signedBy, policySignersIn } = await import('../../review/gate');
  const { policy } = await loadPolicy(repository);
  const names = policy.policySigners ?? [];
  const base = (await baseCommit(repository)) ?? (await repository.commitId('HEAD'));
  if (names.length === 0 || base === undefined) return { why: 'the policy here names no policy-signers' };
  const keys = policySignersIn(names, await treeFiles(repository, base, names));
  return 'why' in keys ? keys : signedBy(parts, keys.allowedSigners, now);
}

function signatureLine({ proof, signature }: Vendored): string {
  if (signature === null || proof === null) return '';
  return 'by' in signature
    ? `${proof}: signed by ${signature.by.map((name) => quoted(name)).join(', ')}, whom policy-signers lists. A branch that changes nothing else needs no sign-off for it.\n`
    : `${proof}: its signature replaces no sign-off here, since ${signature.why}.\n`;
}

/** The newest tag there of the same form: for `v3`, or `policy-1.2`. */
async function tagLine(name: string, { url, ref, path: file, commit }: Lock, former?: Lock): Promise<string> {
  if (ref === null) return '';
  const listed = await runGit(['ls-remote', '--tags', '--refs', '--', url], { cwd: tmpdir(), timeout: NETWORK_MS });
  const tags = [...listed.stdout.toString('utf8').matchAll(/\trefs\/tags\/(.+)$/gm)].map(([, tag = '']) => tag);
  if (!tags.includes(ref)) return '';
  if (former?.url === url && former.ref === ref && former.commit !== commit)
    return `Careful: ${quoted(ref)} is a tag, and somebody has moved it there from ${former.commit.slice(0, 12)} to ${commit.slice(0, 12)}. Ask why before you commit.\n`;
  const form = (tag: string): string => tag.replace(/\d+(?:\.\d+)*$/, '');
  const byNumbers = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
  const newest = tags
    .filter((tag) => form(tag) === form(ref) && byNumbers(tag, ref) > 0)
    .sort(byNumbers)
    .at(-1);
  const more = file === POLICY_PATH ? '' : ` --path ${shellWord(file)}`;
  return `${quoted(ref)} is a tag, which never changes. ${newest === undefined ? 'There is none newer yet. For one' : 'For the newest there'}, run "linekeeper policy vendor ${shellWord(`${url}@${newest ?? 'TAG'}`)} --as ${name}${more}".\n`;
}

function peopleLine({ root }: Repository, { file, peopleFiles }: Vendored): string {
  const missing = peopleFiles.filter((people) => !existsSync(path.join(root, people)));
  return missing.length === 0
    ? ''
    : `${file} takes people from ${list(missing, 12)}, which this command does not bring. Add the same path to this repository, or no change can be decided.\n`;
}

function said(repository: Repository, vendored: Vendored): string {
  const { file, before, lock, signature } = vendored;
  const subject =
    before === null ? `${file} written` : before === lock.digest ? `${file} is what it was` : `${file} updated`;
  const from = `from ${quoted(lock.url)}${lock.ref === null ? '' : ` at ${quoted(lock.ref)}`} (${lock.commit.slice(0, 12)}, ${lock.digest.slice(0, 19)}…)`;
  let names = '';
  try {
    names = readFileSync(path.join(repository.root, POLICY_PATH), 'utf8');
  } catch {
    // there is no policy yet
  }
  return `${subject} ${from}.\n${names.includes(file) ? '' : `Add it to ${POLICY_PATH}:\n\n  extends: [${file}]\n\n`}${vendored.atTag}${signatureLine(vendored)}${peopleLine(repository, vendored)}Commit ${signature === null ? 'both' : 'all three'} files of it. They decide once they are on the default branch.\n`;
}

interface Wanted {
  readonly name: string;
  readonly url: string;
  readonly ref: string | null;
  readonly file: string;
}

function wantedFrom({ values }: Call, word: string): Wanted {
  // An "@" in the path begins a ref; one before it belongs to the address, as in git@example.com:team/policies.
  const [, host = '', rest = ''] = /^([a-z+]+:\/\/[^/]*|[^/:]+:)?([^]*)$/i.exec(word) ?? [];
  const at = rest.lastIndexOf('@');
  const url = at > 0 ? `${host}${rest.slice(0, at)}` : word;
  const ref = at > 0 ? rest.slice(at + 1) : undefined;
  if (url.startsWith('-') || /[\p{Cc}\p{Cf}]/u.test(word))
    throw new CannotSay(`${quoted(word)} is no address of a repository.`);
  if (/^[a-z+]+:\/\/[^/]*:[^/]*@/i.test(url))
    throw new CannotSay(
      'The address holds a password, which would be written into the repository. Leave it out: git asks for it, or its credential helper knows it.',
    );
  if (ref?.startsWith('-') === true || ref === '') throw new CannotSay(`${quoted(ref)} is no branch, tag or commit.`);
  if (/^\.{1,2}(?:\/|$)/.test(url))
    throw new CannotSay(
      `${quoted(url)} is a relative path, which names another place in each clone. Name an address, such as https://example.com/acme/policies, or a whole path.`,
    );
  const last = url.replace(/\/+$/, '').split(/[/:]/).at(-2) ?? '';
  const name = typeof values['as'] === 'string' ? values['as'] : `${last.replace(/[^\w.-]/g, '') || 'policy'}.yml`;
  const file = typeof values['path'] === 'string' ? values['path'] : POLICY_PATH;
  if (!/^[\w-][\w.-]*\.ya?ml$/.test(name))
    throw new CannotSay(`${quoted(name)} can't be the file's name. Give one that ends in .yml: --as acme.yml`);
  if (file.startsWith('/') || file.split('/').includes('..'))
    throw new CannotSay(`${quoted(file)} is no path inside that repository.`);
  return { name, url, ref: ref ?? null, file };
}

function lockedHere(repository: Repository): readonly Wanted[] {
  let names: readonly string[];
  try {
    names = readdirSync(path.join(repository.root, FOLDER));
  } catch {
    return []; // nothing is vendored
  }
  return names
    .filter((name) => name.endsWith('.lock'))
    .sort()
    .flatMap((lockName) => {
      const name = lockName.slice(0, -'.lock'.length);
      const lock = readLock(repository, `${FOLDER}/${name}`);
      if (lock === undefined)
        throw new CannotSay(
          `${FOLDER}/${lockName} can't be read. Name the policy again: linekeeper policy vendor URL[@REF] --as ${name}`,
        );
      return [{ name, url: lock.url, ref: lock.ref, file: lock.path }];
    });
}

function readLock(repository: Repository, file: string): Lock | undefined {
  try {
    const value = JSON.parse(readFileSync(path.join(repository.root, `${file}.lock`), 'utf8')) as Partial<
      Record<keyof Lock, unknown>
    > | null; // checked below
    const { url, ref, path: there, commit, digest } = value ?? {};
    if (
      typeof url !== 'string' ||
      url.startsWith('-') ||
      typeof there !== 'string' ||
      typeof commit !== 'string' ||
      typeof digest !== 'string'
    )
      return undefined;
    return { url, ref: typeof ref === 'string' && !ref.startsWith('-') ? ref : null, path: there, commit, digest };
  } catch {
    return undefined;
  }
}

interface Downloaded {
  readonly commit: string;
  readonly bytes: Buffer;
  readonly signature: Buffer | null;
  /** The text of `FILE.tag`; null where the file has a signature of its own, or what was requested is no signed tag. */
  readonly tag: Buffer | null;
}

/** Fetches one commit into a temporary repository. Nothing of it is checked out. */
async function download(url: string, ref: string | null, file: string): Promise<Downloaded> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'linekeeper-vendor-'));
  try {
    await runGit(['init', '--quiet', '--bare', '.'], { cwd });
    await runGit(['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', url, ref ?? 'HEAD'], {
      cwd,
      timeout: NETWORK_MS,
    });
    const commit = (await runGit(['rev-parse', '--verify', 'FETCH_HEAD^{commit}'], { cwd })).stdout
      .toString('utf8')
      .trim();
    const [policy, signature] = await Promise.all([
      plainFile(cwd, commit, file),
      plainFile(cwd, commit, `${file}.sig`),
    ]);
    if (policy === undefined)
      throw new CannotSay(
        `${quoted(url)} has no plain file ${quoted(file)} at ${quoted(ref ?? 'HEAD')}. Name the policy's file there with --path FILE.`,
      );
    return {
      commit,
      bytes: policy,
      signature: signature ?? null,
      tag: signature === undefined ? await signedTag(cwd, commit, file) : null,
    };
  } catch (error) {
    if (error instanceof GitError)
      throw new CannotSay(`The policy could not be fetched from ${quoted(url)}: ${error.message.slice(0, 500)}`, {
        cause: error,
      });
    throw error;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function signedTag(cwd: string, commit: string, file: string): Promise<Buffer | null> {
  const object = async (type: string, name: string): Promise<Buffer> =>
    (await runGit(['cat-file', type, name], { cwd })).stdout;
  const type = (await runGit(['cat-file', '-t', 'FETCH_HEAD'], { cwd })).stdout.toString('utf8').trim();
  if (type !== 'tag') return null;
  const tag = await object('tag', 'FETCH_HEAD');
  const { isSignedTag, tagFileText } = await import('../../review/gate');
  if (!isSignedTag(tag)) return null;
  const folders = file.split('/').map((_, index, names) => names.slice(0, index).join('/'));
  const trees = await Promise.all(folders.map((folder) => object('tree', `${commit}:${folder}`)));
  return Buffer.from(tagFileText({ tag, commit: await object('commit', commit), trees }));
}

async function plainFile(cwd: string, commit: string, file: string): Promise<Buffer | undefined> {
  const entry = (await runGit(['ls-tree', '-z', commit, '--', file], { cwd })).stdout.toString('utf8');
  const [, id] = /^100\d{3} blob ([0-9a-f]+)\t/.exec(entry) ?? [];
  return id === undefined ? undefined : (await runGit(['cat-file', 'blob', id], { cwd })).stdout;
}

/** What a former version left goes with it. */
function writeOrRemove(repository: Repository, file: string, content: Buffer | null): void {
  if (content === null) rmSync(path.join(repository.root, file), { force: true });
  else write(repository, file, content);
}

/** Writes a file of the work tree; never through a link. */
function write({ root }: Repository, file: string, content: string | Uint8Array): void {
  const target = path.join(root, file);
  for (const folder of [path.join(root, '.linekeeper'), path.join(root, FOLDER)]) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found !== undefined && !found.isDirectory())
      throw new CannotSay(`${path.relative(root, folder)} is no folder, so nothing was written.`);
  }
  if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    throw new CannotSay(`${file} is a link, so nothing was written.`);
  mkdirSync(path.dirname(target), { recursive: true });
  replaceFile(target, content);
}
