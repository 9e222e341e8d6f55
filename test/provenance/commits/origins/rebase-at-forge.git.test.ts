/**
 * Changes that git makes again in another place. Every line says in itself who put it in, or who would take it out, so
 * the truth needs no record.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeAttribution, FileAttribution, LineRange } from '../../../../src/provenance/authorship/types';
import { diffTrees, type DiffFile } from '../../../../src/git/diff/diff-trees-and-index';
import { reuseAttribution } from '../../../../src/provenance/commits/authors/reuse-source-attribution';
import { casesOf, itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';

const RUNS = casesOf(40, 16);
const FILE = 'src/a.txt';

/**
 * What is done at a line of the base: by whose hand a line comes in above it, whether it goes, and what stands above it
 * elsewhere.
 */
interface Place {
  readonly put: 'ai' | 'human' | null;
  readonly taken: boolean;
  readonly other: number;
}

const anyPlace: fc.Arbitrary<Place> = fc.record({
  put: fc.constantFrom('ai' as const, 'human' as const, null, null, null),
  taken: fc.boolean().chain((often) => (often ? fc.boolean() : fc.constant(false))),
  other: fc.constantFrom(0, 0, 0, 0, 1, 3),
});

const baseLine = (at: number): string => `base ${String(at)}, for ${at % 2 === 0 ? 'ai' : 'human'} to take`;
const before = (places: readonly Place[], elsewhere: boolean): string[] =>
  places.flatMap(({ other }, at) => [
    ...(elsewhere ? Array.from({ length: other }, (_, i) => `other ${String(at)}.${String(i)}`) : []),
    baseLine(at),
  ]);
const after = (places: readonly Place[], elsewhere: boolean, words = 'put'): string[] =>
  places.flatMap(({ put, taken, other }, at) => [
    ...(elsewhere ? Array.from({ length: other }, (_, i) => `other ${String(at)}.${String(i)}`) : []),
    ...(put === null ? [] : [`${words} ${String(at)} by ${put}`]),
    ...(taken ? [] : [baseLine(at)]),
  ]);

const authorOf = (line: string): 'ai' | 'human' => (/\bai\b/.test(line) ? 'ai' : 'human');
const by = (author: 'ai' | 'human'): Omit<LineRange, 'start' | 'end'> => ({
  author,
  edited: false,
  assistant: null,
  model: null,
  session: null,
  evidence: 'reported',
});

describe('a commit made again elsewhere, as by a rebase at the forge', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  async function treeOf(lines: readonly string[]): Promise<string> {
    test.write(FILE, lines.map((line) => `${line}\n`).join(''));
    await test.git('add', '-A');
    return test.git('write-tree');
  }

  const change = async (one: readonly string[], other: readonly string[]): Promise<readonly DiffFile[]> =>
    diffTrees(test.repository(), await treeOf(one), await treeOf(other));

  /** What the lines say of themselves. */
  function attribution(files: readonly DiffFile[], old: readonly string[], now: readonly string[]): ChangeAttribution {
    const ranges = (lines: readonly string[], start: number, end: number): LineRange[] => {
      const found: LineRange[] = [];
      for (let line = start + 1; line <= end; line++) {
        const author = authorOf(lines[line - 1] ?? '');
        const last = found.at(-1);
        if (last?.author === author) found[found.length - 1] = { ...last, end: line };
        else found.push({ start: line, end: line, ...by(author) });
      }
      return found;
    };
    const none = { ai: 0, human: 0, unknown: 0 };
    const told = files.map((file): FileAttribution => ({
      path: file.path,
      from: file.from,
      status: file.status,
      binary: file.binary,
      ranges: file.hunks.flatMap((h) => ranges(now, h.newStart, h.newEnd)),
      removed: file.hunks.flatMap((h) => ranges(old, h.oldStart, h.oldEnd)),
      change: null,
    }));
    return { files: told, added: none, removed: none };
  }

  itInFull('has the same authors for the same change, for random changes', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyPlace, { minLength: 3, maxLength: 25 }), async (places) => {
        const [was, is] = [
          await change(before(places, false), after(places, false)),
          await change(before(places, true), after(places, true)),
        ];
        const again = await reuseAttribution(
          test.repository(),
          is,
          attribution(was, before(places, false), after(places, false)),
          was,
          {},
        );
        if (!again) return;
        if (is.length > 0) found++;
        assert.deepEqual(again.files, attribution(is, before(places, true), after(places, true)).files);
      }),
      { numRuns: RUNS },
    );
    assert.ok(found > RUNS / 4, `only ${String(found)} of ${String(RUNS)} were taken for the same change`);
  });

  it('is another change when a line differs', async () => {
    const places: Place[] = Array.from({ length: 8 }, (_, at) => ({
      put: at === 4 ? 'ai' : null,
      taken: at === 4,
      other: at === 1 ? 3 : 0,
    }));
    const [old, now] = [before(places, false), after(places, false)];
    const was = await change(old, now);
    const again = async (lines: readonly string[]): Promise<ChangeAttribution | undefined> =>
      reuseAttribution(
        test.repository(),
        await change(before(places, true), lines),
        attribution(was, old, now),
        was,
        {},
      );
    assert.deepEqual((await again(after(places, true)))?.files[0]?.ranges, [{ start: 8, end: 8, ...by('ai') }]);
    assert.equal(await again(after(places, true, 'said')), undefined);
    assert.equal(await again([...after(places, true), 'one more']), undefined);
  });

  itInFull("is another change when a file's mode or bytes differ", async () => {
    const whole = async (content: string, mode: '+x' | '-x'): Promise<string> => {
      test.write('b.bin', content);
      await test.git('add', '-A');
      await test.git('update-index', `--chmod=${mode}`, 'b.bin');
      return test.git('write-tree');
    };
    const [one, other, third, runs] = [
      await whole('\0one', '-x'),
      await whole('\0other', '-x'),
      await whole('\0third', '-x'),
      await whole('\0other', '+x'),
    ];
    const was = await diffTrees(test.repository(), one, other);
    const known: ChangeAttribution = {
      files: [{ path: 'b.bin', from: null, status: 'M', binary: true, ranges: [], removed: [], change: by('ai') }],
      added: { ai: 0, human: 0, unknown: 0 },
      removed: { ai: 0, human: 0, unknown: 0 },
    };
    const again = async (from: string, to: string): Promise<ChangeAttribution | undefined> =>
      reuseAttribution(test.repository(), await diffTrees(test.repository(), from, to), known, was, {});
    assert.deepEqual((await again(one, other))?.files, known.files);
    for (const [from, to] of [
      [one, third],
      [third, other],
      [one, runs],
    ] as const)
      assert.equal(await again(from, to), undefined);
  });
});
