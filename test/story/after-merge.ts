/** What happens after the merge in the story: the outage, and what is learnt of it. */
import { cloneOf, type Clone, type Place } from './clones';
import type { Change } from './ledger';
import { ADA } from './sample';

export const DATABASE = 'infra/prod/main.tf';

/** What the service's container wrote when nobody could read invoices any more; its paths are its own. */
export const ALARM = `ERROR costs: DBInstanceNotFound: DBInstance costs-prod is being created, and has no tables
    at connect (/srv/costs/dist/src/store.js:12:9)
    at answer (/srv/costs/src/service.ts:13:17)
`;
export const OUTAGE = 'Invoices cannot be read';

/** What the seniors found out, in place of what a new file says. */
export const LEARNT: readonly (readonly [old: string, now: string])[] = [
  ['contribution: cannot-tell\ntimeline', 'contribution: contributed\nfailure-mode: delete-and-recreate\ntimeline'],
  [
    'lessons: []',
    `lessons:
  - path: infra/prod/**
    rule: destructive/tf-protection-off
    message: Encryption made a new, empty database of the one with all invoices. Restore a snapshot into a new one first.`,
  ],
];

const SAY = 'Make room for the archive in the database.';

/** What June asks Claude Code weeks later, and what it does: once more it takes away what keeps the data. */
export const AGAIN = {
  prompt: SAY,
  changes: [
    {
      replace: {
        path: DATABASE,
        old: '  deletion_protection         = true\n',
        new: '  deletion_protection         = false\n  max_allocated_storage       = 800\n',
      },
    },
  ],
} as const satisfies { readonly prompt: string; readonly changes: readonly Change[] };

/** Ada's clone of what the forge has, made when it is first asked for. */
export const asAda = (place: Place): Clone => cloneOf(place, ADA);

/** Lines of a text, moved in to be told. */
export const indented = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`));
