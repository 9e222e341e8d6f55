/**
 * The trailers of a commit: which ones its record yields, and how they get into a message without touching anybody
 * else's bytes. A trailer block is defined as in `git interpret-trailers` (git-scm.com/docs/git-interpret-trailers).
 */
import type { ChangeAttribution, LineAuthorship } from '../../authorship/types';
import { isBlank, linesOf, splitMessage, type Cleanup } from './git-message-cleanup';

/** One trailer, as `Key: value`. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

export interface TrailerChoice {
  readonly assistedBy: boolean;
  readonly lines: boolean;
  readonly risk: boolean;
  readonly session: boolean;
  /** What an agent says of itself in a message that it wrote is taken out; left out: it stays. */
  readonly others?: 'ours-only';
}

/**
 * A name from outside as one harmless word: no white space, control or direction characters, at most 100 characters.
 */
function safeWord(text: string): string {
  const plain = /^[!-~]*$/.test(text) ? text : text.normalize('NFC').replace(/[\p{C}\p{Z}]+/gu, '-'); // the sets take a hook a millisecond to build
  const word = plain.replace(/^-+|-+$/g, '');
  return Array.from(word).slice(0, 100).join('');
}

/** An assistant's name as the first word of a trailer's value, which ends at a colon. */
const nameOf = (assistant: string | null): string =>
  safeWord((assistant ?? '').replaceAll(':', '-')) || 'unknown-assistant';

/**
 * The trailers that a change's attribution yields; none if AI changed nothing, and no counts if what it changed has no
 * lines. `risk` is the name of the highest tier that
 * AI lines touch.
 */
export function trailersFor(change: ChangeAttribution, choice: TrailerChoice, risk: string | null): Trailer[] {
  const ranges = change.files
    .flatMap((file): readonly LineAuthorship[] => [
      ...file.ranges,
      ...file.removed,
      // What has no lines, such as an image or a mode.
      ...(file.change === null ? [] : [file.change]),
    ])
    .filter(({ author }) => author === 'ai');
  if (ranges.length === 0) return [];
  const named = new Set(
    ranges.map((range) => {
      const assistant = nameOf(range.assistant);
      const model = safeWord(range.model ?? '');
      return model === '' ? assistant : `${assistant}:${model}`;
    }),
  );
  // One assistant stands once: some of its ways to edit name no model.
  for (const name of [...named]) if (name.includes(':')) named.delete(name.slice(0, name.indexOf(':')));
  const sessions = new Set(
    ranges.flatMap((range) =>
      safeWord(range.session ?? '') === '' ? [] : [`${nameOf(range.assistant)}:${safeWord(range.session ?? '')}`],
    ),
  );
  const { added, removed } = change;
  const all = (counts: typeof added): number => counts.ai + counts.human + counts.unknown;
  const unknown =
    added.unknown + removed.unknown > 0 ? `, unknown +${String(added.unknown)} -${String(removed.unknown)}` : '';
  const sorted = (names: ReadonlySet<string>): string[] => [...names].sort((a, b) => (a < b ? -1 : 1));
  return [
    ...(choice.assistedBy ? sorted(named).map((value) => ({ key: 'Assisted-by', value })) : []),
    ...(choice.lines && added.ai + removed.ai > 0
      ? [
          {
            key: 'AI-Lines',
            value: `+${String(added.ai)} -${String(removed.ai)} of +${String(all(added))} -${String(all(removed))}${unknown}`,
          },
        ]
      : []),
    ...(choice.risk && safeWord(risk ?? '') !== '' ? [{ key: 'AI-Risk', value: safeWord(risk ?? '') }] : []),
    ...(choice.session ? sorted(sessions).map((value) => ({ key: 'AI-Session', value })) : []),
  ];
}

export const trailerLine = (trailer: Trailer): string => `${trailer.key}: ${trailer.value}`;

export interface MessageRules extends Pick<Cleanup, 'comment' | 'takes'> {
  /** Our lines from an earlier version of the commit, to be removed first. */
  readonly former: readonly string[];
  /** A message that is still empty gets the trailers too, because the user is about to write it. */
  readonly evenEmpty: boolean;
}

/** A commit message with our trailers last in its single trailer block. Keeps the message's line breaks. */
export const withTrailers = (message: string, trailers: readonly Trailer[], rules: MessageRules): string =>
  withTrailerLines(message, trailers.map(trailerLine), rules);

/** The same for trailers that are already lines. */
export function withTrailerLines(message: string, ours: readonly string[], rules: MessageRules): string {
  const { head, tail } = ownPart(message, rules);
  const stored = asStored(head, rules);
  const cleaned = withoutLines(head, [...rules.former, ...repeatedIn(stored, ours), ...countsBeside(stored, ours)]);
  if (ours.length === 0) return cleaned + tail;
  const newline = cleaned.includes('\r\n') ? '\r\n' : '\n';
  const block = ours.map((line) => line + newline).join('');
  const lines = linesOf(cleaned);
  let end = lines.length;
  while (end > 0 && isBlank(lines[end - 1])) end--;
  if (end === 0)
    return rules.evenEmpty
      ? `${newline}${newline}${block}${tail === '' || /^\r?\n/.test(tail) ? '' : newline}${tail}`
      : message;
  const body = lines
    .slice(0, end)
    .join('')
    .replace(/\r?\n$/, '');
  // Above what a template brings, the subject is still to be written.
  const text = rules.evenEmpty ? body : asStored(body, rules);
  const hunk = endsInTrailers(text, rules.comment) ? newline : newline + newline;
  return `${body}${hunk}${block}${lines.slice(end).join('')}${tail}`;
}

/**
 * The text as git stores it. What git writes above a message that it puts together, and takes away again, is not its
 * first paragraph: that is the subject, which is never a trailer.
 */
function asStored(text: string, { comment, takes }: Pick<Cleanup, 'comment' | 'takes'>): string {
  const lines = linesOf(text);
  const trailers =
    takes === 'comments' && comment !== null && comment !== ''
      ? lines.filter((line) => !line.startsWith(comment))
      : lines;
  const first = trailers.findIndex((line) => !isBlank(line));
  return trailers.slice(Math.max(0, first)).join('');
}

/** Only our own counts may remain: two would contradict each other, and one of them could be made up. */
const COUNTS = /^AI-Lines[ \t]*:[ \t]*\+\d+ -\d+ of \+\d+ -\d+/i;

/**
 * Lines that the trailers of a message have already, verbatim, and that ours replace: the same lines, counts that
 * somebody else wrote, and an assistant named without the model that ours name.
 */
function repeatedIn(head: string, ours: readonly string[]): readonly string[] {
  if (!endsInTrailers(head)) return [];
  const counts = ours.some((line) => COUNTS.test(line));
  const named = new Set(ours.flatMap((line) => /^(Assisted-by: [^:]+):./.exec(line)?.[1] ?? []));
  return (lastParagraph(head) ?? [])
    .map((line) => line.trimEnd())
    .filter((line) => ours.includes(line) || (counts && COUNTS.test(line)) || named.has(line));
}

/** Exactly such counts, and nothing behind them. */
const BARE_COUNTS = /^AI-Lines[ \t]*:[ \t]*\+\d+ -\d+ of \+\d+ -\d+(?:, unknown \+\d+ -\d+)?[ \t]*$/i;

/**
 * Counts that somebody else wrote into a paragraph that holds nothing but trailers, wherever it stands; none if ours
 * have no counts.
 */
export function countsBeside(text: string, ours: readonly string[]): readonly string[] {
  if (!text.includes('AI-Lines') || !ours.some((line) => COUNTS.test(line))) return [];
  return text
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .slice(1)
    .map((paragraph) => paragraph.split(/\r?\n/).filter((line) => !isBlank(line)))
    .filter((lines) => lines.every((line) => TRAILER.test(line)))
    .flat()
    .map((line) => line.trimEnd())
    .filter((line) => BARE_COUNTS.test(line) && !ours.includes(line));
}

/**
 * The message's own text. Lines with `#` that stay at its end are part of its text, but git reads the trailers above
 * them.
 */
function ownPart(message: string, rules: MessageRules): { readonly head: string; readonly tail: string } {
  if (rules.comment !== null) return splitMessage(message, rules);
  const above = splitMessage(message, { comment: '#', takes: 'nothing' });
  return above.tail !== '' && endsInTrailers(above.head) ? above : { head: message, tail: '' };
}

const TRAILER = /^[A-Za-z0-9-]+[ \t]*:[ \t]*\S?.*$/;
const GENERATED = /^(?:Signed-off-by: |\(cherry picked from commit )/;

/** The paragraph that git would read trailers from: the last one, unless it is the first. */
function lastParagraph(body: string): string[] | undefined {
  const lines = body.split(/\r?\n/);
  let end = lines.length;
  while (end > 0 && isBlank(lines[end - 1])) end--;
  let start = end;
  while (start > 0 && !isBlank(lines[start - 1])) start--;
  return start === 0 ? undefined : lines.slice(start, end);
}

/**
 * Whether a message's last paragraph is a trailer block, by git's own rule. `comment` starts lines that do not count,
 * in addition to `#`.
 */
export function endsInTrailers(body: string, comment: string | null = null): boolean {
  const paragraph = lastParagraph(body);
  if (!paragraph) return false;
  let trailers = 0;
  let others = 0;
  let generated = false;
  let continues = false;
  for (const line of paragraph) {
    if (line.startsWith('#') || (comment !== null && comment !== '' && line.startsWith(comment))) {
      continues = false;
    } else if (GENERATED.test(line)) {
      generated = true;
      trailers++;
      continues = true;
    } else if (TRAILER.test(line) && line !== 'Conflicts:') {
      trailers++;
      continues = true;
    } else if (/^[ \t]/.test(line) && continues) {
      // continues the value of the trailer above
    } else {
      others++;
      continues = false;
    }
  }
  return others === 0 ? trailers > 0 : generated && trailers * 3 >= others;
}

/** The message without exactly these lines; a paragraph of nothing else goes with the blank lines above it. */
function withoutLines(head: string, former: readonly string[]): string {
  if (former.length === 0) return head;
  const formerLines = new Set(former);
  const lines: string[] = [];
  let emptied = false;
  for (const line of linesOf(head)) {
    if (formerLines.has(line.trimEnd())) {
      emptied = lines.length === 0 || isBlank(lines.at(-1));
    } else if (isBlank(line)) {
      // The blank line that separated our lines from the text above now separates what follows.
      if (!emptied || lines.length === 0) lines.push(line);
    } else {
      emptied = false;
      lines.push(line);
    }
  }
  while (emptied && isBlank(lines.at(-1)) && lines.length > 0) lines.pop();
  return lines.join('');
}

/**
 * The trailers of a message, as `git interpret-trailers --parse` reads them: from the last paragraph above comments and
 * scissors.
 */
export function readTrailers(message: string): Trailer[] {
  const { head } = splitMessage(message, { comment: '#', takes: 'nothing' });
  const paragraph = lastParagraph(head);
  if (!paragraph || !endsInTrailers(head)) return [];
  const trailers: Trailer[] = [];
  for (const line of paragraph) {
    const match = /^([A-Za-z0-9-]+)[ \t]*:[ \t]*(.*)$/.exec(line);
    const last = trailers.at(-1);
    if (match?.[1] !== undefined) trailers.push({ key: match[1], value: (match[2] ?? '').trim() });
    else if (/^[ \t]/.test(line) && last)
      trailers[trailers.length - 1] = { key: last.key, value: `${last.value} ${line.trim()}` };
  }
  return trailers;
}
