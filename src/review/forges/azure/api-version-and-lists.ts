/** What all requests to Azure DevOps have in common. */
import { z } from 'zod';
import { answerOf } from '../client-parts';

/** In the address, since other values of a request that writes are its body. */
export const VERSION = '?api-version=7.1';

/** A list is the `value` of an object. */
const listed = z.union([
  z.array(z.unknown()),
  z.object({ value: z.array(z.unknown()) }).transform(({ value }) => value),
]);

/** Throws a {@link ForgeError}. */
export const listOf = <T>(schema: z.ZodType<T>, answer: unknown, host: string): readonly T[] =>
  answerOf(z.array(schema), answerOf(listed, answer, host), host);
