/** Lists of Gitea and Forgejo. */
import { z } from 'zod';
import { answerOf, ForgeError, type Transport } from '../client-parts';

/** The most that a server returns by default; it may return less. */
const PAGE = 50;
const MOST_PAGES = 100;

const entries = z.array(z.looseObject({ id: z.int().optional(), sha: z.string().optional() }));

/**
 * All entries of a list. Not every list has the header that names the next page (that of reviews has none), and a
 * server may return fewer than were asked for: so pages are read until one has nothing new. Throws a
 * {@link ForgeError}.
 */
export async function readAll(
  server: Transport,
  route: string,
  values: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const all = new Map<number | string, unknown>();
  for (let page = 1; page <= MOST_PAGES; page++) {
    const listed = answerOf(entries, await server.ask(route, { ...values, limit: PAGE, page }), server.host);
    const fresh = listed.filter((one) => !all.has(nameOf(one)));
    for (const item of fresh) all.set(nameOf(item), item);
    if (fresh.length === 0) return [...all.values()];
  }
  throw new ForgeError(
    'answer',
    `${server.host} has more than ${String(MOST_PAGES * PAGE)} entries for one list (${route}), which is more than can be looked at.`,
  );
}

/** Entries have a number; commits have their id. */
const nameOf = ({ id, sha }: z.infer<typeof entries>[number]): number | string => id ?? sha ?? '';
