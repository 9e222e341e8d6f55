/**
 * Answers to before-tool hooks.
 */
import type { HookAnswer } from './types';

/**
 * In the format that Claude Code introduced and others adopted: JSON on standard output with exit code 0. (Exit code 2
 * refuses too, but then Claude Code shows the hook's command line to the model, and Copilot drops the reason.) `allow`
 * is left out on purpose: it would skip the assistant's own confirmation prompt.
 */
export function toolDecision(decision: 'deny' | 'ask', reason: string): HookAnswer {
  return json({
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: decision, permissionDecisionReason: reason },
  });
}

/** After a tool has acted, in the same format: the model gets the reason in addition to the tool's result. */
export const tellAfter = (reason: string): HookAnswer => json({ decision: 'block', reason });

/** Before a tool, in the same format: the person reads it, and the model in versions that take more context there. */
export const tellBefore = (text: string): HookAnswer =>
  json({ systemMessage: text, hookSpecificOutput: { hookEventName: 'PreToolUse', additionalContext: text } });

/** Any answer that is a JSON object on standard output, with exit code 0. */
export const json = (answer: object): HookAnswer => ({ stdout: `${JSON.stringify(answer)}\n`, exitCode: 0 });

/** Refuses with exit code 2 and the reason on standard error, for protocols without anything finer. */
export const refusal = (reason: string): HookAnswer => ({ stderr: `${reason}\n`, exitCode: 2 });

/** No output: the assistant continues as if there were no hook. */
export const NO_OPINION: HookAnswer = { exitCode: 0 };

/** The limit of hooks that can only refuse. */
export const CANNOT_ASK =
  'Its hooks cannot ask. So if the policy says `ask`, they block the tool and name the next step.';
