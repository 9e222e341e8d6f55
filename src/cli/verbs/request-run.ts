/** `linekeeper request-run`: asks a second person to let an agent run one command that the policy forbids agents. */
import path from 'node:path';
import { leadsOut } from '../../base/platform';
import { jsonText, printable } from '../../policy';
import {
  approvalOfCode,
  COMMAND_AT_MOST,
  directoryOf,
  idOfRequest,
  judgeApproval,
  keepApproval,
  keepApproved,
  keepRequest,
  requestCode,
  runs,
  workTreeId,
  type RunRequest,
} from '../../guard/run-approval';
import { keepRequested } from '../keep-requested-run';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

const USAGE = '--reason TEXT [--directory DIR] -- COMMAND | --approved CODE | --list';

export const requestRun: Verb = {
  name: 'request-run',
  summary: 'Ask a senior to approve one blocked command',
  example: 'linekeeper request-run --reason "Move the state" -- "terraform apply"',
  usage: USAGE,
  options: {
    reason: { type: 'string', value: 'TEXT', says: 'the reason, for the approver' },
    directory: { type: 'string', value: 'DIR', says: 'the directory of the run; default: the current one' },
    approved: { type: 'string', value: 'CODE', says: 'accept an approval that was given in another clone' },
    list: { type: 'boolean', says: 'show the requests of this work tree' },
  },
  async run(call): Promise<ExitCode> {
    if (call.values['list'] === true) return list(call);
    if (typeof call.values['approved'] === 'string') return take(call, call.values['approved']);
    return ask(call);
  },
};

async function ask(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const reason = typeof call.values['reason'] === 'string' ? call.values['reason'].trim() : '';
  // several words have lost the quotes that the shell removed, so the command line must be a single word
  const [command = '', more] = call.positionals;
  if (command.trim() === '' || more !== undefined)
    throw new CannotSay(
      `Give the command as one word in quotes, exactly as the agent would run it. "linekeeper help request-run" shows its usage.`,
    );
  if (command.length > COMMAND_AT_MOST)
    throw new CannotSay(
      `The command has more than ${String(COMMAND_AT_MOST)} characters, too many for somebody to read. Put it into a script that is reviewed.`,
    );
  if (reason === '')
    throw new CannotSay('--reason is missing. Say in a few words why the command must run: the approver reads them.');
  const repository = call.repository();
  const directory = directoryOf(
    repository,
    path.resolve(terminal.cwd, typeof call.values['directory'] === 'string' ? call.values['directory'] : '.'),
  );
  if (leadsOut(directory))
    throw new CannotSay('The directory is outside of this repository. Name one in it with --directory.');
  const email = (await repository.text(['config', '--get', 'user.email'], { codes: [0, 1] })).trim();
  if (email === '')
    throw new CannotSay('Git does not know who you are here. Set it: git config user.email YOU@EXAMPLE.COM');
  const request: RunRequest = {
    version: 1,
    command,
    directory,
    head: (await repository.commitId('HEAD')) ?? null,
    tree: await workTreeId(repository),
    reason,
    requestedBy: email,
    requestedAt: new Date(terminal.now()).toISOString(),
  };
  const text = JSON.stringify(request);
  const id = keepRequest(repository.gitDir, text);
  await keepRequested(repository, id, request, terminal);
  if (call.json) terminal.out(jsonText({ id, request, code: requestCode(text) }));
  else {
    terminal.out(
      `Request ${id}. A senior approves it here with\n\n  linekeeper approve-run ${id}\n\nor in their own clone with this:\n\n  linekeeper approve-run ${requestCode(text)}\n\n` +
        'The approval counts for 15 minutes, for this command, directory and state of the files, once.\n',
    );
  }
  return 0;
}

/** Imports an approval that was given in another clone. */
async function take(call: Call, code: string): Promise<ExitCode> {
  const approval = approvalOfCode(code.trim());
  if (approval === undefined)
    throw new CannotSay('That is no approval. Paste the whole word that begins with "run-approval:".');
  const repository = call.repository();
  const open = runs(repository.gitDir).filter((run) => !run.used);
  let why = 'The approval is for a request that was not made here.';
  for (const run of open) {
    const judged = await judgeApproval(repository, run, approval, call.terminal.now());
    if (judged.why === 'The approval is for another request.') continue;
    why = judged.why;
    if (why !== '') break;
    keepApproval(repository.gitDir, run.id, approval);
    const { by } = judged;
    await keepApproved(repository, run.id, { signed: approval, by, head: run.request.head }, call.terminal.now());
    call.terminal.out(`Approved: ${printable(run.request.command)}\nTell the agent to run it now, exactly so.\n`);
    return 0;
  }
  call.terminal.err(`linekeeper: ${why}`);
  return 1;
}

function list(call: Call): ExitCode {
  const known = runs(call.repository().gitDir).sort((first, second) =>
    first.request.requestedAt < second.request.requestedAt ? -1 : 1,
  );
  const stateOf = (run: (typeof known)[number]): string => (run.used ? 'has run' : run.approval ? 'approved' : 'waits');
  if (call.json)
    call.terminal.out(
      jsonText({
        runs: known.map((run) => ({ id: idOfRequest(run.text), state: stateOf(run), request: run.request })),
      }),
    );
  else if (known.length === 0) call.terminal.out('Nobody asked for a run here.\n');
  else
    for (const run of known)
      call.terminal.out(`${run.id}  ${stateOf(run).padEnd(8)}  ${printable(run.request.command)}\n`);
  return 0;
}
