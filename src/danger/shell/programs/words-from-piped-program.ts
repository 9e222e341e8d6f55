/** The words that a program gets from the one before it in a pipe. */
import { joined, writtenBy } from '../streams/output-of-programs';
import type { Invocation, Word } from '../words/invocation';
import { listedBy } from './files-listed-by-programs';
import { nameOf } from './program-name';
import { DISGUISES } from './unreadable-commands';

/** What a program writes or lists; for a group, what each of its members does. */
const listed = (from: Invocation): Word | undefined =>
  joined((from.group ?? [from]).flatMap((one) => writtenBy(one) ?? listedBy(one) ?? []));

/** The words that a program is likely to read, one or more per line. */
export function piped({ from, input }: Invocation): Word[] {
  const said = from === null ? undefined : listed(from);
  const text = said?.text ?? from?.input ?? input ?? undefined;
  if (text === undefined && from && DISGUISES.test(nameOf(from.words[0])))
    return [{ text: '', open: true, by: nameOf(from.words[0]) }];
  return (text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({ text: word, open: said?.open ?? false }));
}
