/** What git's hook needs to know assistants for: a bundle of its own, which few commits read. */
import { ASSISTANTS } from '../provenance/assistants';
import { withoutAgents } from '../provenance/assistants/commit-marks';
import { callerOf } from '../provenance/journal/exceptions';
import { callerAt } from './person-at-terminal';
import type { Terminal } from './verb';

/**
 * The message of a commit that an agent makes, without what the agent says of itself (`trailers.others: ours-only`).
 * `isAtWork`: an agent's command is known to run. Without it, a variable that agents set for
 * their commands tells.
 */
export function withoutAgentsTrailers(
  message: string,
  { env, isAtWork }: { readonly env: Readonly<Record<string, string | undefined>>; readonly isAtWork: boolean },
): string {
  const variables = ASSISTANTS.flatMap((assistant) => assistant.variables ?? []);
  // Which programs started git is not looked up: a person may work in a terminal that an agent's program opened.
  const caller = callerOf({ env, variables, parent: 0, agents: new Set(), editors: new Set() }, () => undefined);
  return isAtWork || caller.kind === 'agent' ? withoutAgents(message) : message;
}

/** Says how a person declares the lines of a commit, or of these, that have no known author. Nobody else may declare them. */
export function tellUnknownLines(terminal: Terminal, count: number, commits: readonly string[] = []): void {
  if (callerAt(terminal)?.author !== 'human') return;
  const [have, them] = count === 1 ? ['1 line has', 'it'] : [`${String(count)} lines have`, 'them'];
  terminal.err(
    `linekeeper: ${have} no known author. If you wrote ${them}: ${['linekeeper declare --mine', ...commits].join(' ')}`,
  );
}
