/** A rehearsal as a self-contained page. */
import { columns, figure, html, lines, page, table, tableOf, tiles, type Chart } from '../charts';
import { countOf } from './replay-merges-under-policies';
import { day, hours, levelsIn, levelWords } from './rehearsal-text';
import type { PolicyRehearsal, Rehearsal, RehearsedChange } from './types';

const COLORS = ['one', 'two', 'three', 'four'] as const;

/** `nonce`: a random word that allows the page's own style. */
export function rehearsalPage(made: Rehearsal, { nonce }: { readonly nonce: string }): string {
  const [first, ...others] = made.policies;
  if (first === undefined) throw new Error('a rehearsal needs a policy');
  const perWeek: Chart = {
    summary: `Sign-offs in each week under ${first.policy}: ${String(first.signOffsAWeek)} a week on average.`,
    labels: first.weeks.map(({ week }) => week),
    series: levelsIn([first]).map((level, index) => ({
      name: levelWords(level),
      color: COLORS[index % COLORS.length] ?? 'one',
      values: first.weeks.map(({ signOffs }) => signOffs[level] ?? 0),
    })),
    unit: 'count',
  };
  const beside: Chart = {
    summary: `Changes that need a sign-off in each week: ${made.policies.map(({ policy, asked: all }) => `${String(all)} in all under ${policy}`).join(', ')}.`,
    labels: perWeek.labels,
    series: made.policies.map(({ policy, weeks }, index) => ({
      name: policy,
      color: index === 0 ? ('one' as const) : ('four' as const),
      values: weeks.map((week) => week.asked),
    })),
    unit: 'count',
  };
  return page({
    title: `Rehearsal of ${first.policy}`,
    lead: `${String(made.changes)} changes that were merged to ${made.branch} from ${day(made.since)} to ${day(made.until)}, and what ${others.length === 0 ? 'the policy' : 'each policy'} would have asked of them.`,
    content: html`${tiles(tilesOf(first, made))}${figure({ id: 'signoffs', title: 'Sign-offs a week', definition: "By the level that is asked. One person signs for all tiers of a change, and a senior's sign-off counts for mid level too.", picture: columns(perWeek), table: table(tableOf('Sign-offs by week', 'Week of', perWeek)) })}${others.length === 0 ? null : figure({ id: 'beside', title: 'Changes that need a sign-off', definition: 'Under each policy.', picture: lines(beside), table: table(tableOf('Changes that need a sign-off, by week', 'Week of', beside)) })}${figure({ id: 'policies', title: others.length === 0 ? 'In figures' : 'Side by side', picture: null, table: table({ caption: 'Figures by policy', columns: [{ title: 'Figure' }, ...made.policies.map(({ policy }) => ({ title: policy }))], rows: figuresOf(made.policies) }), open: true })}${first.reverted.length === 0 ? null : changesTable('reverted', 'Changes that were taken back later', first.reverted)}${first.largest.length === 0 ? null : changesTable('largest', 'Changes that ask for most', first.largest)}`,
    footer: html`Reading is estimated at ${made.pace} lines an hour, and two minutes at least for each sign-off. ${made.notices.join(' ')}`,
    nonce,
  });
}

function tilesOf(first: PolicyRehearsal, made: Rehearsal): Parameters<typeof tiles>[0] {
  return [
    { label: 'Need a sign-off', value: `${String(first.asked)} of ${String(first.changes)}` },
    {
      label: 'Sign-offs a week',
      value: String(first.signOffsAWeek),
      note: levelsIn([first])
        .slice(0, 1)
        .map((level) => `${String(first.signOffs[level] ?? 0)} ${levelWords(level)}, in all`)
        .join(''),
    },
    { label: 'Hours of reading a week', value: String(first.readingHoursAWeek), note: 'for all who sign together' },
    {
      label: 'Taken back later',
      value:
        first.reverted.length === 0
          ? 'none'
          : `${String(first.reverted.filter(({ tiers }) => tiers.length > 0).length)} of ${String(first.reverted.length)}`,
      note: first.reverted.length === 0 ? 'No change was reverted.' : 'would have needed a sign-off',
    },
    ...(made.waitsHours === null
      ? []
      : [
          {
            label: 'A merge waits today',
            value: hours(made.waitsHours),
            note: `from the last commit, median of ${String(made.waitsKnown)}`,
          },
        ]),
  ];
}

/** One row per figure, so that policy names of any length have room. */
function figuresOf(policies: readonly PolicyRehearsal[]): string[][] {
  const row = (name: string, of: (one: PolicyRehearsal) => string | number): string[] => [
    name,
    ...policies.map((policy) => String(of(policy))),
  ];
  return [
    row('Changes that need a sign-off', ({ asked, changes }) => `${String(asked)} of ${String(changes)}`),
    row('Sign-offs a week', ({ signOffsAWeek }) => signOffsAWeek),
    ...levelsIn(policies).map((level) =>
      row(`Sign-offs ${levelWords(level)}, in all`, ({ signOffs }) => signOffs[level] ?? 0),
    ),
    row('Hours of reading a week', ({ readingHoursAWeek }) => readingHoursAWeek),
    row(
      'Taken back later, and needed a sign-off',
      ({ reverted }) =>
        `${String(reverted.filter(({ tiers }) => tiers.length > 0).length)} of ${String(reverted.length)}`,
    ),
  ];
}

const changesTable = (id: string, title: string, all: readonly RehearsedChange[]): ReturnType<typeof figure> =>
  figure({
    id,
    title,
    picture: null,
    open: true,
    table: table({
      caption: title,
      columns: [
        { title: 'Commit' },
        { title: 'Day' },
        { title: 'Subject' },
        { title: 'Asked by' },
        { title: 'Sign-offs', unit: 'count' },
        { title: 'Lines', unit: 'count' },
      ],
      rows: all.map(({ commit, at, subject, tiers, signOffs, lines: count }) => [
        commit.slice(0, 10),
        day(at),
        subject.slice(0, 100),
        tiers.join(', ') || 'nothing',
        countOf(signOffs),
        count,
      ]),
    }),
  });
