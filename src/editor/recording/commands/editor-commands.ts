/**
 * Who gets credit for what an editor command did (a name from the list, a rename, a formatter, a quick fix): the person
 * who called it, if that was seen, or if no assistant can have made it (DESIGN 1.11). Pure.
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
 * What assistants could have been doing in the window at that time. `none`: there was none; `idle`: there is one whose
 * turns are reported, and it had none in progress; `able`: there is one that may not report; `working`: one was at
 * work.
 */
export type Assistants = 'none' | 'idle' | 'able' | 'working';

/** `strict`: only what was seen; `lenient`: unless an assistant was seen at work. */
export type CommandsRule = 'fair' | 'strict' | 'lenient';

export interface Surroundings {
  readonly assistants: Assistants;
  readonly rule: CommandsRule;
  /** Whether a present assistant may offer items in the suggestion list. */
  readonly offersItems: boolean;
}

/** Whether further checks make sense: the editor made the change; it was not read from disk. */
export const mayBeCommand = ({ undo, dirty, accepting, command, focused }: Signals): boolean =>
  !undo && dirty && !accepting && (command !== undefined || focused === true);

/** Whether it was the person's command. Only for changes without other evidence. */
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
