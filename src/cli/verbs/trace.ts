/**
 * `linekeeper trace PATH:LINE | COMMIT | --run ID | --session ID`: from the suggestion to the incident, and what a session
 * was told and ran.
 */
import type { Trace } from '../../aftermath';
import { jsonText } from '../../policy';
import { fillFirst, settleNotes } from '../backfill-and-settle-notes';
import { noCommit } from '../arguments/unknown-revision-error';
import { pathAndLines } from '../arguments/path-and-lines';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const trace: Verb = {
  name: 'trace',
  summary: 'Show the history of a line, commit or session, up to its incidents',
  example: 'linekeeper trace src/orders/api.ts:3',
  usage: 'PATH:LINE | COMMIT | --run ID | --session ID',
  options: {
    run: { type: 'string', value: 'ID', says: 'one agent command, by the id that request-run printed' },
    session: { type: 'string', value: 'ID', says: 'the prompts, commands and edits of one session' },
  },
  words: 1,
  async run(call): Promise<ExitCode> {
    const [word] = call.positionals;
    const [run, session] = [named(call, 'run'), named(call, 'session')];
    if ([word, run, session].filter((one) => one !== undefined).length !== 1)
      throw new CannotSay(`A line, a commit, a run or a session is missing. "linekeeper help trace" shows its usage.`);
    const repository = call.repository();
    fillFirst(repository, call.terminal);
    await settleNotes(repository, call.terminal);
    const { traceText } = await import('../../aftermath');
    if (run !== undefined) return ofRun(call, run);
    if (session !== undefined) return ofSession(call, session);
    const traced = await ask(call, word ?? '');
    call.terminal.out(call.json ? jsonText(traced) : traceText(traced, 'terminal'));
    return 0;
  },
};

function named({ values }: Call, name: string): string | undefined {
  const value = values[name];
  if (typeof value !== 'string') return undefined;
  if (value.trim() === '') throw new CannotSay(`--${name} is empty.`);
  return value.trim();
}

const FETCH = '"linekeeper notes fetch" fetches the records of others.';

async function ofRun(call: Call, id: string): Promise<ExitCode> {
  const { runRows, traceRun } = await import('../../aftermath');
  const run = await traceRun({ repository: call.repository(), now: call.terminal.now }, id);
  if (run === null)
    throw new CannotSay(`No run here has the id ${JSON.stringify(id)}, or several ids begin with it. ${FETCH}`);
  call.terminal.out(
    call.json ? jsonText({ run }) : `run ${run.id} at ${run.commit.slice(0, 10)}\n${runRows(run).join('\n')}\n`,
  );
  return 0;
}

async function ofSession(call: Call, id: string): Promise<ExitCode> {
  const { sessionText, traceSession } = await import('../../aftermath');
  const traced = await traceSession({ repository: call.repository(), now: call.terminal.now }, id);
  if (traced === null) throw new CannotSay(`Nothing is recorded here of a session ${JSON.stringify(id)}. ${FETCH}`);
  call.terminal.out(call.json ? jsonText(traced) : sessionText(traced));
  return 0;
}

async function ask(call: Call, word: string): Promise<Trace> {
  const { traceCommit, traceLine } = await import('../../aftermath');
  const ports = { repository: call.repository(), now: call.terminal.now };
  // Compilers and traces append the column to the line.
  const [, upToLine] = /^(.+:\d+):\d+$/.exec(word) ?? [];
  const named = /:\d+$/.test(word) ? pathAndLines(call, upToLine ?? word) : null;
  if (named?.lines) return traceLine(ports, named.path, named.lines[0]?.start ?? 1);
  const commit = word.startsWith('-') ? undefined : await ports.repository.commitId(word);
  if (commit === undefined)
    throw new CannotSay(noCommit(ports.repository, word, 'A line is named as PATH:LINE, such as infra/main.tf:12.'));
  return traceCommit(ports, commit);
}
