/** The two commits of the story. */
import type { Expected } from './committed';

export const FROM_SOURCE_CONTROL: Expected = {
  subject: 'Tell teams what is left of their budget',
  paths: ['src/budget.ts', 'src/invoice.ts', 'src/service.ts', 'src/usage.ts'],
  risk: null,
};
export const FROM_TERMINAL: Expected = {
  subject: 'Encrypt the database, keep budgets in it',
  paths: ['infra/prod/main.tf', 'migrations/0003_budgets.sql'],
  risk: 'critical',
};
