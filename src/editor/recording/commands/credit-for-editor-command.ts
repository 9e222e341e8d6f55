/**
 * Who gets credit for what an editor command did (a name from the list, a rename, a formatter, a quick fix): the person
 * who called it, if that was seen, or if no assistant can have made it. Pure.
 */
import type { Assistants } from '../chat/assistants-editing-unseen';
import { bringsImports, hasPlaces, isBesideAcceptance } from '../classify/acceptance-shapes';
import type { EditorCommand, Signals } from '../classify/change-event';
import {
  isCommitted,
  isListedName,
  isOfTakenWords,
  isOtherCase,
  isOneLine,
  isOtherOrder,
  isReformat,
  isTransposed,
} from './command-shapes';
import {
  isCalculated,
  isClosingTag,
  isCounted,
  isExpanded,
  isOtherColour,
  isTagRemoved,
  isTagSplit,
  isWrapped,
} from './markup-shapes';

/** `strict`: only what was seen; `lenient`: unless an assistant was seen at work. */
export type CommandsRule = 'fair' | 'strict' | 'lenient';

export interface Surroundings {
  readonly assistants: Assistants;
  readonly rule: CommandsRule;
  /** Whether a present assistant may offer items in the suggestion list. */
  readonly offersItems: boolean;
}

/** Whether what happens follows from what the person does, with no other evidence of who does it. */
export const isLeftToPerson = ({ assistants, rule }: Surroundings): boolean =>
  rule !== 'strict' &&
  (assistants === 'none' || assistants === 'silent' || (rule === 'lenient' && assistants !== 'working'));

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
  if (assistants === 'none') return true;
  if (assistants !== 'silent') return false;
  return (
    (command !== undefined && NO_ACCEPTANCE.has(command)) ||
    (command === 'source' && bringsImports(signals)) ||
    hasShapeOfCommand(signals) ||
    (isBesideAcceptance(signals) && !(offersItems && hasPlaces(signals)))
  );
}

/** Nobody accepts anything while a file is saved or moved, or in the menu of fixes. */
const NO_ACCEPTANCE: ReadonlySet<EditorCommand> = new Set<EditorCommand>(['fix', 'save', 'move']);

/** What no suggestion of an assistant does to a text. */
const hasShapeOfCommand = (signals: Signals): boolean =>
  isCommitted(signals) ||
  isReformat(signals) ||
  isOtherCase(signals) ||
  isTransposed(signals) ||
  isOtherOrder(signals) ||
  isClosingTag(signals) ||
  isTagRemoved(signals) ||
  isTagSplit(signals) ||
  isWrapped(signals) ||
  isCounted(signals) ||
  isExpanded(signals) ||
  isCalculated(signals) ||
  isOtherColour(signals);
