/** The commits on `main` of the sample repository, oldest first. Each adds files of the folder `costs/`. */
import type { Person } from '../../editor/host';
import { ADA, BEN, JUNE } from './people';

export interface PastCommit {
  readonly by: Person;
  /** As git reads a date. */
  readonly at: string;
  readonly subject: string;
  readonly files: readonly string[];
}

export const HISTORY: readonly PastCommit[] = [
  {
    by: BEN,
    at: '2026-03-02T09:14:00+01:00',
    subject: 'Start the service',
    files: ['README.md', 'package.json', 'tsconfig.json', '.gitignore'],
  },
  {
    by: BEN,
    at: '2026-03-03T15:40:00+01:00',
    subject: 'Calculate what machines cost',
    files: ['src/rates.ts', 'src/invoice.ts'],
  },
  {
    by: ADA,
    at: '2026-03-09T10:05:00+01:00',
    subject: 'Keep usages in a database',
    files: ['migrations/0001_usages.sql'],
  },
  {
    by: ADA,
    at: '2026-03-11T17:22:00+01:00',
    subject: 'Run in production',
    files: ['infra/prod/main.tf', 'infra/prod/variables.tf'],
  },
  {
    by: JUNE,
    at: '2026-06-08T11:31:00+02:00',
    subject: 'Answer what a team has to pay',
    files: ['src/usage.ts', 'src/service.ts'],
  },
  {
    by: BEN,
    at: '2026-06-10T14:02:00+02:00',
    subject: 'Find the usages of a team faster',
    files: ['migrations/0002_usages_by_team.sql'],
  },
  {
    by: ADA,
    at: '2026-10-05T09:48:00+02:00',
    subject: 'Say who looks at what',
    files: ['.github/CODEOWNERS', '.linekeeper.yml'],
  },
];
