/**
 * Evidence as in-toto Statements (in-toto.io/Statement/v1), one with everything and, where it fits, a summary as SLSA's
 * source track has it (slsa.dev/verification_summary/v1).
 */
import { canonical } from './canonical-json-and-duplicate-keys';
import { countsOf, digestOfRows, rowsOf } from './row-ids-and-digests';
import type { Row } from './row-fields-by-kind';
import { EVIDENCE_VERSION, type Evidence, type Made, type Scope } from './types';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** Ours. The version goes up when a reader of today would misunderstand it. */
export const EVIDENCE_TYPE = `urn:linekeeper:evidence/v${String(EVIDENCE_VERSION)}`;
export const SUMMARY_TYPE = 'https://slsa.dev/verification_summary/v1';
/** A level has to be there. What the gate stands for is a property of its own: a level is for whoever runs the forge to claim. */
const LEVELS = ['SLSA_SOURCE_LEVEL_0', 'ORG_SOURCE_LINEKEEPER_POLICY'];

interface Statement<Predicate = unknown> {
  readonly _type: string;
  readonly subject: readonly {
    readonly name?: string;
    readonly uri?: string;
    readonly digest: Readonly<Record<string, string>>;
    readonly annotations?: unknown;
  }[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

/** The same input gives the same evidence but for `made.at`. */
export const evidenceFrom = (scope: Scope, made: Made, rows: readonly Row[]): Evidence => ({
  version: EVIDENCE_VERSION,
  made,
  scope,
  counts: countsOf(rows),
  rows,
  digest: digestOfRows(rows),
});

/** Its subjects are the commits of the scope, in their order. */
export const statementOf = (evidence: Evidence): Statement<Evidence> => ({
  _type: STATEMENT_TYPE,
  subject: rowsOf(evidence.rows, 'change').map(({ commit }) => ({
    name: `${evidence.scope.repository}@${commit}`,
    digest: { gitCommit: commit },
  })),
  predicateType: EVIDENCE_TYPE,
  predicate: evidence,
});

/**
 * Whether the head has passed the policy, in SLSA's words. Null where that can't be said: without a remote, when a
 * change could not be decided, or when nothing changed.
 */
export function summaryOf({ scope, made, rows }: Evidence): Statement | null {
  const decisions = rowsOf(rows, 'decision');
  const last = decisions.at(-1);
  if (
    scope.resource === null ||
    last === undefined ||
    last.policy === null ||
    last.commit !== scope.head ||
    rowsOf(rows, 'missing').some(({ what }) => what === 'history' || what === 'later decisions') ||
    decisions.some(({ verdict }) => verdict === 'undecided')
  )
    return null;
  const passed = decisions.every(({ verdict }) => verdict === 'pass');
  return {
    _type: STATEMENT_TYPE,
    subject: [
      {
        uri: `${scope.resource.replace(/^git\+/, '')}/commit/${scope.head}`,
        digest: { gitCommit: scope.head },
        ...(scope.headNames.length === 0 ? {} : { annotations: { sourceRefs: scope.headNames } }),
      },
    ],
    predicateType: SUMMARY_TYPE,
    predicate: {
      verifier: { id: 'urn:linekeeper:gate' },
      timeVerified: made.at,
      resourceUri: scope.resource,
      policy: { uri: `${scope.resource}@${last.base}#.linekeeper.yml`, digest: digestIn(last.policy.digest) },
      verificationResult: passed ? 'PASSED' : 'FAILED',
      verifiedLevels: passed ? LEVELS : ['FAILED'],
      slsaVersion: '1.2',
    },
  };
}

/** `sha256:…` as a digest set. */
function digestIn(digest: string): Readonly<Record<string, string>> {
  const [algorithm = '', value = ''] = digest.split(':');
  return { [algorithm]: value };
}

/** The statements of a bundle as the texts that are signed. */
export function payloadsOf(evidence: Evidence): readonly string[] {
  const summary = summaryOf(evidence);
  return [canonical(statementOf(evidence)), ...(summary === null ? [] : [canonical(summary)])];
}
