/** What a change adds: the notices that were not there before. */
import { classOf, RULES, type Rule } from '../rules';
import { surplus } from '../multiset-difference';
import { isExample, isTest } from '../path-roles';
import { trimmedLines } from '../trimmed-lines';
import type { Change, Noticed, NoticedIn } from '../types';

/**
 * Notices of the new text that the old one did not have. Each notice of the old text cancels one with the same rule and
 * message. Of several alike, those on new lines are kept.
 */
export function newOnes(
  before: readonly Noticed[],
  after: readonly Noticed[],
  oldText: string | null,
  newText: string,
): readonly Noticed[] {
  if (before.length === 0 || oldText === null) return after;
  const oldCounts = new Map<string, number>();
  for (const { rule, message } of before)
    oldCounts.set(`${rule} ${message}`, (oldCounts.get(`${rule} ${message}`) ?? 0) + 1);
  const known = trimmedLines(oldText);
  const lines = newText.split('\n');
  const isOld = ({ line }: Noticed): number => (known.has(lines[line - 1]?.trim() ?? '') ? 0 : 1);
  const fresh = new Set(after);
  for (const notice of [...after].sort((a, b) => isOld(a) - isOld(b))) {
    const key = `${notice.rule} ${notice.message}`;
    const count = oldCounts.get(key) ?? 0;
    if (count === 0) continue;
    oldCounts.set(key, count - 1);
    fresh.delete(notice);
  }
  return after.filter((one) => fresh.has(one));
}

/**
 * Without the dangers that stood there before: at a line that the change leaves as it is, where the old text by itself
 * has the same danger; and without one more of what the file does already, by habit. `noticedIn` looks at one change, and is only asked about files with such a place.
 */
export async function withoutKnown(
  noticed: readonly NoticedIn[],
  changes: readonly Change[],
  noticedIn: (change: Change) => Promise<readonly NoticedIn[]>,
): Promise<readonly NoticedIn[]> {
  const known = new Set(await movedAmong(noticed, changes, noticedIn));
  const paths = new Set(noticed.map(({ path }) => path));
  for (const change of changes) {
    const { path, before, after } = change;
    if (before === null || after === null || !paths.has(path)) continue;
    const [old, now] = [before.split('\n').map(trimmed), after.split('\n').map(trimmed)];
    const more = surplus(now, old);
    const isKept = (line = ''): boolean => line !== '' && (more.get(line) ?? 0) <= 0;
    const stays = noticed.filter((one) => one.path === path && one.side === 'new' && isKept(now[one.line - 1]));
    const named = noticed.filter((one) => one.path === path && one.side === 'new' && NAMES.test(one.message));
    const habits = PRODUCTION.test(after) && !PRODUCTION.test(before) ? [] : noticed.filter(isHabitIn(path));
    if (stays.length + habits.length + named.length === 0) continue;
    const earlier = await noticedIn({ path, from: null, before: null, after: before });
    for (const one of stays)
      if (earlier.some((was) => old[was.line - 1] === now[one.line - 1] && isSameDanger(was, one))) known.add(one);
    for (const one of named) if (asOften(one, earlier) >= asOften(one, named)) known.add(one); // written in another way
    for (const one of habits)
      if (earlier.some(({ rule, message }) => rule === one.rule && bare(message) === bare(one.message))) known.add(one);
  }
  return known.size === 0 ? noticed : noticed.filter((one) => !known.has(one));
}

/** A sentence that says the whole danger: the command or the task itself. */
const NAMES = /^(?:"|Task ")/;
const asOften = ({ rule, message }: Noticed, all: readonly Noticed[]): number =>
  all.filter((noticed) => noticed.rule === rule && isSpelledAlike(spelled(noticed.message), spelled(message))).length;

/** Whether two sentences have the same words, as far as a long command is shown. */
const isSpelledAlike = (text: string, secondText: string): boolean => {
  if (text === secondText) return true;
  const [shown, secondShown] = [text, secondText].map((words) => /^(".{40,}) \S+\u2026"/.exec(words)?.[1]);
  return (
    shown !== undefined &&
    secondShown !== undefined &&
    (shown.startsWith(secondShown) || secondShown.startsWith(shown)) &&
    text.slice(text.indexOf('\u2026"')) === secondText.slice(secondText.indexOf('\u2026"'))
  );
};

/** Programs and commands that have two names are written by one. */
const spelled = (message: string): string =>
  message
    .replaceAll(/\b(docker|podman)-compose(?= )/g, '$1 compose')
    .replaceAll(/\b(python|pip)3(?= )/g, '$1')
    .replaceAll(/\bterragrunt (apply|destroy|plan)-all\b/g, 'terragrunt run-all $1');

/** A shorter line is the same by chance. */
const TELLING = 12;

/** So many pairs of a danger and another file are compared at most. */
const PAIRS_AT_MOST = 20_000;

/** Dangers whose line left another file of the change, where it had the same danger. */
async function movedAmong(
  noticed: readonly NoticedIn[],
  changes: readonly Change[],
  noticedIn: (change: Change) => Promise<readonly NoticedIn[]>,
): Promise<readonly NoticedIn[]> {
  const fresh = noticed.filter(({ side, rule }) => side === 'new' && classOf(rule) !== 'secrets');
  if (changes.length < 2 || fresh.length * changes.length > PAIRS_AT_MOST) return [];
  const texts = new Map(changes.map((change) => [change.path, change]));
  const asked = new Map<string, readonly NoticedIn[]>();
  const moved: NoticedIn[] = [];
  for (const notice of fresh) {
    const { before, after } = texts.get(notice.path) ?? {};
    const line = after?.split('\n')[notice.line - 1]?.trim() ?? '';
    if (line.length < TELLING || before?.includes(line) === true) continue;
    for (const otherChange of changes) {
      if (
        otherChange.path === notice.path ||
        otherChange.before?.includes(line) !== true ||
        otherChange.after?.includes(line) === true
      )
        continue;
      if (matters(notice.path) > matters(otherChange.path)) continue;
      const oldNotices =
        asked.get(otherChange.path) ??
        (await noticedIn({ ...otherChange, from: null, before: null, after: otherChange.before }));
      asked.set(otherChange.path, oldNotices);
      if (oldNotices.some(({ rule, message }) => rule === notice.rule && message === notice.message))
        moved.push(notice);
    }
  }
  return moved;
}

/** Where something is moved from a test to what runs, or to production, it is another danger. */
const matters = (path: string): number => (PRODUCTION.test(path) ? 2 : isTest(path) || isExample(path) ? 0 : 1);

const PRODUCTION = /(?<![a-z])(?:prod|production|live)(?![a-z])/i;

const isHabitIn =
  (path: string) =>
  (one: NoticedIn): boolean =>
    one.path === path &&
    one.side === 'new' &&
    ((RULES[one.rule] as Rule).isHabit === true ||
      ((isExample(path) || isTest(path)) && classOf(one.rule) !== 'secrets' && !one.rule.startsWith('checks/test-')));

/** The same command with other options. */
const bare = (message: string): string => message.replace(/ -[^\s"]*/g, '');

const trimmed = (line: string): string => line.trim();

/** What is worst has to be the same to the word: another target or another right is another danger. */
function isSameDanger(oldNotice: Noticed, newNotice: Noticed): boolean {
  if (oldNotice.rule !== newNotice.rule) return false;
  if (oldNotice.message === newNotice.message) return true;
  const severity = newNotice.severity ?? (RULES[newNotice.rule] as Rule).severity;
  return severity !== 'critical' && classOf(newNotice.rule) === 'destructive';
}
