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

/** Says how a person declares the lines of a commit that have no known author. Nobody else may declare them. */
export function tellUnknownLines(terminal: Terminal, count: number): void {
  if (callerAt(terminal)?.author !== 'human') return;
  terminal.err(
    count === 1
      ? 'linekeeper: 1 line has no known author. If you wrote it: linekeeper declare --mine'
      : `linekeeper: ${String(count)} lines have no known author. If you wrote them: linekeeper declare --mine`,
  );
}
