/**
 * Real assistants in tests: what each can be asked to do.
 */
import type { ToolResult } from '../model/turns';
import type { ProgramResult } from './process';

/** One thing that the scripted model has the agent do. Paths are relative to the folder that the agent works in. */
export type Step =
  | { readonly write: { readonly path: string; readonly content: string } }
  | { readonly edit: { readonly path: string; readonly old: string; readonly new: string; readonly everywhere?: true } }
  | { readonly remove: { readonly path: string } }
  | { readonly shell: { readonly command: string } }
  /** A tool of an MCP server (mcp-server.ts) writes a file. */
  | { readonly put: { readonly path: string; readonly text: string } }
  /**
   * A subagent does these steps; `elsewhere`: in a work tree of its own; `aside`: while the main agent goes on. `name`
   * is a word, once in a session.
   */
  | {
      readonly delegate: {
        readonly name: string;
        readonly steps: readonly Step[];
        readonly aside?: true;
        readonly elsewhere?: true;
      };
    }
  /** A cell of a notebook gets this source. */
  | { readonly cell: { readonly path: string; readonly id: string; readonly source: string } }
  /** Several calls in one answer. */
  | { readonly parallel: readonly Step[] }
  /** Something else happens in the world, such as a person typing. */
  | { readonly meanwhile: () => void | Promise<void> };

export type Availability =
  { readonly available: true; readonly version: string } | { readonly available: false; readonly why: string };

export interface SessionOptions {
  /** The folder that the agent works in. */
  readonly cwd: string;
  /** The person's home: what is set up there is what the agent finds. */
  readonly home: string;
  readonly steps: readonly Step[];
  readonly prompt?: string;
  readonly model?: string;
  /** Added to the agent's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds for the whole session. */
  readonly limit?: number;
  /** A folder that it sees over the machine's `/etc` (`machine-files.ts`). */
  readonly etc?: string;
  /** Its own sandbox holds its commands; left out: what it starts is free. */
  readonly sandbox?: boolean;
}

export interface Session {
  /** All steps were said and answered, and the agent ended by itself. */
  readonly completed: boolean;
  readonly program: ProgramResult;
  /** What the model was told about each call, reads included. */
  readonly results: readonly ToolResult[];
  /** All that the model was told, as JSON: also what hooks said. */
  readonly heard: string;
  /** What the test model did not expect. */
  readonly surprises: readonly string[];
}

/** One payload of a played session, and what the hook answered. */
export interface PlayedHook {
  readonly event: string;
  readonly tool?: string;
  readonly result: ProgramResult;
}
