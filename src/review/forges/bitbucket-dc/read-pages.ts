/** Lists of Bitbucket Data Center: each page says where the next one starts. */
import { z } from 'zod';
import { answerOf, ForgeError, type Transport } from '../client-parts';

const pageSchema = z.object({
  values: z.array(z.unknown()),
  isLastPage: z.boolean(),
  nextPageStart: z.int().nullish(),
});

const MOST_PAGES = 50;
const PAGE = 100;

/** All entries. Throws a {@link ForgeError}. */
export async function readAll(
  server: Transport,
  route: string,
  values: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  let start = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await server.ask(route, { ...values, start, limit: PAGE });
    const { values: listed, isLastPage, nextPageStart } = answerOf(pageSchema, answer, server.host);
    all.push(...listed);
    if (isLastPage) return all;
    if (nextPageStart === undefined || nextPageStart === null || nextPageStart <= start)
      throw new ForgeError('answer', `${server.host} does not say where the next page of a list starts (${route}).`);
    start = nextPageStart;
  }
  throw new ForgeError(
    'answer',
    `${server.host} has more than ${String(MOST_PAGES)} pages for one list (${route}), which is more than can be looked at.`,
  );
}
