/** A forge's error message, made harmless: it is text from outside that is shown to a person. */
import { z } from 'zod';

const LONGEST = 200;

/**
 * GitHub: `{message, errors: [{message} | {field, code} | text]}`; GitLab: `{message: text | texts | {field: texts}}`
 * or `{error}`.
 */
const schema = z.object({
  message: z.unknown().optional(),
  error: z.unknown().optional(),
  errors: z.array(z.unknown()).optional(),
});

const detailed = z.object({
  message: z.string().optional(),
  field: z.string().optional(),
  code: z.string().optional(),
});

/** One line; `secret` is removed in case a server repeats it. Empty when there is no message in a known form. */
export function wordsIn(data: unknown, secret: string): string {
  const parsed = schema.safeParse(data);
  if (!parsed.success) return '';
  const { message, error, errors = [] } = parsed.data;
  const words = [...(errors.length === 0 ? [...textsIn(message), ...textsIn(error)] : errors.flatMap(detailOf))];
  const line = [...new Set(words.length === 0 ? textsIn(message) : words)].join('; ');
  const token = secret.replace(/^\w+ /, '');
  return [...(token === '' ? line : line.replaceAll(token, '…')).replace(/[\p{C}\s]+/gu, ' ').trim()]
    .slice(0, LONGEST)
    .join('');
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, texts]) => textsIn(texts).map((text) => `${field} ${text}`));
}

function detailOf(value: unknown): readonly string[] {
  const parsed = detailed.safeParse(value);
  if (!parsed.success) return textsIn(value);
  const { message, field, code } = parsed.data;
  return message === undefined ? [[field, code].filter((word) => word !== undefined).join(' ')] : [message];
}
