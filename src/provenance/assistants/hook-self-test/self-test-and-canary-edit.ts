/**
 * What an assistant's hooks would receive when it creates one file: so that installed hooks can be tested without the
 * assistant.
 */
import path from 'node:path';
import type { ShellName } from '../../../base/platform';

/** The file to create. */
export interface CanaryEdit {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  readonly session: string;
  readonly home: string;
}

export interface CanaryEvent {
  /** The event's name in the hook file, such as a key or the name of a program. */
  readonly event: string;
  readonly payload: object;
  /** The payload comes in this variable, and standard input never ends. Default: on standard input. */
  readonly variable?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Canary {
  /** Given where an assistant has several programs with hooks of their own. */
  readonly surface?: string;
  readonly before: CanaryEvent;
  readonly after: CanaryEvent;
}

type CanariesOf = (edit: CanaryEdit) => readonly Canary[];

/** How the hooks of one assistant are tried without it. */
export interface SelfTest {
  readonly canaries: CanariesOf;
  /**
   * The shell by which it runs its hooks on Windows, as its source or its users' reports say. Default: PowerShell.
   */
  readonly windowsShell?: ShellName;
}

/** The file to create, absolute. */
export const fileOf = (edit: CanaryEdit): string => path.join(edit.folder, edit.name);
/** What most payloads say of their session. */
export const common = (edit: CanaryEdit): object => ({ session_id: edit.session, cwd: edit.folder });

/** Both events of one call of a tool. `named`: the key by which a payload says its event. `result`: what only the second has. */
export const around = (
  [before, after]: readonly [string, string],
  payload: object,
  result: object = {},
  named = 'hook_event_name',
): Canary => ({
  before: { event: before, payload: { ...payload, [named]: before } },
  after: { event: after, payload: { ...payload, [named]: after, ...result } },
});

/** The canaries of an assistant that speaks Claude Code's dialect. `key`: where its tool has the path. */
export const claudeShaped =
  (tool: string, key: string): CanariesOf =>
  (edit) => [
    around(
      ['PreToolUse', 'PostToolUse'],
      {
        ...common(edit),
        tool_name: tool,
        tool_use_id: edit.session,
        tool_input: { [key]: fileOf(edit), content: edit.text },
      },
      { tool_response: { type: 'create', content: edit.text } },
    ),
  ];
