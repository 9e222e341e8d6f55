/**
 * Whose it is what a command of the editor did (a name from the list, a rename, a formatter, a quick fix): the person's
 * who called it, when that was seen, or when no assistant can have made it (DESIGN 1.11). Pure.
 */
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
 * What assistants could have done in the window at that time. `none`: there was none; `idle`: there is one whose turns
 * are reported, and it had none under way; `able`: there is one that is not known to tell; `working`: one was at work.
 */
export type Assistants = 'none' | 'idle' | 'able' | 'working';

/** `strict`: only what was seen; `lenient`: unless an assistant was seen at work. */
export type CommandsRule = 'fair' | 'strict' | 'lenient';

export interface Surroundings {
  readonly assistants: Assistants;
  readonly rule: CommandsRule;
  /** Whether an assistant that is there may offer items in the suggestion list. */
  readonly offersItems: boolean;
}

/** Whether it is worth to look around: the change is one that the editor made and not one read from disk. */
export const mayBeCommand = ({ undo, dirty, accepting, command, focused }: Signals): boolean =>
  !undo && dirty && !accepting && (command !== undefined || focused === true);

/** Whether it was the person's command. Only of changes that nothing else tells of. */
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
