/** Whether a bundle is what was signed, by whom, and whether it holds together: without the repository. */
import { armored, isSignatureOf, signatureFacts, verifyText } from '../../base/signatures';
import { canonical } from './canonical-json-and-duplicate-keys';
import { no, shown, unknown, verdictOf, yes, type Answer, type Checked } from './verification-verdict';
import { EVIDENCE_NAMESPACE, PAYLOAD_TYPE, preAuthentication } from './sign-dsse-envelope';
import { evidenceIn, innerChecks } from './bundle-consistency';
import { NO_COSIGNERS, sigstoreCheck, type Cosigners } from './check-sigstore-statement';
import { base64Bytes, readBundle, type SignedStatement } from './read-bundle';
import { summaryOf } from './in-toto-and-slsa-statements';
import type { Evidence } from './types';
import { listIf } from '../../policy';

export interface Verification {
  readonly verdict: Answer;
  readonly checks: readonly Checked[];
  readonly notices: readonly string[];
  /** Null when the file has none that can be read. */
  readonly evidence: Evidence | null;
}

/** Whose keys count: the content of an allowed-signers file, and what it is called. */
export interface Signers {
  readonly text: string;
  readonly name: string;
}

/** Throws a SignatureError when a program that is needed for it, ssh-keygen or cosign, can't be run. */
export function verifyBundle(text: string, signers: Signers | null, cosigners: Cosigners = NO_COSIGNERS): Verification {
  const { evidence: signed, summary, checks, notices } = readBundle(text);
  const all = [...checks];
  const allNotices = [...notices];
  let evidence: Evidence | null = null;
  if (signed !== null) {
    const read = evidenceIn(signed.statement['predicate']);
    if ('rows' in read) {
      evidence = read;
      all.push(...innerChecks(read, signed.statement['subject']), ...summaryChecks(read, summary));
    } else all.push(...read);
    const at = evidence === null ? Date.now() : Date.parse(evidence.made.at);
    for (const statement of [signed, ...(summary === null ? [] : [summary])]) {
      const found = signatureChecks(statement, { signers, cosigners, at });
      all.push(...found.checks);
      allNotices.push(...found.notices);
    }
  }
  return { verdict: verdictOf(all), checks: all, notices: allNotices, evidence };
}

function summaryChecks(evidence: Evidence, summary: SignedStatement | null): readonly Checked[] {
  const expected = summaryOf(evidence);
  if (expected === null)
    return listIf(summary !== null, [
      no('summary', 'It has a summary for SLSA, which its evidence gives no reason for.'),
    ]);
  if (summary === null) return [no('summary', 'Its summary for SLSA was removed.')];
  return canonical(expected) === canonical(summary.statement)
    ? [yes('summary', 'The summary for SLSA says what the evidence says.')]
    : [no('summary', 'The summary for SLSA says something else than the evidence.')];
}

function signatureChecks(
  signed: SignedStatement,
  { signers, cosigners, at }: { readonly signers: Signers | null; readonly cosigners: Cosigners; readonly at: number },
): { readonly checks: readonly Checked[]; readonly notices: readonly string[] } {
  const { line, envelope, payload } = signed;
  const where = `line ${String(line)}`;
  if (envelope.signatures.length === 0)
    return { checks: [unknown('signature', `Nobody signed ${where}, so anybody may have written it.`)], notices: [] };
  if (signed.sigstore !== null) return { checks: [sigstoreCheck(signed, cosigners)], notices: [] };
  const text = preAuthentication(PAYLOAD_TYPE, payload);
  const checks: Checked[] = [];
  const strangers: string[] = [];
  const principals: string[] = [];
  for (const { keyid, sig } of envelope.signatures) {
    const bytes = base64Bytes(sig);
    const facts = bytes && signatureFacts(bytes);
    if (bytes === undefined || facts === undefined) {
      checks.push(no('signature', `A signature of ${where} is no SSH signature.`));
      continue;
    }
    const { fingerprint, namespace } = facts;
    const signature = armored(bytes);
    if (namespace !== EVIDENCE_NAMESPACE)
      checks.push(no('signature', `The signature of ${where} was given for ${shown(namespace)}, not for evidence.`));
    else if (keyid !== '' && keyid !== fingerprint)
      checks.push(no('key', `${upper(where)} names the key ${shown(keyid)}, and ${fingerprint} made the signature.`));
    else if (!isSignatureOf(text, signature, EVIDENCE_NAMESPACE))
      checks.push(
        no('signature', `The signature of ${where} does not match its payload: somebody changed one of them.`),
      );
    else if (signers === null) strangers.push(fingerprint);
    else {
      const found = verifyText(text, signature, { allowedSigners: signers.text, namespace: EVIDENCE_NAMESPACE, at });
      if (found.valid) principals.push(...found.principals);
      else strangers.push(fingerprint);
    }
  }
  if (principals.length > 0)
    checks.push(
      yes(
        'signature',
        `${upper(where)} is signed by ${shown([...new Set(principals)].join(', '))}, by ${signers?.name ?? ''}.`,
      ),
    );
  else if (strangers.length > 0)
    checks.push(
      signers === null
        ? unknown(
            'signer',
            `The signature of ${where} is intact. Whose key ${strangers.join(', ')} is can't be known here: give the file that lists it with --allowed-signers FILE.`,
          )
        : no(
            'signer',
            `${upper(where)} is signed by the key ${strangers.join(', ')}, which is not among ${signers.name}, or was not valid when it was made.`,
          ),
    );
  return {
    checks,
    notices: listIf(principals.length > 0 && strangers.length > 0, [
      `${upper(where)} is also signed by ${strangers.join(', ')}.`,
    ]),
  };
}

const upper = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
