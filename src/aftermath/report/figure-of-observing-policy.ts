import { figure, table, type Html } from '../charts';
import { meaning } from './figure-definitions';
import { observedLines } from './report-text-and-csv';
import type { Report } from './types';

/** The figures behind the choice to enforce a policy that observes. */
export function observed({ observed: all }: Report): Html | null {
  if (all === null) return null;
  return figure({
    id: 'observed',
    title: 'If it had been enforced',
    definition: meaning('If it had been enforced'),
    picture: null,
    open: true,
    table: table({
      caption: `What the policy would have required since ${all.since}`,
      columns: [{ title: 'Figure' }, { title: 'Value' }],
      rows: observedLines(all)
        .slice(1)
        .map((line) => [line.slice(4, 15).trim(), line.slice(15)]),
    }),
  });
}
