/** Histories that an oracle plays which shares no code with the product, through the built command line. */
import assert from 'node:assert/strict';
import { builtCli } from '../../../support/product';
import { played } from '../../../support/oracle/outside/play';

const STEPS = 20;
/** Their histories are the same each time; `outside/run.ts` plays others. */
const SEEDS = [2003, 2004, 2009];

describe('attribution of simulated histories, compared from outside', () => {
  before(async function () {
    this.timeout(120_000);
    await builtCli();
  });

  for (const seed of SEEDS) {
    it(`has no wrong line: seed ${String(seed)}`, function () {
      this.timeout(300_000);
      const { tally } = played(seed, STEPS);
      assert.ok(tally.lines > 0, 'nothing was committed');
      assert.deepEqual(
        tally.faults.filter(({ kind }) => kind !== 'missed'),
        [],
      );
    });
  }

  it("a wrong author is noticed when a person's edits are recorded as an assistant's", function () {
    this.timeout(300_000);
    const { tally } = played(SEEDS[0] ?? 0, STEPS, { lying: true });
    assert.ok(
      tally.faults.some(({ kind, told }) => kind === 'wrong' && told.startsWith('ai')),
      JSON.stringify(tally.faults),
    );
  });
});
