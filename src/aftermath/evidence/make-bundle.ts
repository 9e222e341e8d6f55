/** A bundle, from a word of the command line to the text of its file. */
import { createHash } from 'node:crypto';
import { gather, type GatherRequest } from './gather-evidence-rows';
import { envelopeLine, type Signer } from './sign-dsse-envelope';
import { scopeOf } from './scope-from-argument';
import { evidenceFrom, payloadsOf } from './in-toto-and-slsa-statements';
import type { Evidence, Made } from './types';

interface EvidenceRequest extends Omit<GatherRequest, 'scope' | 'at'> {
  /** A range, a deployment or an incident. */
  readonly query: string;
  readonly from: string | null;
  readonly made: Omit<Made, 'at'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Throws an EvidenceError, a GateError or a GitError. */
export async function makeEvidence(request: EvidenceRequest): Promise<Evidence> {
  const at = Math.floor(request.now / 1000) * 1000;
  const scope = await scopeOf(request);
  const rows = await gather({ ...request, scope, at });
  return evidenceFrom(scope, { ...request.made, at: new Date(at).toISOString().replace('.000Z', 'Z') }, rows);
}

/** The file: one envelope a line; null leaves it unsigned. Throws a SignatureError. */
export const bundleText = (evidence: Evidence, signer: Signer | null): string =>
  payloadsOf(evidence)
    .map((payload) => envelopeLine(payload, signer))
    .join('');

export const fileDigest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
