/** Many commits as one change: the same authors as a replay of each of them gives, without it where notes suffice. */
import assert from 'node:assert/strict';
import type { DiffFile, PatchFile } from '../../../../src/git';
import {
  attributeLines,
  diffLines,
  splitLines,
  toRanges,
  type Provenance,
} from '../../../../src/provenance/authorship';
import type { LineAuthorship } from '../../../../src/provenance/authorship/types';
import { composeSources } from '../../../../src/provenance/commits/authors/compose-authors-of-source-commits';
import type { SourceChange } from '../../../../src/provenance/commits/authors/authors-from-source-notes';
import { replay, type KnownChange } from '../../../../src/provenance/journal';

const nobody = { assistant: null, model: null, session: null, evidence: null, edited: false } as const;
const WRITERS: Readonly<Record<'ai' | 'human' | 'unknown', LineAuthorship>> = {
  ai: { ...nobody, author: 'ai', assistant: 'claude-code', model: 'model-1', session: 's', evidence: 'reported' },
  human: { ...nobody, author: 'human', evidence: 'observed' },
  unknown: { ...nobody, author: 'unknown' },
};
type Writer = keyof typeof WRITERS;

/** States of one file: each with who made it of the one before. */
type Steps = readonly (readonly [by: Writer, text: string])[];

const linesOf = (text: string): readonly string[] => splitLines(text).map((line) => line.replace(/\n$/, ''));

const hunksOf = (before: string, after: string): PatchFile['hunks'] =>
  diffLines(splitLines(before), splitLines(after)).map((hunk) => ({
    ...hunk,
    removed: linesOf(before).slice(hunk.oldStart, hunk.oldEnd),
    added: linesOf(after).slice(hunk.newStart, hunk.newEnd),
    unended: '',
  }));

const fileOf = (path: string, before: string | null, after: string | null): PatchFile => ({
  path,
  from: null,
  status: before === null ? 'A' : after === null ? 'D' : 'M',
  oldMode: before === null ? '000000' : '100644',
  newMode: after === null ? '000000' : '100644',
  oldId: before === null ? '0' : `id of ${before}`,
  newId: after === null ? '0' : `id of ${after}`,
  binary: false,
  hunks: hunksOf(before ?? '', after ?? ''),
});

/** A source whose note says that one writer made all of it. */
function sourceOf(files: readonly DiffFile[], by: Writer): SourceChange {
  const span = (start: number, end: number): ReturnType<typeof toRanges> =>
    end > start ? [{ ...WRITERS[by], start: start + 1, end }] : [];
  const attributed = files.map(({ path, from, status, binary, hunks }) => ({
    path,
    from,
    status,
    binary,
    ranges: hunks.flatMap((hunk) => span(hunk.newStart, hunk.newEnd)),
    removed: hunks.flatMap((hunk) => span(hunk.oldStart, hunk.oldEnd)),
    change: null,
  }));
  const source = { commit: { id: 'c', parents: ['p'] }, provenance: 'note', files: attributed, own: files };
  return { source: source as unknown as SourceChange['source'], files };
}

const textOf = (id: string): string => id.slice('id of '.length);
const read = (ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  Promise.resolve(new Map(ids.map((id) => [id, textOf(id)])));
const blobOf = (id: string): Buffer | null => (id === '0' ? null : Buffer.from(textOf(id)));

function authorsBy(seeds: readonly KnownChange[], file: DiffFile): readonly string[] {
  const [base, target] = [blobOf(file.oldId), blobOf(file.newId)];
  const text = replay([], () => undefined, [{ path: file.path, base, target, seeds }], { now: 1 }).get(file.path);
  assert.ok(text);
  const { added, removed } = attributeLines(text, file.hunks);
  return said(toRanges(added), toRanges(removed));
}

const said = (ranges: ReturnType<typeof toRanges>, removed: ReturnType<typeof toRanges>): readonly string[] =>
  [...ranges.map((range) => ['+', range] as const), ...removed.map((range) => ['-', range] as const)].flatMap(
    ([sign, { start, end, author }]) =>
      Array.from({ length: end - start + 1 }, (_, index) => `${sign}${String(start + index)} ${author}`),
  );

interface Answer {
  /** Undefined where only characters can tell. */
  readonly composed: readonly string[] | undefined;
  readonly replayed: readonly string[];
}

async function answerTo(base: string, steps: Steps): Promise<Answer> {
  const states = [base, ...steps.map(([, text]) => text)];
  const made = steps.map(([by, text], index) => sourceOf([fileOf('a.ts', states[index] ?? '', text)], by));
  const file = fileOf('a.ts', base, states.at(-1) ?? '');
  const singles = steps.map(([by, text], index): KnownChange => {
    const { author, assistant, model, session, evidence } = WRITERS[by];
    const provenance = { author, assistant, model, session, evidence } as unknown as Provenance;
    return {
      before: Buffer.from(states[index] ?? ''),
      after: Buffer.from(text),
      ...(by === 'unknown' ? {} : { hands: { added: () => provenance, removed: () => provenance } }),
    };
  });
  const answer = (await composeSources([file], made, read)).answers.get('a.ts');
  return {
    composed: answer && said([...answer.ranges], [...answer.removed]),
    replayed: authorsBy(singles, file),
  };
}

const BASE = Array.from({ length: 12 }, (_, at) => `const value${String(at)} = compute(${String(at * 37)});\n`).join(
  '',
);

describe('many commits as one change:', () => {
  const changed = (text: string, at: number, line: string | null): string =>
    splitLines(text)
      .flatMap((old, index) => (index === at ? (line === null ? [] : [line]) : [old]))
      .join('');

  it('lines that several commits changed apart: have the authors of the notes without a replay', async () => {
    const one = changed(BASE, 2, 'const value2 = machine();\n');
    const two = changed(one, 7, 'const value7 = person();\n');
    const three = `// somebody put this here\n${changed(two, 10, null)}`;
    const { composed, replayed } = await answerTo(BASE, [
      ['ai', one],
      ['human', two],
      ['unknown', three],
    ]);
    assert.deepEqual(composed, ['+1 unknown', '+4 ai', '+9 human', '-3 ai', '-8 human', '-11 unknown']);
    assert.deepEqual(composed, replayed);
  });

  it("a person's later change of an AI line: is left to the replay", async () => {
    const one = changed(BASE, 2, 'const value2 = machine(written, with, care);\n');
    const two = changed(one, 2, 'const value2 = machine(written, with, much, care);\n');
    const { composed, replayed } = await answerTo(BASE, [
      ['ai', one],
      ['human', two],
    ]);
    assert.equal(composed, undefined);
    assert.deepEqual(replayed, ['+3 ai', '-3 ai']);
  });

  it("a person's copy of an AI line: is left to the replay, not counted as the person's", async () => {
    const line = 'export const distinctive = composedByMachine(everything);\n';
    const { composed, replayed } = await answerTo(BASE, [
      ['ai', `${line}${BASE}`],
      ['human', `${line}${BASE}${line}`],
    ]);
    assert.equal(composed, undefined);
    assert.ok(replayed.includes('+1 ai'));
  });

  it("a file's text that moves to another one: is no answer for either of them", async () => {
    const line = 'export const distinctive = composedByMachine(everything);\n';
    const [a, b] = [fileOf('a.ts', BASE, `${line}${BASE}`), fileOf('b.ts', BASE, `${BASE}${line}`)];
    assert.equal((await composeSources([a, b], [sourceOf([a], 'ai'), sourceOf([b], 'human')], read)).answers.size, 0);
    assert.equal((await composeSources([a, b], [sourceOf([a], 'ai'), sourceOf([b], 'ai')], read)).answers.size, 2);
  });

  it('a chain that another commit interrupts: is not composed', async () => {
    const [one, two] = [fileOf('a.ts', BASE, `first\n${BASE}`), fileOf('a.ts', `second\n${BASE}`, BASE)];
    assert.equal(
      (await composeSources([one], [sourceOf([one], 'ai'), sourceOf([two], 'human')], read)).answers.size,
      0,
    );
  });

  it('100 random sequences of commits: have the authors of a replay of each commit where notes suffice', async () => {
    let seed = 20261128;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    let answered = 0;
    for (let round = 0; round < 100; round++) {
      let text = BASE;
      const steps = Array.from({ length: 3 + random(6) }, (_, turn): readonly [Writer, string] => {
        const by = pick<Writer>(['ai', 'human', 'ai', 'human', 'unknown']);
        const word = `${by}${String(turn)}of${String(round)}`;
        for (let deed = 0; deed <= random(2); deed++) {
          const lines = splitLines(text);
          const at = random(lines.length);
          const kind = random(10);
          if (kind < 5) lines[at] = `const ${word} = written(${String(random(1000))}, '${word} ${String(deed)}');\n`;
          else if (kind < 8) lines.splice(at, 0, `call(${word}, ${String(deed)});\n`);
          else if (kind < 9 && lines.length > 4) lines.splice(at, 1);
          else lines[at] = (lines[at] ?? '').replace(/\(/, `(${word}, `);
          text = lines.join('');
        }
        return [by, text];
      });
      const { composed, replayed } = await answerTo(BASE, steps);
      if (!composed) continue;
      answered++;
      assert.deepEqual([...composed].sort(), [...replayed].sort(), `round ${String(round)}: ${JSON.stringify(steps)}`);
    }
    assert.ok(answered > 20, `${String(answered)} of 100 answered by notes alone`);
  });
});
