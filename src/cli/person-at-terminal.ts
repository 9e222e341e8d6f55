/** Verbs that only a person may call, at a terminal. */
import { createInterface } from 'node:readline/promises';
import { ASSISTANTS } from '../agents';
import { notAPerson } from '../journal/exceptions';
import { CannotSay, type Terminal } from './command';

/** Throws a {@link CannotSay} where an agent may be calling. `instead`: what a person can do, as a sentence. */
export function requirePerson(terminal: Terminal, what: string, instead: string): void {
  const why = whyNoPerson(terminal);
  if (why !== '') throw new CannotSay(`${what} Only a person may do this. ${why} ${instead}`);
}

/** Why an agent may be calling, as a sentence; empty when a person is at the terminal. */
export function whyNoPerson(terminal: Terminal): string {
  const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()));
  return notAPerson({
    env: terminal.env,
    isTerminal: terminal.isTerminal === true,
    parent: process.ppid,
    agents: lower(ASSISTANTS.flatMap(({ programs, commands }) => commands ?? programs)),
    editors: lower(
      ASSISTANTS.flatMap(({ programs, commands }) => programs.filter((name) => commands?.includes(name) === false)),
    ),
    variables: ASSISTANTS.flatMap(({ variables }) => variables ?? []),
  });
}

/** Asks a question at the terminal; only the full word counts as a yes. */
export async function confirmed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(`${question} Type "yes" to go on: `)).trim() === 'yes';
  } finally {
    lines.close();
  }
}
