/**
 * The message of a commit that an agent makes, without what the agent says of itself (`trailers.others: ours-only`). A
 * bundle of its own: git's hook reads it only if the policy asks.
 */
import { ASSISTANTS } from '../provenance/assistants';
import { withoutAgents } from '../provenance/assistants/commit-marks';
import { callerOf } from '../provenance/journal/exceptions';

/** `isAtWork`: an agent's command is known to run. Without it, a variable that agents set for their commands tells. */
export function withoutAgentsTrailers(
  message: string,
  { env, isAtWork }: { readonly env: Readonly<Record<string, string | undefined>>; readonly isAtWork: boolean },
): string {
  const variables = ASSISTANTS.flatMap((assistant) => assistant.variables ?? []);
  // Which programs started git is not looked up: a person may work in a terminal that an agent's program opened.
  const caller = callerOf({ env, variables, parent: 0, agents: new Set(), editors: new Set() }, () => undefined);
  return isAtWork || caller.kind === 'agent' ? withoutAgents(message) : message;
}
