/** Assertions that hold in more cases than before: each kind by what became of one line of a test. */
import { ASSERTION, EXACT, LOOSE } from './find-tests-and-assertions';

/** A literal of a line. */
const TEXT = /"([^"]{1,200})"|'([^']{1,200})'|`([^`]{1,200})`/;
const VALUE = /"[^"]{1,200}"|'[^']{1,200}'|\b\d[\d_.]*\b/g;
const NUMBERS = /(?<![\w.])\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/g;
/** A number beside it is the least that holds, or the most. */
const LEAST =
  />=?|[Gg]reater(?:Than|_than)?|\bgt(?:e|eq)?\b|_(?:gt|ge|gte|gteq|GE|GT)\b|[aA]t_?[lL]east|[mM]inimum|\bplaces\b|toBeCloseTo/;
const MOST =
  /(?<![=-])<=?|[Ll]ess(?:Than|_than)?|\blt(?:e|eq)?\b|_(?:lt|le|lte|lteq|LE|LT|NEAR)\b|[aA]t_?[mM]ost|[mM]aximum|\b(?:delta|[ar]tol|abs|rel|tolerance|epsilon|be_within)\b/;
/** It holds for any of several values. */
const ANY_OF =
  /\bexpect\(\s*\[[^\]]+,[^\]]+\]\s*\)\.(?:toContain|to\.include)|\btoBeOneOf\(|\bassertIn\(.*[[({].*,|^assert\b.*\sin\s*[[({].*,|\b(?:be_)?one_?[oO]f\(|\bmatches!\(.*\|/;
/** It holds for whatever has the value in it. */
const HAS_IN_IT = /toContain\(|[cC]ontains\(|includes?\(|toMatch\(|assertIn\(|assertRegex|\.to\.include/;
/** An error that the test passes over, where it was asserted that there is none. */
const PASSES_OVER = /^(?:Ok\(.*\)\s*\|\s*)?Err\(.*=>\s*(?:\{\s*\}|\(\)),?$/;
/** Enough of a text that it can be told by. */
const TELLING = 3;

/** Whether a test accepts more than before by one of its assertions. `text`: its whole file now. */
export function acceptsMore(before: readonly string[], after: readonly string[], text: string | null): boolean {
  const lost = before.filter((line) => ASSERTION.test(line) && !after.includes(line));
  const gained = after.filter((line) => !before.includes(line));
  const isLoosened = loosenedBy(gained);
  if (before.some((line) => !after.includes(line) && isLoosened(line))) return true;
  if (lost.length === 0) return hasAlternative(before, gained);
  return (
    hasAlternative(before, gained) ||
    gained.some((line) => PASSES_OVER.test(line)) ||
    lost.some((line) => gained.some((present) => isWider(line, present))) ||
    isAnyInComment(lost, text)
  );
}

/** Whether a new assertion takes one of several values, of which an exact one asked for one. */
const hasAlternative = (before: readonly string[], gained: readonly string[]): boolean =>
  gained.some((line) => {
    const values: readonly string[] = ANY_OF.test(line) ? (line.match(VALUE) ?? []) : [];
    return before.some(
      (earlier) =>
        ASSERTION.test(earlier) &&
        EXACT.test(earlier) &&
        !ANY_OF.test(earlier) &&
        (earlier.match(VALUE) ?? []).some((value) => values.includes(value)),
    );
  });

/** Whether one of the assertions stands in a comment of the file. */
function isAnyInComment(assertions: readonly string[], text: string | null): boolean {
  const wanted = new Set(assertions);
  return (text ?? '').split('\n').some((line) => {
    const [, commented] = /^\s*(?:\/\/|#)\s*([^]*)$/.exec(line) ?? [];
    return commented !== undefined && wanted.has(commented);
  });
}

/** It holds where something is not so: whatever says less of that asks for more. */
const DENIES =
  /\bnot_to\b|\bto_not\b|\.not\b|\brefute|[aA]ssertNot|\bshould_not\b|doesNot|\bNot(?:Contains|Equal|Regexp)\(|\bnot in\b|(?:assert|EXPECT_|ASSERT_|\.)(?:False|FALSE)\b|\btoBe\(false\)|\bisFalse\b/;

/** Whether one line became another that holds for more. */
function isWider(before: string, after: string): boolean {
  if (DENIES.test(before) !== DENIES.test(after)) return false;
  const [wide, narrow] = DENIES.test(before) ? [before, after] : [after, before];
  return (
    (COMPARED.test(before) && COMPARED.test(after) ? hasWiderBound(narrow, wide) : hasLesserNumber(narrow, wide)) ||
    hasShorterText(narrow, wide) ||
    isOnlyPartOf(narrow, wide) ||
    hasWiderRange(before, after)
  );
}

/** Between which two numbers a value has to be, at the end of the line. */
const RANGE = /\b\w*(?:[rR]ange|[bB]etween|[wW]ithin)\w*\b(.*?)(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)\s*\)?;?$/;

/** Whether a value may be in a wider range, of which one end is as before. */
function hasWiderRange(before: string, after: string): boolean {
  const [[, value, least, most] = [], [, sameValue, nextLeast, nextMost] = []] = [before, after].map(
    (line) => RANGE.exec(line) ?? [],
  );
  return (
    value !== undefined &&
    value === sameValue &&
    Number(nextLeast) <= Number(least) &&
    Number(nextMost) >= Number(most) &&
    (nextLeast !== least || nextMost !== most)
  );
}

/** Whether a line that left became one of the new lines that holds for more. */
function loosenedBy(gained: readonly string[]): (line: string) => boolean {
  const present = new Set(gained);
  const narrowed = new Set(gained.flatMap((line) => NARROWED.map((change) => change(line))));
  return (line) =>
    !DENIES.test(line) &&
    (LOOSENED.some((change) => present.has(change(line))) ||
      (ASSERTION.test(line) && narrowed.has(line)) ||
      (/expect|assert|require|match/i.test(line) && gained.some((later) => hasMoreAlternatives(line, later))));
}

/** What a line has from now on, and without which it is the line that it was: some values no longer count, or a tolerance. */
const NARROWED: readonly ((line: string) => string)[] = [
  (line) => line.replace(/(\bfor \w+ in [\w.()]+) if [^\]]+(?=\])/, '$1'),
  (line) => line.replace(/\.(?:filter|reject)\((?:[^()]|\([^()]*\))*\)/, ''),
  (line) => line.replace(/,\s*(?:rtol|atol|rel|abs|delta|epsilon)=[^,)]+/g, ''),
  (line) => line.replace(/^(\w*\.?assertEquals\(.+), [\d.]+(?:[eE]-?\d+)?[fFdD]?\)/, '$1)'),
];

/** How one line becomes another that holds for more: which error, in which order, how often, or with what. */
const LOOSENED: readonly ((line: string) => string)[] = [
  // any error, or one without its message
  (line) => line.replace(/\b(pytest\.raises|assertRaises)\((?!Exception\b)[\w.]+/, '$1(Exception'),
  (line) =>
    line.replace(/\b(assertThrows(?:Exactly)?)\((?!Exception\b|Throwable\b)\w+(?=\.class|::class)/, '$1(Exception'),
  (line) => line.replace(/(\bpytest\.raises\([\w.]+),\s*match=.*\)(:?)$/, '$1)$2'),
  (line) => line.replace(/\b(toThrow(?:Error)?)\([^()]+\)/, '$1()'),
  (line) => line.replace(/\b(raise_error)\b(?:\(.*\)|\s+[\w:]+.*)$/, '$1'),
  // in any order
  (line) => line.replace(/^(assert )(.+?)( == [[(].*)$/, '$1sorted($2)$3'),
  (line) => line.replace(/\b(expect)\((.+)\)\.(to(?:Strict)?Equal\()/, '$1($2.sort()).$3'),
  (line) => line.replace(/\b(?:containsExactly|endsWith|startsWith)\(/, 'contains('),
  (line) => line.replace(/\bcontainsExactly\(/, 'containsExactlyInAnyOrder('),
  (line) => line.replace(/\bcontainsExactly\(/, 'containsAtLeast('),
  (line) => line.replace(/\bEqual\(/, 'ElementsMatch('),
  (line) => line.replace(/\beq\(?(?=\s*\[|\[)/, 'match_array('),
  // which error no longer counts
  (line) => line.replace(/\b(?:ErrorIs|ErrorAs|EqualError|ErrorContains)\((\w+, )?(\w+), .+\)/, 'Error($1$2)'),
  // how often and with what no longer counts
  (line) => line.replace(/\b(assert_called)(?:_once)?(?:_with)?\(.*\)/, '$1()'),
  (line) => line.replace(/\b(assert_called)_once(_with\(.*\))/, '$1$2'),
  (line) => line.replace(/\b(toHaveBeenCalled)(?:Times|With|OnceWith)\(.*\)/, '$1()'),
  (line) => line.replace(/\b(?:times|exactly)\(\s*\d+\s*\)/, 'atLeastOnce()'),
  // whatever is something
  (line) => line.replace(/^(assert .+?) == .+$/, '$1'),
  (line) => line.replace(/^(assert .+?) == .+$/, '$1 is not None'),
];

function hasLesserNumber(before: string, after: string): boolean {
  const numbersOf = (line: string): readonly number[] =>
    (line.match(NUMBERS) ?? []).map((number) => Number(number.replaceAll('_', '')));
  const shapeOf = (line: string): string => line.replace(NUMBERS, '0');
  if (shapeOf(before) !== shapeOf(after)) return false;
  const [earlier, later] = [numbersOf(before), numbersOf(after)];
  const changed = earlier.flatMap((number, at) => (number === later[at] ? [] : [(later[at] ?? number) - number]));
  const [difference = 0] = changed;
  const isLeast = LEAST.test(before);
  if (changed.length !== 1 || isLeast === MOST.test(before)) return false;
  return isLeast ? difference < 0 : difference > 0;
}

/** Alternatives of a pattern. */
const ALTERNATIVES = /\(([^()]*\|[^()]*)\)/;

/** Whether a pattern takes all that it took, and more. */
function hasMoreAlternatives(before: string, after: string): boolean {
  const [[whole = '', few = ''] = [], [next = '', many = ''] = []] = [
    ALTERNATIVES.exec(before),
    ALTERNATIVES.exec(after),
  ].map((found) => found ?? []);
  const [earlier, later] = [few.split('|'), many.split('|')];
  return (
    whole !== '' &&
    later.length > earlier.length &&
    before.replace(whole, '') === after.replace(next, '') &&
    earlier.every((choice) => later.includes(choice))
  );
}

function hasShorterText(before: string, after: string): boolean {
  const [earlier, later] = [TEXT.exec(before)?.[0] ?? '', TEXT.exec(after)?.[0] ?? ''];
  const [whole, part] = [earlier.slice(1, -1), later.slice(1, -1)];
  return (
    part.length >= TELLING &&
    part.length < whole.length &&
    whole.includes(part) &&
    before.replace(earlier, '') === after.replace(later, '')
  );
}

/** Whether a value that had to be equal has to be in something now. */
function isOnlyPartOf(before: string, after: string): boolean {
  const text = TEXT.exec(before)?.[0] ?? '';
  return (
    text.length >= TELLING + 2 &&
    after.includes(text) &&
    EXACT.test(before) &&
    !HAS_IN_IT.test(before) &&
    HAS_IN_IT.test(after) &&
    !EXACT.test(after)
  );
}

/** A comparison, and its two sides. */
const COMPARED = /^(.*?[^\s<>=!-])\s*(<=?|>=?)\s*([^<>=\s].*)$/;

/** Whether an assertion became one that holds for more, by what any language has: a side of a comparison, an order, a kind of assertion. */
export const isLooser = (before: string, after: string): boolean =>
  ASSERTION.test(before) &&
  ASSERTION.test(after) &&
  DENIES.test(before) === DENIES.test(after) &&
  (DENIES.test(before)
    ? hasWiderBound(after, before)
    : hasWiderBound(before, after) || hasNoOrder(before, after) || isMilderKind(before, after));

/** The greater side of a comparison is greater than before, or the lesser one less. */
function hasWiderBound(before: string, after: string): boolean {
  const [earlier, later] = [before, after].map((line) => COMPARED.exec(line));
  if (
    earlier === undefined ||
    earlier === null ||
    later === undefined ||
    later === null ||
    earlier[2]?.[0] !== later[2]?.[0]
  )
    return false;
  const isLessThan = earlier[2]?.startsWith('<') === true;
  const changeOf = (side: 1 | 3): number | undefined => {
    const [previous = '', next = ''] = [earlier[side], later[side]];
    const numbersOf = (text: string): readonly number[] =>
      (text.match(NUMBERS) ?? []).map((number) => Number(number.replaceAll('_', '')));
    if (previous.replace(NUMBERS, '0') !== next.replace(NUMBERS, '0')) return undefined;
    const [few, many] = [numbersOf(previous), numbersOf(next)];
    const changed = few.flatMap((number, at) => (number === many[at] ? [] : [(many[at] ?? number) - number]));
    return changed.length > 1 ? undefined : (changed[0] ?? 0);
  };
  const [first, last] = [changeOf(1), changeOf(3)];
  if (first === undefined || last === undefined || (first === 0) === (last === 0)) return false;
  return isLessThan ? first < 0 || last > 0 : first > 0 || last < 0;
}

/** The same values, in any order. */
const hasNoOrder = (before: string, after: string): boolean => {
  const ordered = (line: string): string =>
    line
      .replace(/\bset\(/g, 'list(')
      .replace(/\bsorted\(/g, '(')
      .replace(/\{/g, '[')
      .replace(/\}/g, ']')
      .replace(/\s/g, '');
  return (
    /\bset\(|\bsorted\(|HashSet|Set\.of/.test(after) &&
    !/\bset\(|\bsorted\(|HashSet|Set\.of/.test(before) &&
    ordered(before).replaceAll('list(', '(') === ordered(after).replaceAll('list(', '(')
  );
};

/** An assertion that holds for one value became one about the same that holds for many. */
function isMilderKind(before: string, after: string): boolean {
  if (!EXACT.test(before) || LOOSE.test(before) || !LOOSE.test(after) || EXACT.test(after)) return false;
  const [earlier, later] = [before, after].map((line): readonly string[] => line.match(/[A-Za-z_]\w+|\d+/g) ?? []);
  const shared = (earlier ?? []).filter((word) => later?.includes(word) === true).length;
  return shared >= 2 && shared * 2 >= (earlier?.length ?? 0);
}
