/**
 * An oracle from outside: it knows who wrote each word, as it makes every one of them, and plays random histories
 * through real git and the built command line. It shares no code with the product.
 *
 *   npx tsx test/support/oracle/outside/run.ts [--seed S] [--histories N] [--steps N] [--minutes M] [--keep] [--quiet]
 *   [--often NAME,…]
 *
 * The same seed and number of steps play the same history again. `--keep` leaves the folder of a history with faults,
 * for `reduce.ts`; `--quiet` says nothing of lines that were missed; `--often` plays some steps of `play.ts` ten times
 * as often (the same ones for the same history). Build first: `npm run build`.
 */
import { parseArgs } from 'node:util';
import { played } from './play';
import { described } from './replay';
import { tally } from './examine';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '10' },
    steps: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '600' },
    keep: { type: 'boolean', default: false },
    often: { type: 'string', default: '' },
    quiet: { type: 'boolean', default: false },
  },
});

const total = tally();
const until = Date.now() + Number(values.minutes) * 60_000;
let histories = 0;
for (
  let seed = Number(values.seed);
  seed < Number(values.seed) + Number(values.histories) && Date.now() < until;
  seed += 1
) {
  const {
    tally: one,
    steps,
    kept,
  } = played(seed, Number(values.steps), { keep: values.keep, often: values.often.split(',') });
  histories += 1;
  const count = (kind: string) => one.faults.filter((fault) => fault.kind === kind).length;
  const others = one.faults.length - count('wrong') - count('missed');
  console.log(
    `seed ${String(seed)}: ${String(one.commits)} commits, ${String(one.lines)} lines, ${String(count('wrong'))} wrong, ${String(count('missed'))} missed${others > 0 ? `, ${String(others)} other faults` : ''}${kept === undefined ? '' : `  ${kept}`}`,
  );
  for (const fault of one.faults) {
    if (values.quiet && fault.kind === 'missed') continue;
    console.log(
      `  ${fault.kind} ${fault.commit.slice(0, 10)} ${fault.where} ${JSON.stringify(fault.text)}: told ${fault.told}, truth ${fault.truth}`,
    );
  }
  if (one.faults.some((fault) => !values.quiet || fault.kind !== 'missed'))
    for (const line of described(steps).slice(-12)) console.log(`    | ${line}`);
  total.commits += one.commits;
  total.lines += one.lines;
  total.sharp += one.sharp;
  total.told += one.told;
  total.faults.push(...one.faults);
}
const kinds = [...new Set(total.faults.map((fault) => fault.kind))].map(
  (kind) => `${String(total.faults.filter((fault) => fault.kind === kind).length)} ${kind}`,
);
const wrong = total.faults.filter((fault) => fault.kind === 'wrong').length;
const missed = total.faults.filter((fault) => fault.kind === 'missed').length;
console.log(
  `${String(histories)} histories, ${String(total.commits)} commits, ${String(total.lines)} lines (${String(total.sharp)} with one right answer): ${kinds.join(', ') || 'no faults'}`,
);
console.log(
  `precision ${(100 * (1 - wrong / Math.max(1, total.told))).toFixed(3)} %, recall ${(100 * (1 - missed / Math.max(1, missed + total.told - wrong))).toFixed(3)} %`,
);
process.exitCode = total.faults.length > 0 ? 1 : 0;
