import assert from 'node:assert/strict';
import path from 'node:path';
import { AREA_NAMES, AREAS, filesOf, testFiles, type Area } from '../../scripts/test/areas';
import { batches } from '../../scripts/test/batches';
import { inParallel } from '../../scripts/test/run-areas';

const files = (count: number): string[] => Array.from({ length: count }, (_, index) => `${String(index)}.test.ts`);
const area = (more: Partial<Area>): Area => ({ needs: [], atOnce: 12, ...more });
const sizes = (count: number, processors: number, more: Partial<Area> = {}): number[] =>
  batches(files(count), area(more), processors).map(({ length }) => length);

describe('batches of test files for one process', () => {
  it('have every file once, for any area and number of processors', () => {
    for (const name of AREA_NAMES)
      for (const processors of [1, 2, 8])
        assert.deepEqual(batches(filesOf(name), AREAS[name], processors).flat().sort(), filesOf(name));
  });

  it('get smaller, so that no processor waits for another at the end', () => {
    assert.deepEqual(sizes(40, 2), [10, 8, 6, 4, 3, 3, 2, 1, 1, 1, 1]);
    assert.equal(Math.max(...sizes(1000, 2)), 12);
    assert.deepEqual(sizes(2, 8), [1, 1]);
    assert.deepEqual(sizes(0, 2), []);
  });

  it('do not get smaller than an area says, but for the last', () => {
    assert.deepEqual(sizes(40, 2, { atLeast: 8 }), [10, 8, 8, 8, 6]);
    assert.deepEqual(sizes(5, 2, { atLeast: 8 }), [5]);
    assert.deepEqual(sizes(40, 2, { atOnce: 4, atLeast: 4 }), Array<number>(10).fill(4));
  });

  it('of an area with a slow start are one, and one more for each list of files apart', () => {
    const shared = area({ atOnce: 'all', apart: [['3.test.ts', '1.test.ts'], ['2.test.ts']] });
    assert.deepEqual(batches(files(5), shared, 2), [
      ['0.test.ts', '4.test.ts'],
      ['1.test.ts', '3.test.ts'],
      ['2.test.ts'],
    ]);
    assert.deepEqual(batches(['1.test.ts'], shared, 2), [['1.test.ts']]);
  });

  it('the lists of files apart name existing files', () => {
    for (const name of AREA_NAMES) {
      const { apart = [] }: Area = AREAS[name];
      const there = filesOf(name).map((file) => path.basename(file));
      for (const file of apart.flat()) assert.ok(there.includes(file), file);
    }
  });
});

describe('areas of the tests', () => {
  it('area of a test file: is exactly one when the file is a test', () => {
    for (const name of AREA_NAMES) assert.ok(filesOf(name).length > 0, name);
    assert.deepEqual(AREA_NAMES.flatMap(filesOf).sort(), testFiles());
  });
});

describe('processes of a test run', () => {
  it('processes: are two more than processors, and editors no more than those, when there is enough to run', async () => {
    const running = { all: 0, windows: 0 };
    const most = { all: 0, windows: 0 };
    const started: number[] = [];
    const run = (hasWindow: boolean, index: number) => ({
      hasWindow,
      start: async (): Promise<void> => {
        started.push(index);
        running.all++;
        if (hasWindow) running.windows++;
        most.all = Math.max(most.all, running.all);
        most.windows = Math.max(most.windows, running.windows);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running.all--;
        if (hasWindow) running.windows--;
      },
    });
    const windows = [true, true, true, true, false, false, false, true];
    await inParallel(windows.map(run), 2);
    assert.deepEqual(
      [...started].sort(),
      windows.map((_, index) => index),
    );
    assert.deepEqual(most, { all: 4, windows: 2 });
  });
});
