/** A commit message without what agents say of themselves in it. Pure. */
import { coAuthorsOf } from './co-authors';
import { assistantOfCoAuthor, assistantOfEmail, assistantOfName, generatorsIn } from './assistant-of-mark';

/** A line that says by whom a commit is: its key, and whom it names. */
const BY = /^((?:co-)?(?:authored|developed|written|signed-off|generated|created)-by|co-author)[ \t]*:(.*)$/i;

/**
 * Without the trailers `Co-authored-by`, `Signed-off-by`, `Generated-by` and their like that name an agent, and without
 * lines such as `Generated with [Claude Code]`. Everything else keeps its bytes, and so does `Assisted-by`, which says
 * what the record says. Blank lines that stood only between what is gone are gone too.
 */
export function withoutAgents(message: string): string {
  const lines = message.split(/(?<=\n)/);
  const gone = lines.map((line, at) => at > 0 && isByAgent(line.trimEnd()));
  if (!gone.includes(true)) return message;
  const rest: string[] = [];
  let isBehindGone = false;
  for (const [at, line] of lines.entries()) {
    if (gone[at] === true) {
      isBehindGone ||= (rest.at(-1) ?? '').trim() === '';
      continue;
    }
    // The blank line before it separates what follows as well.
    if (isBehindGone && line.trim() === '') continue;
    isBehindGone = false;
    rest.push(line);
  }
  while (rest.length > 1 && rest.at(-1)?.trim() === '') rest.pop();
  return rest.join('');
}

function isByAgent(line: string): boolean {
  if (generatorsIn(line).length > 0) return true;
  const [, key = '', value = ''] = BY.exec(line) ?? [];
  if (key === '') return false;
  const email = /<([^<>]*)>/.exec(value)?.[1];
  if (email !== undefined) return assistantOfEmail(email) !== undefined;
  const [person, ...others] = coAuthorsOf(`Co-authored-by: ${value}`);
  if (others.length > 0) return false;
  return (person && assistantOfCoAuthor(person)) !== undefined || assistantOfName(value.trim()) !== undefined;
}
