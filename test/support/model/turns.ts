/**
 * What a scripted model says, whatever wire format it speaks.
 */

export interface ToolCall {
  readonly name: string;
  /** Of the tool's name, where a wire format has it apart. */
  readonly namespace?: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The input of a tool that takes free text instead. */
  readonly text?: string;
}

/** One answer. One that says something without calls ends the agent's turn; one with neither is passed over. */
export interface ModelTurn {
  readonly say?: string;
  /** Several are made in parallel. */
  readonly calls?: readonly ToolCall[];
  /** Runs before the answer is sent: what happens in the world while the model thinks. */
  readonly meanwhile?: () => void | Promise<void>;
}

/** A turn, or what makes it once it is due (it may look at the files then). */
export type Turn = ModelTurn | (() => ModelTurn);

/** What the agent told the model about one call. */
export interface ToolResult {
  readonly call: ToolCall;
  readonly text: string;
  readonly failed: boolean;
}
