/** Who calls: verbs that only a person may call, at a terminal, and whose what a command writes is. */
import { createInterface } from 'node:readline/promises';
import { launcherOf } from '../base/launcher';
import { printable } from '../policy';
import { ASSISTANTS, type Assistant } from '../provenance/assistants';
import type { By } from '../provenance/journal';
import { callerOf, notAPerson } from '../provenance/journal/exceptions';
import { CannotSay, type Terminal } from './verb';

/**
 * Throws a {@link CannotSay} where an agent may be calling. `act`: what only a person may do, as in *sign off a change*;
 * `editor`: the command of the editor that does the same.
 */
export function requirePerson(terminal: Terminal, act: string, editor?: string): void {
  const why = whyNoPerson(terminal);
  if (why === '') return;
  const launcher = launcherOf(terminal.home);
  const program = launcher === undefined ? '' : ` (the program is ${printable(launcher)})`;
  throw new CannotSay(
    `Only a person may ${act}. ${why} Run this in your own terminal, outside of the editor${program}${editor === undefined ? '' : `, or use Linekeeper: ${editor} in the editor`}.`,
  );
}

/** Why an agent may be calling, as a sentence; empty when a person is at the terminal. */
export const whyNoPerson = (terminal: Terminal): string =>
  notAPerson({ ...surroundingsOf(terminal), isTerminal: terminal.isTerminal === true });

/** Who calls: the assistant in whose shell this runs, or a person; undefined where neither is certain. */
export function callerAt(terminal: Terminal): Pick<By, 'author' | 'assistant'> | undefined {
  const caller = callerOf(surroundingsOf(terminal));
  if (caller.kind === 'agent') {
    const assistant = ASSISTANTS.find(({ variables = [], ...rest }) =>
      'variable' in caller ? variables.includes(caller.variable) : lower(commandsOf(rest)).has(caller.program),
    );
    return { author: 'ai', assistant: assistant?.id ?? 'unknown-assistant' };
  }
  return caller.kind === 'other' && (terminal.isTerminal === true || terminal.isAttended === true)
    ? { author: 'human' }
    : undefined;
}

function surroundingsOf({ env }: Terminal): Parameters<typeof callerOf>[0] {
  return {
    env,
    parent: process.ppid,
    agents: lower(ASSISTANTS.flatMap(commandsOf)),
    editors: lower(
      ASSISTANTS.flatMap(({ programs, commands }) => programs.filter((name) => commands?.includes(name) === false)),
    ),
    variables: ASSISTANTS.flatMap(({ variables }) => variables ?? []),
  };
}

const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()));
const commandsOf = ({ programs, commands }: Pick<Assistant, 'programs' | 'commands'>): readonly string[] =>
  commands ?? programs;

/** Asks a question at the terminal; only the full word counts as a yes. */
export const confirmed = (question: string): Promise<boolean> => inTurn((ask) => ask(question));

/** For several questions: what is typed before one is asked is its answer. */
export async function inTurn<T>(perform: (ask: (question: string) => Promise<boolean>) => Promise<T>): Promise<T> {
  const lines = createInterface({ input: process.stdin });
  const typed = lines[Symbol.asyncIterator]();
  try {
    return await perform(async (question) => {
      process.stdout.write(`${question} Type "yes" to go on: `);
      const next = await typed.next();
      return next.done !== true && next.value.trim() === 'yes';
    });
  } finally {
    lines.close();
  }
}
