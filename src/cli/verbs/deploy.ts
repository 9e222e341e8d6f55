/**
 * `linekeeper deploy record | check | list`: what was deployed where, and whether a commit may go to the next stage.
 */
import path from 'node:path';
import { isCi } from '../ci/is-ci';
import type { DeployResult } from '../../aftermath';
import { findCommit, readApprovals, attributionByNotes } from '../../review/gate';
import { RUNS_REF } from '../../provenance/commits';
import type { Repository } from '../../git';
import { countOf, jsonText, list, quoted, stagesOf, printable } from '../../policy';
import { baseHead, loadPolicy } from '../../policy/load';
import { debtsHolding, signedFor } from '../../review/gate/sign-offs';
import { closest } from '../arguments/closest-name';
import { tellDeployment } from '../../review/ci';
import { eventCall } from '../ci/deploy-event';
import { recordForgeDeployments } from '../forge/record-forge-deployments';
import { noCommit } from '../arguments/unknown-revision-error';
import { readPlan } from '../arguments/plan-file';
import { timeFrom } from '../arguments/parse-time';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { neededText, optionText } from '../arguments/option-text';
import { noSubcommand } from '../arguments/unknown-subcommand-error';

const USAGE =
  'record --stage S --ref REV [--at TIME] [--id ID] [--failed] | record --from-forge [--environment NAME=STAGE…] | check --stage S --ref REV|--event [--environment NAME=STAGE…] [--base B] [--from REV] [--actor LOGIN] [--approvals FILE] [--plan FILE] [--emergency REASON] [--format text|json|github] | list [--stage S]';

export const deploy: Verb = {
  name: 'deploy',
  summary: 'Record deployments, and check whether a commit may be deployed',
  example: 'linekeeper deploy check --stage production --ref HEAD',
  exits: '0 if the commit may go to the stage. 1 if it must wait.',
  usage: USAGE,
  options: {
    stage: { type: 'string', value: 'STAGE', says: "a stage of the policy's rollout, such as canary" },
    ref: { type: 'string', value: 'REV', says: 'the deployed commit, or the commit to deploy' },
    at: {
      type: 'string',
      value: 'TIME',
      says: 'record: the time of the deployment, such as 2026-11-24T10:12:00Z; default: now',
    },
    id: { type: 'string', value: 'ID', says: 'record: your own id of the deployment, which counts once' },
    failed: { type: 'boolean', says: 'record: the deployment failed, so it starts no soak time' },
    'from-forge': { type: 'boolean', says: 'record: take the deployments that GitHub or GitLab knows, each once' },
    event: {
      type: 'boolean',
      says: "check: take commit, stage and actor from a CI job's event, and fetch the notes first",
    },
    environment: {
      type: 'string',
      multiple: true,
      value: 'NAME=STAGE',
      says: "record, check: the stage of a Git host's environment, if the names differ",
    },
    base: {
      type: 'string',
      value: 'BRANCH',
      says: "check: the branch whose policy and incidents decide; default: the remote's own",
    },
    from: {
      type: 'string',
      value: 'REV',
      says: 'check: the commit that the stage runs now, if no deployment is recorded',
    },
    actor: {
      type: 'string',
      value: 'LOGIN',
      says: 'check: the login of the person who deploys. Their own sign-off does not count',
    },
    approvals: { type: 'string', value: 'FILE', says: 'check: approvals as JSON, outside of the checked-out tree' },
    plan: {
      type: 'string',
      value: 'FILE',
      says: 'check: the plan to apply. Resources that it destroys need the approvals of their tier',
    },
    emergency: { type: 'string', value: 'REASON', says: 'check: deploy an emergency merge before its late sign-off' },
    format: { type: 'string', value: 'FORMAT', says: 'check: text (default), json or github' },
  },
  words: 1,
  async run(call): Promise<ExitCode> {
    const actions: Readonly<Record<string, (call: Call) => Promise<ExitCode>>> = { record, check, list: listAll };
    const [name] = call.positionals;
    const action = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw noSubcommand('deploy', name, Object.keys(actions));
    return action(call);
  },
};

async function record(call: Call): Promise<ExitCode> {
  if (call.values['from-forge'] === true) return recordForgeDeployments(call);
  const { recordDeployment, STAGE } = await import('../../aftermath');
  const repository = call.repository();
  const stage = neededText(call, 'deploy', 'stage');
  if (!STAGE.test(stage))
    throw new CannotSay(`${quoted(stage)} is no name of a stage: 1 to 32 small letters, digits and hyphens.`);
  const commit = await commitFor(repository, neededText(call, 'deploy', 'ref'));
  const now = call.terminal.now();
  const at = timeOf(call, now);
  const stages = stagesOf((await loadPolicy(repository)).policy);
  if (stages.length > 0 && !stages.includes(stage)) {
    const near = closest(stage, stages);
    throw new CannotSay(
      `The policy has no stage ${quoted(stage)}. It has: ${stages.join(', ')}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    );
  }
  const state = call.values['failed'] === true ? 'failed' : 'deployed';
  const by = (await repository.text(['config', '--get', 'user.email'], { codes: [0, 1] })).trim();
  const fresh = await recordDeployment(
    repository,
    { commit, stage, at, state, id: optionText(call, 'id') ?? '', by },
    now,
  );
  if (call.json) call.terminal.out(jsonText({ recorded: fresh, stage, commit, at: new Date(at).toISOString(), state }));
  else
    call.terminal.out(
      `${fresh ? 'Recorded' : 'Recorded before'}: ${commit.slice(0, 12)} ${state === 'failed' ? 'failed in' : 'is in'} ${stage} since ${new Date(at).toISOString()}.\n${fresh ? 'To share the record: "linekeeper notes push".\n' : ''}`,
    );
  return 0;
}

const SKEW_MS = 5 * 60_000;

function timeOf(call: Call, now: number): number {
  const text = optionText(call, 'at');
  if (text === undefined) return now;
  const at = timeFrom('--at', text);
  if (at > now + SKEW_MS)
    throw new CannotSay(
      `--at ${text} is still to come. Is this machine's clock right? A deployment is recorded when it is done.`,
    );
  return at;
}

async function check(call: Call): Promise<ExitCode> {
  try {
    return await decide(call);
  } catch (error) {
    if (call.values['event'] === true)
      tellDeployment(call.terminal.env, {
        verdict: 'undecided',
        until: '',
        text: `Linekeeper could not decide: ${error instanceof Error ? printable(error.message) : ''}`,
      });
    throw error;
  }
}

async function decide(call: Call): Promise<ExitCode> {
  const { checkDeployment } = await import('../../aftermath');
  const repository = call.repository().beside();
  const event = call.values['event'] === true ? await eventCall(call, repository) : null;
  const stage = event?.stage ?? neededText(call, 'deploy', 'stage');
  const ref = event?.ref ?? (await commitFor(repository, neededText(call, 'deploy', 'ref')));
  const format = optionText(call, 'format') ?? (call.json ? 'json' : 'text');
  if (!['text', 'json', 'github'].includes(format) || (call.json && format !== 'json'))
    throw new CannotSay(`--format takes text, json or github${call.json ? ', and --json asks for json' : ''}.`);
  await refuseWithoutKnownNotes(call, repository);
  const { base, baseName } = await baseOf(repository, optionText(call, 'base') ?? event?.base ?? undefined);
  const from = optionText(call, 'from');
  const approvals = optionText(call, 'approvals');
  const plan = readPlan(call, optionText(call, 'plan'));
  if (plan !== undefined && 'wrong' in plan) throw new CannotSay(printable(plan.wrong));
  const result = await checkDeployment({
    repository,
    stage,
    ref,
    base,
    baseName,
    from: from === undefined ? null : await commitFor(repository, from),
    actor: event?.actor ?? optionText(call, 'actor') ?? null,
    approvals: approvals === undefined ? null : readApprovals(repository, path.resolve(call.terminal.cwd, approvals)),
    signedFor: signedFor(repository, call.terminal.now()),
    attributionOf: attributionByNotes(repository, call.terminal.now, isCi(call.terminal.env)),
    debtsOf: (range) =>
      debtsHolding(repository, range, { now: call.terminal.now(), emergency: optionText(call, 'emergency') ?? null }),
    ...(plan === undefined ? {} : { plan: plan.file }),
    now: call.terminal.now(),
    hasEmergency: optionText(call, 'emergency') !== undefined,
  });
  if (event !== null)
    tellDeployment(call.terminal.env, { verdict: result.verdict, until: result.until ?? '', text: toText(result) });
  call.terminal.out(format === 'json' ? jsonText(result) : format === 'github' ? toGithub(result) : toText(result));
  return result.verdict === 'pass' ? 0 : 1;
}

/**
 * What was deployed, owed and signed is not decided upon as if it had never been: throws a {@link CannotSay} when notes
 * that were known are gone.
 */
async function refuseWithoutKnownNotes({ terminal }: Call, repository: Repository): Promise<void> {
  const { lostNotes } = await import('../../provenance/commits/exports-for-notes-sync-and-upkeep');
  const lost = await lostNotes(repository);
  // What agents ran decides nothing about a deployment.
  const missing = lost.filter(({ isHarmless, ref }) => !isHarmless && ref !== RUNS_REF);
  if (missing.length > 0) throw new CannotSay(printable(missing.map(({ says }) => says).join(' ')));
  for (const { says } of lost) terminal.err(`linekeeper: ${printable(says)}`);
}

/** The reasons for a no, one line each. */
function reasons(result: DeployResult): readonly string[] {
  const first = new Map<string, { readonly all: DeployResult['waiting'][number][]; readonly commits: string[] }>();
  for (const pending of result.waiting) {
    const key = `${pending.tier} ${pending.stage} ${pending.needs} ${pending.until ?? ''}`;
    const known = first.get(key) ?? { all: [], commits: [] };
    known.all.push(pending);
    known.commits.push(
      `${pending.commit.slice(0, 10)} ${pending.subject}${pending.assistants.length === 0 ? '' : ` (${pending.assistants.join(', ')})`}`,
    );
    first.set(key, known);
  }
  return [
    ...[...first.values()].flatMap(({ all, commits }) => {
      const [single] = all;
      if (single === undefined) return [];
      const which = `${single.tier}: ${countOf(commits.length, 'commit')} with ${linesOf(all)}`;
      return single.needs === 'deployment'
        ? `${which} ${commits.length === 1 ? 'has' : 'have'} not been in ${single.stage}: ${some(commits)}.`
        : `${which} must stay in ${single.stage} until ${single.until ?? ''}: ${some(commits)}.`;
    }),
    ...result.incidents
      .filter(({ satisfied }) => !satisfied)
      .map(
        ({ tier, why, missing }) =>
          `${tier}: ${why} ${missing.charAt(0).toUpperCase()}${missing.slice(1)}. Sign with "linekeeper sign ${(result.from ?? '').slice(0, 12)}..${result.ref.slice(0, 12)} --base ${quoted(result.base)}".`,
      ),
    ...(result.frozen ?? []).map(({ why }) => why),
    ...(result.unmerged.says === '' ? [] : [result.unmerged.says]),
    ...result.debts,
    ...(result.planned ?? []),
  ].map(printable);
}

/** Whose lines the commits contain: unknown is never called AI's. */
function linesOf(waiting: DeployResult['waiting']): string {
  if (waiting.every(({ ai }) => ai)) return 'AI lines';
  return waiting.some(({ ai }) => ai)
    ? "lines that are AI's, or of unknown author and counted as AI's,"
    : "lines of unknown author, which the policy counts as AI's,";
}

const some = (items: readonly string[]): string =>
  [...items.slice(0, 5), ...(items.length > 5 ? [`${String(items.length - 5)} more`] : [])].join('; ');

function toText(result: DeployResult): string {
  const { verdict, wouldBe, stage, ref, from, until, policy } = result;
  const head =
    wouldBe !== undefined
      ? `Observed: ${ref.slice(0, 12)} ${wouldBe === 'pass' ? 'may' : 'might not'} go to ${stage}${wouldBe === 'pass' ? '' : ' yet'} if the policy were enforced. It stops nothing (mode: observe).`
      : verdict === 'pass'
        ? `Pass: ${ref.slice(0, 12)} may go to ${stage}.`
        : `Fail: ${ref.slice(0, 12)} may not go to ${stage} yet.${until === null ? '' : ` It may from ${until}.`}`;
  const signed = result.incidents
    .filter(({ satisfied }) => satisfied)
    .map(({ incident, by }) => `ok  ${incident} is open; signed off by ${list(by)}.`);
  return `${[head, `${from === null ? '' : `${from.slice(0, 12)}..${ref.slice(0, 12)}, `}by the policy ${printable(policy.source)}`, ...reasons(result).map((line) => `  ${line}`), ...signed.map((line) => `  ${printable(line)}`), ...result.notices.map(printable)].join('\n')}\n`;
}

/** GitHub Actions annotations (workflow commands). */
function toGithub(result: DeployResult): string {
  const escape = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const lines = [
    ...reasons(result).map(
      (line) => `::${result.wouldBe === undefined ? 'error' : 'warning'} title=Linekeeper deployment::${escape(line)}`,
    ),
    ...result.notices.map((line) => `::notice title=Linekeeper deployment::${escape(printable(line))}`),
  ];
  return `${[...lines, toText(result).split('\n')[0] ?? ''].join('\n')}\n`;
}

async function listAll(call: Call): Promise<ExitCode> {
  const { readDeployments } = await import('../../aftermath');
  const stage = optionText(call, 'stage');
  const { all, unreadable } = await readDeployments(call.repository());
  const shown = all.filter((one) => stage === undefined || one.stage === stage);
  if (call.json)
    call.terminal.out(
      jsonText({
        deployments: shown.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })),
        unreadable,
      }),
    );
  else if (shown.length === 0)
    call.terminal.out('No deployments are recorded. "linekeeper notes fetch" fetches those of the remote.\n');
  else
    call.terminal.out(
      shown
        .map(
          ({ at, stage: where, commit, state, id, by }) =>
            `${new Date(at).toISOString()}  ${where.padEnd(12)} ${commit.slice(0, 12)}  ${state}${[id, by]
              .filter((one) => one !== '')
              .map((one) => `  ${printable(one)}`)
              .join('')}\n`,
        )
        .join(''),
    );
  if (unreadable > 0) call.terminal.err(`linekeeper: ${countOf(unreadable, 'record')} can't be read.`);
  return 0;
}

/** The branch whose policy and incidents apply. */
async function baseOf(
  repository: Repository,
  named: string | undefined,
): Promise<{ readonly base: string; readonly baseName: string }> {
  for (const name of named === undefined ? [baseHead(repository), 'main', 'master'] : [named]) {
    const base = name.startsWith('-') ? undefined : await findCommit(repository, name);
    if (base !== undefined) return { base, baseName: name };
  }
  throw new CannotSay(
    named === undefined ? "Which branch's policy decides? Name it with --base BRANCH." : noCommit(repository, named),
  );
}

async function commitFor(repository: Repository, revision: string): Promise<string> {
  const id = revision.startsWith('-') ? undefined : await findCommit(repository, revision);
  if (id === undefined) throw new CannotSay(noCommit(repository, revision, 'Fetch it first, or name another.'));
  return id;
}
