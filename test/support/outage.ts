/** Some months of a repository with a known truth: who wrote what, what was deployed, and what broke. */
import { recordDeployment } from '../../src/aftermath';
import { CLAUDE, commitWithNote, KIRO, type AiAuthor } from './history';
import { ADA, BOB, CARL, TestRepository, type Person } from './repository';

export const POLICY = `version: 1
people: { senior: [ada@example.com, grace@example.com], mid: [bob@example.com] }
prompts: redacted
tiers:
  - name: critical
    paths: ["infra/**"]
    detect: [destructive]
    rollout: { stages: [canary, production], soak: 24h }
  - { name: standard, paths: ["**"] }
`;

const TABLE = (name: string): string => `resource "aws_dynamodb_table" "${name}" {
  name         = "${name}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
`;
const API = (table: string, timeout = 500): string => `import { read } from '../store';

const TABLE = '${table}';

export async function order(id: string): Promise<unknown> {
  const found = await read(TABLE, id, { timeout: ${String(timeout)} });
  return found;
}
`;

export const LINES = { table: 3, timeout: 6 } as const;

export interface Outage {
  readonly test: TestRepository;
  readonly start: string;
  /** The previous deployment: the last good one. */
  readonly good: string;
  /** The commit that caused it, the merge that contains it, and a person's change after it. */
  readonly cause: string;
  readonly merge: string;
  readonly later: string;
  /** An assistant's commit in the same window that has nothing to do with it. */
  readonly innocent: string;
  /** What was running when it began. */
  readonly deployed: string;
  readonly began: string;
}

export const COPILOT: AiAuthor = { assistant: 'github-copilot', model: 'gpt-5', session: 'g-1' };

/** Creates it. `days`: how many ordinary commits in the months before. */
export async function playOutage(days = 12): Promise<Outage> {
  const test = await TestRepository.create();
  const at = (month: number, day: number, hour = 9): string =>
    `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
  const start = await commitWithNote(test, {
    message: 'Start',
    files: {
      '.linekeeper.yml': POLICY,
      'infra/orders/db.tf': TABLE('orders'),
      'src/orders/api.ts': API('orders'),
      'src/store.ts': 'export const read = 1;\n',
    },
    as: ADA,
    at: at(1, 5),
  });
  const people: readonly Person[] = [ADA, BOB, CARL];
  const writers: readonly (AiAuthor | undefined)[] = [KIRO, undefined, COPILOT, undefined];
  for (let n = 0; n < days; n++) {
    const by = writers[n % writers.length];
    await commitWithNote(test, {
      message: `Add report ${String(n)}`,
      files: { [`src/reports/r${String(n)}.ts`]: `export const r = ${String(n)};\n` },
      as: people[n % people.length] ?? ADA,
      at: at(1 + Math.floor(n / 6), 6 + (n % 6) * 4),
      ...(by ? { by } : {}),
    });
  }
  const good = await commitWithNote(test, {
    message: 'Tune the store',
    files: { 'src/store.ts': 'export const read = 2;\n' },
    as: ADA,
    at: at(3, 9),
  });
  await test.git('checkout', '--quiet', '-b', 'rename');
  const cause = await commitWithNote(test, {
    message: 'Rename the orders table',
    files: { 'infra/orders/db.tf': TABLE('orders_v2'), 'src/orders/api.ts': API('orders_v2') },
    as: BOB,
    at: at(3, 10),
    by: CLAUDE,
  });
  await test.git('checkout', '--quiet', 'main');
  const date = at(3, 11);
  const merged = await test.run(
    [
      'merge',
      '--quiet',
      '--no-ff',
      '-m',
      'Merge pull request #12 from acme/rename\n\nReviewed-by: Grace <grace@example.com>',
      'rename',
    ],
    { env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } },
  );
  if (merged.code !== 0) throw new Error(merged.stderr);
  const merge = await test.git('rev-parse', 'HEAD');
  const later = await commitWithNote(test, {
    message: 'Wait longer for orders',
    files: { 'src/orders/api.ts': API('orders_v2', 900) },
    as: BOB,
    at: at(3, 11, 14),
  });
  const innocent = await commitWithNote(test, {
    message: 'Add the users page',
    files: { 'src/users/page.ts': 'export const page = 1;\n' },
    as: CARL,
    at: at(3, 12),
    by: KIRO,
  });
  for (const [commit, stage, when] of [
    [good, 'canary', at(3, 9, 10)],
    [good, 'production', at(3, 9, 18)],
    [merge, 'canary', at(3, 11, 12)],
    [innocent, 'production', at(3, 12, 18)],
  ] as const) {
    await recordDeployment(
      test.repository(),
      { commit, stage, at: Date.parse(when), state: 'deployed', id: '', by: 'ada@example.com' },
      Date.parse(when),
    );
  }
  return { test, start, good, cause, merge, later, innocent, deployed: innocent, began: '2026-03-12T18:20:00Z' };
}
