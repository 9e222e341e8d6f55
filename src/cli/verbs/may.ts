/** `linekeeper may`: what the guard would answer an agent, by which rule, and how to get it through. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../../base/files';
import { jsonText } from '../../policy';
import { answerOn, answerText, SHELL, type MayAnswer } from '../preview-guard-answer';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

const LINES_AT_MOST = 5_000;

export const may: Verb = {
  name: 'may',
  summary: 'Show whether an agent may run a command or call a tool. Runs nothing',
  example: "linekeeper may 'terraform destroy'",
  exits: '0 if agents may. 1 if the guard refuses or asks a person.',
  usage: "'COMMAND' | --tool NAME --input FILE | --file HISTORY",
  options: {
    tool: { type: 'string', value: 'NAME', says: 'ask about a call of this tool, as the assistant spells it' },
    input: { type: 'string', value: 'FILE', says: "the tool's input, as JSON; - for standard input" },
    file: { type: 'string', value: 'HISTORY', says: "check each line of a file, such as your shell's history" },
  },
  async run(call): Promise<ExitCode> {
    const { terminal, values, json } = call;
    const [command, ...more] = call.positionals;
    const { tool, input, file } = values;
    const ways = [command, tool, file].filter((way) => way !== undefined).length;
    if (ways !== 1 || (input !== undefined && tool === undefined))
      throw new CannotSay(
        'Name one command, tool or file, as in: linekeeper may \'terraform destroy\'. "linekeeper help may" shows its usage.',
      );
    if (more.length > 0)
      throw new CannotSay(`Put the command into quotes, as one word: linekeeper may '${call.positionals.join(' ')}'`);
    if (typeof file === 'string') return many(call, file);
    const asked =
      typeof tool === 'string'
        ? { tool, input: await inputOf(call, typeof input === 'string' ? input : undefined) }
        : { tool: SHELL, input: { command } };
    const answer = await answerOn(call, asked);
    const subject = typeof tool === 'string' ? tool : (command ?? '');
    terminal.out(
      json
        ? jsonText({ [typeof tool === 'string' ? 'tool' : 'command']: subject, ...answer })
        : answerText(subject, answer),
    );
    return answer.verdict === 'allow' ? 0 : 1;
  },
};

async function inputOf({ terminal }: Call, file: string | undefined): Promise<unknown> {
  if (file === undefined) return {};
  const text = file === '-' ? await terminal.stdin() : readText(terminal.cwd, file);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CannotSay(`${JSON.stringify(file)} is no JSON. --input takes the tool's input, such as {"path": "a"}.`);
  }
}

function readText(cwd: string, file: string): string {
  try {
    return readFileSync(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new CannotSay(`${JSON.stringify(file)} can't be read: ${whyUnread(error)}.`);
  }
}

/** Each line of a history: what is held, and how many are free. */
async function many(call: Call, file: string): Promise<ExitCode> {
  const commands = [
    ...new Set(
      readText(call.terminal.cwd, file)
        .split('\n')
        // times in bash's history, and in zsh's
        .map((line) => line.replace(/^: \d+:\d+;/, '').trim())
        .filter((line) => line !== '' && !/^#\d*$/.test(line)),
    ),
  ].slice(0, LINES_AT_MOST);
  if (commands.length === 0) throw new CannotSay(`${JSON.stringify(file)} holds no command.`);
  const answers: ({ readonly command: string } & MayAnswer)[] = [];
  for (const command of commands)
    answers.push({ command, ...(await answerOn(call, { tool: SHELL, input: { command } })) });
  const held = answers.filter(({ verdict }) => verdict !== 'allow');
  if (call.json) call.terminal.out(jsonText({ commands: answers }));
  else {
    for (const { command, verdict, rule, reason } of held)
      call.terminal.out(`${verdict === 'deny' ? 'no ' : 'ask'}  ${command}\n     ${rule ?? reason ?? ''}\n`);
    const refused = held.filter(({ verdict }) => verdict === 'deny').length;
    call.terminal.out(
      `${String(commands.length)} commands: ${String(commands.length - held.length)} free, ${String(held.length - refused)} asked, ${String(refused)} refused.\n`,
    );
  }
  return held.length === 0 ? 0 : 1;
}
