/** What a tool call does to files, as its payload claims. */
import type { ClaimedContent, ClaimedEdit, ToolEvent } from '../types';

/** What a tool call does to files; see `ToolEvent` for the meaning of each part. */
export type Claims = Pick<ToolEvent, 'files' | 'edits' | 'contents' | 'exact'>;

/** Nothing is claimed. */
export const NO_CLAIMS: Claims = { files: [], edits: [], contents: [], exact: false };

/** These files are written, in an unknown way. */
export function someChange(...paths: readonly (string | undefined)[]): Claims {
  return { ...NO_CLAIMS, files: [...new Set(paths.filter((path) => path !== undefined))] };
}

/** Claims about the files that the edits and contents name. */
export function exactly(edits: readonly ClaimedEdit[], contents: readonly ClaimedContent[] = []): Claims {
  return { files: [...new Set([...edits, ...contents].map((one) => one.path))], edits, contents, exact: true };
}

/** Several claims of one call, in order. */
export function together(parts: readonly Claims[]): Claims {
  return {
    files: [...new Set(parts.flatMap((part) => part.files))],
    edits: parts.flatMap((part) => part.edits),
    contents: parts.flatMap((part) => part.contents),
    exact: parts.length > 0 && parts.every((part) => part.exact),
  };
}

/** What remains of a failed call's claims: it may have touched its files, and did not do what it intended. */
export function unfulfilled<T extends Claims>(claims: T): T {
  return { ...claims, edits: [], contents: [], exact: false };
}
