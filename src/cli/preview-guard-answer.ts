/** What the guard would answer an agent, without anything being run or kept. */
import { assistantOf, hookPlaces, readPayload } from '../provenance/assistants';
import { mayDo, observedText } from '../guard/hook';
import type { GuardAnswer, Held, LocalGuard } from '../guard';
import type { Repository } from '../git';
import { BUILT_IN_SOURCE, printable } from '../policy';
import { activeExceptions } from '../provenance/journal/exceptions';
import { loadPolicy } from '../policy/load';
import { CannotSay, type Call } from './verb';

/** What an agent would do: run a command, or call a tool with an input. */
export interface Asked {
  readonly tool: string;
  readonly input: unknown;
}

/** An answer in the words of `may`. */
export interface MayAnswer {
  readonly verdict: GuardAnswer['verdict'];
  /** For whom it holds. */
  readonly for: string;
  readonly reason: string | null;
  readonly rule: string | null;
  readonly tier: string | null;
  readonly environment: string | null;
  /** What it does, as the end of a sentence. */
  readonly does: string | null;
  /** What nothing could bring back. */
  readonly loses: readonly string[];
  readonly instead: string | null;
  /** How a person lets it through all the same; null where nobody can. */
  readonly through: string | null;
  readonly policy: string;
}

/** The shell of an assistant whose payload many others speak. */
export const SHELL = 'Bash';

/** Throws a CannotSay for an input that is none of the tool. */
export async function answerOn(call: Call, { tool, input }: Asked): Promise<MayAnswer> {
  const repository = call.repository();
  const { terminal } = call;
  const sender = assistantOf('claude-code');
  if (sender === undefined) throw new CannotSay('No assistant is known here.');
  const reading = readPayload(
    sender,
    { hook_event_name: 'PreToolUse', session_id: 'may', cwd: terminal.cwd, tool_name: tool, tool_input: input },
    {},
  );
  if ('notUnderstood' in reading) throw new CannotSay(`${reading.notUnderstood}.`);
  const event = 'ignored' in reading ? reading.showing : 'tool' in reading ? reading : undefined;
  // a tool that changes nothing and shows no file is asked about by nobody
  const { answer, source, mistake }: Pick<LocalGuard, 'answer' | 'source' | 'mistake'> =
    event === undefined
      ? { answer: { verdict: 'allow' }, source: (await loadPolicy(repository)).source }
      : await mayDo(event, repository, terminal, { hookPlaces, assistantOf });
  const policy =
    source === BUILT_IN_SOURCE
      ? 'built-in (this repository has no policy)'
      : mistake === undefined
        ? source
        : `${source} has a mistake: what can be read of it, and what holds without a policy. ${printable(mistake)}`;
  const isFree = answer.verdict === 'allow';
  const held: Partial<Held> = isFree ? {} : answer;
  return {
    verdict: answer.verdict,
    for: answer.verdict === 'ask' ? 'every agent. If its assistant cannot ask, the command is refused' : 'every agent',
    reason: !isFree
      ? answer.reason
      : answer.observed === undefined
        ? exceptionHere(repository, terminal.now())
        : observedText(answer.observed),
    rule: held.rule ?? null,
    tier: held.tier ?? null,
    environment: held.environment ?? null,
    does: held.does ?? null,
    loses: (held.loses ?? []).map(({ path }) => path),
    instead: held.instead ?? null,
    through: isFree
      ? null
      : ((tool === SHELL && answer.tier !== undefined ? await approvalHere(call, input) : null) ??
        howThrough(answer.verdict, answer.tier !== undefined, tool === SHELL)),
    policy,
  };
}

/** Why the policy may allow more than it says; null where no exception holds for everybody. */
function exceptionHere({ gitDir }: Pick<Repository, 'gitDir'>, now: number): string | null {
  const lifted = activeExceptions(gitDir, now).find(({ session }) => session === null);
  return lifted === undefined
    ? null
    : `An exception holds here until ${new Date(lifted.until).toTimeString().slice(0, 5)} (linekeeper exception).`;
}

/** What is approved for it once; null where nothing is. */
async function approvalHere(call: Call, input: unknown): Promise<string | null> {
  const { command } = input as { readonly command?: unknown };
  if (typeof command !== 'string') return null;
  const { approvedRun } = await import('../guard/run-approval');
  const approved = await approvedRun(call.repository(), { command, cwd: call.terminal.cwd }, call.terminal.now());
  return approved === undefined
    ? null
    : `${printable(approved.by.join(', '))} approved it (${approved.run.id}): the next agent that runs exactly this here may, once.`;
}

/** What a person can do about it; only a command can be asked for once. */
function howThrough(verdict: 'ask' | 'deny', mayBeLifted: boolean, isCommand: boolean): string | null {
  const ways = [
    ...(verdict === 'ask' ? ['say yes when the assistant asks'] : []),
    ...(mayBeLifted && isCommand ? ['ask a senior for it once (linekeeper request-run)'] : []),
    ...(mayBeLifted ? ['lift the policy for some minutes (linekeeper exception)'] : []),
  ];
  return ways.length === 0 ? null : ways.join(', or ');
}

const VERDICT = {
  allow: 'agents may do this',
  ask: 'a person must agree first',
  deny: 'no agent may do this',
} as const;

/** Several lines for people; `what`: the command or the tool. */
export function answerText(subject: string, answer: MayAnswer): string {
  const line = (name: string, text: string | null): readonly string[] =>
    text === null ? [] : [`  ${name.padEnd(11)} ${text}`];
  return `${[
    `${JSON.stringify(subject)}: ${VERDICT[answer.verdict]}.`,
    ...(answer.verdict === 'allow' ? [] : line('for', answer.for)),
    ...line('why', answer.reason),
    ...line('rule', answer.rule),
    ...line('effect', answer.loses.length === 0 ? answer.does : `${answer.loses.join(', ')} (git can't bring it back)`),
    ...line('instead', answer.instead),
    ...(answer.verdict === 'allow'
      ? []
      : line('to allow it', answer.through ?? 'Nobody can let an agent do this: a person does it.')),
    ...line('policy', answer.policy),
  ].join('\n')}\n`;
}
