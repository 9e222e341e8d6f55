/** What was found about an outage, as text. Every text in it is from outside. */
import { listIf, countOf, countsText, inEditorsWords, printable } from '../../policy';
import { runLines, type RunsAround } from '../runs/runs-around-outage';
import { runRows } from '../runs/describe-runs-and-exceptions';
import type { BegunIncident } from './record-incident';
import { mergeText } from './suspect-details';
import type { Found } from './find-suspects';
import { isTied } from './is-tied-to-outage';
import type { WindowChange } from './unsuspected-changes';

const SUSPECTS_SHOWN = 5;
const CHANGES_SHOWN = 30;

/** What was found. `editor`: a page that answers first, the likeliest commit; what was searched, and what is not known, follow. */
export function begunText(
  { id, file, began, deployed, lastGood, found, gate, runs, timeline, hasLogs, notices }: BegunIncident,
  place: 'terminal' | 'editor',
): string {
  const options = place === 'terminal';
  const { suspects, window, others } = found;
  const range = `${lastGood === null ? 'until ' : `${lastGood.slice(0, 10)}..`}${deployed.slice(0, 10)}`;
  const searched =
    window.commits === 0
      ? `No commit was made in the time that was searched (${range}).`
      : `Looked at ${countOf(window.commits, 'commit')}, ${range}. ${pointsAt(suspects.length, others)}`;
  const lines = [
    options ? searched : answerText(found),
    ...suspects.slice(0, SUSPECTS_SHOWN).flatMap((suspect, index) => {
      const then = gate.get(suspect.commit);
      const who = assistantsText(suspect.assistants);
      const by = isTied(suspect.reasons) ? `by ${suspect.by}; ` : '';
      return [
        '',
        `${String(index + 1)}. ${suspect.commit.slice(0, 10)} ${suspect.at.slice(0, 10)} ${suspect.subject}`,
        `   ${by}added ${countsText(suspect.added)}; removed ${countsText(suspect.removed)}${who === '' ? '' : `; ${who}`}`,
        `   ${suspect.contribution === 'did-not' ? 'No line of an assistant is in it, so none contributed by it.' : "The records do not say whether an assistant's lines contributed."}`,
        ...suspect.reasons.slice(0, 6).map(({ says }) => `   - ${says}`),
        ...(then === undefined ? [] : [`   ${mergeText(then.review)} ${then.says}`]),
      ];
    }),
    ...listIf(suspects.length > SUSPECTS_SHOWN, [
      '',
      `${String(suspects.length - SUSPECTS_SHOWN)} more${options ? ': --json has them all' : ', with less that points at them'}.`,
    ]),
    ...changesText(found, options),
    ...runsText(runs, began),
    ...(hasLogs ? ['', 'What happened when:', ...timeline.map(({ at, what }) => `- ${at} ${what}`)] : []),
    ...(options ? [] : ['', 'What was searched, and what is not known', searched]),
    ...(notices.length === 0
      ? []
      : [
          ...(options ? ['', ...notices] : notices.map(inEditorsWords)),
          ...listIf(options && lastGood === null, [
            'Name the last good one with --last-good REV, and what was deployed with --deployed REV.',
          ]),
        ]),
    ...(file === null
      ? []
      : ['', `${id ?? ''} is recorded in ${file}. Add the events and the lessons, and commit the file.`]),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** The commit that most points at; what else is possible is said with it. */
function answerText({ suspects, changes, others }: Found): string {
  const [first, second] = suspects;
  if (first === undefined) {
    const [latest] = changes;
    return latest === undefined
      ? 'No commit was found.'
      : `No commit is tied to the outage by more than its time. The latest change is ${latest.commit.slice(0, 10)} ${latest.subject}`;
  }
  const more = second === undefined ? '' : `, before ${countOf(suspects.length - 1, 'other suspect')}`;
  return `Most points at ${first.commit.slice(0, 10)} ${first.subject}${more}${others === 0 ? '' : ` (of ${countOf(suspects.length + others, 'commit')})`}`;
}

function pointsAt(suspects: number, others: number): string {
  if (suspects === 0) return 'Nothing in it points at any of them.';
  if (others === 0) return suspects === 1 ? 'There is evidence for it.' : 'There is evidence for each of them.';
  return `There is evidence for ${String(suspects)}, and none for the other ${String(others)}.`;
}

/** What agents ran leaves no commit: it stands beside them. */
function runsText(runs: RunsAround, began: number): readonly string[] {
  const lines = runLines(runs, began, runRows);
  if (lines.length === 0) return [];
  return [
    '',
    `What agents ran with permission, or were refused, from ${runs.from.slice(0, 10)} to ${runs.to.slice(0, 10)}. The time alone does not prove the cause.`,
    ...lines.flatMap((rows) => rows.map((row, index) => `${index === 0 ? '- ' : '  '}${row}`)),
  ];
}

const assistantsText = (assistants: WindowChange['assistants']): string =>
  assistants
    .map(({ assistant, model, session }) =>
      [assistant, model, session === null ? null : `session ${session}`].filter((part) => part !== null).join(', '),
    )
    .join('; ');

/** All that changed, where nothing or only the time points at anything. */
function changesText({ suspects, changes, onlyTime, window }: Found, options: boolean): readonly string[] {
  if (changes.length === 0 || (suspects.length > 0 && !onlyTime)) return [];
  const heading =
    window.commits === 0 ? 'What changed last' : suspects.length > 0 ? 'What else changed' : 'What changed';
  return [
    '',
    `${heading}, the newest first. This is the order of time: when something was changed does not say that it, or who made it, is the cause.${onlyTime ? ` A trace, log lines, a service or a path would point at some of them${options ? ' (--trace, --service, --path)' : ''}.` : ''}`,
    ...changes.slice(0, CHANGES_SHOWN).flatMap(changeText),
    ...(changes.length > CHANGES_SHOWN ? [`- and ${String(changes.length - CHANGES_SHOWN)} more`] : []),
  ];
}

function changeText({
  commit,
  at,
  by,
  subject,
  added,
  removed,
  assistants,
  tier,
  findings,
  deployments,
}: WindowChange): readonly string[] {
  const who = assistantsText(assistants);
  return [
    `- ${commit.slice(0, 10)} ${at.slice(0, 10)} ${by}: ${subject}`,
    `   ${[
      `added ${countsText(added)}; removed ${countsText(removed)}`,
      who,
      tier === null ? 'in no tier' : `tier ${tier}`,
      findings.length === 0 ? '' : `finds ${findings.join(', ')}`,
      ...deployments.map(({ stage, at: since }) => `in ${stage} since ${since.slice(0, 16)}Z`),
    ]
      .filter((part) => part !== '')
      .join('; ')}`,
  ];
}
