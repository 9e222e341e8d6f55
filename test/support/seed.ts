/**
 * The seed of property tests. Every run draws the same cases, so that a red test points to the current change;
 * `LINEKEEPER_SEED=N` draws those of another seed, `LINEKEEPER_SEED=random` draws new ones. fast-check prints the seed
 * of a failure, and the path to its shortest case. Mocha loads this first: it also leaves out what a run is not asked for.
 */
import fc from 'fast-check';
import { leaveOut } from './full';

// Tests that give git this process's own environment run on busy machines, too.
process.env['LINEKEEPER_HOOK_MS'] ??= '60000';

const FIXED = 20_261_120;
const wanted = process.env['LINEKEEPER_SEED'];

if (wanted !== 'random')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: wanted === undefined ? FIXED : Number(wanted) });

export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    const root = this.test?.parent;
    if (root !== undefined) leaveOut(root);
  },
};
