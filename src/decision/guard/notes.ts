/** What git is told to do with the notes on who wrote what, which it keeps by itself only through Linekeeper. */
import { gitCall } from './git-words';
import type { Invocation } from './shell-words';
import { writtenBy } from './written';

const NOTES = 'refs/notes/ai';
/** The same as `git notes --ref` understands it. */
const SHORT = /^(?:refs\/)?(?:notes\/)?ai$/;
const CHANGING = new Set(['add', 'append', 'copy', 'edit', 'merge', 'prune', 'remove']);
const FORCED = /^(?:-[a-zA-Z]*[fd]|--force(?:-with-lease(?:=.*)?)?|--delete|--mirror|--prune)$/;

/** Whether git would change them, here or where they are pushed to, but for adding to what is there. */
export function changesNotes({ words, assignments, input, from }: Invocation): boolean {
  const call = gitCall(words.slice(1));
  const { verb, settings } = call;
  const rest = call.rest.map((word) => word.text);
  const plain = rest.filter((text) => !text.startsWith('-'));
  switch (verb) {
    case 'notes': {
      const named = rest.flatMap((text, index) => (rest[index - 1] === '--ref' ? text : (/^--ref=([^]*)$/.exec(text)?.[1] ?? [])));
      const meant = [...named, ...assignments.flatMap((text) => /^GIT_NOTES_REF=([^]*)$/.exec(text)?.[1] ?? []), ...settings.flatMap((text) => /^core\.notesref=([^]*)$/i.exec(text)?.[1] ?? [])][0];
      return meant !== undefined && SHORT.test(meant) && rest.some((text) => CHANGING.has(text));
    }
    case 'update-ref':
      return plain.includes(NOTES) || (rest.includes('--stdin') && (input ?? (from === null ? undefined : writtenBy(from)?.text) ?? '').includes(NOTES));
    case 'symbolic-ref':
      return plain[0] === NOTES && rest.length > 1;
    case 'push':
      return plain.some((text) => text === `:${NOTES}` || (text.startsWith('+') && text.endsWith(NOTES)) || (text.endsWith(NOTES) && rest.some((one) => FORCED.test(one))));
    case 'fetch':
    case 'pull':
      return plain.some((text) => text.endsWith(`:${NOTES}`) && (text.startsWith('+') || rest.some((one) => FORCED.test(one))));
    default:
      return false;
  }
}
