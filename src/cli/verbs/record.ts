/** `linekeeper record ASSISTANT`: one hook payload on standard input becomes a record of the journal. */
import { ASSISTANTS, assistantOf } from '../../assistants';
import { parseGeneric, record as recordReport } from '../../recording';
import { setAside } from '../record/aside';
import { hook, repositoryAt } from '../record/hook';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const record: Verb = {
  name: 'record',
  summary: 'Record one edit that a tool reports on standard input (for hooks)',
  usage: `generic|${ASSISTANTS.map((one) => one.id).join('|')} < PAYLOAD`,
  options: {},
  async run(call) {
    const id = call.positionals[0];
    if (id === 'generic') return generic(call);
    const assistant = id === undefined ? undefined : assistantOf(id);
    if (!assistant) throw new CannotSay(`${id === undefined ? 'An assistant is missing' : `"${id}" is not an assistant that Linekeeper knows`}. Known are: generic, ${ASSISTANTS.map((one) => one.id).join(', ')}.`);
    return hook(call, assistant);
  },
};

async function generic(call: Call): Promise<ExitCode> {
  const text = await call.terminal.stdin();
  const report = parseGeneric(text, call.terminal.cwd);
  if ('problem' in report) {
    const kept = setAside(repositoryAt(call, call.terminal.cwd), 'generic', text);
    throw new CannotSay(`${report.problem} Nothing was recorded.${kept ? ` The payload was set aside in ${kept}.` : ''}`);
  }
  const repository = repositoryAt(call, report.cwd);
  if (!repository) throw new CannotSay(`${report.cwd} is not in a git repository: nothing was recorded. Name it with "cwd" in the payload or with --repo DIR.`);
  const result = await recordReport(repository, report, call.terminal.now);
  for (const notice of result.notices) call.terminal.err(`linekeeper: ${notice}`);
  if (call.json) call.terminal.out(`${JSON.stringify({ record: result.record ?? null, notices: result.notices })}\n`);
  return 0;
}
