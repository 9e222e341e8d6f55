/** What the policy says of a tool by its name: which of its patterns decides, and what else is looked at. */
import type { ToolCall } from '../danger/commands';
import { TOOL_LISTS, type Policy } from '../policy';
import type { Action, GuardAnswer } from './types';
import { toolDangers } from './effects-of-commands-and-tools';
import { guard } from './guard';
import { environmentsOf, isListed } from './judge-tool-lists';

/** A pattern of the policy that is about the tool. */
export interface ToolPattern {
  /** The part of the policy: `tools`, `environments.production.tools`, `tiers.critical.tools`. */
  readonly at: string;
  readonly list: (typeof TOOL_LISTS)[number];
  readonly pattern: string;
  /** Which calls it is about: all, those that act on an environment, or those that are given a file of a tier. */
  readonly holds: 'always' | 'by name' | 'when it acts on it' | 'on its files';
}

export interface ToolExplanation {
  /** Of a call that carries nothing. */
  readonly answer: GuardAnswer;
  /** In the order in which they count: what denies, what asks, what allows. */
  readonly patterns: readonly ToolPattern[];
  /** The environments that it acts on by its name, and the pattern that says so. */
  readonly environments: readonly { readonly name: string; readonly because: string }[];
  /** What its name says that it does; undefined where that is nothing dangerous. */
  readonly does: { readonly rule: string; readonly message: string } | undefined;
  readonly writes: boolean;
}

/** `cwd`: where the agent would work. */
export function explainTool(
  call: NonNullable<Action['call']>,
  { policy, source, cwd }: { readonly policy: Policy; readonly source: string; readonly cwd: string },
): ToolExplanation {
  const input = {
    policy,
    source,
    action: { files: [], command: undefined, cwd, call },
    root: cwd,
    home: cwd,
    guarded: () => [],
    findingsOf: () => [],
    files: {
      real: (file: string) => file,
      below: () => [],
      matching: () => [],
      text: () => undefined,
      isRevision: () => false,
      isCommitted: () => false,
      alias: () => undefined,
    },
  };
  const acting = environmentsOf(input, call);
  const parts = [
    { at: 'tools', lists: policy.tools, holds: 'always' as const },
    ...policy.environments.map((one) => ({
      at: `environments.${one.name}.tools`,
      lists: one.toolLists,
      holds: acting.some(({ environment }) => environment === one)
        ? ('by name' as const)
        : ('when it acts on it' as const),
    })),
    ...policy.tiers.map(({ name, toolLists }) => ({
      at: `tiers.${name}.tools`,
      lists: toolLists,
      holds: 'on its files' as const,
    })),
  ];
  return {
    answer: guard(input),
    patterns: TOOL_LISTS.flatMap((list) =>
      parts.flatMap(({ at, lists, holds }) => {
        const pattern = lists === undefined ? undefined : isListed(lists[list], call);
        return pattern === undefined ? [] : [{ at, list, pattern, holds }];
      }),
    ),
    environments: acting.map(({ environment, because }) => ({ name: environment.name, because })),
    does: doneByName(call),
    writes: call.writes,
  };
}

function doneByName(call: ToolCall): ToolExplanation['does'] {
  const [danger] = toolDangers(call).named;
  return danger && { rule: danger.rule, message: danger.message };
}
