/**
 * What was deployed where and when: one line of JSON for each deployment, in the notes of the commit that was deployed.
 */
import { addLineNotes, DEPLOYMENTS_REF, readLineNotes } from '../../provenance/commits';
import { type Repository } from '../../git';
import { hasShape, isAnything, isOneOf, isText, optional, parsedAs } from '../../base/shapes';

const DEPLOYMENT_STATES = ['deployed', 'failed'] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

export interface Deployment {
  /** Full id. */
  readonly commit: string;
  readonly stage: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly state: DeploymentState;
  /** The caller's own id for it, such as that of a CI run; empty when none was given. */
  readonly id: string;
  /** Who recorded it: a commit e-mail address or a login; empty when unknown. */
  readonly by: string;
}

/** The records, oldest first; two at the same time in the order of their commits' ids. */
interface Deployments {
  readonly all: readonly Deployment[];
  /** Number of lines that are not valid records. */
  readonly unreadable: number;
}

/** Longest text of a record (UTF-16 units). */
const TEXT_AT_MOST = 300;
export const STAGE = /^[a-z0-9-]{1,32}$/;

/** All records. Throws a GitError. */
export async function readDeployments(repository: Repository): Promise<Deployments> {
  const lines = await readLineNotes(repository, DEPLOYMENTS_REF);
  const read = lines.map(({ commit, text }) => parse(commit, text));
  const all = read.filter((one) => one !== undefined).sort((a, b) => a.at - b.at || a.commit.localeCompare(b.commit));
  return { all, unreadable: read.length - all.length };
}

/**
 * Records deployments. Returns the new ones: the same id for the same stage, commit and state is the same deployment.
 * Throws a GitError.
 */
export async function recordDeployments(
  repository: Repository,
  deployments: readonly Deployment[],
  now: number,
): Promise<readonly Deployment[]> {
  const keyOf = ({ id, stage, commit, state }: Deployment): string => JSON.stringify([id, stage, commit, state]);
  const known = new Set(
    deployments.some(({ id }) => id !== '') ? (await readDeployments(repository)).all.map(keyOf) : [],
  );
  const fresh = deployments.filter((deployment) => {
    const key = keyOf(deployment);
    if (deployment.id !== '' && known.has(key)) return false;
    known.add(key);
    return true;
  });
  if (fresh.length === 0) return [];
  const lines = fresh.map((one) => ({ commit: one.commit, text: textOf(one) }));
  return (await addLineNotes(repository, DEPLOYMENTS_REF, lines, now)) > 0 ? fresh : [];
}

/** The same for one. Returns whether it is new. */
export const recordDeployment = async (repository: Repository, deployment: Deployment, now: number): Promise<boolean> =>
  (await recordDeployments(repository, [deployment], now)).length > 0;

function textOf({ stage, at, state, id, by }: Deployment): string {
  return JSON.stringify({
    v: 1,
    stage,
    at: new Date(at).toISOString(),
    state,
    ...(id === '' ? {} : { id: id.slice(0, TEXT_AT_MOST) }),
    ...(by === '' ? {} : { by: by.slice(0, TEXT_AT_MOST) }),
  });
}

const isStored = hasShape({
  v: isOneOf(1),
  stage: isText,
  at: isText,
  state: optional(isOneOf(...DEPLOYMENT_STATES)),
  id: isAnything,
  by: isAnything,
});

function parse(commit: string, text: string): Deployment | undefined {
  const value = parsedAs(text, isStored);
  if (value === undefined) return undefined;
  const { stage, state = 'deployed', id, by } = value;
  const at = Date.parse(value.at);
  if (!STAGE.test(stage) || Number.isNaN(at)) return undefined;
  const word = (name: unknown): string =>
    isText(name) ? name.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, TEXT_AT_MOST) : '';
  return { commit, stage, at, state, id: word(id), by: word(by) };
}
