/** What it costs to say who wrote the lines of a large rewrite, against the bare comparison of its lines. */
import diffSequences from 'diff-sequences';
import { diffLines as diffLinesOfJsdiff } from 'diff';
import { attributeLines, AuthoredText, diffLines, splitLines } from '../../src/provenance/authorship';
import { inTurns, type Contender } from './measure';
import { linesOf } from './repositories';
import { rowsOf, type Row } from './rows';

const LINES = 20_000;
const EDITS = 4_000;

/** A file, and what an assistant made of it: a line is changed, put in or taken out, in turn. */
export function rewrite(): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const before = linesOf(LINES);
  const after = before.flatMap((line, i) =>
    i % (LINES / EDITS) === 0
      ? ([[line.replace('compute', 'calculate')], [line, `// about ${String(i)}\n`], []][(i / 5) % 3] ?? [])
      : [line],
  );
  return { before, after };
}

export async function measureLines(rounds: number): Promise<Row[]> {
  const { before, after } = rewrite();
  const [old, now] = [before.join(''), after.join('')];
  const hunks = diffLines(before, after);
  const hand = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;
  const bare: Contender = {
    name: 'diff-sequences on the lines',
    run: () => {
      const [a, b] = [splitLines(old), splitLines(now)];
      diffSequences(
        a.length,
        b.length,
        (i, j) => a[i] === b[j],
        () => undefined,
      );
    },
  };
  const attribution: Contender = {
    name: 'attribution',
    run: () => {
      const { added } = attributeLines(AuthoredText.carried(old).replaceText(now, hand), hunks);
      if (added.length < EDITS / 2 || !added.every(({ by }) => by.author === 'ai'))
        throw new Error("the rewrite that is measured is not the assistant's");
    },
  };
  const jsdiff: Contender = { name: 'diffLines of jsdiff', run: () => void diffLinesOfJsdiff(old, now) };
  const what = `Attributing ${LINES.toLocaleString('en')} lines rewritten in ${EDITS.toLocaleString('en')} places`;
  return [
    ...rowsOf('Lines', await inTurns([bare, attribution], rounds), [
      { what, of: attribution.name, against: [bare.name], budget: 1.2 },
    ]),
    // It takes so long that one look is enough.
    ...rowsOf('Lines', await inTurns([jsdiff, attribution], 1, 0), [
      { what, of: attribution.name, against: [jsdiff.name] },
    ]),
  ];
}
