/** Assertions that hold whatever the code does, in the words of test frameworks. */

const LITERAL = String.raw`(?:true|True|!0|1)`;
const PATTERNS: readonly RegExp[] = [
  new RegExp(
    String.raw`\bexpect\(\s*${LITERAL}\s*\)\.(?:to(?:Be|Equal|StrictEqual|Eq)\(\s*${LITERAL}\s*\)|toBeTruthy\(|toBeDefined\(|to\.(?:be\.(?:true|ok|truthy)|equal\(\s*${LITERAL}|eq\(?\s*${LITERAL}))`,
  ),
  /\bexpect\(\s*(?:false|False|0)\s*\)\.(?:to(?:Be|Equal|StrictEqual)\(\s*(?:false|0)\s*\)|toBeFalsy\()/,
  /\bexpect\(\s*true\s*\)\.to\s+(?:eq|be)\b/,
  new RegExp(
    String.raw`\b(?:assert|assert\.ok|assert\.isTrue|assertTrue|assert_true|XCTAssertTrue|XCTAssert|Assert\.(?:True|IsTrue|That)|assert!|require\.True|assert\.True|Assert::true|Assertions\.assertTrue|is_true)\s*\(\s*(?:t,\s*|self,\s*)?${LITERAL}\s*[,)]`,
  ),
  /^assert\s+(?:True|1|not False|1 == 1|True is True)\s*(?:$|[,#])/,
  /\b(?:self\.)?assert(?:False|_false)\s*\(\s*(?:False|false|0)\s*[,)]/,
  /(?:\bexpect\(|\bassert\w*[!(\s]).{0,200}(?:\|\|\s*true|\bor\s+True)\s*(?:[,)]|$)/,
  /\bexpect\([^()]{0,100}\.length\)\.toBeGreaterThanOrEqual\(\s*0\s*\)/,
  /^assert\s+len\([^()]{0,100}\)\s*>=\s*0\s*$/,
  /\bexpect\.assertions\(\s*0\s*\)/,
];
/** Both sides of an equality, which may be the same word. */
const SIDES: readonly RegExp[] = [
  /\bexpect\(\s*([\w."']{1,100})\s*\)\.(?:toBe|toEqual|toStrictEqual|to\.equal|to\.eql)\(\s*([\w."']{1,100})\s*\)/,
  /\b(?:assert(?:Equals?|_equal|_eq!|\.equal|\.strictEqual|\.deepEqual|Same)|Assert\.(?:Equal|AreEqual)|XCTAssertEqual|assert_eq!)\s*\(\s*([\w."']{1,100})\s*,\s*([\w."']{1,100})\s*[,)]/,
  /^assert\s+([\w."']{1,100})\s*==\s*([\w."']{1,100})\s*$/,
];
/** A test of equality itself compares a value with itself. */
const OF_EQUALITY = /equal|reflexiv|same|hash|identity|NaN|compar/i;

/** Whether a trimmed line of a test is such an assertion. `path`: the names of some files say that equality is tested. */
export function isVacuous(line: string, path: string): boolean {
  if (/^(?:\/\/|\*|#|\/\*|"|'|`)/.test(line) || !/expect|assert|XCT/i.test(line)) return false;
  if (PATTERNS.some((pattern) => pattern.test(line))) return true;
  return SIDES.some((pattern) => {
    const [, actual, expected] = pattern.exec(line) ?? [];
    return actual !== undefined && actual === expected && !OF_EQUALITY.test(path.slice(path.lastIndexOf('/') + 1));
  });
}
