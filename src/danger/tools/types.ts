/** A call of a tool that is no shell: of an MCP server, or one that an assistant has by itself. */
export interface ToolCall {
  /** As the assistant spells it, for people. */
  readonly shown: string;
  /** The server that has the tool; null where it is not known. */
  readonly server: string | null;
  /** The tool's own name. */
  readonly tool: string;
  readonly input: unknown;
  /** What the tool says of itself, where the assistant passes it on. */
  readonly says?: { readonly destructive?: boolean; readonly readOnly?: boolean };
}
