/** `linekeeper deploy check --event`: what the job deploys, and everything from the remote that the decision needs. */
import { readDeploymentEvent } from '../../review/forges';
import { DEPLOYMENTS_REF, fetchLineNotes } from '../../provenance/commits';
import { baseRemote, type Repository } from '../../git';
import { fetchNotes } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { quoted } from '../../policy';
import { fetchSignOffs } from '../../review/gate/sign-offs';
import { CannotSay, type Call } from '../verb';
import { environmentsIn } from '../forge/record-forge-deployments';

/** The options that the event replaces. */
interface EventCall {
  readonly stage: string;
  readonly ref: string;
  /** Null: unknown. */
  readonly base: string | null;
  readonly actor: string | null;
}

const OWN = ['ref', 'actor'];

/**
 * Reads the event and fetches notes, sign-offs, debts and records of deployments: what was not fetched must not pass
 * for what does not exist. Throws a {@link CannotSay}, a CiError, a NotesError or a GitError.
 */
export async function eventCall({ values, terminal }: Call, repository: Repository): Promise<EventCall> {
  const variable = OWN.find((name) => values[name] !== undefined);
  if (variable !== undefined) throw new CannotSay(`--event takes no --${variable}: the event says it.`);
  const { environment, commit, actor, defaultBranch } = await readDeploymentEvent(terminal.env);
  const named = typeof values['stage'] === 'string' ? values['stage'].trim() : '';
  const name = environment?.toLowerCase() ?? '';
  const stage = named === '' ? (environmentsIn(values['environment'], []).get(name) ?? name) : named;
  if (stage === '')
    throw new CannotSay(
      'Which stage is deployed to? This event names no environment, so say it: --stage S (in the Action: with: { stage: S }).',
    );
  const remote = baseRemote(repository);
  await fetchNotes(repository, remote);
  await fetchSignOffs(repository, remote);
  await fetchLineNotes(repository, [DEPLOYMENTS_REF], remote);
  if ((await repository.commitId(commit)) === undefined)
    throw new CannotSay(
      `The commit ${quoted(commit.slice(0, 12))} that is to be deployed is not in this clone. In the job: fetch-depth: 0 with actions/checkout, or GIT_DEPTH: "0".`,
    );
  return { stage, ref: commit, base: defaultBranch === null ? null : `${remote}/${defaultBranch}`, actor };
}
