/** A trace as text. Every text in it is from outside. */
import { runRows } from '../runs/describe-runs-and-exceptions';
import type { Trace } from './types';
import { listIf, countsText, inEditorsWords, printable } from '../../policy';

/**
 * One screen of text. `editor`: a page for somebody who may never have seen the command line. It answers first: the
 * commit and who wrote the line. It wraps long lines, so each value is below its label; what is not known or not there
 * comes last, and assistants have their names for people.
 */
export function traceText(
  traced: Trace,
  place: 'terminal' | 'editor',
  nameOf: (assistant: string) => string = (assistant) => assistant,
): string {
  const { subject, suggestions, edits, commit, review, deployments, incidents, runs, missing } = traced;
  const all: readonly (readonly [name: string, lines: readonly string[]])[] = [
    ['suggestion', suggestions.flatMap((one) => suggestionLines(one, place, nameOf))],
    [
      'edits since',
      edits.map(
        (edit) =>
          `${edit.commit.slice(0, 10)} ${edit.day} ${edit.by}: ${edit.subject} (${edit.author === 'ai' ? (edit.assistant === null ? 'AI' : nameOf(edit.assistant)) : edit.author})`,
      ),
    ],
    [
      'commit',
      commit === null
        ? []
        : [
            `${commit.commit.slice(0, 10)} ${commit.day} ${commit.by}: ${commit.subject}`,
            ...listIf(subject.path === null, [
              `added ${countsText(commit.added)}; removed ${countsText(commit.removed)}`,
            ]),
          ],
    ],
    [
      'review',
      review === null
        ? []
        : [
            ...(review.merge === null
              ? []
              : [
                  `merged in ${review.merge.commit.slice(0, 10)} ${review.merge.day} by ${review.merge.by}: ${review.merge.subject}${review.merge.head === null ? '' : ` (head ${review.merge.head.slice(0, 10)})`}`,
                ]),
            ...review.signedBy.map(({ by, source, on, counts: does, why }) =>
              source === 'message'
                ? `${by} by a line in a message, which does not count`
                : `signed off by ${by}${on === null ? '' : ` on ${on.slice(0, 10)}`}${does ? '' : `, which does not count: ${why ?? 'it is not known why'}`}`,
            ),
          ],
    ],
    [
      'deployments',
      deployments.map(
        ({ stage, at, commit: id, olderThanCommit }) =>
          `${stage} since ${at} (${id.slice(0, 10)})${olderThanCommit ? ', which is before the commit was made: a clock or the record is wrong' : ''}`,
      ),
    ],
    [
      'incidents',
      incidents.map(
        ({ incident, title, state, contribution }) =>
          `${incident} ${title} (${state}; its lines: ${contribution.replace('-', ' ')})`,
      ),
    ],
    ['runs', runs.flatMap(({ what, run }) => (run === null ? [what] : runRows(run)))],
    ['missing', missing],
  ];
  const rows = place === 'editor' ? [...all].sort(([a], [b]) => FIRST.indexOf(b) - FIRST.indexOf(a)) : all;
  const head =
    subject.path === null
      ? (subject.commit ?? '').slice(0, 10)
      : `${subject.path}:${String(subject.line ?? 0)}  ${(subject.text ?? '').trim().slice(0, 100)}`;
  const empty = rows.flatMap(([name, lines]) =>
    lines.length > 0 || name === 'missing' || name === 'runs' ? [] : [name],
  );
  const shown = rows.filter(([, lines]) => lines.length > 0);
  const text =
    place === 'editor'
      ? [
          ...shown.flatMap(([name, lines]) => [
            '',
            TITLES[name] ?? capital(name),
            ...lines.map((line) => `  ${printable(name === 'missing' ? inEditorsWords(line) : line)}`),
          ]),
          ...(empty.length === 0 ? [] : ['', `None so far: ${empty.join(', ')}`]),
        ]
      : rows.flatMap(([name, lines]) =>
          (empty.includes(name) ? ['none'] : lines).map(
            (line, index) => `${(index === 0 ? name : '').padEnd(12)} ${printable(line)}`,
          ),
        );
  return `${[printable(head), ...text].join('\n')}\n`;
}

/** The answer, last to first: other links keep their order behind it. */
const FIRST: readonly string[] = ['suggestion', 'commit'];

/** Titles in the editor's page where they differ from the names in a terminal. */
const TITLES: Readonly<Record<string, string>> = { suggestion: 'Written by', missing: 'Not known' };

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function suggestionLines(
  suggestion: Trace['suggestions'][number],
  place: 'terminal' | 'editor',
  nameOf: (assistant: string) => string,
): readonly string[] {
  const day = suggestion.day ?? 'not committed';
  if (suggestion.author !== 'ai')
    return [suggestion.author === 'human' ? `a person (${day})` : `unknown: nobody recorded who wrote it (${day})`];
  const who = [
    suggestion.assistant === null ? null : nameOf(suggestion.assistant),
    suggestion.model,
    suggestion.session === null ? null : `session ${suggestion.session}`,
  ]
    .filter((part) => part !== null)
    .join(place === 'editor' ? ' · ' : ', ');
  return [
    `${who} (${[day, suggestion.evidence, suggestion.edited ? 'edited by others too' : null].filter((part) => part !== null).join(', ')})`,
    ...suggestion.prompts.map(({ digest, excerpt }) => (excerpt === null ? `prompt ${digest}` : `prompt: ${excerpt}`)),
    ...suggestion.specs.map((spec) => `spec ${spec}`),
  ];
}
