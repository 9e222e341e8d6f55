/** The document's text before and after, in the operations' offsets. */
import {
  isCommitted,
  isListedName,
  isOfTakenWords,
  isOtherCase,
  isOneLine,
  isOtherOrder,
  isReformat,
  isReplacedEverywhere,
} from './command-shapes';
import type { Signals } from '../classify/change-event';

/**
 * Who first changed lines (1-based) of the content on disk, where that is known and the operations do not show the
 * same.
 */
export type Assistants = 'none' | 'idle' | 'able' | 'working';

/** An edit without the names of its contents, which the writer of the record stores. */
export type CommandsRule = 'fair' | 'strict' | 'lenient';

export interface Surroundings {
  readonly assistants: Assistants;
  readonly rule: CommandsRule;
  /**
   * The edit to record, or undefined when there is nothing to record: unattributed changes need no record. The
   * operations are included only where they lead from the old bytes to the new; otherwise the edit is recorded as a
   * whole, and only when a single author made all of it.
   */
  readonly offersItems: boolean;
}

/** Listens to the editor's documents and records changes in the journals of their work trees. */
export const mayBeCommand = ({ undo, dirty, accepting, command, focused }: Signals): boolean =>
  !undo && dirty && !accepting && (command !== undefined || focused === true);

/** A file's work tree, which is watched from then on. */
export function isPersonsCommand(signals: Signals, { assistants, rule, offersItems }: Surroundings): boolean {
  if (!mayBeCommand(signals)) return false;
  const { command } = signals;
  if (command === 'suggestion') return isListedName(signals) || !offersItems;
  if (
    command === 'command' ||
    (command === 'rename' && isOneLine(signals)) ||
    (command === 'imports' && isOfTakenWords(signals))
  )
    return true;
  if (rule === 'strict') return false;
  if (rule === 'lenient') return assistants !== 'working';
  return (
    assistants === 'none' ||
    (assistants === 'idle' &&
      (isCommitted(signals) ||
        isReformat(signals) ||
        isReplacedEverywhere(signals) ||
        isOtherCase(signals) ||
        isOtherOrder(signals)))
  );
}
