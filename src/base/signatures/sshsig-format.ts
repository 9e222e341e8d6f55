/** What an SSH signature says of itself (OpenSSH's PROTOCOL.sshsig), and its two forms: bytes and armored text. */
import { createHash } from 'node:crypto';

interface SignatureFacts {
  /** The key, as a file of allowed signers has it: `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
  /** As `ssh-keygen -l` prints it: `SHA256:…`. */
  readonly fingerprint: string;
  readonly namespace: string;
}

const [BEGIN, END] = ['-----BEGIN SSH SIGNATURE-----', '-----END SSH SIGNATURE-----'];

export const unarmored = (signature: string): Buffer =>
  Buffer.from(signature.replace(BEGIN, '').replace(END, '').replace(/\s+/g, ''), 'base64');

export const armored = (bytes: Buffer): string =>
  `${[BEGIN, ...(bytes.toString('base64').match(/.{1,70}/g) ?? []), END].join('\n')}\n`;

/** Undefined for anything else. */
export function signatureFacts(bytes: Buffer): SignatureFacts | undefined {
  if (bytes.subarray(0, 6).toString('latin1') !== 'SSHSIG' || bytes.length < 10) return undefined;
  const key = field(bytes, 10);
  const namespace = key && field(bytes, key.end);
  if (key === undefined || namespace === undefined) return undefined;
  return {
    publicKey: `${field(key.bytes, 0)?.bytes.toString('latin1') ?? ''} ${key.bytes.toString('base64')}`,
    fingerprint: `SHA256:${createHash('sha256').update(key.bytes).digest('base64').replace(/=+$/, '')}`,
    namespace: namespace.bytes.toString('utf8'),
  };
}

/** A string of RFC 4251: its length in four bytes, then it. */
function field(bytes: Buffer, at: number): { readonly bytes: Buffer; readonly end: number } | undefined {
  if (at + 4 > bytes.length) return undefined;
  const end = at + 4 + bytes.readUInt32BE(at);
  return end > bytes.length ? undefined : { bytes: bytes.subarray(at + 4, end), end };
}
