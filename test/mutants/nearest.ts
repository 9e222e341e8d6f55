/** In which order the tests are tried that load a line: those first that are about it. */

const WORDS = /[A-Za-z][a-z]+/g;

const wordsOf = (text: string): Set<string> =>
  new Set([...text.matchAll(WORDS)].map(([word]) => word.toLowerCase()).filter((word) => word.length > 2));

export interface Candidate {
  readonly file: string;
  readonly text: string;
  /** Over how many imports it loads the line's file. */
  readonly distance: number;
}

interface Words {
  readonly inPath: ReadonlySet<string>;
  readonly inText: ReadonlySet<string>;
}

/** Of each test file, by its name: each fault asks for them. */
const known = new Map<string, Words>();

function wordsOfTest({ file, text }: Candidate): Words {
  const words = known.get(file) ?? {
    inPath: wordsOf(file.replace(/^test|\.test\.ts$/g, '')),
    inText: wordsOf(text),
  };
  known.set(file, words);
  return words;
}

/**
 * Nearest first: first the words that a test has in common with the file's path and the line, each worth more the fewer
 * tests have it, then the imports between them.
 */
export function nearestFirst<T extends Candidate>(candidates: readonly T[], file: string, line: string): T[] {
  const wanted = [...wordsOf(`${file.replace(/^src|\.ts$/g, '')} ${line}`)];
  const tests = candidates.map((candidate) => ({ candidate, ...wordsOfTest(candidate) }));
  const worth = new Map(
    wanted.map((word) => [
      word,
      Math.log((tests.length + 1) / (tests.filter(({ inText }) => inText.has(word)).length + 1)),
    ]),
  );
  const points = ({ candidate, inPath, inText }: (typeof tests)[number]): number =>
    wanted.reduce(
      (sum, word) => sum + (worth.get(word) ?? 0) * ((inText.has(word) ? 1 : 0) + (inPath.has(word) ? 2 : 0)),
      6 / Math.max(1, candidate.distance),
    );
  return tests
    .map((test) => ({ candidate: test.candidate, points: points(test) }))
    .sort((a, b) => b.points - a.points)
    .map(({ candidate }) => candidate);
}
