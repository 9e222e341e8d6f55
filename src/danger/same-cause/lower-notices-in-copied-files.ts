/** What a new file has from another one: the repository has that danger already. */
import { asLow } from '../rule-rows/facts-from-sentences';
import { isExample, isInProduction, isTest } from '../path-roles';
import { classOf, RULES, type Rule } from '../rules';
import type { Change, NoticedIn, Tools } from '../types';

/** A shorter line is the same by chance. */
const LONG_ENOUGH = 12;
/** Lines before and after one, and how many of all of them the other file must have. */
const AROUND = 3;
const ALIKE = 6;
/** So many lines of a shorter part are the same, all of them; of a longer one, this share. */
const SHORT = 40;
const MOST = 0.9;
/** The share of a whole file's lines that stands in a file of another name. */
const OF_FILE = 0.8;
/** Each is a question to git, with so many lines. */
const ASKED_AT_MOST = 5;
const LINES_ASKED = 3;

const COPIED: ReadonlySet<string> = new Set(['destructive', 'permissions', 'secrets', 'availability']);
/** A secret is not handed to another program. */
const isSecret = ({ rule }: NoticedIn): boolean => classOf(rule) === 'secrets';

/**
 * Low where a new file has its line, and those that belong to it, from a file that the change leaves as it is, or from
 * one as it was before the change. What stands in production is compared with production alone.
 */
export async function lowInCopies(
  noticed: readonly NoticedIn[],
  changes: readonly Change[],
  { copies }: Tools,
): Promise<readonly NoticedIn[]> {
  const added = new Map(changes.flatMap((change) => (change.before === null ? [[change.path, change] as const] : [])));
  const mayBeCopied = ({ path, side, rule, severity }: NoticedIn): boolean =>
    side === 'new' && severity !== 'low' && added.has(path) && COPIED.has(classOf(rule));
  if (!noticed.some(mayBeCopied)) return noticed;
  const origins = changes.flatMap(({ path, from, before }): Origin[] =>
    before === null ? [] : [{ path: from ?? path, lines: linesOf(before) }],
  );
  const texts = new Map<string, readonly string[]>();
  let asked = 0;
  const isCopied = async (notice: NoticedIn): Promise<boolean> => {
    const { path, line } = notice;
    const lines = texts.get(path) ?? linesOf(added.get(path)?.after ?? '');
    texts.set(path, lines);
    const isIn = (origin: Origin): boolean => mayBeFrom(path, origin.path) && hasFrom(notice, lines, origin);
    if (origins.some(isIn)) return true;
    const asks = windowOf(lines, line - 1).filter((text) => !isSecret(notice) || text !== lines[line - 1]);
    const words = tellingLines(asks, path);
    if (copies === undefined || words.length === 0 || asked++ >= ASKED_AT_MOST) return false;
    const found = (await copies(path, words)).flatMap((file): Origin[] =>
      origins.some((origin) => origin.path === file.path) ? [] : [{ path: file.path, lines: linesOf(file.text) }],
    );
    origins.push(...found);
    return found.some(isIn);
  };
  const all: NoticedIn[] = [];
  for (const notice of noticed) all.push(mayBeCopied(notice) && (await isCopied(notice)) ? asLow(notice) : notice);
  return all;
}

interface Origin {
  readonly path: string;
  readonly lines: readonly string[];
}

/** What is usual elsewhere is not yet so in production. */
const mayBeFrom = (path: string, origin: string): boolean =>
  !isTest(origin) && !isExample(origin) && (!isInProduction(path, origin) || isInProduction(origin, path));

/** Without what a line of settings says to people at its end. */
const linesOf = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.trim().replace(/\s+#\s[^"'`]*$/, ''));

const windowOf = (lines: readonly string[], at: number): readonly string[] =>
  lines.slice(Math.max(0, at - AROUND), at + AROUND + 1);

/** The longest lines, without those that name the file's own place. */
const tellingLines = (lines: readonly string[], path: string): readonly string[] =>
  [...new Set(lines)]
    .filter((line) => line.length >= LONG_ENOUGH && !foldersOf(path).some((name) => line.includes(name)))
    .sort((a, b) => b.length - a.length)
    .slice(0, LINES_ASKED);

const foldersOf = (path: string): readonly string[] => path.split('/').filter((name) => name.length > 3);

/** The names of one place that the other one does not have: an environment, a cluster, a region. */
const namesOnlyIn = (path: string, secondPath: string): readonly string[] => {
  const others = new Set(foldersOf(secondPath));
  return foldersOf(path).filter((name) => !others.has(name));
};

const withoutNames = (line: string, names: readonly string[]): string =>
  names.reduce((text, name) => text.replaceAll(name, '*'), line);
/** Without versions, digests and counts; a word in quotes is the word. */
const withoutNumbers = (line: string): string => line.replaceAll(/\b[0-9a-f]{7,}\b|\d+/g, '#').replaceAll(/["']/g, '');
const says = (line: string): boolean => line !== '' && !line.startsWith('#') && line !== '---';

/** Whether another file has the line, those around it, and the rest of the object that they belong to. */
function hasFrom(notice: NoticedIn, lines: readonly string[], { path: origin, lines: others }: Origin): boolean {
  const { path, line, rule, severity } = notice;
  if (!others.includes(lines[line - 1] ?? '') && namesOnlyIn(path, origin).length === 0) return false;
  // who is let in, and a secret, has to be the same to the word, whatever the folders are called
  const isExact =
    isSecret(notice) ||
    rule.startsWith('permissions/iam-') ||
    (severity ?? (RULES[rule] as Rule).severity) === 'critical';
  const [mine, theirs] = isExact ? [[], []] : [namesOnlyIn(path, origin), namesOnlyIn(origin, path)];
  const bare = lines.map((text) => withoutNames(text, mine));
  const bareOthers = others.map((text) => withoutNames(text, theirs));
  const at = line - 1;
  const window = windowOf(bare, at);
  const least = Math.min(ALIKE, window.length);
  if (window.length <= AROUND || !window.some((text) => text.length >= LONG_ENOUGH)) return false;
  const stands = bareOthers.some((text, index) => {
    if (text !== bare[at]) return false;
    const shown = windowOf(bareOthers, index);
    return window.filter((part) => shown.includes(part)).length >= least;
  });
  if (!stands) return false;
  const known = new Set(bareOthers);
  const knownWithoutNumbers = new Set(bareOthers.map(withoutNumbers));
  const isKnown = (text: string): boolean =>
    isExact ? known.has(text) : knownWithoutNumbers.has(withoutNumbers(text));
  const nameOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
  return (
    isPartKnown(partOf(path, bare, at), isExact, isKnown) &&
    assignmentsOf(bare, at).every((text) => known.has(text)) &&
    (nameOf(path) === nameOf(origin) || shareOf(bare.filter(says), isKnown) >= OF_FILE)
  );
}

const MANIFEST = /\.(?:ya?ml|json|tpl)$/;

/** What a file of Terraform has several of. */
const BLOCK = /^(?:resource|data|module|provider|terraform|variable|locals|output)\b.*\{/;

/** One document of several, as manifests have them, or one block; of a script, which runs line by line, all of it. */
function partOf(path: string, lines: readonly string[], at: number): readonly string[] {
  if (path.endsWith('.tf')) {
    const [begin, after] = [
      lines.findLastIndex((text, index) => index <= at && BLOCK.test(text)),
      lines.findIndex((text, index) => index > at && BLOCK.test(text)),
    ];
    return lines.slice(Math.max(0, begin), after < 0 ? undefined : after).filter(says);
  }
  if (!MANIFEST.test(path)) return lines.filter(says);
  const end = lines.indexOf('---', at);
  return lines.slice(lines.lastIndexOf('---', at) + 1, end < 0 ? undefined : end).filter(says);
}

/** Whoever gets a right, and what runs, has to be the same. */
const isPartKnown = (part: readonly string[], isExact: boolean, isKnown: (text: string) => boolean): boolean =>
  isExact || part.length <= SHORT
    ? part.every(isKnown)
    : shareOf(part, isKnown) >= MOST && part.filter((text) => /^(?:- )?image:/.test(text)).every(isKnown);

/** Where the variables of a line get their values. */
function assignmentsOf(lines: readonly string[], at: number): readonly string[] {
  const names = new Set((lines[at] ?? '').match(/(?<=\$\{?)[A-Za-z_]\w*/g));
  return lines.filter((text) =>
    names.has(/^(?:export |local |readonly |declare )?\$?(\w+)\s{0,9}=/.exec(text)?.[1] ?? ''),
  );
}

const shareOf = (lines: readonly string[], isKnown: (text: string) => boolean): number =>
  lines.filter(isKnown).length / Math.max(1, lines.length);
