/** What the shapes of a policy's parts are put together from. Loads zod, as `schema.ts` does. */
import { z } from 'zod';

/** Longest text anywhere in a policy, in UTF-16 units. */
const LONGEST = 1000;

/** A text that matches a pattern. The error says what is expected; the parser adds where. */
export const text = (pattern: RegExp, expected: string) =>
  z
    .string({ error: `expected ${expected}` })
    .max(LONGEST, `too long: at most ${String(LONGEST)} characters`)
    .regex(pattern, `expected ${expected}`);
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `expected ${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}` });
export const listOf = <T extends z.ZodType>(item: T) => z.array(item, { error: 'expected a list' });
export const record = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'expected keys with values'),
  });
export const flag = (fallback: boolean, description: string) =>
  z.boolean({ error: 'expected true or false' }).default(fallback).describe(description);

export const glob = text(/^[^\u0000-\u001f\u007f]+$/, 'a gitignore-like pattern such as "infra/prod/**"');
