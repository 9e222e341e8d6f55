/**
 * The shapes that JSON from outside must have, as guards that are put together. Hooks start too often to load a schema
 * library for it. A message says nothing of where a value is wrong: whoever must say that, uses the schema library.
 */

/** Whether a value is a `T`. */
export type Guard<T> = (value: unknown) => value is T;
/** What a guard lets through. */
type Guarded<G> = G extends Guard<infer T> ? T : never;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isAnything: Guard<unknown> = (_value): _value is unknown => true;
export const isText: Guard<string> = (value) => typeof value === 'string';
export const isNumber: Guard<number> = (value) => typeof value === 'number';
export const isWhole: Guard<number> = (value): value is number => Number.isInteger(value);
export const isFlag: Guard<boolean> = (value) => typeof value === 'boolean';
export const isObject: Guard<JsonObject> = (value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isOneOf =
  <const T extends readonly (string | number | boolean | null)[]>(...values: T): Guard<T[number]> =>
  (value): value is T[number] =>
    (values as readonly unknown[]).includes(value);

export const orNull =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || guard(value);

/** Also for a key that is not there. */
export const optional =
  <T>(guard: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || guard(value);

export const isListOf =
  <T>(guard: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(guard);

/** An object whose values are all of one shape, whatever its keys. */
export const isMapOf =
  <T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(guard);

type Guards = Readonly<Record<string, Guard<unknown>>>;
type Optional<G extends Guards> = { [K in keyof G]: undefined extends Guarded<G[K]> ? K : never }[keyof G];
type Shape<G extends Guards> = { readonly [K in Exclude<keyof G, Optional<G>>]: Guarded<G[K]> } & {
  readonly [K in Optional<G>]?: Guarded<G[K]>;
};

/** An object with these keys; it may have others. */
export const hasShape = <const G extends Guards>(guards: G): Guard<Shape<G>> => {
  const entries = Object.entries(guards);
  return (value): value is Shape<G> => isObject(value) && entries.every(([key, guard]) => guard(value[key]));
};

/** The JSON of a text if it has a shape; undefined for anything else, and for a text of more characters than these. */
export function parsedAs<T>(text: string, guard: Guard<T>, atMost = Infinity): T | undefined {
  if (text.length > atMost) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return guard(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The elements of a list that have a shape; none of anything but a list. */
export const fitting = <T>(value: unknown, guard: Guard<T>): readonly T[] =>
  Array.isArray(value) ? value.filter(guard) : [];

export const textOrNull = (value: unknown): string | null => (isText(value) ? value : null);
