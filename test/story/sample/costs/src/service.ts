import { totalOf } from './invoice';
import type { Usage } from './usage';

/** Answers `GET /costs/TEAM`. */
export function answer(url: URL, usages: readonly Usage[]): Response {
  const team = url.pathname.split('/')[2];
  if (team === undefined) {
    return new Response('Which team?', { status: 400 });
  }
  const own = usages.filter((usage) => usage.team === team);
  if (own.length === 0) {
    return new Response('No such team', { status: 404 });
  }
  return Response.json({ team, total: totalOf(own) });
}
