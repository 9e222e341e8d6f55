/** Examines the effects of an agent's command: a change where the policy forbids agents is reported at once. */
import type { Assistant, HookAnswer, ToolEvent } from '../../provenance/assistants';
import { noteBreach } from '../../provenance/journal/breaches';
import { exceptionFor } from '../../provenance/journal/exceptions';
import type { Repository } from '../../git';
import { tierOf } from '../../policy';
import { loadPolicy } from '../../policy/load';
import type { HookTerminal } from './types';

const NAMED_AT_MOST = 3;

/**
 * Saves a breach, and returns the answer for the agent; undefined when there is none. `changed`: what the tool changed,
 * relative to the top of the work tree. Rethrows errors of reading a policy.
 */
export async function breachIn(
  repository: Repository,
  event: ToolEvent,
  changed: readonly string[],
  sender: Assistant,
  terminal: HookTerminal,
): Promise<HookAnswer | undefined> {
  const { policy: advising, readable: policy = advising, source } = await loadPolicy(repository);
  const closed = new Map<string, string[]>();
  for (const file of changed) {
    const tier = tierOf(policy, { path: file, from: null, findings: [] })?.tier;
    if (tier?.agents === 'deny') closed.set(tier.name, [...(closed.get(tier.name) ?? []), file]);
  }
  const sentences: string[] = [];
  for (const [tier, paths] of closed) {
    if (exceptionFor(repository.gitDir, { session: event.session, tier }, terminal.now())) continue;
    noteBreach(repository.gitDir, {
      assistant: event.assistant,
      session: event.session ?? null,
      tier,
      paths,
      at: terminal.now(),
    });
    const more = paths.length - NAMED_AT_MOST;
    const named = `${paths.slice(0, NAMED_AT_MOST).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
    sentences.push(`This changed ${named}, in tier "${tier}" of ${source}, which agents may not change.`);
  }
  if (sentences.length === 0) return undefined;
  const reason = `Linekeeper: ${sentences.join(' ')} Undo it now and tell the person. It is recorded and will need a senior's sign-off if it is committed.`;
  return sender.tellAfter?.(reason) ?? { stderr: reason, exitCode: 0 };
}
