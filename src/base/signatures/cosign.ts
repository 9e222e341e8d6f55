/**
 * Statements signed by Sigstore's own program, cosign: as the job of a CI (the certificate names its workflow), or with a
 * key. What comes out is a bundle of Sigstore's, which has the DSSE envelope and how to check it.
 */
import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startOf } from '../platform';
import { SignatureError } from './ssh-signatures';

/** Whose signature counts, as the certificate names them. */
export interface CosignIdentity {
  /** Such as `https://github.com/OWNER/REPOSITORY/.github/workflows/release.yml@refs/heads/main`. */
  readonly identity: string;
  /** Who vouches for that, such as `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** A file with the roots of a Sigstore of one's own; null: cosign knows the public one. */
  readonly trustedRoot: string | null;
}

const INSTALL = 'Install cosign 2.6 or later (https://github.com/sigstore/cosign), or sign with an SSH key.';
const TIMEOUT_MS = 240_000;

function cosign(args: readonly string[]): { readonly code: number; readonly stderr: string } {
  const { program, words, ...how } = startOf('cosign', args);
  // It asks for the password of a key where somebody can type one.
  const asks = process.stdin.isTTY && process.stderr.isTTY;
  const ended = spawnSync(program, words, {
    ...how,
    encoding: 'utf8',
    timeout: asks ? 0 : TIMEOUT_MS,
    windowsHide: true,
    stdio: [asks ? 'inherit' : 'ignore', 'ignore', asks ? 'inherit' : 'pipe'],
  });
  const error: NodeJS.ErrnoException | undefined = ended.error;
  if (error?.code === 'ENOENT') throw new SignatureError(`cosign is not installed. ${INSTALL}`);
  if (error) throw new SignatureError(`cosign could not be run: ${error.message}`);
  return { code: ended.status ?? -1, stderr: asks ? '' : ended.stderr };
}

/**
 * Signs an in-toto statement as it is, byte for byte. Returns Sigstore's bundle, in one line.
 *
 * @param key A private key of cosign's, or the address of one in a key service (`awskms://…`): then nothing is sent to
 *   a transparency log. Null: as the job of the CI, or as whoever signs in; Sigstore gives the certificate and logs it.
 * @returns Throws a {@link SignatureError}.
 */
export function signStatement(statement: string, key: string | null): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-cosign-'));
  try {
    const [file, bundle] = [path.join(folder, 'statement.json'), path.join(folder, 'bundle.json')];
    writeFileSync(file, statement, { mode: 0o600 });
    const by = key === null ? [] : ['--key', key, '--tlog-upload=false', '--use-signing-config=false'];
    const { code, stderr } = cosign([
      'attest-blob',
      ...['--yes', '--new-bundle-format', '--statement', file, '--bundle', bundle],
      ...by,
    ]);
    if (code !== 0) throw new SignatureError(`cosign could not sign: ${reason(stderr)}`);
    return bundleOf(readFileSync(bundle, 'utf8'), statement);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reason(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const said = lines.find((line) => /^error:/i.test(line)) ?? lines.filter((line) => line !== '').at(-1) ?? '';
  return /unknown flag/i.test(said) ? `${said.slice(0, 200)}. ${INSTALL}` : said.slice(0, 400) || 'it gave no reason.';
}

/** In one line, if it is of this statement. */
function bundleOf(text: string, statement: string): string {
  const read = JSON.parse(text) as { readonly dsseEnvelope?: { readonly payload?: unknown } } | null;
  const payload = read?.dsseEnvelope?.payload;
  if (typeof payload !== 'string' || Buffer.from(payload, 'base64').toString('utf8') !== statement)
    throw new SignatureError(`cosign wrote a bundle that is not of what was to be signed. ${INSTALL}`);
  return JSON.stringify(read);
}

/**
 * Asks cosign whether a bundle was signed by this identity. Returns null, or why not. Throws a {@link SignatureError}
 * where cosign can't be run.
 */
export function whyNotSignedBy(
  bundle: string,
  { identity, issuer, trustedRoot, type }: CosignIdentity & { readonly type: string },
): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-cosign-'));
  try {
    const file = path.join(folder, 'bundle.json');
    writeFileSync(file, bundle, { mode: 0o600 });
    const { code, stderr } = cosign([
      'verify-blob-attestation',
      ...['--new-bundle-format', '--bundle', file, '--type', type],
      // What the statement is about is compared with the rows and the repository, not with a file.
      '--check-claims=false',
      ...['--certificate-identity', identity, '--certificate-oidc-issuer', issuer],
      ...(trustedRoot === null ? [] : ['--trusted-root', trustedRoot]),
    ]);
    return code === 0 ? null : reason(stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether this public key (PEM) signed the text, as cosign signs. Throws a {@link SignatureError} for what is no key. */
export function isSignedWith(text: string, signature: Buffer, publicKey: string): boolean {
  let key;
  try {
    key = createPublicKey(publicKey);
  } catch {
    throw new SignatureError('The public key is none: cosign writes one as PEM, -----BEGIN PUBLIC KEY-----.');
  }
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return verify(digest, Buffer.from(text, 'utf8'), key, signature);
}
