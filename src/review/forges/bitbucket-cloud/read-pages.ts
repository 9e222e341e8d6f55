/** Lists of Bitbucket Cloud: each page has the address of the next one. */
import { z } from 'zod';
import { answerOf, ForgeError, type Transport } from '../client-parts';

const pageSchema = z.object({ values: z.array(z.unknown()), next: z.string().optional() });

const MOST_PAGES = 100;

/**
 * All entries. Of the next page's address only the query is used, so that no answer can send the token elsewhere. Throws
 * a {@link ForgeError}.
 */
export async function readAll(
  server: Transport,
  route: string,
  values: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  let query: Readonly<Record<string, string>> = {};
  for (let page = 0; page < MOST_PAGES; page++) {
    const { values: listed, next } = answerOf(
      pageSchema,
      await server.ask(route, { ...values, ...query }),
      server.host,
    );
    all.push(...listed);
    if (next === undefined) return all;
    if (!URL.canParse(next))
      throw new ForgeError('answer', `${server.host} named a next page that is none (${route}).`);
    query = Object.fromEntries(new URL(next).searchParams);
  }
  throw new ForgeError(
    'answer',
    `${server.host} has more than ${String(MOST_PAGES)} pages for one list (${route}), which is more than can be looked at.`,
  );
}
