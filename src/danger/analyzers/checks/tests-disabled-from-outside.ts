/** Tests that a line outside of them keeps from running: for a whole file, in a branch that is never taken, by a list or a tag. */
import { either } from '../../../base/patterns';
import { factAt } from '../../rule-rows/facts-from-sentences';
import { trimmedLines } from '../../trimmed-lines';
import { named } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';

/** A line at the margin by which no test of the file runs. */
const WHOLE_FILE = either(
  /^test(?:\.describe)?\.(?:skip|fixme)\((?:\s*true\b|\s*\))|^pytestmark\s*=.*\bmark\.(?:skip|xfail)\b|^pytest\.skip\(|^raise\s+(?:unittest\.)?SkipTest\b/,
  /^\s*@moduletag\s+:?(?:skip|pending)\b|^@file:(?:Ignore|Disabled)\b|^plan\s+skip_all\b|^#!\[cfg\(any\(\)\)\]|^\/\/go:build\s+ignore\b/,
);
/** The same for some machines only. */
const IN_SOME_CASES =
  /^test\.(?:skip|fixme)\(\s*(?:\(|async\b|!|process\.|[\w.]+\s*[=!]==)|^pytestmark\s*=.*\bmark\.skipif\b|^#!\[cfg\((?!test\))|^\/\/go:build\s/;
/** A branch that is never taken. */
const NEVER = /^(?:if\s*[({]?\s*(?:0|false|False|FALSE)\s*[)}]?\s*(?:\{|:|then\b)?|#\s*if\s+0|=begin)$/;
/** What a tag or another word says on the line of a test that was there without it. */
const TAG =
  /\b[\w-]+:skip\b|(?<=@test)_(?:skip|broken)\b|\[(?:flaky|disabled|skip)\]|\s#\s?(?:skip|SKIP|flaky)\b|(?<!\w):(?:skip|pending|flaky|broken)\b|\bskip(?:=>?|: ?)true\b/;
/** A tag that leaves a test out where the server runs in that mode. */
const IN_ONE_MODE = /\b[\w-]+:skip\b/;
/** Directions of a runner that reads each test from the comments of its file. */
const DIRECTION = /^(?:\/\/|#|;|--)\s*(?:XFAIL|UNSUPPORTED|DISABLED)\s*:/;
/** A list of tests that need not pass. */
const LIST = either(
  /\b\w*(?:known|expected)_?(?:bugs?|fail\w*|issues?)\w*["']?\s*(?::[^=]*)?[=:(]\s*(?:\w+(?: \w+)?!?\(?)?\s*[[({]+\s*$/i,
  /\b(?:tests?_?to_?)?(?:skip|xfail|quarantine|flaky|exclude|ignore|disable|unsupported)d?(?:_?(?:tests?|cases?|specs?|list|files?))?["']?\s*[=:(]\s*(?:\w+(?: \w+)?!?\(?)?\s*[[({]+\s*$/i,
);
const LINE_AT_MOST = 1_000;

const bare = (line: string): string => line.replace(/[\s{}"',]+/g, ' ').trim();

/** Lines by which tests of a file no longer run. `changesCode`: what they test may be the reason. */
export function hiddenTests({ path, before, after }: Change, changesCode: boolean): readonly Noticed[] {
  if (before === null || after === null) return [];
  const known = trimmedLines(before);
  const lines = after.split('\n');
  const fresh = lines.flatMap((line, index) =>
    line.length < LINE_AT_MOST && line.trim() !== '' && !known.has(line.trim())
      ? [{ line, at: { line: index + 1 } }]
      : [],
  );
  const file = named(path.slice(path.lastIndexOf('/') + 1));
  const whole = fresh.find(({ line, at }) => WHOLE_FILE.test(`${line}${(lines[at.line] ?? '').trim()}`));
  if (whole !== undefined)
    return [
      {
        ...factAt('checks/test-skipped: The tests of {file} are skipped: they ran before.', whole.at, { file }),
        cause: 'skipped',
      },
    ];
  const narrow = fresh.find(({ line }) => IN_SOME_CASES.test(line));
  if (narrow !== undefined)
    return [
      {
        ...factAt(
          'checks/test-skipped (low): The tests of {file} run only under a condition that is new.',
          narrow.at,
          { file },
          changesCode ? undefined : 'medium',
        ),
        cause: 'narrowed',
      },
    ];
  const earlier = before.split('\n');
  const isNever = (line: string): boolean => NEVER.test(line.trim());
  const never =
    lines.filter(isNever).length > earlier.filter(isNever).length
      ? (fresh.find(({ line }) => isNever(line))?.at ?? { line: lines.findIndex(isNever) + 1 })
      : undefined;
  const without = new Set(fresh.some(({ line }) => TAG.test(line)) ? earlier.map(bare) : []);
  const marked = fresh.find(
    ({ line }) => DIRECTION.test(line) || (TAG.test(line) && without.has(bare(line.replace(TAG, '')))),
  );
  const at = never ?? marked?.at;
  if (at !== undefined)
    return [
      {
        ...factAt(
          'checks/test-skipped: Tests of {file} no longer run, by "{text}".',
          at,
          { file, text: named((lines[at.line - 1] ?? '').trim()) },
          IN_ONE_MODE.test(lines[at.line - 1] ?? '') ? 'low' : undefined,
        ),
        cause: 'skipped',
      },
    ];
  const [listedBefore, listed] = [entriesOf(earlier), entriesOf(lines)];
  const entry = listed.find(({ text }) => !known.has(text));
  if (entry === undefined || listed.length <= listedBefore.length) return [];
  return [
    {
      ...factAt(
        'checks/test-skipped (low): A test is left out by a list: {text}.',
        entry,
        { text: named(entry.text) },
        changesCode ? undefined : 'medium',
      ),
      cause: 'listed',
    },
  ];
}

/** The entries of lists of tests that need not pass. */
function entriesOf(lines: readonly string[]): readonly { readonly text: string; readonly line: number }[] {
  let margin = -1;
  return lines.flatMap((line, index) => {
    const indent = line.search(/\S/);
    if (margin >= 0 && indent > margin) return /^\s*["'`(]/.test(line) ? [{ text: line.trim(), line: index + 1 }] : [];
    if (indent >= 0) margin = line.length < LINE_AT_MOST && LIST.test(line) ? indent : -1;
    return [];
  });
}
