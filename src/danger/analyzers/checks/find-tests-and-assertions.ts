/**
 * Finds the tests of a file by how test frameworks write them, one line at a time: half-typed code has tests, too. What
 * belongs to a test is told by indentation.
 */
import { anyOf, either } from '../../../base/patterns';
import { surplus } from '../../multiset-difference';

/** One test, or a block of them. */
export interface FoundTest {
  readonly name: string;
  /** 1-based line of its head. */
  readonly line: number;
  /** A block such as `describe`: its tests count by themselves. */
  readonly isBlock: boolean;
  /** 1-based line of what skips it; null where it runs. */
  readonly skipped: number | null;
  /** What skips it asks for a condition: elsewhere it runs. */
  readonly isConditional: boolean;
  /** Whether it keeps the other tests of its file from running. */
  readonly isAlone: boolean;
  /** Lines by which it runs only under a condition: annotations, early returns, skips in branches. */
  readonly narrowed: readonly { readonly text: string; readonly line: number }[];
  /** It takes the place of a test of the class above. */
  readonly overrides: boolean;
  /** Its lines below the head, trimmed, without comments and empty ones. */
  readonly body: readonly string[];
}

/** How a family of languages writes tests. Each pattern is matched against one line. */
interface Dialect {
  readonly files: RegExp;
  /** The head of a test; the last group that matched is its name. */
  readonly head: RegExp;
  /** The head of a class or module of tests, which needs no mark. */
  readonly whole?: RegExp;
  readonly block?: RegExp;
  /** The line above the head, or the one that this continues, must have it. */
  readonly mark?: RegExp;
  /** In the head, or in the annotations above it. */
  readonly skips: RegExp;
  /** An annotation by which it runs in some cases only. */
  readonly narrows?: RegExp;
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
    narrows:
      /@(?:pytest\.mark\.skipif|(?:unittest\.)?skip(?:If|Unless))\b|@pytest\.mark\.xfail\(\s*(?!(?:reason|strict|raises|run)\b|["')])|@(?:\w+\.)*skip(?:_\w+|\.\w+)|\bmarks\s*=\s*[[(]?\s*pytest\.mark\.(?:skip|xfail)/,
    skipsInside: /^(?:pytest\.(?:skip|xfail|importorskip)\(|self\.skipTest\(|raise\s+(?:unittest\.)?SkipTest\b)/,
  },
  {
    files: /\.(?:java|kt|kts|scala|groovy)$/i,
    head: /^\s*(?:@\w[\w.]*(?:\([^)]*\))?\s+)*(?:(?:public|private|protected|internal|static|final|suspend|open|override|abstract)\s+)*(?:(?:fun|def)\s+(?:`([^`]{1,200})`|(\w+))\s*\(|(?:void|[\w<>[\], ]{1,80})\s+(\w+)\s*\()/,
    whole:
      /^\s*(?:(?:public|internal|open|abstract|final|private|data)\s+)*(?:class|object)\s+(\w*(?:Tests?|IT|Spec|Suite|TestCase))\b/,
    mark: /@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|Ignore|Disabled)\b/,
    narrows: /@(?:\w+\.)*(?:(?:Enabled|Disabled)(?:On|If|For)\w*|IgnoreIf|Requires|Assume\w*)\b/,
    skips:
      /@(?:\w+\.)*(?:Disabled|Ignore|Ignored|PendingFeature|DisabledIf\w*|DisabledOn\w*)\b|@Test\([^)]*enabled\s*=\s*false/,
    skipsInside: /^(?:(?:Assumptions|Assume)\.)?assume(?:True\(\s*false|False\(\s*true|That\(\s*false)/,
  },
  {
    files: /\.(?:cs|fs|vb)$/i,
    head: /^\s*(?:\[[^\]]*\]\s*)*(?:(?:public|private|internal|protected|async|static|virtual|override)\s+)*[\w<>.[\]]{1,80}\s+(\w+)\s*\(/,
    whole: /^\s*(?:(?:public|internal|sealed|abstract|partial|static)\s+)*class\s+(\w*(?:Tests?|Specs?|Fixture))\b/,
    mark: /\[\s*(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod|SkippableFact)\b/,
    narrows: /\[\s*(?:Conditional|Platform|Skippable|OnlyOn|RunOn|SkipOn|ActiveIssue)\w*/,
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
    files: /\.(?:rb|cr)$/i,
    head: /^\s*(?:def\s+(test_\w+)|[xf]?(?:it|specify|example|scenario|describe|context|feature|test|should)\s*\(?\s*(?:RSpec\.)?(["'])(.{1,300}?)\2)/,
    block: /^\s*[xf]?(?:describe|context|feature)\b/,
    skips: /^\s*x(?:it|specify|example|describe|context|scenario)\b|,\s*(?::skip\b|:pending\b|skip:|pending:)/,
    narrows: /,\s*(?:if|unless):\s/,
    skipsInside: /^(?:skip|pending|omit|pend)(?:\s|\(|$)/,
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
    mark: /#\[(?:\w+::)*(?:\w*test|test_case|proptest|quickcheck|bench|test_log)\b/,
    whole: /^\s*(?:pub\s+)?mod\s+(\w*tests?\w*)\s*\{/,
    narrows: /#\[cfg(?:_attr)?\((?!test\))|#\[\w*test\([^\]]*\bignore_\w+/,
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
    files: /\.(?:c|cc|cpp|cxx|m|mm)$/i,
    head: either(
      /^\s*(?:TYPED_)?TEST(?:_F|_P|_CASE|_METHOD)?\(\s*(?:"([^"]{1,200})"|([\w, ]{1,200}))/,
      /^\s*(?:START_TEST|[A-Z]+_TEST(?:_CASE)?|TEST_(?!F|P|CASE|METHOD)[A-Z]+|[A-Z]+_(?:AUTO|FIXTURE)_TEST_CASE|TEST_CASE_METHOD)\(\s*(\w+)/,
      /^\s*(?:static\s+)?(?:void|int)\s+(?:\w+::(test\w+)|(test_\w+|\w+_test))\s*\(/,
    ),
    skips: /\bDISABLED_|"[^"]*\[(?:\.|!mayfail|!shouldfail)/,
    skipsInside: /^(?:(?:[A-Z]+_)?SKIP(?:PED)?\(|\w*_*skip\(\)|TEST_IGNORE\w*\()/,
  },
  {
    files: /\.bats$/,
    head: /^\s*@test\s+(["'])(.{1,300}?)\1/,
    skips: NEVER,
    skipsInside: /^skip\b/,
  },
  {
    files: /\.(?:kt|kts|scala|groovy)$/i,
    head: /^\s*(?:(?:x?(?:test|should|it|context|describe|given|expect|feature|scenario)|ignore)\(\s*"(.{1,300}?)"|(?:void|def)\s+(["'])(.{1,300}?)\2\s*\()/i,
    block: /^\s*x?(?:context|describe|given|feature)\(/i,
    skips:
      /^\s*(?:x(?:test|should|it|context|describe|given|expect|feature|scenario)|ignore)\(|\(\s*"!|enabled\s*=\s*false|@(?:\w+\.)*(?:Ignore|PendingFeature)\b/i,
  },
  {
    files: /\.dart$/,
    head: /^\s*(?:test|testWidgets|group)\(\s*(["'])(.{1,300}?)\1/,
    block: /^\s*group\(/,
    skips: /\bskip:\s*(?:true|["'])/,
  },
  {
    files: /\.(?:tcl|test)$/,
    head: /^\s*test\s+(?:\{([^}]{1,300})\}|(["'])(.{1,300}?)\2|([\w.-]{1,100})\s)/,
    skips: NEVER,
  },
  {
    files: /\.feature$/,
    head: /^\s*(?:Scenario(?: Outline)?|Feature|Example):\s*(.{1,300})$/,
    block: /^\s*Feature:/,
    skips: /^\s*@.*(?:skip|ignore|wip|disabled|pending|quarantine)/i,
  },
  {
    files: /\.(?:lua|hs|zig|jl|R|t)$/,
    head: /^\s*(?:x?(?:it|describe|specify|context|pending)[( ]\s*|test_that\(\s*|subtest\s+|@testset\s+|test\s+(?="))(["'])(.{1,300}?)\1/,
    block: /^\s*x?(?:describe|context)\b/,
    skips: /^\s*(?:x(?:it|describe|specify|context)|pending)\b/,
    skipsInside: /^(?:(?:testthat::)?skip\(|pending\w*\b|plan\s+skip_all\b|return error\.SkipZigTest\b)/,
  },
];

const COMMENT = /^(?:\/\/|#(?![[!])|\/?\*|--|<!--)/;
const CONDITION =
  /^(?:\}?\s*(?:else\s+)?(?:if|unless|switch|case|when|elif|else|try|except|catch|rescue)\b|#\s*(?:if|ifdef|ifndef|else|elif)\b|.*\?\s*$|.*&&\s*$)/;

/** The dialects of a path; none where no framework's tests are in such files. */
const dialectsOf = (path: string): readonly Dialect[] => DIALECTS.filter(({ files }) => files.test(path));

/** Whether such a file may have tests that can be read. */
export const mayHaveTests = (path: string): boolean => dialectsOf(path).length > 0;

/** Lines of annotations above a head. */
const ABOVE_AT_MOST = 12;
const FAR_ABOVE = 40;
/** A longer line is no head. */
const LINE_AT_MOST = 2_000;

const indentOf = (line: string): number => line.search(/\S|$/);

/** The tests of a text, in its order. */
export function testsIn(path: string, text: string | null): readonly FoundTest[] {
  const dialects = dialectsOf(path);
  if (dialects.length === 0 || text === null) return [];
  const lines = withoutBlockComments(
    text.split('\n').map((line) => (line.length > LINE_AT_MOST ? '' : line.replace(/\r$/, ''))),
  );
  const quoted = linesInTexts(path, lines);
  return dialects
    .flatMap((dialect) => lines.flatMap((_, index) => (quoted.has(index) ? [] : (testAt(dialect, lines, index) ?? []))))
    .sort((a, b) => a.line - b.line);
}

/** The indexes of lines inside of a text over several lines: code in it is what a tool for tests is given. */
export function linesInTexts(path: string, lines: readonly string[]): ReadonlySet<number> {
  const marks = /\.py$/i.test(path) ? /"""|'''/g : /\.(?:[cm]?[jt]sx?|go)$/i.test(path) ? /(?<!\\)`/g : undefined;
  const found = new Set<number>();
  let open = '';
  if (marks !== undefined)
    lines.forEach((line, index) => {
      if (open !== '') found.add(index);
      for (const [mark] of line.matchAll(marks)) open = open === '' ? mark : open === mark ? '' : open;
    });
  // where a text does not end, the marks were something else
  return open === '' ? found : new Set();
}

/** Lines inside of a comment that begins and ends on lines of its own count as empty. */
function withoutBlockComments(lines: readonly string[]): readonly string[] {
  let isInside = false;
  return lines.map((line) => {
    const opens = !isInside && /^\s*\/\*/.test(line);
    isInside ||= opens;
    if (!isInside) return line;
    isInside = !line.includes('*/');
    return opens && !isInside ? line : '';
  });
}

function testAt(dialect: Dialect, lines: readonly string[], index: number): FoundTest | undefined {
  const line = lines[index] ?? '';
  const whole = dialect.whole?.exec(line) ?? null;
  const head = whole ?? dialect.head.exec(line);
  if (head === null || COMMENT.test(line.trim())) return undefined;
  const above = annotationsAbove(lines, index);
  const isMarked = ({ mark }: Dialect): boolean =>
    mark === undefined || [...above, index].some((at) => mark.test(lines[at] ?? ''));
  if (whole === null && !isMarked(dialect)) return undefined;
  const body = bodyOf(lines, index);
  const marked = [...above, index].find((at) => dialect.skips.test(lines[at] ?? ''));
  const isBlock = whole !== null || dialect.block?.test(line) === true;
  const inside = isBlock ? blockSkip(lines, body) : skipInside(dialect, lines, body);
  const at = marked ?? inside;
  const narrowing = [
    ...above.filter((found) => dialect.narrows?.test(lines[found] ?? '')),
    ...(isBlock ? [] : [...conditionAround(lines, index), ...narrowingIn(dialect, lines, body)]),
  ].filter((found) => found !== at);
  return {
    name: (head.slice(1).findLast(Boolean) ?? '').replace(/\bDISABLED_|^!/g, '').trim(),
    line: index + 1,
    isBlock,
    skipped: at === undefined ? null : at + 1,
    isConditional: at !== undefined && dialect.narrows?.test(lines[at] ?? '') === true,
    isAlone: dialect.alone?.test(line) === true,
    narrowed: narrowing.map((found) => ({ text: (lines[found] ?? '').trim(), line: found + 1 })),
    overrides: /\boverride\b/.test(line) || above.some((found) => /@Override\b/.test(lines[found] ?? '')),
    body: body
      .map((found) => (lines[found] ?? '').trim())
      .filter((found) => found !== '' && !COMMENT.test(found) && !/^[)}\]>;,]+$|^end$/.test(found)),
  };
}

/** Whom a helper that skips is called on: the test, or what its framework hands to it. */
const RECEIVER = String.raw`(?:self|this|tb?|b|s|ctx|suite|test\w*|\$this|Assume|Assumptions)(?:\(\))?(?:\.T\(\))?`;
/** Its name: to skip bytes or spaces is another thing. */
const SKIP = String.raw`(?:skip|Skip|SKIP)(?:_?(?:If|Unless|Test|When|On|In|For|Now|f|if|unless|test|when|on|in|Short|IF|UNLESS)\w*)?`;
/** A call by which a test leaves itself out, by the words of helpers: `skip_unless_linux()`, `t.Skip("…")`, `cl_skip()`. */
const SKIP_CALL = either(
  new RegExp(
    `^(?:(?:return|await|throw|raise|try)\\s+)?(?:${RECEIVER}(?:\\.|->|::))?(?:[a-z]+_+)*${SKIP}\\s*(?:[(!;"']|$)`,
  ),
  /^(?:\w+\.)*(?:assume[A-Z]\w*|assume_\w+|markTestSkipped)\(/,
  /^(?:except|only|exclude\w*|skipOn|runOn|ignoreOn)\(/,
  /^request\.(?:node\.add_marker|applymarker)\(/,
);
/** What a machine may lack, or a person leaves out for a quick run: a test that asks for it was never run there. */
const NEEDS_SOMETHING =
  /\bShort\(\)|LookPath|\bwhich\(|importorskip|find_spec|hasattr|exists?\(|[aA]vailable|[iI]nstalled|(?:[gG]etenv|environ(?:\.get)?|ENV)[([]["'](?!CI\b)|\broot\b|[dD]ocker/;
/** A branch that ends the test before it asserts anything. */
const RETURNS_EARLY = /^if\b.*[)\s{]return\b\s*(?:\w+\s*)?;?\s*\}?$/;
const EARLY = 3;

/** The indexes of lines by which a test runs in some cases only. */
const narrowingIn = (dialect: Dialect, lines: readonly string[], body: readonly number[]): readonly number[] =>
  body.filter((at, index) => {
    const text = (lines[at] ?? '').trim();
    const next = (lines[body[index + 1] ?? -1] ?? '').trim();
    const condition = `${(lines[body[index - 1] ?? -1] ?? '').trim()} ${text}`;
    if (NEEDS_SOMETHING.test(condition)) return false;
    return (
      /^#\s*if/.test(text) ||
      SKIP_CALL.test(text) ||
      dialect.skipsInside?.test(text) === true ||
      (index < EARLY && (RETURNS_EARLY.test(text) || (/^if\b.*[{:]$/.test(text) && /^return;?$/.test(next))))
    );
  });

/** A condition that a test stands below: `if git_creds?` */
const AROUND = /^(?:if|unless)\b/;

/** The index of the condition right around a test, where there is one. */
function conditionAround(lines: readonly string[], head: number): readonly number[] {
  const margin = indentOf(lines[head] ?? '');
  if (margin === 0) return [];
  for (let at = head - 1; at >= 0; at -= 1) {
    const text = (lines[at] ?? '').trim();
    if (text !== '' && indentOf(lines[at] ?? '') < margin)
      return AROUND.test(text) && !NEEDS_SOMETHING.test(text) ? [at] : [];
  }
  return [];
}

/** The indexes of decorators, attributes and annotations right above a head, the nearest first. */
function annotationsAbove(lines: readonly string[], head: number): readonly number[] {
  const found: number[] = [];
  const margin = indentOf(lines[head] ?? '');
  for (let at = head - 1; at >= Math.max(0, head - FAR_ABOVE) && found.length < ABOVE_AT_MOST; at -= 1) {
    const line = (lines[at] ?? '').trim();
    // an annotation that goes on over several lines, of which one may skip a case
    if (line !== '' && indentOf(lines[at] ?? '') > margin) {
      if (/\bmarks\s*=/.test(line)) found.push(at);
      continue;
    }
    if (!/^(?:@|\[|#\[|\/\/|\*|\/\*|\]?\)|#)/.test(line)) break;
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
    if (/^#\s*(?:if|ifdef|ifndef|else|elif|endif)\b/.test(line)) {
      body.push(at);
      continue;
    }
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

/** Ruby's condition behind a call. */
const MODIFIED = /^\s*(?:skip|pending)\b.*\s(?:if|unless)\s/;

/** Where the body skips its test whatever holds. */
function skipInside({ skipsInside }: Dialect, lines: readonly string[], body: readonly number[]): number | undefined {
  if (skipsInside === undefined) return undefined;
  const first = body.find((at) => !(lines[at] ?? '').startsWith('#'));
  return body.find(
    (at, index) =>
      skipsInside.test((lines[at] ?? '').trim()) &&
      !MODIFIED.test(lines[at] ?? '') &&
      (index === 0 || indentOf(lines[at] ?? '') <= indentOf(lines[first ?? at] ?? '')) &&
      !CONDITION.test((lines[body[index - 1] ?? -1] ?? '').trim()),
  );
}

/** What may assert something, in any framework. */
export const ASSERTS = /* @__PURE__ */ anyOf(
  String.raw`expect assert verify should must require check ensure raises throws match snapshot approv \.error\( \.errorf\( \.fatal
  \.fatalf\( \bis\( \bok\( \bequal golden diff compare fail rejects resolves given then unwrap`,
  { before: '(?:', after: ')', flags: 'i' },
);
/** What asserts something for sure. */
const ASSERTS_FOR_SURE =
  /\b(?:expect\w*|assert\w*|should\w*|XCTAssert\w*)\b|\bt\.(?:Error|Errorf|Fatal|Fatalf)\(|\bAssert\.|\bAssertions\./;

/** A line that asserts something. */
export const ASSERTION = either(
  /(?:^|[\s.;(!:])(?:expect(?:\(|\.)|\w*[aA]ssert\w*[!(.\s]|should(?:\.|Be|Equal|Have|Not|Throw)|XCTAssert\w*\(|(?:EXPECT|ASSERT)_\w+\()/,
  /(?:^|\.)(?:REQUIRE|CHECK|(?:ck|cl|zassert|tt|munit)_(?:assert|equal|must)?)\w*\(|\.(?:to|should)\.(?:have|be|equal|eql|include)\b/,
  /\bt\.(?:Error|Fatal)f?\(|\b(?:suite|s|r|require|is)\.(?:Equal|True|False|NoError|Error|Nil|NotNil|Len|Contains|Less|Greater)\w*\(/,
  /^then\(.*\)\.|\bfail\(\)|\.should(?:_not)?\b|\bis_expected\b|->(?:toBe|toEqual|assert)\w*\(|\bt\.(?:is|deepEqual|true|equal|throws)\(/,
);
/** It fails where its condition holds: the condition is what is asserted. */
export const FAILS_HERE =
  /\.(?:Error|Fatal|Fail|Skip)\w*\(|\bfail\w*\b|\bpanic\b|\bthrow\b|assert(?:\(|\s+)(?:false|0)\b/i;
/** It holds for one value only. */
export const EXACT =
  /toBe\(|to(?:Strict)?Equal\(|assertEquals?\b|assert_eq\w*|assertSame|assert_same|\bEqual\w*\(|AreEqual|DeepEqual|deepEqual|strictEqual|===?|shouldBe\b|\beq\b|\beql\b|assertExactJson|EXPECT_EQ|ASSERT_EQ|isEqualTo|toHaveLength|\bt\.is\(|have\.status\(/;
/** It holds for many values. */
export const LOOSE = either(
  /toContain|toMatch|toBe(?:Defined|Truthy|GreaterThan|LessThan|CloseTo|InstanceOf|TypeOf)|(?:object|array|string)Containing|expect\.any/,
  /hasItems?\(|assert(?:In\b|Contains|True|NotNull|IsNotNone|See|StringContains|Regex)|[cC]ontains|include\(|Not(?:Nil|Null|Empty)|isNotNull/,
  /[aA]lmost|closeTo|approx|>=|<=|\bin\b|_(?:GE|LE|NEAR)\(|is(?:Greater|Less)Than|isBetween|isNotEmpty|be_present|be_truthy|GreaterOrEqual|hasSizeGreater/,
);

/** It sets up or tidies up what the test needs, and asserts only that this works. */
export const SETS_UP =
  /\b(?:NoError|Nil|NoErr|nothing_raised)\w*\(\s*(?:\w+,\s*)?(?:os|ioutil|filepath|fs|afero)\.\w+\(|\b(?:NoError|Nil|NoErr)\w*\(\s*(?:\w+,\s*)?[\w.]+\.(?:Close|Stop|Shutdown|Cleanup|Rollback|Sync)\(/;

/** Equal only to a part. */
const WITHIN = /to(?:Strict)?Equal\((?=expect\.(?:any|(?:object|array|string)Containing))/;

/** It says beforehand what a stand-in is asked, and answers in its place. */
export const MOCKS = /\bto(?:_not)?\s+receive\b|\bEXPECT_CALL\(|\.EXPECT\(\)|shouldReceive\(|->expects\(/;

/** The call whose error Go's next line looks at, where it makes or removes what the test needs. */
const GO_SETS_UP = /(?:^|,\s*|\bif )(?:err|_)\s*:?=\s*(?:os|io|ioutil|filepath|fs|afero)\.\w+\(/;

/** `if err != nil { t.Fatal(err) }` behind such a call: only that the set-up worked. */
const isOfSetUp = (body: readonly string[], at: number): boolean =>
  /^if\b.*\berr != nil\b/.test(body[at - 1] ?? '') &&
  [body[at - 1], body[at - 2]].some((line) => GO_SETS_UP.test(line ?? ''));

const assertionsOf = ({ body }: FoundTest): readonly string[] =>
  body.filter(
    (line, at) => ASSERTION.test(line) && !SETS_UP.test(line) && line !== body[at - 1] && !isOfSetUp(body, at),
  );

/** What a test lost of its assertions: some went, or an exact one became one that many values fulfil. */
export function loosenedIn(before: FoundTest, after: FoundTest): 'fewer' | 'looser' | undefined {
  const [earlier, later] = [assertionsOf(before), assertionsOf(after)];
  const more = surplus(later, earlier);
  const surplusOf = (sign: 1 | -1): readonly string[] =>
    [...more].flatMap(([line, count]) => (count * sign > 0 ? [line] : []));
  const gained = surplusOf(1);
  // stand-ins give way to what they stood for
  const lost = surplusOf(-1).filter((line) => !MOCKS.test(line));
  if (lost.length === 0 || later.length === 0) return undefined;
  if (gained.length === 0) {
    const known = new Set(before.body);
    // what is called in their place may assert
    return later.length < earlier.length && !after.body.some((line) => !known.has(line) && ASSERTS.test(line))
      ? 'fewer'
      : undefined;
  }
  const isExact = (line: string): boolean => EXACT.test(line) && !LOOSE.test(line);
  const isLoose = (line: string): boolean => LOOSE.test(line) && !EXACT.test(line.replace(WITHIN, ''));
  if (lost.some(isExact) && gained.every((line) => isLoose(line)) && gained.length <= lost.length) return 'looser';
  return undefined;
}

/** Whether a test asserted something that could be seen, and asserts nothing any more. */
export const isEmptied = (before: FoundTest, after: FoundTest): boolean =>
  before.body.some((line) => ASSERTS_FOR_SURE.test(line)) && !after.body.some((line) => ASSERTS.test(line));
