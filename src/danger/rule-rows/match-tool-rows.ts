/** Reads the rows about calls of tools: what they do by their own words, to what, on which server. */
import { TOOLS } from '../rules/order-of-rows';
import type { RuleId } from '../rules';
import type { ToolRow } from '../rules/types';
import type { Deed } from '../tools/act-by-tool-name';
import { once } from '../lazy-value';
import { isNamed } from './rows-by-name';

/** A call as the rows see it. */
interface ToolWords {
  readonly deed: Deed | undefined;
  /** Of the tool's name, and of what its input says that it shall do. */
  readonly words: readonly string[];
  /** What it is done to, in the singular. */
  readonly nouns: readonly string[];
  /** Of the server's name and the tool's. */
  readonly on: readonly string[];
  /** Its input, as lines `key=value`. */
  readonly lines: readonly string[];
}

interface NamedRow {
  readonly rule: RuleId;
  readonly row: ToolRow;
}

const rows = once((): readonly NamedRow[] => TOOLS.flatMap(([rule, tools]) => tools().map((row) => ({ rule, row }))));

/** The first row that fits. */
export const toolRowOf = (call: ToolWords): NamedRow | undefined => rows().find(({ row }) => fits(row, call));

const fits = (row: ToolRow, { deed, words, nouns, on, lines }: ToolWords): boolean =>
  (row.deed === undefined || (deed !== undefined && row.deed.split(' ').includes(deed.kind))) &&
  (row.verb === undefined || isAny(words, row.verb)) &&
  (row.of === undefined || isAny(nouns, row.of)) &&
  (row.not === undefined || !isAny(nouns, row.not)) &&
  (row.on === undefined || isAny(on, row.on)) &&
  (row.with === undefined || isIn(lines, row.with)) &&
  (row.without === undefined || !isIn(lines, row.without));

const isAny = (words: readonly string[], names: NonNullable<ToolRow['of']>): boolean =>
  words.some((word) => isNamed(names, word));
const isIn = (lines: readonly string[], pattern: RegExp): boolean => lines.some((line) => pattern.test(line));
