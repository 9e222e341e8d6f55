/** What agents ran with permission and were refused, as a part of the page. */
import { figure, html, table, type Html } from '../charts';
import { runCounts } from './count-agent-runs';
import { meaning } from './figure-definitions';
import type { Report } from './types';

const MEANING = meaning('What agents ran');

export function agentRuns({ runs }: Report): Html | null {
  if (runs === null) return null;
  return figure({
    id: 'runs',
    title: 'What agents ran',
    definition: html`${MEANING} ${runCounts(runs) || 'Nothing in this time'}.`,
    picture: null,
    open: true,
    table: table({
      caption:
        'The newest first; what a person let happen before what was refused where there is too much for one table',
      columns: [{ title: 'When (UTC)' }, { title: 'What' }],
      rows: runs.latest.map(({ at, says }) => [
        new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' '),
        says.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d /, ''),
      ]),
    }),
  });
}
