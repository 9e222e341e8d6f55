/** Hooks that are files of their own: such a file is either entirely ours, or somebody else's and left alone. */
import { isOurCommand } from './command';
import { SetupError } from './error';
import type { FileContent } from './config-file';
import type { Presence } from './hooks-text';

/** Whether the file is one that we wrote for this assistant, in this or an earlier version. */
const isOurs = (text: string, assistant: string): boolean =>
  text.includes('Linekeeper hook') && isOurCommand(text, assistant);

export function filePresence(text: string, wanted: string, assistant: string): Presence {
  if (text === wanted) return 'all';
  return isOurs(text, assistant) ? 'some' : 'none';
}

/** The desired text of the file. Throws a {@link SetupError} where somebody else's file is in the way. */
export function fileWith(file: string, text: string | undefined, wanted: string, assistant: string): string {
  if (text !== undefined && text.trim() !== '' && !isOurs(text, assistant))
    throw new SetupError('occupied', file, 'there is a file of somebody else with the name that our hook must have');
  return wanted;
}

/** What remains of the file without us: null for nothing. */
export const fileWithout = ({ text, bytes }: FileContent, assistant: string): Buffer | null =>
  isOurs(text, assistant) ? null : bytes;
