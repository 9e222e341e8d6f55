/** Tests that a change skips, empties or removes while what they test stays, and assertions that always hold. */
import { factAt, factWas } from '../../rule-rows/facts';
import { knownLines } from '../../known-lines';
import { surplus } from '../../surplus';
import { isFixture, isTest, isVendored } from '../../path-roles';
import { named } from '../../tree';
import { languageOf } from '../../syntax';
import type { AnalyzerOfChanges, Change, Noticed } from '../../types';
import { isVacuous } from './assertions';
import { isEmptied, mayHaveTests, testsIn, type FoundTest } from './read-tests';

/** Files whose tests a runner finds. Rust keeps tests beside the code. */
const holdsTests = ({ path, from, before, after }: Change): boolean =>
  mayHaveTests(path) &&
  !isVendored(path) &&
  !/(?:^|\/)(?:testdata|fixtures?|__fixtures__)\//i.test(path) &&
  (isTest(path) || (from !== null && isTest(from)) || path.endsWith('.rs') || isSpecFolder(path)) &&
  before !== after;
const isSpecFolder = (path: string): boolean => /(?:^|\/)(?:tests?|specs?)[\w-]*\//i.test(path);

export const tests: AnalyzerOfChanges = {
  id: 'tests',
  concerns: holdsTests,
  alsoReads: ({ path, before }) => before !== null && languageOf(path) !== undefined,
  noticeAll(changes) {
    const files = changes.filter(holdsTests).map((change) => fileOf(change));
    const gained = files.flatMap(({ fresh }) => fresh);
    const gone = goneFrom(changes.filter((change) => !isTest(change.path)));
    return files.flatMap((file) =>
      noticeIn(file, gained, gone).map((notice) => ({ ...notice, path: file.change.path })),
    );
  },
};

interface TestFile {
  readonly change: Change;
  readonly before: readonly FoundTest[];
  readonly after: readonly FoundTest[];
  /** Tests whose names the old text does not have, and those whose names the new one does not have. */
  readonly fresh: readonly FoundTest[];
  readonly lost: readonly FoundTest[];
}

function fileOf(change: Change): TestFile {
  const before = testsIn(change.from ?? change.path, change.before);
  const after = testsIn(change.path, change.after);
  const more = new Map(
    surplus(
      after.map(({ name }) => name),
      before.map(({ name }) => name),
    ),
  );
  const take = (tests: readonly FoundTest[], sign: 1 | -1): readonly FoundTest[] =>
    tests.filter(({ name }) => {
      const count = (more.get(name) ?? 0) * sign;
      if (count > 0) more.set(name, (count - 1) * sign);
      return count > 0;
    });
  return { change, before, after, fresh: take(after, 1), lost: take(before, -1) };
}

function noticeIn(file: TestFile, gained: readonly FoundTest[], gone: Gone): readonly Noticed[] {
  const { change, before, after } = file;
  return [
    ...(change.before === null ? [] : skippedIn(before, after)),
    ...removedFrom(file, gained, gone),
    ...vacuousIn(change),
  ];
}

/** Tests that are on both sides, and no longer run or no longer assert anything. */
function skippedIn(before: readonly FoundTest[], after: readonly FoundTest[]): readonly Noticed[] {
  const found: Noticed[] = [];
  const earlier = new Map<string, FoundTest[]>();
  for (const test of before) earlier.set(test.name, [...(earlier.get(test.name) ?? []), test]);
  for (const test of after) {
    const oldTest = earlier.get(test.name)?.shift();
    if (oldTest === undefined) continue;
    const name = named(test.name);
    if (test.skipped !== null && oldTest.skipped === null)
      found.push({
        ...factAt(
          'checks/test-skipped: The test "{name}" is skipped: it ran before.',
          { line: test.skipped },
          { name },
        ),
        cause: 'skipped',
      });
    else if (test.isAlone && !oldTest.isAlone)
      found.push({
        ...factAt('checks/test-skipped: Only the test "{name}" runs: the others of its file are left out.', test, {
          name,
        }),
        cause: 'alone',
      });
    else if (!test.isBlock && test.skipped === null && isEmptied(oldTest, test))
      found.push({
        ...factAt('checks/test-removed: The test "{name}" asserts nothing any more.', test, { name }),
        cause: 'emptied',
      });
  }
  return found;
}

/** So much of a body makes it the same test under another name. */
const SIMILAR = 0.3;

function removedFrom(
  { change, before, after, fresh, lost }: TestFile,
  gained: readonly FoundTest[],
  gone: Gone,
): readonly Noticed[] {
  const tests = lost.filter(({ isBlock }) => !isBlock);
  if (tests.length === 0 || gone.isSubjectOf(change)) return [];
  const count = (all: readonly FoundTest[]): number => all.filter(({ isBlock }) => !isBlock).length;
  // rewritten as a table of cases, or as many tests with other names
  if (change.after !== null && (count(fresh) >= tests.length || TABLE.test(addedTo(change)))) return [];
  const missing = tests.filter(
    (test) =>
      !gained.some((newTest) => newTest.name === test.name || isAlike(newTest, test)) &&
      !after.some((newTest) => isAlike(newTest, test)) &&
      !gone.uses(test.body),
  );
  const [first] = missing;
  if (first === undefined) return [];
  if (change.after === null || (count(after) === 0 && count(before) > 1)) {
    if (missing.length * 2 <= tests.length) return [];
    const words = { count: String(missing.length), file: named(change.path.slice(change.path.lastIndexOf('/') + 1)) };
    return [
      {
        ...factWas(
          'checks/test-removed: The tests of {file} are removed ({count}), and what they test stays.',
          first,
          words,
        ),
        cause: 'tests removed',
        across: true,
      },
    ];
  }
  return missing.map((test) => ({
    ...factWas('checks/test-removed: The test "{name}" is removed, and what it tests stays.', test, {
      name: named(test.name),
    }),
    cause: 'tests removed',
    across: true,
  }));
}

/** Several cases in one test. */
const TABLE =
  /\.each\b|\.for\(|parametrize|ParameterizedTest|\bTheory\b|InlineData|TestCase\(|\bt\.Run\(|dataProvider|DataProvider|rstest|test_case|subTest|shared_examples|it_behaves_like|include_examples|->with\(|forEach|range (?:tests|cases)/;

const addedTo = ({ before, after }: Change): string =>
  [...surplus((after ?? '').split('\n'), (before ?? '').split('\n'))]
    .filter(([, count]) => count > 0)
    .map(([line]) => line)
    .join('\n');

/** Whether a test has much of the body of a lost one, under another name. */
function isAlike(test: FoundTest, lost: FoundTest): boolean {
  if (test.isBlock || test.body.length === 0 || lost.body.length === 0 || test.name === lost.name) return false;
  const lines = new Set(test.body);
  return lost.body.filter((line) => lines.has(line)).length / lost.body.length >= SIMILAR;
}

/** What leaves the code in the same change, and so takes its tests along. */
interface Gone {
  isSubjectOf(test: Change): boolean;
  uses(body: readonly string[]): boolean;
}

const DEFINES =
  /(?:\b(?:function\*?|def|class|fn|func|fun|interface|type|struct|enum|trait|module|object|sub)\s+(?:\([^)]*\)\s*)?(?:self\.)?|\b(?:const|let|var|val)\s+|\b(?:public|private|protected|static|internal|async)\s+(?:[\w<>[\],.? ]{1,60}\s+)?)(\w{3,})/g;

function goneFrom(sources: readonly Change[]): Gone {
  const [oldNames, newNames] = [new Set<string>(), new Set<string>()];
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const { path, from, before, after } of sources) {
    const oldPath = from ?? path;
    if (after === null || from !== null) files.add(stemOf(oldPath));
    if (after === null) folders.add(folderOf(oldPath));
    if (isFixture(path)) continue;
    for (const [, name = ''] of (before ?? '').matchAll(DEFINES)) oldNames.add(name);
    for (const [, name = ''] of (after ?? '').matchAll(DEFINES)) newNames.add(name);
  }
  for (const name of newNames) oldNames.delete(name);
  return {
    isSubjectOf: ({ path, from, after }) =>
      files.has(stemOf(from ?? path)) || (after === null && folders.has(folderOf(path))),
    uses: (body) => oldNames.size > 0 && body.some((line) => line.match(/\w{3,}/g)?.some((word) => oldNames.has(word))),
  };
}

/** `src/a/user.test.ts`, `tests/a/test_user.py` and `UserTest.java` test `user`. */
const stemOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/(?:[._-](?:test|tests|spec|specs|cy|e2e))*\.[\w.]+$/i, '')
    .replace(/^(?:test_|tests_)/i, '')
    .replace(/(?:Tests?|Spec|IT|TestCase|_test|_spec)$/, '')
    .replaceAll(/[_-]/g, '')
    .toLowerCase();

/** A folder without the names that only tests' folders have. */
const folderOf = (path: string): string =>
  path
    .split('/')
    .slice(0, -1)
    .filter((name) => !/^(?:src|lib|main|tests?|specs?|__tests__|unit|integration|e2e|java|kotlin|app)$/i.test(name))
    .join('/');

/** Assertions on new lines that hold whatever the code does. */
function vacuousIn({ path, before, after }: Change): readonly Noticed[] {
  if (after === null) return [];
  const known = knownLines(before);
  return after.split('\n').flatMap((line, index) =>
    line.length < LONG && !known.has(line.trim()) && isVacuous(line.trim(), path)
      ? [
          {
            ...factAt(
              'checks/assertion-always-holds: The assertion "{text}" always holds.',
              { line: index + 1 },
              { text: named(line.trim()) },
            ),
            cause: 'vacuous',
          },
        ]
      : [],
  );
}
const LONG = 400;
