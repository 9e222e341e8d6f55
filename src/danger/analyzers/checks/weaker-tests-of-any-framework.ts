/**
 * What the lines of any test say less strictly than before, whatever its framework: they are compared as a whole, so that a
 * test whose head nobody can read counts as well.
 */
import { either } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { isTest } from '../../path-roles';
import { named } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';
import { changedLines, type ChangedLine } from '../../changed-lines';
import { trimmedLines } from '../../trimmed-lines';
import { acceptsMore, isLooser } from './loosened-assertions';
import {
  ASSERTION,
  ASSERTS,
  FAILS_HERE,
  mayHaveTests,
  MOCKS,
  SETS_UP,
  type FoundTest,
} from './find-tests-and-assertions';

/** A file of tests of which the lines are compared, whatever language it has. */
export const hasTestLines = ({ path }: Change): boolean =>
  isTest(path) && !/\.(?:md|rst|lock|snap|svg|csv)$|(?:^|\/)(?:fixtures?|__snapshots__|snapshots?)\//i.test(path);

/** A line by which a test leaves itself out. */
const SKIPS = either(
  /(?<![\w.])(?:[A-Z]+_)*SKIP(?:PED|_?(?:IF|UNLESS|TEST)\w*)?\s*\(/,
  /^@(?:\w+\.)*(?:Disabled|Ignore|Skip|Flaky|Quarantine)\w*\b|^!\w+$/,
);
/** The same in the words of frameworks that nobody here reads. */
const SKIPS_BY_CALL =
  /^(?:return\s+)?(?:[\w.]+(?:\.|->|::))?(?:skip|xfail|mark_?test_?skipped|mark_?skipped)\w*\s*[(!]/i;
/** A condition right above an assertion. */
const CONDITION = /^\}?\s*(?:if|unless|when)\b|^#\s*if/;
/** How long or how often a test waits until it fails. */
const PATIENCE =
  /(?:time_?out|attempts?|retr(?:y|ies)|patience|deadline|tolerance|epsilon|eventually|wait_?for|reruns?)\w*/i;
const NUMBER = /(?<![\w.])\d[\d_]*(?:\.\d+)?/g;
/** A call that runs a part of a test again when it fails. */
const TRIES_AGAIN = /^(?:return |await )?(?:\$this->|self\.|this\.)?retry\w*\(/i;

/** A comment, or a line that only names what another file has. */
const COMMENT = /^(?:\/\/|#(?!\s*if)|\/?\*|--|<!--|import\b|from\b.*\bimport\b|use\b|using\b|require\()/;

/** `arrived`: the lines that any test of the change gains. */
export function weakerTests(change: Change, changesCode: boolean, arrived: ReadonlySet<string>): readonly Noticed[] {
  if (!hasTestLines(change)) return [];
  const { lost, gained } = changedLines(change);
  const code = (lines: readonly ChangedLine[]): readonly ChangedLine[] =>
    lines.map(bareOf).filter(({ text }) => !COMMENT.test(text));
  const [gone, fresh] = [code(lost), code(gained)];
  const found =
    skipped(gone, fresh, change) ??
    fewer(gone, fresh, change, arrived) ??
    looser(gone, fresh) ??
    underCondition(gone, fresh, change) ??
    (changesCode ? undefined : morePatient(gone, fresh));
  if (found === undefined) return [];
  return [{ ...found, cause: 'weaker', ...(changesCode ? { severity: 'low' as const } : {}) }];
}

/** A line of a script that stands in JSON as a text. */
const bareOf = (line: ChangedLine): ChangedLine => {
  const [, text] = /^"(.*)",?$/.exec(line.text) ?? [];
  return text === undefined ? line : { ...line, text: text.replaceAll('\\"', '"').trim() };
};

function skipped(
  gone: readonly ChangedLine[],
  fresh: readonly ChangedLine[],
  { path, before, after }: Change,
): Noticed | undefined {
  const isRead = mayHaveTests(path);
  const skips = (lines: readonly ChangedLine[]): readonly ChangedLine[] =>
    lines.filter(({ text }) => SKIPS.test(text) || (!isRead && SKIPS_BY_CALL.test(text)));
  const [earlier, later] = [skips(gone), skips(fresh)];
  if (later.length <= earlier.length) return undefined;
  const known = trimmedLines(before);
  // in a test that is there already
  const lines = (after ?? '').split('\n').map((line) => line.trim());
  const at = later.find(({ parent, text, line }) =>
    text.startsWith('@')
      ? known.has(lines.slice(line).find((next) => !/^(?:@|\/?\*|\/\/)/.test(next)) ?? '')
      : text.startsWith('!') // in a list of tests
        ? !isRead
        : parent !== '' && known.has(parent),
  );
  if (at === undefined) return undefined;
  return factAt('checks/test-skipped (low): A test leaves itself out by "{text}".', at, { text: named(at.text) });
}

/** Assertions that leave, and in whose place nothing comes that may assert. */
function fewer(
  gone: readonly ChangedLine[],
  fresh: readonly ChangedLine[],
  { after }: Change,
  arrived: ReadonlySet<string>,
): Noticed | undefined {
  const asserts = gone.filter(
    ({ text }) => ASSERTION.test(text) && !MOCKS.test(text) && !SETS_UP.test(text) && !arrived.has(text),
  );
  const known = trimmedLines(after);
  const [first] = asserts.filter(({ parent, text }) => parent !== '' && known.has(parent) && !known.has(text));
  if (
    first === undefined ||
    asserts.length > MANY ||
    fresh.some(({ text }) => ASSERTION.test(text) || ASSERTS.test(text)) ||
    fresh.length > gone.length
  )
    return undefined;
  return factWas('checks/test-removed (low): An assertion is removed, and its test stays: "{text}".', first, {
    text: named(first.text),
  });
}
/** So many assertions go with what they tested. */
const MANY = 12;

const REWRITTEN = 120;
function looser(gone: readonly ChangedLine[], fresh: readonly ChangedLine[]): Noticed | undefined {
  const texts = (lines: readonly ChangedLine[]): readonly string[] => lines.map(({ text }) => text);
  // so many lines on both sides are another test
  if (gone.length > REWRITTEN || fresh.length > REWRITTEN) return undefined;
  const asserted = gone.filter(({ text }) => ASSERTION.test(text));
  const at =
    fresh.find(({ text }) => ASSERTION.test(text) && asserted.some((previous) => isLooser(previous.text, text))) ??
    (gone.length > 0 && acceptsMore(texts(gone), texts(fresh), null)
      ? fresh.find(({ text }) => acceptsMore(texts(gone), [text], null))
      : undefined);
  if (at === undefined) return undefined;
  return factAt('checks/test-removed (low): An assertion holds for more than before: "{text}".', at, {
    text: named(at.text),
  });
}

function underCondition(
  gone: readonly ChangedLine[],
  fresh: readonly ChangedLine[],
  { before }: Change,
): Noticed | undefined {
  const known = trimmedLines(before);
  // one that is said otherwise now
  const conditional = new Set(gone.filter(({ text }) => CONDITION.test(text)).map(({ below }) => below));
  const at = fresh.find(
    ({ text, below }) =>
      CONDITION.test(text) &&
      !text.endsWith(';') &&
      ASSERTION.test(below) &&
      !FAILS_HERE.test(below) &&
      !conditional.has(below) &&
      known.has(below),
  );
  if (at === undefined) return undefined;
  return factAt('checks/test-removed (low): An assertion stands below a condition that is new: "{text}".', at, {
    text: named(at.text),
  });
}

/** A test that waits longer until it fails, or that is tried again. */
function morePatient(gone: readonly ChangedLine[], fresh: readonly ChangedLine[]): Noticed | undefined {
  // what is given a number, whatever else stands there: `this.timeout(`
  const frameOf = (text: string): string => /^[^(=:]{1,80}[(=:]/.exec(text)?.[0] ?? text;
  const mostOf = (text: string): number =>
    Math.max(...(text.match(NUMBER) ?? []).map((number) => Number(number.replaceAll('_', ''))));
  const earlier = (frame: string): readonly string[] =>
    gone.flatMap(({ text }) => (frameOf(text) === frame ? [text] : []));
  const at = fresh.find(({ text }) => {
    if (!PATIENCE.test(text)) return false;
    if (TRIES_AGAIN.test(text)) return !gone.some((line) => /retry/i.test(line.text));
    const frame = frameOf(text);
    // the title of a test and what it expects may speak of such a number too
    const [previous, ...others] = /^(?:it|test|describe|expect|assert)\b/.test(frame) ? [] : earlier(frame);
    return (
      previous !== undefined &&
      others.length === 0 &&
      PATIENCE.test(previous) &&
      mostOf(text) > mostOf(previous) &&
      mostOf(previous) > 0
    );
  });
  if (at === undefined) return undefined;
  return factAt('checks/threshold-lowered (low): A test waits longer or more often until it fails: "{text}".', at, {
    text: named(at.text),
  });
}

/** By the words beside a condition, the test fails there: it is no place where it could not run. */
const FAILS =
  /\bflak(?:y|ey|es|iness)\b|\bintermittent|\bsometimes\b|\btemporar(?:y|ily)\b|\bfail(?:s|ing|ures?)?\b|\bbroken\b|\bhangs?\b|\bbugs?\b|\bunstable\b|\bcrash(?:es)?\b|\b(?:TODO|FIXME)\b/i;
const ABOVE = 4;

/** Whether a condition, or the comment at or above it, says that the test fails. */
export function saysThatItFails(text: string | null, { line }: { readonly line: number }): boolean {
  const lines = (text ?? '').split('\n');
  const above = lines.slice(Math.max(0, line - 1 - ABOVE), line - 1);
  const comment = above.slice(above.findLastIndex((earlier) => !/^\s*(?:\/\/|#(?!\[)|\*|\/\*)/.test(earlier)) + 1);
  const condition = lines[line - 1] ?? '';
  return [...comment, condition].some((earlier) => FAILS.test(earlier));
}

/** Texts of some length in quotes: what a test hands in and expects. */
const TEXT = /(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1/g;
const TELLING = 12;

/** Whether a test has most of the texts of another one: it is the same, written anew in another file. */
export function sharesTexts({ body }: Pick<FoundTest, 'body'>, old: Pick<FoundTest, 'body'>): boolean {
  const texts = [...old.body.join('\n').matchAll(TEXT)].flatMap(([, , text = '']) =>
    text.length >= TELLING ? text : [],
  );
  const present = body.join('\n');
  return texts.length > 0 && texts.filter((text) => present.includes(text)).length * 2 > texts.length;
}
