/** `linekeeper check`: whether a range of commits has what the base's policy requires of it. */
import path from 'node:path';
import {
  checkRange,
  FORMAT_IDS,
  FORMATS,
  isFormatId,
  readApprovals,
  attributionByNotes,
  type Format,
  type CheckResult,
} from '../../review/gate';
import { isCi } from '../ci/is-ci';
import { knownTeams } from '../../policy/load';
import { GitError, type Repository } from '../../git';
import { findInRange, type BlobPair } from '../../policy/findings';
import { isTeam, quoted } from '../../policy';
import { blastLines, blastOfRange } from '../output/blast-radius-lines';
import { fillFirst } from '../backfill-and-settle-notes';
import { signedFor, unpaidDebts, pushSignOffs, recordDebt } from '../../review/gate/sign-offs';
import { defaultRemote, NotesError } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { FLOOR_OPTION, floorsOf, OBSERVE_OPTION } from '../arguments/floor-file';
import { COVERAGE_OPTION, readReport } from '../arguments/coverage-file';
import { PLAN_OPTION, readPlan } from '../arguments/plan-file';
import { NUMBER_OPTION, pullRequestNumber } from '../arguments/pull-request-number';
import { rangeIn, type NamedRange } from '../arguments/commit-range';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { optionText } from '../arguments/option-text';

export const check: Verb = {
  name: 'check',
  summary: 'Check whether a change has its required sign-offs',
  example: 'linekeeper check main..HEAD --actor ada',
  exits: '0 if the change may be merged. 1 if a sign-off is missing.',
  usage:
    '(BASE..HEAD | --base B --head H) [--actor LOGIN] [--number N] [--approvals FILE] [--plan FILE] [--coverage FILE] [--emergency REASON] [--floor FILE] [--observe] [--format text|json|markdown|sarif|github|gitlab]',
  options: {
    base: { type: 'string', value: 'B', says: 'the branch to merge into, whose policy decides' },
    head: { type: 'string', value: 'H', says: 'the branch to be merged' },
    actor: {
      type: 'string',
      value: 'LOGIN',
      says: 'the person who opened the pull request. Their level counts, and their own approval does not',
    },
    number: NUMBER_OPTION,
    approvals: {
      type: 'string',
      value: 'FILE',
      says: 'approvals on the Git host, as JSON, outside of the checked-out tree. Without this file, only signatures count',
    },
    plan: PLAN_OPTION,
    coverage: COVERAGE_OPTION,
    emergency: {
      type: 'string',
      value: 'REASON',
      says: "in an outage: any second person's sign-off is enough, and a senior's late sign-off is due in two days",
    },
    floor: FLOOR_OPTION,
    observe: OBSERVE_OPTION,
    format: { type: 'string', value: 'FORMAT', says: 'text (default), json, markdown, sarif, github or gitlab' },
  },
  words: 1,
  async run(call): Promise<ExitCode> {
    const { base, head } = rangeOf(call);
    const format = formatOf(call);
    const repository = call.repository().beside();
    const floors = floorsOf(call, repository);
    const plan = readPlan(call, optionText(call, 'plan'));
    // A gate that was given a plan but could not read it would have passed silently.
    if (plan !== undefined && 'wrong' in plan) throw new CannotSay(plan.wrong);
    // In CI nobody's edits were recorded, and a gate must not touch a home folder.
    const readOnly = isCi(call.terminal.env);
    if (!readOnly) fillFirst(repository, call.terminal);
    const approvals = optionText(call, 'approvals');
    const emergency = optionText(call, 'emergency');
    const testedOf = await readReport(call, optionText(call, 'coverage'), repository.root);
    const now = call.terminal.now();
    const number = await pullRequestNumber({
      said: optionText(call, 'number'),
      env: call.terminal.env,
      repository,
      head,
    });
    let files: readonly BlobPair[] = [];
    const result = await checkRange({
      repository,
      base,
      head,
      actor: actorOf(call) ?? null,
      ...(number === undefined ? {} : { number }),
      anyOpener: call.terminal.isTerminal === true && !readOnly && emergency === undefined,
      approvals: approvals === undefined ? null : readApprovals(repository, path.resolve(call.terminal.cwd, approvals)),
      signedFor: signedFor(repository, now),
      emergency,
      observe: call.values['observe'] === true,
      floors,
      teams: knownTeams(repository, now),
      attributionOf: attributionByNotes(repository, call.terminal.now, readOnly),
      findingsOf: (where, net, policy, at) => {
        files = net.map(({ attribution: { path: name, from }, oldId, newId }) => ({
          path: name,
          from,
          oldId,
          newId,
        }));
        return findInRange(where, net, policy, at);
      },
      ...(plan === undefined ? {} : { plan: plan.file }),
      now,
      ...(testedOf === undefined ? {} : { testedOf }),
    });
    const owed = result.emergency === null ? [] : await oweSignOff(repository, result, { now, inJob: readOnly });
    const unpaid = (await unpaidDebts(repository, { now })).map(({ says }) => says);
    const blast = await blastOfRange(repository, files, result);
    call.terminal.out(
      format.render({
        ...result,
        ...(blast === undefined ? {} : { blast, blastLines: blastLines(blast, quoted) }),
        notices: [...result.notices, ...owed, ...unpaid],
      }),
    );
    return result.verdict === 'pass' ? 0 : 1;
  },
};

/** The two commits, in either notation. */
function rangeOf(call: Call): NamedRange {
  const [base, head] = [optionText(call, 'base'), optionText(call, 'head')];
  const [range] = call.positionals;
  if (range === undefined && base !== undefined && head !== undefined) return { base, head };
  const named = range === undefined ? undefined : rangeIn(range);
  if (range !== undefined && named === undefined)
    throw new CannotSay(`${quoted(range)} is not a range of commits. Write BASE..HEAD, such as main..HEAD.`);
  if (named === undefined)
    throw new CannotSay(`A range of commits is missing, such as main..HEAD. "linekeeper help check" shows its usage.`);
  if (base === undefined && head === undefined) return named;
  throw new CannotSay('BASE..HEAD says the same as --base and --head. Leave one of them out.');
}

/** An empty actor would be excluded from nothing. */
function actorOf(call: Call): string | undefined {
  const actor = optionText(call, 'actor');
  if (actor === undefined) return undefined;
  const name = actor.replace(/[\p{Cc}\p{Cf}\s]/gu, '');
  if (/^@?$/.test(name)) throw new CannotSay('--actor is empty.');
  if (isTeam(name))
    throw new CannotSay(
      `--actor ${quoted(actor)} is a team. Give the login of the person who opened the pull request.`,
    );
  if (name !== actor.trim())
    throw new CannotSay(
      `--actor ${quoted(actor)} is no login and no e-mail address: it has spaces or invisible characters.`,
    );
  return actor;
}

function formatOf(call: Call): Format {
  const name = optionText(call, 'format') ?? (call.json ? 'json' : 'text');
  if (call.json && name !== 'json')
    throw new CannotSay(`--json and --format ${JSON.stringify(name)} exclude each other. Leave one of them out.`);
  if (!isFormatId(name))
    throw new CannotSay(`There is no format ${JSON.stringify(name)}. Choose one of ${FORMAT_IDS.join(', ')}.`);
  return FORMATS[name];
}

/**
 * Records an emergency's debt and, in CI, pushes it: otherwise it would disappear with the runner. Returns what a person should
 * know, as sentences. Throws a {@link CannotSay} when CI can't push it.
 */
async function oweSignOff(
  repository: Repository,
  { base, head, emergency }: Pick<CheckResult, 'base' | 'head' | 'emergency'>,
  { now, inJob }: { readonly now: number; readonly inJob: boolean },
): Promise<readonly string[]> {
  if (emergency === null) return [];
  await recordDebt(repository, { base, head, emergency, now });
  if (!inJob) return ['The pending sign-off is recorded here. "linekeeper notes push" shares it.'];
  try {
    await pushSignOffs(repository, await defaultRemote(repository));
    return [];
  } catch (error) {
    if (!(error instanceof GitError || error instanceof NotesError)) throw error;
    throw new CannotSay(
      `The emergency merge is not allowed, because its pending sign-off could not be recorded on the remote: ${error.message}`,
      { cause: error },
    );
  }
}
