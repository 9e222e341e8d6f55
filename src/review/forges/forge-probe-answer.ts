/** What a server answers to the question which forge it is. */

/** What a server answered: `body` is what its JSON is, undefined for any other text. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A text in an answer; undefined when it has none of this name. */
export function textIn({ body }: ServerAnswer, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}
