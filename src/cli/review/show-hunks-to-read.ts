/** `linekeeper review --read BASE..HEAD`: a change in the terminal, in the order to read it. */
import { commitOf, attributionByNotes, missingNotesNotice } from '../../review/gate';
import { mayHaveNotes, NOTES_REF } from '../../provenance/commits';
import { countOf, jsonText, quoted, printable } from '../../policy';
import {
  hunksToRead,
  markRead,
  readHunks,
  type ChangeToRead,
  type HunkLine,
  type HunkToRead,
} from '../../review/hunks';
import { CannotSay, type Call, type ExitCode } from '../verb';
import { rangeIn } from '../arguments/commit-range';

/** Prints it, or ticks hunks (`--tick ID`). */
export async function readReview(call: Call, words: string): Promise<ExitCode> {
  const { terminal, values } = call;
  const range = rangeIn(words);
  if (range === undefined) throw new CannotSay('A range of commits is missing, such as --read main..HEAD.');
  const repository = call.repository().beside();
  const [base, head] = await Promise.all([commitOf(repository, range.base), commitOf(repository, range.head)]);
  const change = await hunksToRead(repository, {
    base,
    head,
    baseName: range.base,
    attributionOf: attributionByNotes(repository, terminal.now),
  });
  const wanted = typeof values['tick'] === 'object' ? values['tick'].map(String) : [];
  const ids = wanted.flatMap((word) =>
    word === 'all'
      ? change.hunks.map(({ id }) => id)
      : change.hunks.filter(({ id }) => id === word).map(({ id }) => id),
  );
  const unknown = wanted.find((word) => word !== 'all' && !change.hunks.some(({ id }) => id === word));
  if (unknown !== undefined)
    throw new CannotSay(`There is no hunk ${quoted(unknown)} in this change: it may have changed.`);
  if (ids.length > 0) markRead(repository.gitDir, ids, true);
  const read = readHunks(repository.gitDir);
  const unread = change.hunks.filter(({ id }) => !read.has(id));
  if (call.json)
    terminal.out(jsonText({ ...change, hunks: change.hunks.map((hunk) => ({ ...hunk, read: read.has(hunk.id) })) }));
  else if (ids.length > 0)
    terminal.out(
      `${String(ids.length)} ticked, ${String(unread.length)} of ${String(change.hunks.length)} still to read.\n`,
    );
  else terminal.out(textOf(change, unread, !mayHaveNotes(repository, NOTES_REF)));
  return 0;
}

function textOf({ hunks, others, withoutNotes }: ChangeToRead, unread: readonly HunkToRead[], bare: boolean): string {
  const read = hunks.length - unread.length;
  const lines = [
    `${countOf(hunks.length, 'hunk')}, the riskiest first${read === 0 ? '' : `; ${String(read)} read already and left out`}. A, ? and a blank say who wrote a line: AI, nobody known, a person; * that others changed AI's line.`,
    ...(bare && unread.some(isUnknown) ? [NO_NOTES] : missingNotesNotice(withoutNotes)),
    ...unread.flatMap(hunkText),
    ...others.map(
      ({ path, tier, author }) =>
        `\n${quoted(path)}${tier === null ? '' : `  [${tier}]`}: changed without lines, by ${author === 'ai' ? 'AI' : author === 'human' ? 'a person' : 'nobody known'}`,
    ),
    '',
    unread.length === 0
      ? 'You have read all of them. Sign off with "linekeeper sign", or approve on the Git host.'
      : 'Tick what you have read: --tick ID, or --tick all.',
  ];
  return `${lines.join('\n')}\n`;
}

const isUnknown = ({ added, removed }: HunkToRead): boolean =>
  [...added, ...removed].some(({ author }) => author === 'unknown');

const NO_NOTES =
  'There are no notes here, so the authors of the lines are unknown. To fetch notes: "linekeeper notes fetch".';

function hunkText({ id, path, from, tier, newLine, removed, added, findings }: HunkToRead): readonly string[] {
  const edited = [...added, ...removed].filter((line) => line.author === 'ai' && line.edited).length;
  const names = [...new Set([...added, ...removed].flatMap(({ assistant }) => assistant ?? []))];
  return [
    '',
    `${id}  ${quoted(path)}:${String(newLine)}${from === null ? '' : ` (was ${quoted(from)})`}${tier === null ? '' : `  [${tier}]`}${names.length === 0 ? '' : `  ${names.map(printable).join(', ')}`}`,
    ...findings.map(
      ({ severity, rule, message, side, line }) =>
        `  ! ${severity} ${rule}, ${side === 'old' ? 'old ' : ''}line ${String(line)}: ${printable(message)}`,
    ),
    ...(edited === 0 ? [] : [`  people changed ${String(edited)} of AI's lines afterwards`]),
    ...removed.map((line) => `  ${mark(line)} - ${printable(line.text)}`),
    ...added.map((line) => `  ${mark(line)} + ${printable(line.text)}`),
  ];
}

const mark = ({ author, edited }: HunkLine): string =>
  `${author === 'ai' ? 'A' : author === 'unknown' ? '?' : ' '}${author === 'ai' && edited ? '*' : ' '}`;
