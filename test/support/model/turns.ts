/**
 * What a scripted model says, whatever wire format it speaks.
 */

export interface ToolCall {
  readonly name: string;
  /** Of the tool's name, if a wire format has it separately. */
  readonly namespace?: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The input of a tool that takes free text instead. */
  readonly text?: string;
}

/** One answer. One with text but no calls ends the agent's turn; one with neither is skipped. */
export interface ModelTurn {
  readonly say?: string;
  /** Several are made in parallel. */
  readonly calls?: readonly ToolCall[];
  /** Runs before the answer is sent: what happens in the world while the model thinks. */
  readonly meanwhile?: () => void | Promise<void>;
}

/** A turn, or a function that creates it when it is due (and may look at the files then). */
export type Turn = ModelTurn | (() => ModelTurn);

/** What the agent reported to the model about one call. */
export interface ToolResult {
  readonly call: ToolCall;
  readonly text: string;
  readonly failed: boolean;
}
