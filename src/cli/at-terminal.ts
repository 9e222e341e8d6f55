/** Verbs that only a person may call, at a terminal. */
import { readSync } from 'node:fs';
import { ASSISTANTS } from '../assistants';
import { notAPerson } from '../exceptions';
import { CannotSay, type Terminal } from './verb';

/** Throws a {@link CannotSay} where an agent may be calling. `instead`: what a person can do, as a sentence. */
export function requirePerson(terminal: Terminal, what: string, instead: string): void {
  const agents = new Set(ASSISTANTS.flatMap(({ programs, commands }) => commands ?? programs).map((name) => name.toLowerCase()));
  const why = notAPerson({ env: terminal.env, isTerminal: terminal.isTerminal === true, parent: process.ppid, agents });
  if (why !== '') throw new CannotSay(`${what} Only a person may do this. ${why} ${instead}`);
}

/** Asks a question at the terminal; only the whole word counts as a yes. */
export function confirmed(terminal: Terminal, question: string): boolean {
  terminal.out(`${question} Type "yes" to go on: `);
  const answer = Buffer.alloc(100);
  return answer.subarray(0, readSync(0, answer)).toString('utf8').trim() === 'yes';
}
