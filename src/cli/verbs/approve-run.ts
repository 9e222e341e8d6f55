/** `linekeeper approve-run ID|CODE`: a second person lets an agent run one command once, with a signature. */
import { signersKey } from '../review/signing-key';
import {
  approvalCode,
  findRun,
  giveApproval,
  objectionToRequest,
  parseRequest,
  requestOfCode,
  VALID_MS,
} from '../../guard/run-approval';
import { confirmed, requirePerson } from '../person-at-terminal';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { printable } from '../../policy';

export const approveRun: Verb = {
  name: 'approve-run',
  summary: 'Let an agent run one blocked command once',
  example: 'linekeeper approve-run 4b8a472f84a1',
  usage: 'ID|CODE [--key FILE]',
  options: { key: { type: 'string', value: 'FILE', says: "the SSH key to sign with; default: git's user.signingKey" } },
  more: `
ID    a request that was made in this clone. "linekeeper request-run --list" shows them
CODE  a request from another clone: the long word that "linekeeper request-run" printed there

Only another person can approve: in a terminal outside of the editor, or with Approve Agent Command….
`,
  words: 1,
  async run(call): Promise<ExitCode> {
    const { terminal } = call;
    const [word] = call.positionals;
    if (word === undefined)
      throw new CannotSay(
        `A request is missing: "linekeeper request-run --list" shows them. "linekeeper help approve-run" shows its usage.`,
      );
    requirePerson(terminal, "approve an agent's command", 'Approve Agent Command…');
    const repository = call.repository();
    const text = findRun(repository.gitDir, word)?.text ?? requestOfCode(word);
    const request = text === undefined ? undefined : parseRequest(text);
    if (text === undefined || request === undefined)
      throw new CannotSay(
        'There is no such request here. "linekeeper request-run --list" lists them. A request from another clone is one long word that begins with "run-request:".',
      );
    const obsolete = objectionToRequest(request, terminal.now());
    if (obsolete !== '') throw new CannotSay(obsolete);
    const key = await signersKey(call);
    const here = (await repository.commitId('HEAD')) === (request.head ?? undefined);
    terminal.out(
      `\n  ${printable(request.command)}\n\n` +
        `in       ${request.directory === '.' ? 'the top folder' : printable(request.directory)}\nat       ${request.head === null ? 'no commit yet' : request.head.slice(0, 12)}${here ? '' : ' (another commit is checked out here)'}\n` +
        `asked by ${printable(request.requestedBy)}\nbecause  ${printable(request.reason)}\n\n`,
    );
    if (!(await confirmed(`An agent may run this once within ${String(VALID_MS / 60_000)} minutes.`))) {
      terminal.out('Nothing is approved.\n');
      return 1;
    }
    return sign(call, text, key, here);
  },
};

/** `here`: its commit is checked out. */
async function sign(call: Call, text: string, key: string, here: boolean): Promise<ExitCode> {
  const { terminal } = call;
  const given = await giveApproval(call.repository(), text, { key, clock: terminal.now });
  if (!given.counts) {
    terminal.err(`linekeeper: this approval would not count: ${given.why}`);
    return 1;
  }
  terminal.out(
    given.isHere
      ? `Approved${here ? '' : ', for the commit above alone: check it out first'}. Tell the agent to run it now, exactly so.\n`
      : `Approved. Send this back:\n\n  linekeeper request-run --approved ${approvalCode(given.approval)}\n`,
  );
  return 0;
}
