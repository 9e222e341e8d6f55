/**
 * One step in a CI job: it reads what started the job, fetches what the clone lacks, decides with the forge's
 * approvals, and shows the answer where people look. Loads YAML and a schema library: not for hooks.
 */
import { connectForge, forgeOfJob, FORGES, readEvent, CiError, type ChangeEvent, type Environment } from '../forges';
import type { ForgeApi, Written } from '../forges/client-parts';
import { FORMATS, GateError } from '../gate';
import { GitError } from '../../git';
import { aiLines } from '../../policy/decision';
import { changedFileOf } from '../../policy';
import { annotationsOf } from './github-annotations';
import { decideChange, type Decided, type DecideRequest } from './decide-pull-request';
import { labelsOf } from '../pull-request';
import { outputsOf, writeOutputs, writeSummary, writeTo } from './write-job-outputs-and-summary';
import { repairPushed } from './repair-pushed-notes';
import { statusNameOf } from './commit-status-name';
import { commentOf, docsAt, MARKER, summaryOf, undecidedText, verdictLine } from './summary-and-comment';

/** What files beside the repository say. */
type Given = Pick<DecideRequest, 'plan' | 'testedOf' | 'floors'>;

interface CiRequest extends Omit<DecideRequest, 'forge' | 'jobs' | 'event' | keyof Given> {
  /** Read once it is known which commit is decided on: a file that can't be read undoes an earlier yes too. */
  readonly given: () => Promise<Given>;
  readonly env: Environment;
  readonly show: { readonly comment: boolean; readonly labels: boolean; readonly status: boolean };
  readonly files: { readonly sarif?: string; readonly codeQuality?: string; readonly dotenv?: string };
  /** For the job's log. */
  readonly out: (text: string) => void;
}

/** 0 yes, 1 no, 2 can't decide; the reason is in the log and in the summary. Throws only unexpected errors. */
export async function runCi(request: CiRequest): Promise<0 | 1 | 2> {
  const docs = docsAt(request.env);
  try {
    const { jobs } = forgeOfJob(request.env, FORGES, 'Run "linekeeper check BASE..HEAD --actor LOGIN" here.');
    const event = await readEvent(request.env);
    if (event.kind === 'push') {
      request.out(`${(await repairPushed(request.repository, request.remote, event, jobs, request.now)).join('\n')}\n`);
      return 0;
    }
    return await decide(request, { event, jobs }, docs);
  } catch (error) {
    if (!isForPeople(error)) throw error;
    const { env, files } = request;
    const unwritten = [
      () => writeSummary(env, undecidedText(error.message, docs)),
      () => writeOutputs(env, { aiLines: null, risk: '', verdict: 'undecided' }, files.dotenv),
    ].flatMap(failureOf);
    for (const message of new Set([error.message, ...unwritten]))
      request.out(`Linekeeper could not decide: ${oneLine(message)}\n`);
    return 2;
  }
}

/** Why a file could not be written, if it could not. */
function failureOf(write: () => void): string[] {
  try {
    write();
    return [];
  } catch (error) {
    if (!(error instanceof CiError)) throw error;
    return [error.message];
  }
}

async function decide(
  request: CiRequest,
  { event, jobs }: Pick<DecideRequest, 'event' | 'jobs'>,
  docs: string | null,
): Promise<0 | 1> {
  const forge = await connectForge(request.env);
  try {
    const decided = await decideChange({ ...request, ...(await request.given()), forge, jobs, event });
    return await report(request, { event, jobs, forge }, decided, docs);
  } catch (error) {
    if (request.show.status) await takeBack(forge, event, error).catch(() => undefined);
    throw error;
  }
}

/** An earlier run's yes must not stand once nothing can be decided. Where this fails too, `why` is still what counts. */
async function takeBack(forge: ForgeApi, event: ChangeEvent, why: unknown): Promise<void> {
  const target = await forge.target(event.number);
  const commit = event.statusOf ?? event.head ?? target.head;
  if (commit === undefined) return;
  const [sentence = ''] = oneLine(why instanceof Error ? why.message : '').split(/(?<=\.) /);
  await forge.status(commit, {
    context: statusNameOf(target),
    passed: false,
    text: `Could not be decided: ${sentence}`,
    change: event.number,
  });
}

/** Shows the verdict in the job and at the forge. */
async function report(
  request: CiRequest,
  { event, jobs, forge }: Pick<DecideRequest, 'event' | 'jobs' | 'forge'>,
  decided: Decided,
  docs: string | null,
): Promise<0 | 1> {
  const { env, files } = request;
  const { result } = decided;
  if (files.sarif !== undefined) writeTo('sarif', files.sarif, FORMATS.sarif.render(result));
  if (files.codeQuality !== undefined) writeTo('code-quality', files.codeQuality, FORMATS.gitlab.render(result));
  request.out(FORMATS.text.render(result));
  if (jobs.marks === true) for (const line of annotationsOf(decided)) request.out(`${line}\n`);
  const said = await publish(request, event, forge, decided, docs);
  for (const sentence of [...decided.notices, ...said]) request.out(`${oneLine(sentence)}\n`);
  writeSummary(env, summaryOf({ ...decided, notices: [...decided.notices, ...said] }, docs));
  writeOutputs(env, outputsOf(result, linesByAi(decided)), files.dotenv);
  return result.verdict === 'pass' ? 0 : 1;
}

/**
 * Shows the verdict at the forge. What can't be shown there changes no verdict; the reasons are returned as sentences.
 */
async function publish(
  { show }: CiRequest,
  event: ChangeEvent,
  forge: ForgeApi,
  decided: Decided,
  docs: string | null,
): Promise<readonly string[]> {
  const { result, change } = decided;
  const refused: string[] = [];
  const said: string[] = [];
  const attempt = async (subject: string, write: () => Promise<Written>): Promise<void> => {
    try {
      if ((await write()) === 'not-allowed') refused.push(subject);
    } catch (error) {
      if (!isForPeople(error)) throw error;
      said.push(`The ${subject} could not be written: ${error.message}`);
    }
  };
  // Nobody reads a merge queue's commits, and a draft's readers are not asked yet.
  if (show.comment && !event.queued && !change.draft)
    await attempt('comment', () => forge.comment(event.number, MARKER, commentOf(decided, docs)));
  if (show.labels && !event.queued && forge.label)
    await attempt('labels', () => forge.label?.(event.number, labelChange(decided)) ?? Promise.resolve('unchanged'));
  const statusOf = event.statusOf ?? result.head;
  if (show.status)
    await attempt('status', () =>
      forge.status(statusOf, {
        context: statusNameOf(change),
        passed: result.verdict === 'pass',
        text: verdictLine(decided),
        change: event.number,
      }),
    );
  if (refused.length > 0)
    said.push(
      `The token of this job may not write ${refused.join(', ')}${change.fork ? ", as is usual for a fork's pull request" : ''}. The report is in the job's summary.`,
    );
  return said;
}

/** Lines that AI added and removed, without generated files. */
function linesByAi({ net, policy }: Decided): number {
  return aiLines(
    policy,
    net.files.map(({ attribution }) => changedFileOf(attribution)),
  ).ai;
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

/** By name, not by class: a forge's error comes from another bundle. */
const isForPeople = (error: unknown): error is Error =>
  error instanceof GateError ||
  error instanceof GitError ||
  (error instanceof Error && ['CiError', 'ForgeError', 'NotesError'].includes(error.name));

// Labels that show other pipelines what a change is: added and removed as it develops.

/**
 * What to add and what to remove. Only labels with these names are ours: `ai-assisted`, and `risk: TIER` for a tier of
 * the policy.
 */
function labelChange({ result, net, policy, change }: Decided): {
  readonly add: readonly string[];
  readonly remove: readonly string[];
} {
  const wanted = labelsOf({ decision: result, files: net.files.map(({ attribution }) => attribution) });
  const ours = new Set(['ai-assisted', ...policy.tiers.map(({ name }) => `risk: ${name}`)]);
  return {
    add: wanted.filter((name) => !change.labels.includes(name)),
    remove: change.labels.filter((name) => ours.has(name) && !wanted.includes(name)),
  };
}
