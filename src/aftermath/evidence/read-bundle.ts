/** A bundle's file, read as the hostile text that it may be. */
import { canonical, flawIn, type Flaw } from './canonical-json-and-duplicate-keys';
import { no, shown, unknown, type Checked } from './verification-verdict';
import { PAYLOAD_TYPE, type Envelope } from './sign-dsse-envelope';
import { EVIDENCE_TYPE, STATEMENT_TYPE, SUMMARY_TYPE } from './in-toto-and-slsa-statements';
import { isAnything, parsedAs } from '../../base/shapes';
import { listIf } from '../../policy';

export interface SignedStatement {
  readonly line: number;
  readonly envelope: Envelope;
  readonly payload: string;
  readonly statement: Readonly<Record<string, unknown>>;
  /** Sigstore's bundle around the envelope, as it is written; null without one. */
  readonly sigstore: Readonly<Record<string, unknown>> | null;
}

interface BundleRead {
  readonly evidence: SignedStatement | null;
  readonly summary: SignedStatement | null;
  readonly checks: readonly Checked[];
  /** What was passed over, as the format asks: statements that others added. */
  readonly notices: readonly string[];
}

/** Larger files are not read (bytes). */
export const BUNDLE_AT_MOST = 256 * 1024 * 1024;
const LINES_AT_MOST = 1_000;

export function readBundle(text: string): BundleRead {
  const checks: Checked[] = [];
  const notices: string[] = [];
  const found: SignedStatement[] = [];
  const lines = linesOf(text);
  if (lines.length > LINES_AT_MOST)
    checks.push(no('file', `It has ${String(lines.length)} lines; a bundle has one or two.`));
  for (const { line, text: content } of lines.slice(0, LINES_AT_MOST)) {
    const read = readLine(content, line);
    if ('envelope' in read) found.push(read);
    else if ('notice' in read) notices.push(read.notice);
    else checks.push(read);
  }
  const evidence = found.filter(({ statement }) => statement['predicateType'] === EVIDENCE_TYPE);
  const summaries = found.filter(isOurSummary);
  for (const statement of found)
    if (!evidence.includes(statement) && !summaries.includes(statement))
      notices.push(
        `Line ${String(statement.line)} is a statement of type ${shown(statement.statement['predicateType'])}, which is not looked at.`,
      );
  if (evidence.length > 1)
    checks.push(no('file', `It has ${String(evidence.length)} statements of evidence; Linekeeper writes one.`));
  if (summaries.length > 1)
    checks.push(no('file', `It has ${String(summaries.length)} summaries; Linekeeper writes one.`));
  if (evidence.length === 0 && checks.length === 0)
    checks.push(
      unknown(
        'file',
        found.length === 0
          ? 'It is empty, or holds no statement.'
          : `It holds no evidence that this version can read: its predicateType is ${found.map(({ statement }) => shown(statement['predicateType'])).join(', ')}, not "${EVIDENCE_TYPE}".`,
      ),
    );
  for (const statement of [...evidence, ...summaries]) checks.push(...formOf(statement));
  return { evidence: evidence[0] ?? null, summary: summaries[0] ?? null, checks, notices };
}

const isOurSummary = ({ statement }: SignedStatement): boolean => {
  const predicate = statement['predicate'];
  const verifier = isObject(predicate) ? predicate['verifier'] : undefined;
  return statement['predicateType'] === SUMMARY_TYPE && isObject(verifier) && verifier['id'] === 'urn:linekeeper:gate';
};

function linesOf(text: string): readonly { readonly line: number; readonly text: string }[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((one, index) => ({ line: index + 1, text: one.trim() }))
    .filter((one) => one.text !== '');
  // One envelope, which somebody formatted.
  if (lines[0]?.text === '{' && parsedAs(text, isAnything) !== undefined) return [{ line: 1, text: text.trim() }];
  return lines;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readLine(text: string, line: number): SignedStatement | Checked | { readonly notice: string } {
  const where = `Line ${String(line)}`;
  const value = parsedAs(text, isAnything);
  if (value === undefined)
    return no('file', `${where} is no JSON: it was cut off, or changed by something other than Linekeeper.`);
  const flaw = flawIn(text);
  if (flaw !== undefined) return no('file', flawed(where, flaw));
  if (!isObject(value)) return no('file', `${where} is no envelope, but ${shown(value)}.`);
  // Sigstore's bundles have the envelope inside.
  const sigstore = isObject(value['dsseEnvelope']) ? value : null;
  const envelope = isObject(value['dsseEnvelope']) ? value['dsseEnvelope'] : value;
  const { payload, payloadType, signatures } = envelope;
  if (typeof payload !== 'string' || typeof payloadType !== 'string' || !Array.isArray(signatures)) {
    const missing = ['payload', 'payloadType', 'signatures'].filter((key) => !Object.hasOwn(envelope, key));
    return missing.length === 3
      ? { notice: `${where} is no envelope, and is not looked at.` }
      : no(
          'file',
          `${where} is no DSSE envelope: ${missing.join(' and ') || 'payload, payloadType or signatures'} is missing or of another kind.`,
        );
  }
  if (payloadType !== PAYLOAD_TYPE)
    return no('payload type', `${where} says that its payload is ${shown(payloadType)}, not "${PAYLOAD_TYPE}".`);
  const signed = signaturesIn(signatures);
  if (signed === undefined) return no('signature', `${where} has a signature that is not written as one.`);
  const read = statementIn({ payload, payloadType, signatures: signed }, line);
  return 'envelope' in read ? { ...read, sigstore } : read;
}

const signaturesIn = (all: readonly unknown[]): Envelope['signatures'] | undefined => {
  const read = all.map((object) =>
    isObject(object) && typeof object['sig'] === 'string' && ['string', 'undefined'].includes(typeof object['keyid'])
      ? { keyid: typeof object['keyid'] === 'string' ? object['keyid'] : '', sig: object['sig'] }
      : undefined,
  );
  return read.every((one) => one !== undefined) ? read : undefined;
};

function statementIn(envelope: Envelope, line: number): Omit<SignedStatement, 'sigstore'> | Checked {
  const where = `The payload of line ${String(line)}`;
  const bytes = base64Bytes(envelope.payload);
  if (bytes === undefined) return no('payload', `${where} is not base64.`);
  let payload: string;
  try {
    payload = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return no('payload', `${where} is not UTF-8.`);
  }
  const statement = parsedAs(payload, isAnything);
  if (!isObject(statement)) return no('payload', `${where} is no statement: it is no JSON object.`);
  const flaw = flawIn(payload);
  if (flaw !== undefined) return no('payload', flawed(where, flaw));
  return { line, envelope, payload, statement };
}

const flawed = (where: string, flaw: Flaw): string =>
  flaw === 'deep'
    ? `${where} is nested too deep to be one of ours.`
    : `${where} has the key ${shown(flaw.twice)} twice, so two readers may see two things.`;

/** Standard or URL-safe base64, as DSSE allows, and nothing else. */
export function base64Bytes(text: string): Buffer | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Buffer.from(standard, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === standard.replace(/=+$/, '') ? bytes : undefined;
}

/** What our own statements look like. */
function formOf({ line, payload, statement }: SignedStatement): readonly Checked[] {
  const where = `The statement of line ${String(line)}`;
  return [
    ...(statement['_type'] === STATEMENT_TYPE
      ? []
      : [no('statement', `${where} is of type ${shown(statement['_type'])}, not "${STATEMENT_TYPE}".`)]),
    ...listIf(canonical(statement) !== payload, [
      no('payload', `${where} is not in the form that Linekeeper writes: keys in another order, or white space.`),
    ]),
  ];
}
