/** By hand: `npx tsx test/support/oracle/soak-at-once.ts [COMMITS [WORK TREES [LOAD [MINUTES]]]]`, by default 2000, 8, 20 and no limit. */
import { manyAtOnce } from './many-at-once';

async function soak(): Promise<void> {
  const [commits = 2000, worktrees = 8, load = 20, minutes = Infinity] = process.argv.slice(2).map(Number);
  const outcome = await manyAtOnce({ commits, worktrees, load, minutes });
  console.log(
    JSON.stringify(
      outcome,
      (_, value: unknown) => (Array.isArray(value) ? (value as readonly unknown[]).slice(0, 20) : value),
      2,
    ),
  );
  console.log(
    `${String(outcome.made)} made, ${String(outcome.lost.length)} lost, ${String(outcome.altered.length)} altered`,
  );
  process.exitCode = outcome.lost.length + outcome.altered.length + outcome.wronglyNoted.length > 0 ? 1 : 0;
}

soak().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
