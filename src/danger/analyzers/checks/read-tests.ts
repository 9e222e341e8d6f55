/**
 * Finds the tests of a file by how test frameworks write them, one line at a time: half-typed code has tests, too. What
 * belongs to a test is told by indentation.
 */
import { anyOf } from '../../../base/patterns';

/** One test, or a block of them. */
export interface FoundTest {
  readonly name: string;
  /** 1-based line of its head. */
  readonly line: number;
  /** A block such as `describe`: its tests count by themselves. */
  readonly isBlock: boolean;
  /** 1-based line of what skips it; null where it runs. */
  readonly skipped: number | null;
  /** Whether it keeps the other tests of its file from running. */
  readonly isAlone: boolean;
  /** Its lines below the head, trimmed, without comments and empty ones. */
  readonly body: readonly string[];
}

/** How a family of languages writes tests. Each pattern is matched against one line. */
interface Dialect {
  readonly files: RegExp;
  /** The head of a test; the last group that matched is its name. */
  readonly head: RegExp;
  readonly block?: RegExp;
  /** The line above the head, or the one that this continues, must have it. */
  readonly mark?: RegExp;
  /** In the head, or in the annotations above it. */
  readonly skips: RegExp;
  /** In the body, where no condition is in front of it. */
  readonly skipsInside?: RegExp;
  readonly alone?: RegExp;
}

const NEVER = /(?!)/;
const QUOTED = String.raw`\(\s*(["'\`])(.{1,300}?)\1`;

const DIALECTS: readonly Dialect[] = [
  {
    files: /\.(?:[cm]?[jt]sx?|vue|svelte|coffee)$/i,
    head: new RegExp(
      String.raw`^\s*(?:(?:await|void)\s+)?(?:t\.)?[xf]?(?:it|test|specify|describe|context|suite|Scenario|bench)(?:\.(?:skip|only|todo|fails|failing|concurrent|sequential|serial|each|for|skipIf|runIf|fixme|describe|parallel|step|before|fail)\b(?:\([^)]{0,200}\))?)*${QUOTED}`,
    ),
    block: /^\s*[xf]?(?:describe|context|suite)\b|\bdescribe\b[^'"`]*\(/,
    skips:
      /^\s*(?:(?:await|void)\s+)?(?:x(?:it|test|specify|describe|context)\b|[\w.]+\.(?:skip|todo|fixme|skipIf|fails|failing)\b)|,\s*\{[^}]*\b(?:skip|todo):\s*(?:true|["'])/,
    skipsInside: /^(?:this|t|ctx|context|test)\.(?:skip|todo|fixme)\(/,
    alone: /^\s*(?:f(?:it|describe|context)\b|[\w.]+\.only\b)/,
  },
  {
    files: /\.py$/i,
    head: /^\s*(?:async\s+)?(?:def\s+(test\w*)|class\s+(Test\w*|\w+Tests?))\b/,
    block: /^\s*class\b/,
    skips:
      /@(?:pytest\.mark\.(?:skip|skipif|xfail)|(?:unittest\.)?(?:skip|skipIf|skipUnless|expectedFailure)|pytest\.skip)\b/,
    skipsInside: /^(?:pytest\.(?:skip|xfail)\(|self\.skipTest\(|raise\s+(?:unittest\.)?SkipTest\b)/,
  },
  {
    files: /\.(?:java|kt|kts|scala|groovy)$/i,
    head: /^\s*(?:@\w[\w.]*(?:\([^)]*\))?\s+)*(?:(?:public|private|protected|internal|static|final|suspend|open|override|abstract)\s+)*(?:(?:fun|def)\s+(?:`([^`]{1,200})`|(\w+))\s*\(|(?:void|[\w<>[\], ]{1,80})\s+(\w+)\s*\()/,
    mark: /@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b/,
    skips: /@(?:\w+\.)*(?:Disabled|Ignore|Ignored|DisabledIf\w*|DisabledOn\w*)\b|@Test\([^)]*enabled\s*=\s*false/,
    skipsInside: /^(?:(?:Assumptions|Assume)\.)?assume(?:True\(\s*false|False\(\s*true|That\(\s*false)/,
  },
  {
    files: /\.(?:cs|fs|vb)$/i,
    head: /^\s*(?:\[[^\]]*\]\s*)*(?:(?:public|private|internal|protected|async|static|virtual|override)\s+)*[\w<>.[\]]{1,80}\s+(\w+)\s*\(/,
    mark: /\[\s*(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod|SkippableFact)\b/,
    skips: /\bSkip\s*=|\[\s*(?:[^\]]*,\s*)?(?:Ignore|Explicit)\b/,
    skipsInside: /^(?:Assert\.(?:Ignore|Inconclusive)\(|Skip\.(?:If|Always)\(\s*true)/,
  },
  {
    files: /_test\.go$/,
    head: /^func\s+(?:\([^)]*\)\s*)?(Test\w*|Benchmark\w*|Fuzz\w*|Example\w*)\s*\(/,
    skips: NEVER,
    skipsInside: /^\w{1,8}(?:\.T\(\))?\.(?:Skip|Skipf|SkipNow)\(/,
  },
  {
    files: /\.rb$/i,
    head: /^\s*(?:def\s+(test_\w+)|[xf]?(?:it|specify|example|scenario|describe|context|feature|test|should)\s*\(?\s*(?:RSpec\.)?(["'])(.{1,300}?)\2)/,
    block: /^\s*[xf]?(?:describe|context|feature)\b/,
    skips: /^\s*x(?:it|specify|example|describe|context|scenario)\b|,\s*(?::skip\b|:pending\b|skip:|pending:)/,
    skipsInside: /^(?:skip|pending)(?:\s|\(|$)/,
    alone: /^\s*f(?:it|specify|example|describe|context)\b|,\s*(?::focus\b|focus:\s*true)/,
  },
  {
    files: /\.php$/i,
    head: /^\s*(?:(?:(?:public|final)\s+)*function\s+(test\w+)\s*\(|(?:it|test|describe)\(\s*(["'])(.{1,300}?)\2)/,
    block: /^\s*describe\(/,
    skips: /#\[\s*Ignore|@(?:requires|group\s+skip)/,
    skipsInside: /^(?:(?:\$this->|self::|static::)markTest(?:Skipped|Incomplete)\(|\}\)->(?:skip|todo)\()/,
    alone: /\)->only\(/,
  },
  {
    files: /\.rs$/,
    head: /^\s*(?:pub\s+)?(?:async\s+)?fn\s+(\w+)\s*[(<]/,
    mark: /#\[(?:\w+::)*(?:test|test_case|rstest|proptest|quickcheck|bench|test_log)\b/,
    skips: /#\[ignore\b|#\[cfg\(any\(\)\)\]/,
  },
  {
    files: /\.swift$/,
    head: /^\s*(?:@Test\b.*\s)?(?:(?:public|private|internal|final)\s+)*func\s+(test\w*)\s*\(/,
    skips: /@Test\([^)]*\.disabled/,
    skipsInside: /^(?:throw\s+XCTSkip|try\s+XCTSkipIf\(\s*true)/,
  },
  {
    files: /\.exs$/,
    head: /^\s*(?:test|describe|property)\s+(["'])(.{1,300}?)\1/,
    block: /^\s*describe\b/,
    skips: /@(?:tag|moduletag|describetag)\s+:?skip/,
  },
  {
    files: /\.dart$/,
    head: /^\s*(?:test|testWidgets|group)\(\s*(["'])(.{1,300}?)\1/,
    block: /^\s*group\(/,
    skips: /\bskip:\s*(?:true|["'])/,
  },
];

const COMMENT = /^(?:\/\/|#(?![[!])|\/?\*|--|<!--)/;
const CONDITION =
  /^(?:\}?\s*(?:else\s+)?(?:if|unless|switch|case|when|elif|else|try|except|catch|rescue)\b|.*\?\s*$|.*&&\s*$)/;

/** The dialect of a path; undefined where no framework's tests are in such files. */
const dialectOf = (path: string): Dialect | undefined => DIALECTS.find(({ files }) => files.test(path));

/** Whether such a file may have tests that can be read. */
export const mayHaveTests = (path: string): boolean => dialectOf(path) !== undefined;

/** Lines of annotations above a head. */
const ABOVE_AT_MOST = 12;
/** A longer line is no head. */
const LINE_AT_MOST = 2_000;

const indentOf = (line: string): number => line.search(/\S|$/);

/** The tests of a text, in its order. */
export function testsIn(path: string, text: string | null): readonly FoundTest[] {
  const dialect = dialectOf(path);
  if (dialect === undefined || text === null) return [];
  const lines = text.split('\n').map((line) => (line.length > LINE_AT_MOST ? '' : line.replace(/\r$/, '')));
  return lines.flatMap((line, index): readonly FoundTest[] => {
    const head = dialect.head.exec(line);
    if (head === null || COMMENT.test(line.trim())) return [];
    const above = annotationsAbove(lines, index);
    if (dialect.mark !== undefined && ![...above, index].some((at) => dialect.mark?.test(lines[at] ?? ''))) return [];
    const body = bodyOf(lines, index);
    const marked = [...above, index].find((at) => dialect.skips.test(lines[at] ?? ''));
    const isBlock = dialect.block?.test(line) === true;
    const inside = isBlock ? blockSkip(lines, body) : skipInside(dialect, lines, body);
    const at = marked ?? inside;
    return [
      {
        name: head.slice(1).findLast(Boolean) ?? '',
        line: index + 1,
        isBlock,
        skipped: at === undefined ? null : at + 1,
        isAlone: dialect.alone?.test(line) === true,
        body: body
          .map((index) => (lines[index] ?? '').trim())
          .filter((text) => text !== '' && !COMMENT.test(text) && !/^[)}\]>;,]+$|^end$/.test(text)),
      },
    ];
  });
}

/** The indexes of decorators, attributes and annotations right above a head, the nearest first. */
function annotationsAbove(lines: readonly string[], head: number): readonly number[] {
  const found: number[] = [];
  for (let at = head - 1; at >= 0 && found.length < ABOVE_AT_MOST; at -= 1) {
    const line = (lines[at] ?? '').trim();
    if (!/^(?:@|\[|#\[|\/\/|\*|\/\*|\)|#)/.test(line)) break;
    if (/^(?:@|\[|#\[)/.test(line) || /@(?:test|Ignore|Disabled)\b/.test(line)) found.push(at);
  }
  return found;
}

/** The indexes of the lines below a head that are further to the right. */
function bodyOf(lines: readonly string[], head: number): readonly number[] {
  const margin = indentOf(lines[head] ?? '');
  const body: number[] = [];
  for (let at = head + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= margin) {
      if (!/^[)\]{]/.test(line.trim())) {
        if (/^\}\)->(?:skip|todo)\(/.test(line.trim())) body.push(at);
        break;
      }
      if (!/^\)?\s*(?:->\s*\S+|:\s*\S+)?\s*[{:]?$/.test(line.trim())) break;
      if (/^[)\]}][;,)]*$/.test(line.trim())) break;
      continue; // `{` on a line of its own, or the end of the parameters
    }
    body.push(at);
  }
  return body;
}

/** Where a block of Playwright's skips all of its tests whatever holds: `test.fixme(true, 'flaky')`, and no test of its own. */
function blockSkip(lines: readonly string[], body: readonly number[]): number | undefined {
  const margin = indentOf(lines[body[0] ?? 0] ?? '');
  return body.find((at) => {
    const line = lines[at] ?? '';
    return indentOf(line) <= margin && SKIPS_BLOCK.test(`${line.trim()}${(lines[at + 1] ?? '').trim()}`);
  });
}
const SKIPS_BLOCK = /^test\.(?:skip|fixme)\((?:true\b|\))/;

/** Where the body skips its test whatever holds. */
function skipInside({ skipsInside }: Dialect, lines: readonly string[], body: readonly number[]): number | undefined {
  if (skipsInside === undefined) return undefined;
  const first = body[0];
  return body.find(
    (at, index) =>
      skipsInside.test((lines[at] ?? '').trim()) &&
      (index === 0 || indentOf(lines[at] ?? '') <= indentOf(lines[first ?? at] ?? '')) &&
      !CONDITION.test((lines[body[index - 1] ?? -1] ?? '').trim()),
  );
}

/** What may assert something, in any framework. */
const ASSERTS = /* @__PURE__ */ anyOf(
  String.raw`expect assert verify should must require check ensure raises throws match snapshot approv \.error\( \.errorf\( \.fatal
  \.fatalf\( \bis\( \bok\( \bequal golden diff compare fail rejects resolves given then`,
  { before: '(?:', after: ')', flags: 'i' },
);
/** What asserts something for sure. */
const ASSERTS_FOR_SURE =
  /\b(?:expect\w*|assert\w*|should\w*|XCTAssert\w*)\b|\bt\.(?:Error|Errorf|Fatal|Fatalf)\(|\bAssert\.|\bAssertions\./;

/** Whether a test asserted something that could be seen, and asserts nothing any more. */
export const isEmptied = (before: FoundTest, after: FoundTest): boolean =>
  before.body.some((line) => ASSERTS_FOR_SURE.test(line)) && !after.body.some((line) => ASSERTS.test(line));
