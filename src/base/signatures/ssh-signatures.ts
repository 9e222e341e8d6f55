/**
 * SSH signatures over texts, created and verified by OpenSSH's own program:
 * `ssh-keygen -Y sign|find-principals|verify` (ssh-keygen(1), PROTOCOL.sshsig). An allowed-signers file says who a key
 * belongs to, in the format that git uses too (`gpg.ssh.allowedSignersFile`).
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isWindows, startOf } from '../platform';
import { principalsOf } from './allowed-signers';
import { signatureFacts, unarmored } from './sshsig-format';

/** Why a text could not be signed or a signature not verified. The message is for people and says what to do. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
}

/** Who signed, or why the signature is invalid. */
type Verified =
  | { readonly valid: true; readonly principals: readonly string[] }
  /** `why` is a sentence for people. */
  | { readonly valid: false; readonly why: string };

const NO_KEYGEN = 'ssh-keygen is not installed. Install OpenSSH 8.2 or later.';
const TIMEOUT_MS = 20_000;
/** Longer signatures are not ours. Characters. */
const SIGNATURE_AT_MOST = 20_000;
const ARMORED = /^-----BEGIN SSH SIGNATURE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END SSH SIGNATURE-----\s*$/;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function sshKeygen(args: readonly string[], input: string, interactive = false): Ended {
  const { program, words, ...how } = startOf('ssh-keygen', args);
  const ended = spawnSync(program, words, {
    ...how,
    input,
    encoding: 'utf8',
    timeout: interactive ? 0 : TIMEOUT_MS,
    windowsHide: true,
    env: interactive ? process.env : { ...process.env, SSH_ASKPASS_REQUIRE: 'never' },
  });
  const error: NodeJS.ErrnoException | undefined = ended.error;
  if (error?.code === 'ENOENT') throw new SignatureError(NO_KEYGEN);
  if (error && error.code !== 'EPIPE') throw new SignatureError(`ssh-keygen could not be run: ${error.message}`);
  return { code: ended.status ?? -1, stdout: ended.stdout, stderr: ended.stderr };
}

function inScratchFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-ssh-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Signs a text.
 *
 * @param key The file of a private key, or of a public one whose private key an agent holds; or a public key itself
 *   (`ssh-ed25519 AAAA…`, `key::…`), as git's `user.signingKey` may hold.
 * @param namespace What the signature is for: one made for another purpose does not count.
 * @returns The armored signature. Throws a {@link SignatureError}.
 */
export function signText(text: string, { key, namespace }: SigningKey): string {
  return inScratchFolder((folder) => {
    const { code, stdout, stderr } = sshKeygen(signingWords(folder, key, namespace), text, true);
    return signatureIn(code, stdout, stderr, key);
  });
}

/**
 * The same, asynchronously and without a terminal: the SSH agent or `SSH_ASKPASS` asks for a passphrase, and a hardware
 * key waits for the person's touch. Throws a {@link SignatureError}, also when nobody responds within `patience`
 * milliseconds.
 */
export async function signTextSoon(
  text: string,
  { key, namespace, patience }: SigningKey & { readonly patience: number },
): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-ssh-'));
  try {
    const { code, stdout, stderr } = await keygenApart(signingWords(folder, key, namespace), text, patience);
    return signatureIn(code, stdout, stderr, key);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface SigningKey {
  readonly key: string;
  readonly namespace: string;
}

function signingWords(folder: string, key: string, namespace: string): readonly string[] {
  const literal = /^(?:key::)?((?:ssh|ecdsa|sk)-\S+ \S+.*)$/.exec(key)?.[1];
  const file = literal === undefined ? key : path.join(folder, 'key.pub');
  if (literal !== undefined) writeFileSync(file, `${literal}\n`, { mode: 0o600 });
  return ['-Y', 'sign', '-q', '-f', file, '-n', namespace];
}

function signatureIn(code: number, stdout: string, stderr: string, key: string): string {
  if (code !== 0 || !ARMORED.test(stdout))
    throw new SignatureError(`The key ${key.slice(0, 120)} could not sign: ${lastLine(stderr)}`);
  return stdout;
}

/** In its own session, so that it has no terminal to prompt at. */
function keygenApart(args: readonly string[], input: string, patience: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { program, words, ...how } = startOf('ssh-keygen', args);
    const child = spawn(program, words, {
      ...how,
      windowsHide: true,
      detached: !isWindows(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new SignatureError(error.code === 'ENOENT' ? NO_KEYGEN : `ssh-keygen could not be run: ${error.message}`));
    });
    if (child.pid === undefined) return; // it may have no streams
    for (const name of ['stdout', 'stderr'] as const)
      child[name]
        .setEncoding('utf8')
        .on('data', (part: string) => (texts[name] = `${texts[name]}${part}`.slice(0, SIGNATURE_AT_MOST)));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL')
        reject(
          new SignatureError(
            'Nobody unlocked or touched the key in time. Add it to the SSH agent (ssh-add), and sign again.',
          ),
        );
      else resolve({ code: code ?? -1, ...texts });
    });
    child.stdin.on('error', () => undefined); // it may exit before it has read everything
    child.stdin.end(input);
  });
}

/**
 * Verifies who signed a text.
 *
 * @param allowedSigners The content of an allowed-signers file (ssh-keygen(1), "ALLOWED SIGNERS").
 * @param at The time at which the key must have been valid. Milliseconds since the epoch.
 * @returns The principals that the key belongs to, such as e-mail addresses. Throws a {@link SignatureError} when
 *   ssh-keygen can't be run.
 */
export function verifyText(
  text: string,
  signature: string,
  {
    allowedSigners,
    namespace,
    at,
  }: { readonly allowedSigners: string; readonly namespace: string; readonly at: number },
): Verified {
  if (signature.length > SIGNATURE_AT_MOST || !ARMORED.test(signature))
    return { valid: false, why: 'The signature is no SSH signature.' };
  return inScratchFolder((folder): Verified => {
    const [signers, signed] = [path.join(folder, 'allowed_signers'), path.join(folder, 'signature')];
    writeFileSync(signers, allowedSigners);
    writeFileSync(signed, signature);
    const time = `verify-time=${timeOf(at)}`;
    const found = sshKeygen(['-Y', 'find-principals', '-s', signed, '-f', signers, '-O', time], '');
    const publicKey = signatureFacts(unarmored(signature))?.publicKey ?? '';
    // A line of the file may name several principals, separated by commas; a pattern names nobody in particular.
    // ssh-keygen names those of the first line with the key only, and whoever another line names is the same person.
    const named = [
      ...new Set([
        ...found.stdout.split(/[\n,]/).map((one) => one.trim()),
        ...principalsOf(allowedSigners, { publicKey, namespace, at }),
      ]),
    ].filter((one) => one !== '' && !/^-|[*?!]/.test(one));
    if (found.code !== 0 || named.length === 0)
      return { valid: false, why: 'The key that signed is not among the allowed signers, or was not valid then.' };
    const principals = named.filter(
      (principal) =>
        sshKeygen(
          ['-Y', 'verify', '-q', '-f', signers, '-I', principal, '-n', namespace, '-s', signed, '-O', time],
          text,
        ).code === 0,
    );
    return principals.length > 0
      ? { valid: true, principals }
      : { valid: false, why: 'The signature is not of this text, or was made for another purpose.' };
  });
}

/**
 * Whether a signature is of this text and for this purpose, whoever made it: for a reader who does not know yet whose
 * keys count. Throws a {@link SignatureError} when ssh-keygen can't be run.
 */
export function isSignatureOf(text: string, signature: string, namespace: string): boolean {
  if (signature.length > SIGNATURE_AT_MOST || !ARMORED.test(signature)) return false;
  return inScratchFolder((folder) => {
    const signed = path.join(folder, 'signature');
    writeFileSync(signed, signature);
    return sshKeygen(['-Y', 'check-novalidate', '-q', '-n', namespace, '-s', signed], text).code === 0;
  });
}

/** In ssh-keygen's format, in UTC: `YYYYMMDDHHMMSSZ`. */
const timeOf = (at: number): string => `${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
