/** Lines of tests by which they count for less: marks of flaky tests, comments, and assertions that always hold. */
import { factAt } from '../../rule-rows/facts-from-sentences';
import { once } from '../../lazy-value';
import { trimmedLines } from '../../trimmed-lines';
import { named } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';
import type { Gone } from './removed-code-under-test';
import { ASSERTION, linesInTexts } from './find-tests-and-assertions';
import { isVacuous } from './vacuous-assertions';

/** A mark by which a test that fails is tried again, or left out of the runs that count. */
const FLAKY =
  /@(?:\w+\.)*(?:[fF]laky\w*|Retry\w*)\b|@Tag\("[fF]laky|\[(?:Trait\(.*[fF]laky|Retry\w*)|[,{]\s*["']?retry["']?:\s*[1-9]|\bjest\.retryTimes\(|\bthis\.retries\(|,\s*(?::flaky\b|flaky:\s*true)|@group flaky/;

/** Tests whose failures count for less: more of them than before are marked so. */
export function flakyIn({ before, after }: Change, { changesCode }: Gone): readonly Noticed[] {
  if (after === null || !FLAKY.test(after)) return [];
  const known = trimmedLines(before);
  const marked = (text: string): readonly string[] =>
    text.split('\n').filter((line) => line.length < LONG && !IMPORTS.test(line) && FLAKY.test(line));
  if (marked(after).length <= marked(before ?? '').length || marked(before ?? '').some((line) => !after.includes(line)))
    return [];
  const lines = after.split('\n');
  const fresh = marked(after).find((line) => !known.has(line.trim())) ?? marked(after)[0];
  if (fresh === undefined) return [];
  return [
    {
      ...factAt(
        'checks/test-skipped (low): A test is marked by {how}: its failures count for less.',
        lines.indexOf(fresh) + 1,
        { how: named(fresh.trim()) },
        changesCode ? undefined : 'medium',
      ),
      cause: 'flaky',
      across: true,
    },
  ];
}
const IMPORTS = /^\s*(?:import|from|using|use|#include)\b/;

/** What a line only shows, or waits for. */
const PRINTS =
  /^(?:[\w$]+(?:\.|::))*(?:print\w*|puts|log(?:ger|f)?|debug\w*|info|warn\w*|trace|dump\w*|echo|inspect|sleep)[!\s(.]/i;
/** But where a method of it says what has to hold: `logger.expectCalledWith(…)`. */
const EXPECTS = /\.(?:to\.|\w*(?:expect|verif|should))/i;

/** The trimmed lines of a text, those of a comment of several lines marked one by one. */
function linesMarked(text: string): readonly string[] {
  let isComment = false;
  return text.split('\n').map((each) => {
    const line = each.trim();
    const isInside = isComment && !line.startsWith('*');
    if (line.startsWith('/*')) isComment = true;
    if (line.includes('*/')) isComment = false;
    return isInside && !/^\/?\*/.test(line) ? `// ${line}` : line;
  });
}

/** Cases and assertions of a test that stand in comments now. */
export function casesInComment({ before, after }: Change, { changesCode }: Gone): readonly Noticed[] {
  if (before === null || after === null) return [];
  const known = new Set(linesMarked(before));
  const lines = linesMarked(after);
  const present = new Set(lines);
  const at = lines.findIndex((line) => {
    const [, text = ''] = /^(?:\/\/|#)\s*(\S.*)$/.exec(line) ?? [];
    return (
      text.length > TELLING &&
      /[),;\]}"']$/.test(text) &&
      known.has(text) &&
      !known.has(line) &&
      !present.has(text) &&
      !IMPORTS.test(text) &&
      (!PRINTS.test(text) || ASSERTION.test(text) || EXPECTS.test(text))
    );
  });
  if (at < 0) return [];
  return [
    {
      ...factAt(
        'checks/test-removed (low): A line of a test stands in a comment now: "{text}".',
        at + 1,
        {
          text: named((lines[at] ?? '').replace(/^(?:\/\/|#)\s*/, '')),
        },
        changesCode ? undefined : 'medium',
      ),
      cause: 'commented',
    },
  ];
}

/** Assertions on new lines that hold whatever the code does. */
export function vacuousIn({ path, before, after }: Change): readonly Noticed[] {
  if (after === null) return [];
  const known = trimmedLines(before);
  const lines = after.split('\n');
  const quoted = linesInTexts(path, lines);
  const old = once(() => bare(before ?? ''));
  const fresh = lines.flatMap((line, index) =>
    line.length < LONG && !quoted.has(index) && !known.has(line.trim()) && isVacuous(line.trim(), path)
      ? [{ text: line.trim(), line: index + 1 }]
      : [],
  );
  // on several lines
  return (fresh.length > 50 ? fresh : fresh.filter(({ text }) => !old().includes(bare(text)))).map(({ text, line }) =>
    factAt(
      'checks/assertion-always-holds: The assertion "{text}" always holds.',
      line,
      { text: named(text) },
      { cause: 'vacuous' },
    ),
  );
}
/** Without what a formatter changes. */
const bare = (text: string): string => ` ${text.replace(/[\s\\()]+/g, ' ').trim()} `;
const LONG = 400;
/** A shorter comment is any word. */
const TELLING = 4;
