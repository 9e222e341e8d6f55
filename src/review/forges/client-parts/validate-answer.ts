/** Responses of a forge, validated before use. */
import type { z } from 'zod';
import { ForgeError } from './forge-error';

/** The response in the expected shape. Throws a {@link ForgeError} that says where it differs. */
export function answerOf<T>(schema: z.ZodType<T>, answer: unknown, host: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new ForgeError('answer', `${host} answered in a form that is not known${where === '' ? '' : ` (${where})`}.`);
}
