/** Labels at Gitea and Forgejo: made first, then set and removed by their numbers. */
import { z } from 'zod';
import { answerOf, unlessGone, type Transport } from '../client-parts';
import { readAll } from './read-pages';

const labelsSchema = z.array(z.object({ id: z.int(), name: z.string() }));
const labelSchema = z.object({ id: z.int(), name: z.string() });

/** Of a label that does not exist yet. */
const COLOUR = '#ededed';

export async function setLabels(
  server: Transport,
  here: Readonly<Record<'owner' | 'repo', string>>,
  number: number,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> {
  const known = answerOf(labelsSchema, await readAll(server, 'GET /repos/{owner}/{repo}/labels', here), server.host);
  const ids: number[] = [];
  for (const name of add) {
    const found = known.find((one) => one.name === name);
    const made =
      found ??
      answerOf(
        labelSchema,
        await server.ask('POST /repos/{owner}/{repo}/labels', { ...here, name, color: COLOUR }),
        server.host,
      );
    ids.push(made.id);
  }
  if (ids.length > 0)
    await server.ask('POST /repos/{owner}/{repo}/issues/{index}/labels', { ...here, index: number, labels: ids });
  if (remove.length === 0) return;
  // The organization's labels are not in the repository's list.
  const set = answerOf(
    labelsSchema,
    await server.ask('GET /repos/{owner}/{repo}/issues/{index}/labels', { ...here, index: number }),
    server.host,
  );
  for (const { id, name } of set)
    if (remove.includes(name))
      await server
        .ask('DELETE /repos/{owner}/{repo}/issues/{index}/labels/{id}', { ...here, index: number, id })
        .catch(unlessGone);
}
