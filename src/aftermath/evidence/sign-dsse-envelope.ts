/** Statements in DSSE envelopes, signed with an SSH key; a bundle is one envelope a line (in-toto's `.intoto.jsonl`). */
import { signatureFacts, signStatement, signText, unarmored } from '../../base/signatures';
import { canonical } from './canonical-json-and-duplicate-keys';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
/** The purpose of such a signature (ssh-keygen(1), namespaces). */
export const EVIDENCE_NAMESPACE = 'linekeeper-evidence';

export interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** What is signed: DSSE's pre-authentication encoding. Lengths are of bytes. */
export const preAuthentication = (type: string, payload: string): string =>
  `DSSEv1 ${String(Buffer.byteLength(type))} ${type} ${String(Buffer.byteLength(payload))} ${payload}`;

/** Who signs: an SSH key, cosign (with a key, or null for the job of the CI), or null for somebody else later. */
export type Signer =
  { readonly with: 'ssh'; readonly key: string } | { readonly with: 'cosign'; readonly key: string | null };

/**
 * One line of a bundle. An SSH signature is OpenSSH's own (PROTOCOL.sshsig), as bytes; the id of the key is its
 * fingerprint. What cosign signs is Sigstore's bundle, with the envelope inside. Throws a SignatureError.
 */
export function envelopeLine(payload: string, signer: Signer | null): string {
  if (signer?.with === 'cosign') return `${signStatement(payload, signer.key)}\n`;
  const envelope: Envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: Buffer.from(payload, 'utf8').toString('base64'),
    signatures: signer === null ? [] : [signatureBy(signer.key, payload)],
  };
  return `${canonical(envelope)}\n`;
}

function signatureBy(key: string, payload: string): Envelope['signatures'][number] {
  const bytes = unarmored(signText(preAuthentication(PAYLOAD_TYPE, payload), { key, namespace: EVIDENCE_NAMESPACE }));
  return { keyid: signatureFacts(bytes)?.fingerprint ?? '', sig: bytes.toString('base64') };
}
