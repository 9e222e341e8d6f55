/** The policy's own say on findings: rules that a team adds, and built-in ones that it switches off. */
import type { Change } from '../../danger/types';
import { compileGlob, foldPath, type Glob } from '../glob';
import { Pattern, type Budget } from '../regex';
import type { Finding, Policy, RuleOff, SwitchedOff, TeamRule } from '../types';
import { fileRowsOf } from './rows-of-team-rules';

/** For all rules and files of one change together: about a second's work. */
const STEPS_AT_MOST = 20_000_000;
/** At most this much of a line is examined. UTF-16 units. */
const LINE_AT_MOST = 10_000;
/** At most this many findings are reported per rule and file. */
const FOUND_AT_MOST = 50;

type Rules = Pick<Policy, 'rules' | 'rulesOff'>;

/**
 * What a team's own rules find in the lines that changes add. Where matching would take too long, the rest counts as
 * found: nobody gets past a rule with a text that is slow to match.
 */
export function findByTeamRules(
  { rules }: Rules,
  changes: readonly Change[],
  budget: Budget = { steps: STEPS_AT_MOST },
): readonly Finding[] {
  if (rules.length === 0) return [];
  return changes.flatMap((change) => {
    const names = foldPath(change.path);
    const concerned = rules.filter((rule) => compiledOf(rule).concerns(names));
    if (concerned.length === 0 || change.after === null) return [];
    const { after } = change;
    const mayMatch = concerned.filter((rule) => {
      const { pattern } = compiledOf(rule);
      return pattern !== null && after.includes(pattern.needs);
    });
    if (mayMatch.length === 0) return [];
    const added = addedLines(change);
    return mayMatch
      .flatMap((rule) => found(rule, change.path, added, budget))
      .sort((one, other) => one.line - other.line);
  });
}

function found(rule: TeamRule, path: string, added: ReturnType<typeof addedLines>, budget: Budget): readonly Finding[] {
  const { pattern } = compiledOf(rule);
  if (pattern === null) return [];
  const findings: Finding[] = [];
  const at = (line: number, message: string): Finding => findingOf(rule, path, { line, side: 'new' }, message);
  for (const { line, text } of added) {
    const cut = text.length > LINE_AT_MOST ? text.slice(0, LINE_AT_MOST) : text;
    const matched = cut.includes(pattern.needs) ? pattern.matches(cut, budget) : false;
    if (matched === undefined)
      return [
        ...findings,
        at(line, `${rule.message} (From this line on the file takes too long to look through, so it counts as found.)`),
      ];
    if (matched) findings.push(at(line, sentenceOf(rule)));
    if (findings.length >= FOUND_AT_MOST) break;
  }
  return findings;
}

/** What a team's rule says of a place, and what to do. */
const sentenceOf = ({ message, fix }: TeamRule): string => (fix === null ? message : `${message} ${fix}`);

const findingOf = (
  rule: TeamRule,
  path: string,
  { line, side }: Pick<Finding, 'line' | 'side'>,
  message: string,
): Finding => ({ rule: rule.rule, class: rule.class, severity: rule.severity, path, line, side, message });

/** What the rows of a team's own rules find. `find`: reads the rows about files, as those of the built-in rules are read. */
export function findByTeamRows(
  { rules }: Rules,
  changes: readonly Change[],
  find: (change: Change, rows: NonNullable<ReturnType<typeof fileRowsOf>>) => readonly Pick<Finding, 'line' | 'side'>[],
): readonly Finding[] {
  const withRows = rules.flatMap((rule) => {
    const rows = fileRowsOf(rule);
    return rows === null ? [] : [{ rule, rows }];
  });
  if (withRows.length === 0) return [];
  return changes.flatMap((change) =>
    withRows
      .filter(({ rule }) => looksAt(rule, change.path))
      .flatMap(({ rule, rows }) =>
        find(change, rows)
          .slice(0, FOUND_AT_MOST)
          .map((place) => findingOf(rule, change.path, place, sentenceOf(rule))),
      ),
  );
}

/** The findings that count, and those whose rule is switched off, with the reason. */
export function withoutSwitchedOff(
  { rulesOff }: Rules,
  findings: readonly Finding[],
): { readonly findings: readonly Finding[]; readonly off: readonly SwitchedOff[] } {
  if (rulesOff.length === 0) return { findings, off: [] };
  const off: SwitchedOff[] = [];
  const remaining = findings.flatMap((finding) => {
    const offIn = (path: string): RuleOff | undefined =>
      rulesOff.find((one) => one.rule === finding.rule && offAt(one, path));
    const by = offIn(finding.path);
    if (by !== undefined) off.push({ ...finding, reason: by.reason });
    const { alsoIn, ...fields } = finding;
    const others = alsoIn?.filter(({ path }) => offIn(path) === undefined) ?? [];
    const [place, ...rest] = by === undefined ? [finding, ...others] : others;
    if (place === undefined) return [];
    return [{ ...fields, path: place.path, line: place.line, ...(rest.length === 0 ? {} : { alsoIn: rest }) }];
  });
  return { findings: remaining, off };
}

/** Whether a rule is switched off for a file. */
export const offAt = (rule: RuleOff, path: string): boolean =>
  rule.paths === null || concerns(globsOf(rule, rule.paths), foldPath(path));

/** Whether a team's rule applies to a file. */
export const looksAt = (rule: TeamRule, path: string): boolean => compiledOf(rule).concerns(foldPath(path));

interface Compiled {
  /** Null where the rule has rows alone. */
  readonly pattern: Pattern | null;
  readonly concerns: (names: ReturnType<typeof foldPath>) => boolean;
}

const compiled = new WeakMap<TeamRule, Compiled>();

/** Compiled once for each policy object and garbage-collected with it. */
function compiledOf(rule: TeamRule): Compiled {
  const known = compiled.get(rule);
  if (known) return known;
  const globs = rule.paths.map(compileGlob);
  const entry = {
    pattern: rule.pattern === null ? null : new Pattern(rule.pattern),
    concerns: (names: ReturnType<typeof foldPath>) => concerns(globs, names),
  };
  compiled.set(rule, entry);
  return entry;
}

const offGlobs = new WeakMap<RuleOff, readonly Glob[]>();

function globsOf(rule: RuleOff, paths: readonly string[]): readonly Glob[] {
  const globs = offGlobs.get(rule) ?? paths.map(compileGlob);
  offGlobs.set(rule, globs);
  return globs;
}

/** The last matching pattern decides, as everywhere in a policy. */
const concerns = (globs: readonly Glob[], names: ReturnType<typeof foldPath>): boolean =>
  globs.findLast((glob) => glob.matches(names))?.negated === false;

/** The lines that a change adds. */
interface AddedLine {
  /** 1-based, of the new text. */
  readonly line: number;
  readonly text: string;
}

/**
 * Lines of the new text that the old one does not have, or has fewer times. A line that was moved or only re-indented
 * is not new. Between the common beginning and end, the first of several alike count.
 */
function addedLines({ before, after }: Pick<Change, 'before' | 'after'>): readonly AddedLine[] {
  if (after === null) return [];
  const newLines = after.split(/\r\n|\n|\r/);
  const oldLines = before === null ? [] : before.split(/\r\n|\n|\r/);
  let begin = 0;
  while (begin < newLines.length && begin < oldLines.length && newLines[begin] === oldLines[begin]) begin++;
  let end = 0;
  while (
    end < newLines.length - begin &&
    end < oldLines.length - begin &&
    newLines[newLines.length - 1 - end] === oldLines[oldLines.length - 1 - end]
  )
    end++;
  const counts = new Map<string, number>();
  for (const text of oldLines.slice(begin, oldLines.length - end))
    counts.set(text.trim(), (counts.get(text.trim()) ?? 0) + 1);
  return newLines.slice(begin, newLines.length - end).flatMap((text, index): AddedLine[] => {
    const key = text.trim();
    const known = counts.get(key) ?? 0;
    if (known > 0) counts.set(key, known - 1);
    return known > 0 || key === '' ? [] : [{ line: begin + index + 1, text }];
  });
}
