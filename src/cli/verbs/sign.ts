/** `linekeeper sign [BASE..HEAD]`: a signed sign-off, kept as a note; works offline and with any forge. */
import {
  checkRange,
  findCommit,
  policyOfDeployment,
  attributionByNotes,
  type CheckRequest,
  type CheckResult,
} from '../../review/gate';
import { baseBranch, baseCommit, knownTeams, managedFloors } from '../../policy/load';
import type { Repository } from '../../git';
import { pushesNotesAlong } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { findInRange } from '../../policy/findings';
import { stillMissing, withoutCovered } from '../../policy/decision';
import { requirementText, jsonText, list, quoted, countsText, printable } from '../../policy';
import { findBranch } from '../../review/pull-request';
import {
  foreseenFor,
  keyAtBase,
  signOff,
  signOffsOn,
  signedFor,
  VALID_DAYS,
  type ListedSignOff,
} from '../../review/gate/sign-offs';
import { rangeIn, type NamedRange } from '../arguments/commit-range';
import { noCommit } from '../arguments/unknown-revision-error';
import { confirmed, requirePerson } from '../person-at-terminal';
import { signersKey } from '../review/signing-key';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const sign: Verb = {
  name: 'sign',
  summary: 'Sign off a change with your SSH key',
  example: 'linekeeper sign main..HEAD',
  more: '\nOnly a person can sign: in a terminal outside of the editor, or with Sign Off… in the editor.\n',
  usage: '[BASE..HEAD] [--base BRANCH] [--tier TIER]… [--key FILE] | --list [COMMIT]',
  options: {
    tier: { type: 'string', multiple: true, value: 'TIER', says: 'sign for this tier only' },
    key: { type: 'string', value: 'FILE', says: "the SSH key to sign with; default: git's user.signingKey" },
    list: { type: 'boolean', says: 'show who signed a commit' },
    base: {
      type: 'string',
      value: 'BRANCH',
      says: 'the branch whose policy and incidents decide, if it is not BASE, as for a deployment',
    },
  },
  words: 1,
  async run(call): Promise<ExitCode> {
    const repository = call.repository().beside();
    return call.values['list'] === true ? listed(call, repository) : signed(call, repository);
  },
};

async function signed(call: Call, repository: Repository): Promise<ExitCode> {
  const { terminal } = call;
  requirePerson(terminal, 'sign off a change', 'Sign Off…');
  const { base, head } = await rangeOf(call, repository);
  const at = await policyAt(call, repository);
  const before = await decided(call, repository, { base, head, ...at });
  const tiers = tiersToSign(call, before);
  if (tiers.length === 0) {
    terminal.out(
      at.policyAt === undefined
        ? 'Nothing in this change needs a sign-off.\n'
        : `No incident that is open on ${printable(String(call.values['base']))} is about what this deploys, so it needs no sign-off. For a change that is not merged yet, leave out --base.\n`,
    );
    return 0;
  }
  const key = await signersKey(call);
  terminal.out(summaryOf(before, tiers));
  const now = terminal.now();
  const foreseen = await decided(call, repository, { base, head, ...at }, foreseenFor(repository, now, key));
  const isUnlisted = (await keyAtBase(repository, before.base, key, now)).principals.length === 0;
  for (const { tier, why } of unhelped(before, foreseen, tiers, isUnlisted ? UNLISTED : ''))
    terminal.out(`This sign-off will not count for what ${tier} still needs: ${why}\n\n`);
  if (!(await confirmed(`You sign off ${list(tiers, 10)}, valid for ${String(VALID_DAYS)} days.`))) {
    terminal.out('Nothing is signed.\n');
    return 1;
  }
  await signOff(repository, { result: before, tiers, key, now });
  const after = await decided(call, repository, { base, head, ...at });
  const useless = unhelped(before, after, tiers);
  for (const { tier, why } of useless)
    terminal.err(`linekeeper: this sign-off does not count for what ${tier} still needs: ${why}`);
  const missing = after.tiers
    .filter(({ name }) => tiers.includes(name))
    .flatMap(({ name, required }) => stillMissing(required).map((one) => `  ${name}: ${one.missing}`));
  const signedText =
    useless.length === 0
      ? 'Signed.'
      : `Signed, but it does not count for ${list(
          useless.map(({ tier }) => tier),
          10,
        )}.`;
  terminal.out(
    `${signedText} To share it: "${(await pushesNotesAlong(repository)) ? 'git push' : 'linekeeper notes push'}".\n${missing.length === 0 ? '' : `Still missing:\n${missing.join('\n')}\n`}`,
  );
  return useless.length > 0 ? 1 : 0;
}

const UNLISTED = "your key is not in the base's file of allowed signers.";

/** The tiers to which a sign-off brought nothing of what they lacked, with why, as the end of a sentence. */
function unhelped(
  before: CheckResult,
  after: CheckResult,
  tiers: readonly string[],
  otherwise = '',
): readonly { readonly tier: string; readonly why: string }[] {
  const known = new Set([...before.signOffs.map((one) => JSON.stringify(one)), ...before.notices]);
  const lacks = (result: CheckResult, tier: string): string =>
    JSON.stringify(result.tiers.filter(({ name }) => name === tier).flatMap(({ required }) => stillMissing(required)));
  const refusals = after.signOffs.filter((one) => !one.counts && !known.has(JSON.stringify(one)));
  const notices = after.notices.filter((notice) => !known.has(notice));
  return tiers.flatMap((tier) => {
    const refused = refusals.find((one) => one.tier === tier);
    if (refused !== undefined) return [{ tier, why: `${refused.why}.` }];
    if (lacks(before, tier) === '[]' || lacks(before, tier) !== lacks(after, tier)) return [];
    return [{ tier, why: otherwise || notices.join(' ') || 'it requires somebody else.' }];
  });
}

/** The gate's decision; the gate will learn later who opened the pull request. */
const decided = async (
  call: Call,
  repository: Repository,
  range: Pick<CheckRequest, 'base' | 'head' | 'policyAt' | 'policyOf'>,
  signed = signedFor(repository, call.terminal.now()),
): Promise<CheckResult> =>
  checkRange({
    repository,
    ...range,
    actor: null,
    beforehand: true,
    approvals: [],
    signedFor: signed,
    teams: knownTeams(repository, call.terminal.now()),
    attributionOf: attributionByNotes(repository, call.terminal.now),
    findingsOf: findInRange,
    floors: managedFloors(),
  });

/**
 * A deployment follows the policy and the incidents of the base branch, not those of the deployed commit, and asks what
 * `deploy check` asks.
 */
async function policyAt(call: Call, repository: Repository): Promise<Pick<CheckRequest, 'policyAt' | 'policyOf'>> {
  const name = call.values['base'];
  if (name === undefined) return {};
  const commit = typeof name === 'string' && !name.startsWith('-') ? await findCommit(repository, name) : undefined;
  if (commit === undefined) throw new CannotSay(noCommit(repository, String(name)));
  return { policyAt: commit, policyOf: policyOfDeployment };
}

async function rangeOf(call: Call, repository: Repository): Promise<NamedRange> {
  const [word] = call.positionals;
  if (word === undefined) {
    const usual = (await baseCommit(repository)) && baseBranch(repository)?.name;
    return {
      base: usual === undefined ? (await findBranch(repository.root)).baseRef : `refs/remotes/${usual}`,
      head: 'HEAD',
    };
  }
  const range = rangeIn(word);
  if (range === undefined)
    throw new CannotSay(`A range of commits is missing, such as main..HEAD. "linekeeper help sign" shows its usage.`);
  return range;
}

function tiersToSign(call: Call, { tiers }: CheckResult): readonly string[] {
  const option = call.values['tier'];
  const named = typeof option === 'object' ? option.map(String) : undefined;
  if (named === undefined)
    return tiers.filter(({ required }) => required.some((one) => one.from !== null)).map(({ name }) => name);
  const wrong = named.find((name) => !tiers.some((tier) => tier.name === name));
  if (wrong !== undefined)
    throw new CannotSay(
      `The change touches no tier ${quoted(wrong)}. It touches ${
        list(
          tiers.map(({ name }) => name),
          10,
        ) || 'none'
      }.`,
    );
  return named;
}

function summaryOf(result: CheckResult, tiers: readonly string[]): string {
  const lines = result.tiers
    .filter(({ name }) => tiers.includes(name))
    .flatMap(({ name, files, added, removed, required }) => [
      `${name}: ${list(files, 8)}`,
      `  added ${countsText(added)}; removed ${countsText(removed)}`,
      ...withoutCovered(required).flatMap((requirement) =>
        requirement.from === null ? [] : [`  requires ${requirementText({ ...requirement, from: requirement.from })}`],
      ),
      ...result.findings
        .filter(({ tier }) => tier === name)
        .map(({ rule, path, line, message }) => `  ! ${quoted(path)}:${String(line)} ${rule}: ${printable(message)}`),
    ]);
  return `${result.mergeBase.slice(0, 12)}..${result.head.slice(0, 12)} onto ${result.base.slice(0, 12)}, by the policy ${quoted(result.policy.source)}\n\n${lines.join('\n')}\n\n`;
}

async function listed(call: Call, repository: Repository): Promise<ExitCode> {
  const [word = 'HEAD'] = call.positionals;
  const commit = await repository.commitId(word);
  if (commit === undefined) throw new CannotSay(`${quoted(word)} is not a commit in this clone.`);
  const all = await signOffsOn(repository, commit);
  if (call.json) call.terminal.out(jsonText({ commit, signOffs: all }));
  else
    call.terminal.out(
      all.length === 0
        ? `Nobody has signed ${commit.slice(0, 12)}, as far as is known here. "linekeeper notes fetch" asks the remote. A sign-off for an earlier head counts if the change is the same: "linekeeper check" names it.\n`
        : all.map(lineOf).join(''),
    );
  return 0;
}

const lineOf = ({ by, why, tiers, base, at }: ListedSignOff): string =>
  `${why === '' ? 'valid  ' : 'refused'}  ${by.length === 0 ? 'an unknown key' : list(by)} for ${list(Object.keys(tiers), 10)} on ${at.slice(0, 10)}, onto ${base.slice(0, 12)}${why === '' ? '' : `: ${why}`}\n`;
