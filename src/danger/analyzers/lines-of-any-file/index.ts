/** What single lines of any file say from now on, such as an address, an option or a header: the format does not matter. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { isTest, isVendored } from '../../path-roles';
import { surplus } from '../../multiset-difference';
import { named } from '../../yaml-and-json';
import type { AnalyzerOfFiles, Change, Noticed } from '../../types';
import { ROWS, type LineRow, type Placed } from './patterns-of-added-and-removed-lines';

/** What is read by people, or written by programs. */
const NO_SETTINGS =
  /\.(?:md|mdx|rst|adoc|txt|po|svg|lock|sum|snap|css|scss|less|html?|patch|diff|ipynb)$|(?<!policy)\.csv$|(?:^|\/)[\w.-]*lock\.(?:json|ya?ml)$|(?:^|\/)(?:docs?|locales?|i18n|translations?)\//i;
const LINE_AT_MOST = 1_000;
const COMMENT = /^\s*(?:#(?![!{])|\/\/|\*|\/\*|<!--|;|--\s)/;
/** A comment that stands behind what a line says. */
const REMARK = /\s(?:#|\/\/)\s.*$/;
/** Many lines change at once where a program is written anew. */
const CHANGED_AT_MOST = 400;

export const lines: AnalyzerOfFiles = {
  id: 'lines',
  searchesLines: true,
  concerns: ({ path, before, after }) =>
    after !== null &&
    before !== after &&
    !NO_SETTINGS.test(path) &&
    !isTest(path) &&
    !isVendored(path) &&
    ROWS.some(
      (row) =>
        (before !== null || row.inNew === true) &&
        looksAt(row, path) &&
        (row.words.test(before ?? '') || row.words.test(after)),
    ),
  notice: (change) => {
    const { gone, fresh } = changedLines(change);
    if (gone.length + fresh.length === 0 || gone.length + fresh.length > CHANGED_AT_MOST) return [];
    const present = (change.after ?? '')
      .split('\n')
      .filter((line) => !COMMENT.test(line))
      .join('\n');
    return ROWS.flatMap((row) =>
      (change.before !== null || row.inNew === true) && looksAt(row, change.path)
        ? judged(row, { change, present, gone, fresh })
        : [],
    );
  },
};

const looksAt = ({ files, not }: LineRow, path: string): boolean =>
  files?.test(path) !== false && not?.test(path) !== true;

interface Changed {
  readonly change: Change;
  /** The new text without its comments. */
  readonly present: string;
  readonly gone: readonly Placed[];
  readonly fresh: readonly Placed[];
}

/** The lines that one side has more often than the other, without comments. */
function changedLines({ before, after }: Change): Pick<Changed, 'gone' | 'fresh'> {
  const [earlier, later] = [before, after].map((text) => (text ?? '').split('\n').map((line) => line.trim()));
  const counts = surplus(later ?? [], earlier ?? []);
  const pick = (all: readonly string[] = [], sign: number): readonly Placed[] =>
    all.flatMap((text, index) =>
      (counts.get(text) ?? 0) * sign > 0 && text.length < LINE_AT_MOST && !COMMENT.test(text)
        ? [{ text: text.replace(REMARK, ''), line: index + 1 }]
        : [],
    );
  return { gone: pick(earlier, -1), fresh: pick(later, 1) };
}

function judged(row: LineRow, { change, present, gone, fresh }: Changed): readonly Noticed[] {
  if (row.stays?.test(present) === false) return [];
  for (const line of row.lost === undefined ? [] : gone) {
    const [part] = row.lost?.exec(line.text) ?? [];
    if (part === undefined || row.lost?.test(present) === true || row.harmless?.test(line.text) === true) continue;
    return [factWas(row.says, line, { what: named(part) }, { cause: row.says })];
  }
  const { commented, fewer } = row;
  if (commented !== undefined) {
    const hidden = new Set(
      (change.after ?? '').split('\n').map((line) => /^\s*(?:\/\/|#|--)\s*(\S.*)$/.exec(line)?.[1]?.trim() ?? ''),
    );
    const line = gone.find(({ text }) => commented.test(text) && hidden.has(text));
    if (line !== undefined) return [factWas(row.says, line, { what: named(line.text) }, { cause: row.says })];
  }
  if (fewer !== undefined) {
    const [lost, gained] = [gone, fresh].map((placed) => placed.filter(({ text }) => fewer.test(text)));
    const stays = row.inside === true ? isInWhatStays : guardsWhatStays;
    const line = lost?.find((placed) => isGoneHere(placed, change) && stays(placed, change));
    if (line !== undefined && (lost?.length ?? 0) > (gained?.length ?? 0))
      return [factWas(row.says, line, { what: named(fewer.exec(line.text)?.[0]) }, { cause: row.says })];
  }
  const { gains } = row;
  const countOf = (all: readonly Placed[]): number =>
    all.filter(({ text }) => gains?.test(text) === true && row.harmless?.test(text) !== true).length;
  if (row.more === true && countOf(fresh) <= countOf(gone)) return [];
  for (const line of gains === undefined ? [] : fresh) {
    const [part] = gains?.exec(line.text) ?? [];
    if (part === undefined || row.harmless?.test(line.text) === true) continue;
    const partner = partnerOf(line, gone);
    if (
      partner === undefined &&
      (row.inPlaceOf !== undefined ||
        (row.only === undefined && row.more !== true && gains?.test(change.before ?? '') === true))
    )
      continue;
    if (row.only === undefined && partner !== undefined && gains?.test(partner.text) === true) continue;
    if (row.inPlaceOf !== undefined && partner !== undefined && !row.inPlaceOf.test(partner.text)) continue;
    if (row.only?.(partner, line) === false) continue;
    return [factAt(row.says, line, { what: named(part) }, { cause: row.says })];
  }
  return [];
}

/** Of several lines alike, one that is gone is not below the same lines as often as before. */
function isGoneHere({ line }: Placed, { before, after }: Change): boolean {
  const lines = (before ?? '').split('\n');
  const above = lines.slice(Math.max(0, line - ABOVE), line).join('\n');
  return (after ?? '').split(above).length < (before ?? '').split(above).length;
}
const ABOVE = 4;
/** Whether a name on the line, or on one of those that follow, is still there: what is gone with its check needs none. */
function guardsWhatStays({ line }: Placed, { before, after }: Change): boolean {
  const following = (before ?? '').split('\n').slice(line - 1, line + FOLLOWING);
  const name = following.map((text) => NAME.exec(text)?.[1]).find((found) => found !== undefined);
  if (name === undefined) return following.some((text) => text.trim() !== '' && after?.includes(text) === true);
  return after?.includes(name) === true;
}
/** The same for what stands inside of a function. */
function isInWhatStays({ line }: Placed, { before, after }: Change): boolean {
  const name = (before ?? '')
    .split('\n')
    .slice(0, line)
    .map((text) => FUNCTION.exec(text)?.slice(1).find(Boolean))
    .findLast((found) => found !== undefined);
  return name !== undefined && after?.includes(name) === true;
}
const FUNCTION =
  /\b(?:fun|def|defp|fn|func|function)\s+(?:self\.)?([\w?!]{3,80})|^\s*(?:(?:public|private|protected|internal|static|async|override|virtual)\s+)+[\w<>[\],?. ]{1,80}\s(\w{3,80})\s*\(/;
const FOLLOWING = 5;
const NAME =
  /\b(?:fun|def|fn|func|class|object|defmodule|type|scope|get|post|put|delete|patch|resources?)\s+[`"'/:]?([\w./-]{3,80})/;

const WORD = /\w+/g;
const ALIKE = 0.5;

/** The line that this one stands in the place of: of those that left, the one that has most of its words. */
function partnerOf({ text }: Placed, gone: readonly Placed[]): Placed | undefined {
  const words = new Set(text.match(WORD));
  let best: Placed | undefined;
  let most = 0;
  for (const line of gone) {
    const goneWords = new Set(line.text.match(WORD));
    const shared = [...goneWords].filter((word) => words.has(word)).length;
    const share = shared / Math.max(goneWords.size, 1);
    if (share >= ALIKE && share > most) [best, most] = [line, share];
  }
  return best;
}
