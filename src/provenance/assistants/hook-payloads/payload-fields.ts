/** Reads a payload from outside without trusting its shape. Nothing here throws. */
import { isObject, type JsonObject } from '../../../base/shapes';
import { cleanName } from '../sanitize-names';

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
