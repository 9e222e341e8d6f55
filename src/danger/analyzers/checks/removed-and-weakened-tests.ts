/** Tests that a change skips, empties or removes while what they test stays, and assertions that always hold. */
import { once } from '../../lazy-value';
import { asLow, factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { escapedPattern } from '../../../base/patterns';
import { trimmedLines } from '../../trimmed-lines';
import { surplus } from '../../multiset-difference';
import { isFixture, isTest, isVendored } from '../../path-roles';
import { named } from '../../yaml-and-json';
import type { AnalyzerOfChanges, Change, Noticed, Tools } from '../../types';
import { runsChecks } from './files-that-run-checks';
import { acceptsMore } from './loosened-assertions';
import { isVacuous } from './vacuous-assertions';
import { goneFrom, stemOf, WORDS, type Gone } from './removed-code-under-test';
import { hiddenTests } from './tests-disabled-from-outside';
import { saysThatItFails, sharesTexts } from './weaker-tests-of-any-framework';
import { casesInComment, flakyIn, vacuousIn } from './flaky-commented-out-and-vacuous-tests';
import {
  ASSERTION,
  FAILS_HERE,
  isEmptied,
  loosenedIn,
  mayHaveTests,
  testsIn,
  type FoundTest,
} from './find-tests-and-assertions';

/** Files whose tests a runner finds. Rust keeps tests beside the code. */
const holdsTests = ({ path, from, before, after }: Change): boolean =>
  mayHaveTests(path) &&
  !isVendored(path) &&
  !/(?:^|\/)(?:testdata|fixtures?|__fixtures__)\//i.test(path) &&
  (isTest(path) || (from !== null && isTest(from)) || /\.(?:rs|zig|feature)$/.test(path) || isSpecFolder(path)) &&
  before !== after;
/** Whether tests get a name by which no runner finds them: `cart.test.ts.txt`. */
const isHidden = ({ path, from, before }: Change): boolean =>
  from !== null && isTest(from) && path.startsWith(from) && !mayHaveTests(path) && testsIn(from, before).length > 0;
/** What is read by people, and lists that tools write. */
const PROSE = /\.(?:md|mdx|rst|adoc|txt|po|pot|svg|lock|sum|snap)$|(?:^|\/)[\w.-]*lock\.(?:json|ya?ml)$/i;
/** Where tests are listed for their runner. */
const LISTS_TESTS = /\.(?:h|hpp|inc|am|list)$|(?:^|\/)(?:CMakeLists\.txt|meson\.build)$/;
const isSpecFolder = (path: string): boolean => /(?:^|\/)(?:tests?|specs?)[\w-]*\//i.test(path);

export const tests: AnalyzerOfChanges = {
  id: 'tests',
  concerns: (change) => holdsTests(change) || isHidden(change),
  alsoReads: ({ path, before, after }) =>
    !isTest(path) && !isVendored(path) && !isFixture(path) && !PROSE.test(path) && before !== after,
  async noticeAll(changes, { beside }) {
    const files = changes.filter(holdsTests).map((change) => fileOf(change));
    const gone = goneFrom(
      changes
        .filter(({ path }) => !isTest(path) && !(isSpecFolder(path) && (mayHaveTests(path) || LISTS_TESTS.test(path))))
        .flatMap((change) => withoutInnerTests(change) ?? []),
    );
    const isLess = movesFramework(files) ? asLowWhereRemoved : <One>(notice: One): One => notice;
    const hidden = changes.filter(isHidden).map(({ path, from }) => ({
      ...factAt('checks/test-skipped: The tests of {file} no longer run: no runner finds them under the new name.', 1, {
        file: named((from ?? path).slice((from ?? path).lastIndexOf('/') + 1)),
      }),
      cause: 'hidden',
      path,
    }));
    const noticed = await Promise.all(
      files
        .filter((file) => !runsAsCheck(file.change, changes))
        .map(async (file) => {
          const notices = noticeIn(file, files, gone).map((notice) => ({ ...isLess(notice), path: file.change.path }));
          const hasLess = notices.some(({ cause, severity }) => cause === LEAVE && severity !== 'low');
          if (hasLess && (await hadLostSubject(file, beside))) return notices.filter(({ cause }) => cause !== LEAVE);
          return notices;
        }),
    );
    return [...noticed.flat(), ...hidden];
  },
};

/** A file of Rust without the tests at its end; undefined where only those change. */
function withoutInnerTests(change: Change): Change | undefined {
  if (!change.path.endsWith('.rs')) return change;
  const [before, after] = [change.before, change.after].map(
    (text) => text?.replace(/^#\[cfg\(test\)\]\s*(?:pub(?:\(\w+\))? )?mod \w+ \{[^]*/m, '') ?? null,
  ) as [string | null, string | null]; // two in, two out
  return before === after ? undefined : { ...change, before, after };
}

/** What a file of tests takes from the code: names behind an import, or of the class that it describes. */
const TAKES = /^\s*(?:import|from|use|using)\b|^\s*[\w, ]+,?$|^\s*(?:RSpec\.)?describe\s/;

/** Whether a name that a file's lost tests took from the code stands nowhere any more: what they tested left before. */
async function hadLostSubject({ change, lost }: TestFile, beside: Tools['beside']): Promise<boolean> {
  if (beside === undefined) return false;
  const remaining = new Set(change.after?.match(WORDS));
  const used = new Set(lost.flatMap((test) => wordsIn([test.name, ...test.body])));
  const taken = wordsIn((change.before ?? '').split('\n').filter((line) => TAKES.test(line)));
  for (const name of [...new Set(taken)]
    .filter((word) => OF_CODE.test(word) && used.has(word) && !remaining.has(word))
    .slice(0, ASKED_AT_MOST))
    if ((await beside('.', name)).every((line) => line.trim() === '')) return true;
  return false;
}
/** A name of several words: another one may stand in any text. */
const OF_CODE = /[a-z]_[a-z]|[a-z][A-Z]/;
/** Each name is one search of the repository. */
const ASKED_AT_MOST = 4;
const wordsIn = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.match(WORDS) ?? []);

/** Frameworks of tests, by what their tests import. */
const FRAMEWORK =
  /\borg\.junit\.jupiter\b|\bvitest\b|\bpytest\b|\bminitest\b|\brspec\b|\bkotest\b|\bnode:test\b|@playwright\/test|\bXunit\b|^import Testing$|\bPest\\/gm;

/** Whether tests come to a framework that none of the files had: a test of the old one goes without a successor. */
function movesFramework(files: readonly TestFile[]): boolean {
  if (files.length < 2) return false;
  const namesOf = (text: string | null): readonly string[] => text?.match(FRAMEWORK) ?? [];
  const known = new Set(files.flatMap(({ change }) => namesOf(change.before)));
  return files.some(({ change }) => namesOf(change.after).some((name) => !known.has(name)));
}

const asLowWhereRemoved = (notice: Noticed): Noticed =>
  notice.rule === 'checks/test-removed' ? asLow(notice) : notice;

/** Whether a test that leaves has the name of a program that a hook or a pipeline runs from now on. */
function runsAsCheck({ path, after }: Change, changes: readonly Change[]): boolean {
  const stem = stemOf(path);
  if (after !== null || stem.length <= MUCH_SAID) return false;
  const word = new RegExp(`\\b${escapedPattern(stem)}\\b`, 'i');
  return changes.some(
    (change) => runsChecks(change.path) && word.test(change.after ?? '') && !word.test(change.before ?? ''),
  );
}
/** A shorter name of a file is any word's. */
const MUCH_SAID = 4;

interface TestFile {
  readonly change: Change;
  readonly before: readonly FoundTest[];
  readonly after: readonly FoundTest[];
  /** Tests whose names the old text does not have, and those whose names the new one does not have. */
  readonly fresh: readonly FoundTest[];
  readonly lost: readonly FoundTest[];
  /** The lines that only the new text has, trimmed. */
  readonly gained: () => ReadonlySet<string>;
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
  const gained = once(() => {
    const known = trimmedLines(change.before);
    return new Set([...trimmedLines(change.after)].filter((line) => !known.has(line)));
  });
  return { change, before, after, fresh: take(after, 1), lost: take(before, -1), gained };
}

function noticeIn(file: TestFile, files: readonly TestFile[], gone: Gone): readonly Noticed[] {
  const { change } = file;
  const found = [
    ...(change.before === null ? [] : [...skippedIn(file, files, gone), ...overridden(file)]),
    ...removedFrom(file, files, gone),
    ...vacuousIn(change),
    ...(change.before === null ? [] : flakyIn(change, gone)),
    ...(change.before === null ? [] : hiddenTests(change, gone.changesCode)),
  ];
  return found.length > 0 ? found : casesInComment(change, gone);
}

/** The words that tests of one thing in several places begin with: `create_and_destroy_the_cluster_in_paris`. */
const lead = (name: string): readonly string[] => /^[a-z0-9]+(?:_[a-z0-9]+){4}(?=_)/i.exec(name) ?? [];

/** Tests that are on both sides, and no longer run or no longer assert anything. */
function skippedIn({ change, before, after }: TestFile, files: readonly TestFile[], gone: Gone): readonly Noticed[] {
  const found: Noticed[] = [];
  const earlier = new Map<string, FoundTest[]>();
  for (const test of before) earlier.set(test.name, [...(earlier.get(test.name) ?? []), test]);
  const twins = new Set(
    after.flatMap(({ name, skipped }) => (skipped === null && !earlier.has(name) ? lead(name) : [])),
  );
  for (const test of after) {
    const oldTest = earlier.get(test.name)?.shift();
    if (oldTest === undefined) continue;
    const name = named(test.name);
    if (test.skipped !== null && oldTest.skipped === null) {
      if (moreOf(change, (change.after ?? '').split('\n')[test.skipped - 1]) > 0)
        found.push({
          ...factAt(
            'checks/test-skipped: The test "{name}" is skipped: it ran before.',
            test.skipped,
            { name },
            // the same of another place or kind runs instead
            test.isConditional || lead(test.name).some((words) => twins.has(words)) ? 'low' : undefined,
          ),
          cause: 'skipped',
        });
    } else if (test.isAlone && !oldTest.isAlone)
      found.push({
        ...factAt('checks/test-skipped: Only the test "{name}" runs: the others of its file are left out.', test, {
          name,
        }),
        cause: 'alone',
      });
    else if (!test.isBlock && test.skipped === null && isEmptied(oldTest, test) && more(change, isAssertion) < 0)
      found.push({
        ...factAt(
          'checks/test-removed: The test "{name}" asserts nothing any more.',
          test,
          { name },
          isOnlyShorter(oldTest, test) && !hasMovedSetUp(oldTest, test, change) ? undefined : 'low',
        ),
        cause: 'emptied',
      });
    else if (runsSomewhere(test)) found.push(...lessOf(oldTest, test, { change, gone, files }));
  }
  return found;
}

/** By how much more often a file has such lines than before: of tests with one name, another one may have had them. */
const more = ({ before, after }: Change, isSuch: (line: string) => boolean): number => {
  const count = (text: string | null): number => (text ?? '').split('\n').filter((line) => isSuch(line.trim())).length;
  return count(after) - count(before);
};
const isAssertion = (line: string): boolean => ASSERTION.test(line) && !/^(?:\/\/|#|--|\*)/.test(line);
const moreOf = (change: Change, text = ''): number => more(change, (line) => line === text.trim());

const runsSomewhere = ({ skipped, isConditional }: FoundTest): boolean => skipped === null || isConditional;

/** A condition that says where tests are run at all: with it, a test runs on nobody's machine but their own. */
const OF_CI = /\bCI\b|GITHUB_ACTIONS|isCI\b|is_ci\b|CONTINUOUS_INTEGRATION/;

/** What a test that still runs does less: it runs in fewer cases, or asserts less. */
function lessOf(
  before: FoundTest,
  after: FoundTest,
  { change, gone, files }: { readonly change: Change; readonly gone: Gone; readonly files: readonly TestFile[] },
): readonly Noticed[] {
  const name = named(after.name);
  const [condition] =
    after.narrowed.length > 0 && runsSomewhere(before) && !before.narrowed.some(({ text }) => text.startsWith('#if'))
      ? after.narrowed.filter(
          ({ text }) =>
            !before.narrowed.some((earlier) => isAsNarrow(earlier.text, text)) &&
            // what the file has for some builds only, it has for those
            !(text.startsWith('#[cfg(') && change.before?.includes(text) === true),
        )
      : [];
  if (condition !== undefined)
    return [
      {
        ...factAt(
          'checks/test-skipped (low): The test "{name}" runs only under a condition that is new.',
          condition,
          { name },
          (after.body.some((line) => OF_CI.test(line)) && !before.body.some((line) => OF_CI.test(line))) ||
            saysThatItFails(change.after, condition)
            ? 'medium'
            : undefined,
        ),
        cause: 'narrowed',
      },
    ];
  if (after.isBlock) return [];
  const loss = acceptsMore(before.body, after.body, change.after)
    ? 'looser'
    : hasConditions(before, after)
      ? 'fewer'
      : loosenedIn(before, after);
  // another rule says that its assertion always holds, or what was asserted leaves the code
  if (loss === undefined || after.body.some((line) => !before.body.includes(line) && isVacuous(line, change.path)))
    return [];
  const lost = before.body.filter((line) => !after.body.includes(line));
  if (loss === 'fewer' && !hasConditions(before, after) && lost.every((line) => moreOf(change, line) >= 0)) return [];
  if (gone.isUsedBy({ ...before, name: '', body: lost }, change)) return [];
  const asserted = lost.filter((line) => ASSERTION.test(line));
  if (asserted.length > 0 && files.some((file) => file.change !== change && gains(file, asserted))) return [];
  // Lines alone don't say whether another assertion, or a helper, checks the same.
  return [
    {
      ...(loss === 'fewer'
        ? factAt('checks/test-removed (low): The test "{name}" asserts less than before.', after, { name })
        : factAt('checks/test-removed (low): The test "{name}" asserts less exactly than before.', after, { name })),
      cause: loss,
    },
  ];
}

/** Whether a file of tests has one of some lines from now on. */
const gains = ({ gained }: TestFile, lines: readonly string[]): boolean => lines.some((line) => gained().has(line));

/** A condition right above a line. */
const GUARD = /^(?:if|unless)\b|^#\[cfg\(|^#\s*if/;

/** Whether an assertion stands below a condition from now on. */
const hasConditions = (before: FoundTest, after: FoundTest): boolean =>
  after.body.some((line, at) => {
    const guard = after.body[at - 1] ?? '';
    return (
      GUARD.test(guard) &&
      !before.body.includes(guard) &&
      ASSERTION.test(line) &&
      !FAILS_HERE.test(line) &&
      before.body.includes(line) &&
      // not one that is said otherwise now
      !before.body.some((earlier, place) => earlier === line && GUARD.test(before.body[place - 1] ?? ''))
    );
  });

/** Whether an earlier condition lets a test run in no more cases: it has all words of the later one. */
function isAsNarrow(earlier: string, later: string): boolean {
  const known = new Set(earlier.match(/\w+/g));
  return (later.match(/\w+/g) ?? []).every((word) => known.has(word) || OF_GRAMMAR.test(word));
}

const OF_GRAMMAR = /^(?:skip|if|unless|not|return)$/;

/** Tests of the class above that a file runs no longer, or in some cases only. */
const overridden = ({ fresh }: TestFile): readonly Noticed[] =>
  fresh
    .filter((test) => test.overrides && !test.isBlock && (test.skipped !== null || test.narrowed.length > 0))
    .map((test) =>
      factAt(
        'checks/test-skipped: The inherited test "{name}" no longer runs, or only under a condition.',
        test.skipped ?? test.line,
        { name: named(test.name) },
        { cause: 'overridden' },
      ),
    );

/** Whether a test only lost lines. What it calls instead of them may assert. */
function isOnlyShorter(before: FoundTest, after: FoundTest): boolean {
  const known = new Set(before.body);
  return after.body.every((line) => known.has(line) || /^(?:pass|return;?|\.\.\.)$/.test(line));
}

/** Whether a test still does something, and a step that it lost stands elsewhere in its file: what it asserted may stand there as well. */
function hasMovedSetUp(before: FoundTest, after: FoundTest, { after: text }: Change): boolean {
  if (after.body.length === 0) return false;
  const steps = before.body.filter((line) => /^[\w.]+(?:\(\)?;?)?$/.test(line) && !after.body.includes(line));
  if (steps.length === 0) return false;
  const known = trimmedLines(text);
  return steps.some((line) => known.has(line));
}

/** A migration ran once, and its test goes when it has run. */
const ofMigration = ({ path, after }: Change): boolean =>
  after === null && /(?:^|\/)migrations?\//i.test(path) && /\d{8}/.test(path);

/** The head of a test in which no line stands. */
const HOLDS_NOTHING = /(?:\{|\{\s*\}[);]*)\s*$/;

const LEAVE = 'tests removed';
/** So much of a body makes it the same test under another name. */
const SIMILAR = 0.3;
/** So much of it, and a test that was there before does the same. */
const SAME = 0.8;

const count = (tests: readonly FoundTest[]): number => tests.filter(({ isBlock }) => !isBlock).length;

function removedFrom(file: TestFile, files: readonly TestFile[], gone: Gone): readonly Noticed[] {
  const { change, before, after, fresh, lost } = file;
  const heads = (change.before ?? '').split('\n');
  const tests = lost.filter(
    ({ isBlock, skipped, body, line }) =>
      !isBlock && !(body.length === 0 && (line === skipped || HOLDS_NOTHING.test(heads[line - 1] ?? ''))),
  );
  if (tests.length === 0 || gone.isSubjectOf(change) || ofMigration(change)) return [];
  // rewritten as a table of cases, or as many tests with other names
  if (change.after !== null && (count(fresh) >= tests.length || TABLE.test(addedTo(change)))) return [];
  const elsewhere = files.filter((one) => one !== file);
  // what they test was split off, and tests of the new part came with it
  const ofNewParts = elsewhere.filter(({ change }) => change.before === null && gone.hasGained(change));
  if (count(ofNewParts.flatMap(({ fresh }) => fresh)) >= tests.length) return [];
  // As many tests in new files may be the same ones, written anew.
  const anew = elsewhere.filter(({ change }) => change.before === null).flatMap(({ fresh }) => fresh);
  const isAnew = change.after === null && count(anew) >= count(files.flatMap((each) => each.lost));
  const arrived = elsewhere.flatMap(({ fresh }) => fresh);
  const present = [...after, ...arrived];
  const replacements = [...fresh, ...arrived];
  const names = new Set(present.map(({ name }) => name));
  const telling = new Set(elsewhere.flatMap((other) => other.after.map(({ name }) => name)));
  const missing = tests.filter(
    (test) =>
      !names.has(test.name) &&
      !(test.name.length >= TELLING && telling.has(test.name)) &&
      !replacements.some((newTest) => isAlike(newTest, test, SIMILAR)) &&
      !after.some((newTest) => isAlike(newTest, test, SAME)) &&
      !gone.isUsedBy(test, change) &&
      !arrived.some((newTest) => sharesTexts(newTest, test)) &&
      !files.some(
        (each) =>
          each !== file &&
          gains(
            each,
            test.body.filter((line) => ASSERTION.test(line)),
          ),
      ),
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
          // the code that leaves with them may be what they tested
          gone.shrinks || isAnew || arrived.some((newTest) => saysAlike(newTest, first)) ? 'low' : undefined,
        ),
        cause: LEAVE,
        across: true,
      },
    ];
  }
  return missing.map((test) => ({
    ...factWas(
      'checks/test-removed: The test "{name}" is removed, and what it tests stays.',
      test,
      { name: named(test.name) },
      // the code that changes with it may be what it tested, unless the test waits as a comment
      (gone.changesCode && !isCommented(test, change)) || arrived.some((newTest) => saysAlike(newTest, test))
        ? 'low'
        : undefined,
    ),
    cause: LEAVE,
    across: true,
  }));
}

/** Whether a test stands in a comment now. */
const isCommented = ({ name }: FoundTest, { after }: Change): boolean =>
  name.length > 3 && new RegExp(`\\b${escapedPattern(name)}(?!\\w)`).test(after ?? '');

/** Several cases in one test. */
const TABLE =
  /\.each\b|\.for\(|parametrize|ParameterizedTest|\bTheory\b|InlineData|TestCase\(|\bt\.Run\(|dataProvider|DataProvider|rstest|test_case|subTest|\bit \{|shared_examples|it_behaves_like|include_examples|->with\(|forEach|range (?:tests|cases)/;

const addedTo = ({ before, after }: Change): string =>
  [...surplus((after ?? '').split('\n'), (before ?? '').split('\n'))]
    .filter(([, count]) => count > 0)
    .map(([line]) => line)
    .join('\n');

/** So long a name is the same test wherever it stands. */
const TELLING = 16;

/** Whether a test has much of the body of a lost one, under another name. */
function isAlike(test: FoundTest, lost: FoundTest, share: number): boolean {
  if (test.isBlock || test.body.length === 0 || lost.body.length === 0 || test.name === lost.name) return false;
  const lines = new Set(test.body);
  return lost.body.filter((line) => lines.has(line)).length / lost.body.length >= share;
}

/** Whether a test has half of the words of a lost one: it may be the same, written anew. */
function saysAlike(test: FoundTest, lost: FoundTest): boolean {
  const [words, lostWords] = [wordsOf(test), wordsOf(lost)];
  const shared = [...lostWords].filter((word) => words.has(word)).length;
  return !test.isBlock && shared >= SHARED_AT_LEAST && shared * 2 >= lostWords.size;
}
/** By test: each is compared with many. */
const wordsByTest = new WeakMap<FoundTest, ReadonlySet<string>>();
function wordsOf(test: FoundTest): ReadonlySet<string> {
  const known = wordsByTest.get(test) ?? new Set(test.body.flatMap((line) => line.match(WORDS) ?? []));
  wordsByTest.set(test, known);
  return known;
}
/** Any two tests have fewer words in common, such as `assert` and the name of what they test. */
const SHARED_AT_LEAST = 4;
