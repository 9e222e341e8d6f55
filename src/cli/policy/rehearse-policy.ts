/** `linekeeper policy rehearse`: merged history under a policy, next to the present one. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { GateError, readBase, attributionByNotes } from '../../review/gate';
import type { Repository } from '../../git';
import { BUILT_IN_SOURCE, jsonText, printable } from '../../policy';
import { baseBranch, baseCommit, knownTeams, loadPolicyAndPeople, managedFloors } from '../../policy/load';
import { PACE, rehearsalPage, rehearsalText, rehearse, type RehearsedPolicy } from '../../aftermath/rehearsal';
import { CannotSay, type Call, type ExitCode } from '../verb';
import { dayFrom } from '../arguments/parse-day';
import { progressTo } from '../output/progress';
import { writeAnswer } from '../output/write-output-file';
import { problemLines, readPolicyFile } from './check-policy-file';
import { withPeopleHere } from './effective-policy';

const DEFAULT_SINCE = '90d';

export async function rehearsePolicy(call: Call, word: string | undefined): Promise<ExitCode> {
  const { terminal, values } = call;
  const repository = call.repository().beside();
  const now = terminal.now();
  const since = (dayFrom('--since', values['since'] ?? DEFAULT_SINCE, now, 'start') ?? 0) * 1000;
  const pace = Number(values['pace'] ?? PACE);
  if (!Number.isInteger(pace) || pace < 10 || pace > 100_000)
    throw new CannotSay('--pace takes lines an hour, from 10 to 100000.');
  const format = values['format'] ?? (call.json ? 'json' : 'text');
  if (format !== 'text' && format !== 'json' && format !== 'html')
    throw new CannotSay(`--format ${JSON.stringify(format)} is not known. Choose one of text, json, html.`);
  const branch = word ?? ((await baseCommit(repository)) && baseBranch(repository)?.name) ?? 'HEAD';
  const head = await repository.commitId(branch);
  if (head === undefined) throw new CannotSay(`${JSON.stringify(branch)} is not a commit in this clone.`);
  const present = await presentPolicy(repository, head, branch);
  const draft =
    typeof values['policy'] === 'string'
      ? await draftPolicy(call, values['policy'], present?.mailmap ?? null)
      : undefined;
  const policies = [...(draft === undefined ? [] : [draft]), ...(present === undefined ? [] : [present])];
  if (policies.length === 0)
    throw new CannotSay(
      'There is no policy to rehearse. Write one with "linekeeper policy init", then: linekeeper policy rehearse --policy .linekeeper.yml',
    );
  const made = await rehearse({
    repository,
    branch,
    head,
    since,
    until: now,
    policies,
    pace,
    teams: knownTeams(repository, now),
    attributionOf: attributionByNotes(repository, terminal.now, true),
    progress: progressTo(terminal)('changes looked at'),
  });
  const text =
    format === 'json'
      ? jsonText(made)
      : format === 'html'
        ? rehearsalPage(made, { nonce: randomBytes(16).toString('hex') })
        : rehearsalText(made, printable);
  if (typeof values['output'] !== 'string') terminal.out(text);
  else writeAnswer(terminal, values['output'], text);
  return 0;
}

/** The base's own; else the one that applies on this machine; undefined when that is only the built-in one. */
async function presentPolicy(
  repository: Repository,
  head: string,
  branch: string,
): Promise<RehearsedPolicy | undefined> {
  try {
    const { policy, source, mailmap } = await readBase(repository, head, branch, null, managedFloors());
    return { name: source.source, policy, mailmap };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const { policy, source, problems } = await loadPolicyAndPeople(repository);
    return source === BUILT_IN_SOURCE || problems.length > 0 ? undefined : { name: source, policy, mailmap: null };
  }
}

async function draftPolicy(call: Call, file: string, mailmap: string | null): Promise<RehearsedPolicy> {
  const parsed = await readPolicyFile(path.resolve(call.terminal.cwd, file), file, false);
  if (!parsed.ok)
    throw new CannotSay(`The policy is broken. Fix this first:\n${problemLines(file, parsed.problems).join('\n')}`);
  return { name: `${file} (draft)`, policy: await withPeopleHere(call, file, parsed.policy), mailmap };
}
