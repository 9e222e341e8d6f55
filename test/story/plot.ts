/** What everybody writes in the story. */
import { offerFor, OFFERS } from '../editor/completions/offers';
import type { Change } from './ledger';

/**
 * June types it below everything else in the file. Key by key: the editor adds the indentation and the closing bracket.
 */
export const TYPED = {
  path: 'src/invoice.ts',
  keys: [
    'export function totalOfTeam(usages: readonly Usage[], team: string): number {',
    'return totalOf(usages.filter((usage) => usage.team === team));',
  ],
  text: `
export function totalOfTeam(usages: readonly Usage[], team: string): number {
  return totalOf(usages.filter((usage) => usage.team === team));
}
`,
} as const;

const BEGINNING = 'export function withDiscount(';

/** June begins a line, and the completion knows the rest. */
export const COMPLETED = {
  path: 'src/invoice.ts',
  beginning: BEGINNING,
  text: `${offerFor(BEGINNING, OFFERS)?.insert ?? ''}\n`,
} as const;

/** What June asks the editor's own agent, and what it does. */
export const FOR_COPILOT = {
  prompt: 'Tell teams what is left of their budget, and encrypt the database.',
  say: 'I will add the budgets, put what is left into the answer, and switch on encryption.',
  end: 'Done: teams see what is left of their budget, and the database is encrypted.',
  changes: [
    {
      create: {
        path: 'src/budget.ts',
        text: `import { totalOfTeam } from './invoice';
import type { Usage } from './usage';

/** What a team may spend in a month, in euros. */
const BUDGETS: Readonly<Record<string, number>> = {
  checkout: 4000,
  search: 9000,
};

/** What is left of a team's budget. */
export function leftOf(usages: readonly Usage[], team: string): number {
  return (BUDGETS[team] ?? 0) - totalOfTeam(usages, team);
}
`,
      },
    },
    {
      replace: {
        path: 'src/service.ts',
        old: `import { totalOf } from './invoice';\n`,
        new: `import { leftOf } from './budget';\nimport { totalOf } from './invoice';\n`,
      },
    },
    {
      replace: {
        path: 'src/service.ts',
        old: `  if (own.length === 0) {
    return new Response('No such team', { status: 404 });
  }
  return Response.json({ team, total: totalOf(own) });
`,
        new: `  return Response.json({ team, total: totalOf(own), left: leftOf(usages, team) });
`,
      },
    },
    {
      // A database can't be encrypted later: it is destroyed and recreated, and nothing keeps that from happening any
      // more.
      replace: {
        path: 'infra/prod/main.tf',
        old: `  deletion_protection         = true

  lifecycle {
    prevent_destroy = true
  }
}
`,
        new: `  deletion_protection         = false
  storage_encrypted           = true
}
`,
      },
    },
  ],
} as const satisfies {
  readonly prompt: string;
  readonly say: string;
  readonly end: string;
  readonly changes: readonly Change[];
};

/** What June asks Claude Code in a terminal, and what it does. */
export const FOR_CLAUDE = {
  prompt: 'Keep the budgets in the database. Totals in whole cents, and read old lists too.',
  changes: [
    {
      create: {
        path: 'migrations/0003_budgets.sql',
        text: `CREATE TABLE budgets (
  team   text PRIMARY KEY,
  euros  numeric(10, 2) NOT NULL
);

ALTER TABLE usages DROP COLUMN size;
`,
      },
    },
    {
      replace: {
        path: 'src/invoice.ts',
        old: `  return usage.hours * RATES[usage.size];\n`,
        new: `  return Math.round(usage.hours * RATES[usage.size] * 100) / 100;\n`,
      },
    },
    {
      replace: {
        path: 'src/usage.ts',
        old: `  if (team === '') throw new Error('a line has no team');
  if (!(Number(hours) >= 0)) throw new Error(\`\${hours} is no number of hours\`);
`,
        new: '',
      },
    },
  ],
} as const satisfies { readonly prompt: string; readonly changes: readonly Change[] };
