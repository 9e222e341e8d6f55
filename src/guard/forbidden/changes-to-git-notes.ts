/**
 * What git is told to do with the notes on who wrote, signed, owes, deployed and ran what, which only Linekeeper should
 * change.
 */
import {
  after,
  braces,
  fits,
  gitCall,
  handedText,
  type Invocation,
  joinedTo,
  nameOf,
  patternsListedBy,
  plainOf,
  type ReadScript,
  settingChange,
} from '../../danger/shell';

const NOTES = ['ai', 'linekeeper-signoffs', 'linekeeper-debts', 'linekeeper-deployments', 'linekeeper-runs'].map(
  (name) => `refs/notes/${name}`,
);
/** The same, in the forms that `git notes --ref` accepts. */
const SHORT = /^(?:refs\/)?(?:notes\/)?(?:ai|linekeeper-[a-z]+)$/;
/** Fetched notes of remotes, which count together with ours. */
const OWN = 'refs/linekeeper/';
const CHANGING = new Set(['add', 'append', 'copy', 'edit', 'merge', 'prune', 'remove']);
const FORCES_PUSH = /^(?:-[a-zA-Z]*[fd]|--force(?:-with-lease(?:=.*)?)?|--delete|--mirror|--prune)$/;
/** A repository on this machine, which an agent can fill with notes of its own. */
const IN_FOLDER = /^(?:\.{1,2}(?:[\\/]|$)|[\\/~]|file:|[a-z]:[\\/])/i;
const FORCES_FETCH = /^(?:-[a-zA-Z]*[fp]|--force|--prune)$/;

/** Whether git would change them here or on the remote, other than by adding to them. */
export function changesNotes(invocation: Invocation, read: ReadScript): boolean {
  const { words, assignments } = invocation;
  const name = nameOf(words[0]);
  if (name === 'export') return words.some(({ text }) => isNotesRef(/^GIT_NOTES_REF=([^]*)$/.exec(text)?.[1]));
  if (name !== 'git') return false;
  const { verb, settings, rest: args } = gitCall(words.slice(1));
  const rest = args.map((word) => word.text);
  const plain = plainOf(args).flatMap((word) => braces(word.text));
  switch (verb) {
    case 'notes': {
      const named = [...after(args, /^--ref$/), ...joinedTo(args, /^--ref=([^]*)$/)].map((word) => word.text);
      const meant = [
        ...named,
        ...assignments.flatMap((text) => /^GIT_NOTES_REF=([^]*)$/.exec(text)?.[1] ?? []),
        ...settings.flatMap((text) => /^core\.notesref=([^]*)$/i.exec(text)?.[1] ?? []),
      ][0];
      return isNotesRef(meant) && rest.some((text) => CHANGING.has(text));
    }
    case 'update-ref':
      return (
        plain.some(means) ||
        (rest.includes('--stdin') &&
          handedTo(invocation, read).some((text) => NOTES.some((ref) => text.includes(ref)) || means(text)))
      );
    case 'symbolic-ref':
      return NOTES.includes(plain[0] ?? '') && rest.length > 1;
    case 'push':
      return (
        rest.includes('--mirror') ||
        plain.some((text) =>
          changesByPush(
            text,
            rest.some((one) => FORCES_PUSH.test(one)),
          ),
        )
      );
    case 'fetch':
    case 'pull': {
      const forced = rest.some((text) => FORCES_FETCH.test(text)) || plain.some((text) => IN_FOLDER.test(text));
      const set = settings.flatMap((text) => /^remote\.[^]*\.fetch=([^]*)$/i.exec(text)?.[1] ?? []);
      const mapped = [...after(args, /^--refmap$/), ...joinedTo(args, /^--refmap=([^]*)$/)].map(({ text }) => text);
      return [...plain, ...set, ...mapped].some((text) => changesByFetch(text, forced));
    }
    case 'config': // what every later fetch would do
      return settingChange(args) !== undefined && plain.some((text) => changesByFetch(text, false));
    default:
      return false;
  }
}

const isNotesRef = (text: string | undefined): boolean => text !== undefined && SHORT.test(text);

/** Whether a ref name or pattern includes the notes. */
const means = (name: string): boolean =>
  name.startsWith(OWN) || (name.startsWith('refs/') && NOTES.some((ref) => fits(name.replace(/\*+/g, '*'), ref)));

/** `[+]FROM[:TO]` (git-push(1)). Only notes are added to notes: any other commit may hold what an agent wrote. */
function changesByPush(refspec: string, forced: boolean): boolean {
  const [, plus = '', here = '', there = here] = /^(\+?)([^:]*)(?::([^]*))?$/.exec(refspec) ?? [];
  return means(there) && (forced || plus !== '' || !means(here));
}

/** Without `:TO` nothing changes here. */
function changesByFetch(refspec: string, forced: boolean): boolean {
  const [, plus = '', there = '', here = ''] = /^(\+?)([^:]*):([^]*)$/.exec(refspec) ?? [];
  return means(here) && (forced || plus !== '' || !means(there));
}

/** What a program reads, or the words of the programs that write it. */
function handedTo(invocation: Invocation, read: ReadScript): string[] {
  const text = handedText(invocation, read);
  const { from } = invocation;
  return text !== undefined ? [text] : from === null ? [] : (from.group ?? [from]).flatMap(patternsListedBy);
}
