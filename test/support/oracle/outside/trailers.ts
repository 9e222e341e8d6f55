/**
 * The trailers of a commit: ours are what the commit yields, in one block with everybody else's, and all the rest is as
 * git makes it.
 */
import type { Examiner, Shown } from './examine';
import { messageOf } from './messages';
import type { World } from './world';

const OURS = /^(?:Assisted-by: [a-z0-9-]+(?::\S+)?|AI-Lines: \+\d.*|AI-Risk: \S+|AI-Session: \S+)$/;

/** The trailers that the counts of a commit ask for, without those that the policy gives. */
function expected(show: Shown): string[] {
  if (show.added.ai + show.removed.ai === 0) return [];
  const ranges = show.files
    .flatMap((file) => [...file.ranges, ...file.removed])
    .filter((range) => range.author === 'ai');
  const hands = [
    ...new Set(
      ranges.map(
        (range) =>
          `Assisted-by: ${range.assistant ?? 'unknown-assistant'}${range.model === null || range.model === undefined ? '' : `:${range.model}`}`,
      ),
    ),
  ].sort();
  const all = (side: Shown['added']) => side.ai + side.human + side.unknown;
  const unknown =
    show.added.unknown + show.removed.unknown === 0
      ? ''
      : `, unknown +${String(show.added.unknown)} -${String(show.removed.unknown)}`;
  return [
    ...hands,
    `AI-Lines: +${String(show.added.ai)} -${String(show.removed.ai)} of +${String(all(show.added))} -${String(all(show.removed))}${unknown}`,
  ];
}

export function trailers(examiner: Examiner, world: World, sha: string, show: Shown): void {
  const { scratch } = world;
  const parsed = (text: string) =>
    scratch
      .run('git', ['interpret-trailers', '--parse', '--no-divider'], { input: text, env: scratch.plain })
      .out.split('\n')
      .filter(Boolean);
  const message = messageOf(scratch.ask('cat-file', 'commit', sha));
  const lines = message.split(/\r?\n/);
  const ours = lines.filter((line) => OURS.test(line));
  if (ours.filter((line) => line.startsWith('AI-Lines')).length > 1)
    examiner.fault('trailers', sha, 'message', message, 'twice', 'once');
  const block = parsed(message);
  if (ours.some((line) => !block.includes(line)))
    examiner.fault('trailers', sha, 'message', message, block.join('|'), 'one block');
  const told = world.hooked.get(sha);
  if (told === undefined) return;
  const risk = block.filter((line) => /^AI-Risk: \S+$/.test(line));
  const yielded = expected(show);
  const wanted = told.emptied || yielded.length === 0 ? [] : [...yielded, ...risk];
  const newline = told.message.includes('\r\n') ? '\r\n' : '\n';
  const body = told.message.replace(/(?:\r?\n[ \t]*)*$/, '');
  const right =
    wanted.length === 0
      ? [told.message]
      : [`${body}${newline}${wanted.join(newline)}`, `${body}${newline}${newline}${wanted.join(newline)}`];
  // git reads no trailers below a scissors line, also where it leaves it in the message: ours stand above it. So they
  // do, as git's own, above comments at the end.
  const isRight =
    told.message.includes('>8') || /(?:^|\n)#[^\n]*\s*$/.test(told.message)
      ? isAround(lines, wanted, told.message.split(/\r?\n/))
      : right.some((text) => text.trimEnd() === message.trimEnd());
  if (!isRight) examiner.fault('trailers', sha, 'message', message, message, right[0] ?? '');
  if (wanted.length > 0 && block.join('|') !== [...parsed(told.message), ...wanted].join('|'))
    examiner.fault('trailers', sha, 'block', message, block.join('|'), [...parsed(told.message), ...wanted].join('|'));
}

/** Whether lines are others with a block put in somewhere, but for empty ones. */
function isAround(lines: readonly string[], block: readonly string[], others: readonly string[]): boolean {
  const full = (list: readonly string[]) => list.filter((line) => line.trim() !== '').join('\n');
  const at = lines.findIndex(
    (_, start) => block.length > 0 && block.every((line, offset) => lines[start + offset] === line),
  );
  return at < 0
    ? block.length === 0 && full(lines) === full(others)
    : full([...lines.slice(0, at), ...lines.slice(at + block.length)]) === full(others);
}
