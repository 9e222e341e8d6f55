/** Evidence, and what its verification found, as text for a terminal. Every text in it is from outside. */
import { countOf, countsText, printable } from '../../policy';
import type { Answer } from './verification-verdict';
import { rowsOf } from './row-ids-and-digests';
import type { Row } from './row-fields-by-kind';
import type { Evidence } from './types';
import type { Verification } from './verify-bundle-offline';

const SHOWN_AT_MOST = 12;

/** What is known, on a screen; the file has all of it. */
export function evidenceText({ scope, rows, digest }: Evidence): string {
  const changes = rowsOf(rows, 'change');
  const sum = (side: 'added' | 'removed'): { ai: number; human: number; unknown: number } =>
    changes.reduce(
      (total, { [side]: of }) => ({
        ai: total.ai + of.ai,
        human: total.human + of.human,
        unknown: total.unknown + of.unknown,
      }),
      { ai: 0, human: 0, unknown: 0 },
    );
  const assistants = [...new Set(changes.flatMap((change) => change.assistants))].sort();
  const lines: (readonly [string, readonly string[]])[] = [
    ['repository', [`${scope.repository}${scope.branch === null ? '' : `, branch ${scope.branch}`}`]],
    ['range', [rangeText(scope)]],
    [
      'changes',
      [
        `${countOf(changes.length, 'commit')}; added ${countsText(sum('added'))}; removed ${countsText(sum('removed'))}`,
        ...(assistants.length === 0 ? [] : [assistants.join(', ')]),
      ],
    ],
    ['decisions', decisionLines(rows)],
    [
      'approvals',
      some(
        rowsOf(rows, 'approval').map(
          ({ by, source, tier, counts: does, why }) =>
            `${by} (${source}${tier === null ? '' : `, ${tier}`})${does ? '' : `, which does not count: ${why}`}`,
        ),
      ),
    ],
    [
      'findings',
      some(
        rowsOf(rows, 'finding').map(({ severity, rule, path, line }) => `${severity} ${rule} ${path}:${String(line)}`),
      ),
    ],
    ['runs', some(rowsOf(rows, 'run').map(runText))],
    ['exceptions', some(rowsOf(rows, 'exception').map(({ says }) => says))],
    ['pending sign-offs', some(rowsOf(rows, 'debt').map(debtText))],
    [
      'stages',
      some(
        rowsOf(rows, 'stage').map(({ stage, at, commit, state }) => `${stage} ${state} ${at} (${commit.slice(0, 10)})`),
      ),
    ],
    [
      'incidents',
      some(rowsOf(rows, 'incident').map(({ incident, title, state }) => `${incident} ${title} (${state})`)),
    ],
    ['missing', rowsOf(rows, 'missing').map(({ says, get }) => `${says}${get === '' ? '' : ` (${get})`}`)],
    ['digest', [digest]],
  ];
  return lines
    .flatMap(([name, values]) =>
      (values.length === 0 ? ['none'] : values).map(
        (value, index) => `${(index === 0 ? name : '').padEnd(11)} ${printable(value)}\n`,
      ),
    )
    .join('');
}

export const rangeText = ({ kind, query, base, head, deployment, incident }: Evidence['scope']): string =>
  `${base.slice(0, 12)}..${head.slice(0, 12)}, ${
    kind === 'range'
      ? `asked for as ${query}`
      : kind === 'deployment'
        ? `the deployment to ${deployment?.stage ?? '?'} at ${deployment?.at ?? '?'}`
        : `the incident ${incident ?? '?'}`
  }`;

export function runText(row: Extract<Row, { kind: 'run' }>): string {
  const { outcome, program, verb, targets, directory, environment, line, assistant, session, requested, approvals } =
    row;
  const command =
    line ?? [program ?? 'a command that is not known', verb, ...targets].filter((word) => word !== null).join(' ');
  const parts = [
    [assistant, session === null ? null : `session ${session}`].filter((word) => word !== null).join(', '),
    requested === null ? '' : `requested by ${requested.by}${requested.reason === '' ? '' : `: ${requested.reason}`}`,
    ...approvals.map(
      ({ by, valid, why }) => `approved by ${by.join(', ') || 'somebody'}${valid ? '' : `, not confirmed: ${why}`}`,
    ),
    row.under === null ? '' : `under the exception ${row.under}`,
    row.ended === null ? '' : row.ended.failed ? 'it failed' : 'it ended without an error',
  ].filter((part) => part !== '');
  const where = [
    directory === null || directory === '.' ? '' : ` in ${directory}`,
    environment === null ? '' : ` on ${environment}`,
  ];
  return `${row.at} ${outcome} ${command}${where.join('')}${parts.length === 0 ? '' : `: ${parts.join('; ')}`}`;
}

export const debtText = ({ paid, tiers, reason, by, due }: Extract<Row, { kind: 'debt' }>): string =>
  `${paid === true ? 'paid' : paid === false ? 'owed' : 'not known whether paid'}: a sign-off for ${tiers.join(', ')}, due ${due}; an emergency let it through (${reason}${by.length === 0 ? '' : `, signed by ${by.join(', ')}`})`;

function decisionLines(rows: readonly Row[]): readonly string[] {
  const all = rowsOf(rows, 'decision');
  const of = (verdict: string): number => all.filter((one) => one.verdict === verdict).length;
  const parts = (['pass', 'fail', 'undecided'] as const).flatMap((verdict) =>
    of(verdict) === 0 ? [] : [`${String(of(verdict))} ${verdict}`],
  );
  return [
    ...(parts.length === 0 ? [] : [parts.join(', ')]),
    ...some(
      all.flatMap(({ commit, subject, verdict, tiers, unmet }) => {
        if (verdict !== 'fail') return [];
        const missing = new Set([
          ...unmet,
          ...tiers.flatMap(({ name, required }) =>
            required.flatMap((requirement) => (requirement.satisfied ? [] : [`${name}: ${requirement.missing}`])),
          ),
        ]);
        return [`fail ${commit.slice(0, 10)} ${subject}: ${[...missing].join('; ')}`];
      }),
    ),
    ...undecidedLines(all.filter(({ verdict }) => verdict === 'undecided')),
  ];
}

/** One reason is mostly that of all. */
function undecidedLines(all: readonly Extract<Row, { kind: 'decision' }>[]): readonly string[] {
  const [first, ...others] = all;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (and ${String(others.length)} more)`;
  return [`undecided ${first.commit.slice(0, 10)} ${first.subject}: ${first.why}${more}`];
}

const some = (all: readonly string[]): readonly string[] =>
  all.length <= SHOWN_AT_MOST
    ? all
    : [
        ...all.slice(0, SHOWN_AT_MOST),
        `and ${String(all.length - SHOWN_AT_MOST)} more; the file and the page have all`,
      ];

const WORDS: Readonly<Record<Answer, string>> = {
  yes: 'Yes: nothing was changed.',
  no: 'No: the file was changed, or contradicts itself or this repository.',
  unknown: "It can't be said.",
};
const MARKS: Readonly<Record<Answer, string>> = { yes: 'ok', no: 'NO', unknown: '?' };

export function verificationText({ verdict, checks, notices, evidence }: Verification): string {
  const about =
    evidence === null
      ? []
      : [
          `${evidence.scope.repository}, ${rangeText(evidence.scope)}; made ${evidence.made.at} by ${evidence.made.by || 'nobody that it names'}${evidence.made.job === null ? '' : ` in ${evidence.made.job}`}`,
        ];
  return `${[
    WORDS[verdict],
    ...about,
    ...checks.map(({ what, answer, says }) => `  ${MARKS[answer].padEnd(3)} ${what}: ${says}`),
    ...notices.map((notice) => `  ${notice}`),
  ]
    .map(printable)
    .join('\n')}\n`;
}
