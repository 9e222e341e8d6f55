/** The signatures that people gave, which a bundle carries: sign-offs, and approvals of what agents ran. */
import { parseApproval, RUN_NAMESPACE } from '../../guard/run-approval';
import { SIGN_OFF_NAMESPACE } from '../../review/gate/sign-offs';
import { isSignatureOf } from '../../base/signatures';
import { no, shown, unknown, type Checked } from './verification-verdict';
import { isObject } from './read-bundle';
import { rowsOf } from './row-ids-and-digests';
import type { Row } from './row-fields-by-kind';
import { listIf } from '../../policy';

/** More in one bundle are not verified: each costs a process. */
const VERIFIED_AT_MOST = 500;

interface Given {
  /** What it is, for people. */
  readonly name: string;
  readonly text: string;
  readonly signature: string;
  readonly namespace: string;
  /** Whether its text is about what the row is about. */
  readonly isFor: boolean;
}

/** Whether each that counted is of its text, and for what it is said to be for. Throws a SignatureError. */
export function innerSignatures(rows: readonly Row[]): readonly Checked[] {
  const all = [...signOffs(rows), ...approvals(rows)];
  const wrong = all
    .slice(0, VERIFIED_AT_MOST)
    .flatMap(({ name, text, signature, namespace, isFor }): readonly Checked[] => {
      if (!isFor) return [no('sign-offs', `The ${name} is for something else.`)];
      return listIf(!isSignatureOf(text, signature, namespace), [
        no('sign-offs', `The signature of the ${name} is not of its text.`),
      ]);
    });
  return all.length > VERIFIED_AT_MOST
    ? [
        ...wrong,
        unknown(
          'sign-offs',
          `It has ${String(all.length)} signatures of people; only ${String(VERIFIED_AT_MOST)} were verified.`,
        ),
      ]
    : wrong;
}

const signOffs = (rows: readonly Row[]): readonly Given[] =>
  rowsOf(rows, 'sign-off')
    .filter(({ valid }) => valid)
    .map(({ commit, by, at, text, signature }) => ({
      name: `sign-off on ${shown(commit)} by ${shown(by.join(', '))}`,
      text,
      signature,
      namespace: SIGN_OFF_NAMESPACE,
      isFor: isSignOffOf(text, commit, at),
    }));

function isSignOffOf(text: string, commit: string, at: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && value['head'] === commit && value['at'] === at;
  } catch {
    return false;
  }
}

const approvals = (rows: readonly Row[]): readonly Given[] =>
  rowsOf(rows, 'run').flatMap(({ run, approvals: signed }) =>
    signed
      .filter(({ valid }) => valid)
      .map(({ by, text, signature }) => ({
        name: `approval of the run ${shown(run)} by ${shown(by.join(', '))}`,
        text,
        signature,
        namespace: RUN_NAMESPACE,
        isFor: parseApproval(text)?.run.startsWith(run) === true,
      })),
  );
