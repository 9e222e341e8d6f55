/** A rehearsal for the terminal. */
import { countOf as counted, listIf, quoted } from '../../policy';
import { countOf } from './replay-merges-under-policies';
import type { PolicyRehearsal, Rehearsal } from './types';

const WIDTH = 24;
/** Of a policy's column. */
const COLUMN = 30;

/** `printable`: makes text from outside harmless for where it is shown. */
export function rehearsalText(made: Rehearsal, printable: (text: string) => string): string {
  const { policies } = made;
  const row = (label: string, of: (one: PolicyRehearsal) => string): string =>
    `${label.padEnd(WIDTH)}${policies
      .map((policy) => of(policy).padEnd(COLUMN))
      .join('')
      .trimEnd()}`;
  const reverted = (rehearsal: PolicyRehearsal): string =>
    `${String(rehearsal.reverted.filter(({ tiers }) => tiers.length > 0).length)} of ${String(rehearsal.reverted.length)}`;
  return [
    `${String(made.changes)} ${made.changes === 1 ? 'change' : 'changes'} merged to ${quoted(made.branch)} from ${day(made.since)} to ${day(made.until)}`,
    '',
    row('', ({ policy }) => printable(policy).slice(0, COLUMN - 2)),
    row(
      'need a sign-off',
      ({ asked, changes }) =>
        `${String(asked)} (${changes === 0 ? '0' : String(Math.round((asked / changes) * 100))}%)`,
    ),
    row('sign-offs a week', ({ signOffsAWeek }) => String(signOffsAWeek)),
    ...levelsIn(policies).map((level) =>
      row(`  ${levelWords(level)}`, ({ signOffs }) => `${String(signOffs[level] ?? 0)} in all`),
    ),
    row('hours reading a week', ({ readingHoursAWeek }) => String(readingHoursAWeek)),
    row('reverted, needed one', reverted),
    '',
    `Reading is estimated at ${String(made.pace)} lines an hour (--pace).${made.waitsHours === null ? '' : ` Today a branch waits ${hours(made.waitsHours)} from its last commit to its merge (median of ${String(made.waitsKnown)} merges).`}`,
    ...(policies[0]?.reverted ?? []).map(
      ({ commit, subject, tiers, revertedBy }) =>
        `Reverted: ${commit.slice(0, 10)} ${printable(subject)} (by ${revertedBy?.slice(0, 10) ?? ''}): ${tiers.length === 0 ? 'no sign-off would have been required' : `${tiers.join(', ')} would have required a sign-off`}`,
    ),
    ...listIf(policies[0]?.largest.length !== 0, [
      '',
      'Most sign-offs:',
      ...(policies[0]?.largest ?? []).map(
        ({ commit, subject, tiers, signOffs, lines }) =>
          `  ${commit.slice(0, 10)} ${counted(countOf(signOffs), 'sign-off')} for ${counted(lines, 'line')} in ${tiers.join(', ')}: ${printable(subject)}`,
      ),
    ]),
    '',
    ...made.notices,
    '',
  ].join('\n');
}

/** The levels that any of the policies asks for, the highest first. */
export const levelsIn = (policies: readonly PolicyRehearsal[]): readonly string[] => [
  ...new Set([...policies.flatMap(({ signOffs }) => Object.keys(signOffs))]),
];

/** Who signs off, as the end of a sentence. */
export const levelWords = (level: string): string =>
  level === 'senior'
    ? 'by a senior'
    : level === 'mid'
      ? 'by mid or above'
      : level === 'junior'
        ? 'by anybody else'
        : `at level ${level}`;

export const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const hours = (value: number): string =>
  value < 48 ? `${String(Math.round(value * 10) / 10)} h` : `${String(Math.round(value / 24))} days`;
