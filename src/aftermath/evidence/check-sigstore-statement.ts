/** Whether a statement that cosign signed is by whom it should be: by a key, without cosign, or by the name of a CI's job. */
import { X509Certificate } from 'node:crypto';
import { isSignedWith, whyNotSignedBy, type CosignIdentity } from '../../base/signatures';
import { no, shown, unknown, yes, type Checked } from './verification-verdict';
import { PAYLOAD_TYPE, preAuthentication } from './sign-dsse-envelope';
import { base64Bytes, isObject, type SignedStatement } from './read-bundle';

/** Whose signatures by cosign count. */
export interface Cosigners {
  /** A public key (PEM), and what its file is called. */
  readonly key: { readonly text: string; readonly name: string } | null;
  readonly identity: CosignIdentity | null;
}

export const NO_COSIGNERS: Cosigners = { key: null, identity: null };

/** Throws a SignatureError when cosign is needed and can't be run, or when the key is none. */
export function sigstoreCheck(
  { line, envelope, payload, statement, sigstore }: SignedStatement,
  { key, identity }: Cosigners,
): Checked {
  const where = `ine ${String(line)}`;
  const [signature, second] = envelope.signatures;
  const bytes = signature === undefined ? undefined : base64Bytes(signature.sig);
  if (bytes === undefined || second !== undefined)
    return no(
      'signature',
      `L${where} is a bundle of Sigstore's, and does not have the one signature of such a bundle.`,
    );
  const job = certificateName(sigstore);
  if (job === null && key !== null)
    return isSignedWith(preAuthentication(PAYLOAD_TYPE, payload), bytes, key.text)
      ? yes('signature', `L${where} is signed with cosign by the key of ${key.name}.`)
      : no(
          'signature',
          `The signature of l${where} is not of its payload by the key of ${key.name}: another key signed it, or the payload or the signature was changed.`,
        );
  if (job !== null && identity !== null) {
    const why = whyNotSignedBy(JSON.stringify(sigstore), { ...identity, type: String(statement['predicateType']) });
    return why === null
      ? yes('signature', `L${where} is signed by ${shown(identity.identity)}, says ${shown(identity.issuer)}.`)
      : no('signer', `cosign does not find that l${where} is signed by ${shown(identity.identity)}: ${shown(why)}.`);
  }
  return unknown(
    'signer',
    job === null
      ? `L${where} is signed with cosign by a key. Whose key that is can't be known here: give the public key with --cosign-key FILE.`
      : `L${where} is signed with cosign, with a certificate for ${shown(job)}. Whether that is right can't be known here: say who should have signed with --identity NAME --issuer ADDRESS.`,
  );
}

/** What the certificate is for, which nobody has checked; null where a key signed. */
function certificateName(sigstore: SignedStatement['sigstore']): string | null {
  const material = sigstore?.['verificationMaterial'];
  if (!isObject(material)) return null;
  const chain = isObject(material['x509CertificateChain']) ? material['x509CertificateChain']['certificates'] : null;
  const certificate: unknown = material['certificate'] ?? (Array.isArray(chain) ? chain[0] : null);
  const bytes = isObject(certificate) ? certificate['rawBytes'] : undefined;
  if (typeof bytes !== 'string') return null;
  try {
    return new X509Certificate(Buffer.from(bytes, 'base64')).subjectAltName ?? 'nobody';
  } catch {
    return 'somebody whom it does not name';
  }
}
