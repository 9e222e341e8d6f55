/** Reads a payload from outside without trusting its shape. Nothing here throws. */
import { cleanName } from '../sanitize-names';
import type { ClaimedContent, ClaimedEdit, ToolEvent } from '../types';
import { isObject, type JsonObject } from '../../../base/shapes';

export type Json = JsonObject;

/** `value` when it is an object with keys; an empty one otherwise. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

export { isObject };

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first of `keys` that holds a string. Versions and surfaces of one assistant spell the same field differently. */
export function textAt(object: Json, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The first of `keys` that holds a usable name. */
export function nameAt(object: Json, ...keys: readonly string[]): string | undefined {
  return cleanName(textAt(object, ...keys));
}

/**
 * The first of `keys` that holds a usable path: not empty, without NUL. The caller checks whether it lies inside the
 * repository.
 */
export function pathAt(object: Json, ...keys: readonly string[]): string | undefined {
  const path = textAt(object, ...keys);
  return path === undefined || path === '' || path.includes('\0') ? undefined : path;
}

/** `fields` without the keys whose value is undefined, so that unknown values are absent. To be spread. */
export function present<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  // keys are only removed, never changed: what is left has the types of `T`
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

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
