/** A subcommand that is missing or unknown. */
import { printable } from '../../policy';
import { CannotSay } from '../verb';
import { closest } from './closest-name';

/** The error for `linekeeper VERB WORD` where `names` has no such word. */
export function noSubcommand(verb: string, word: string | undefined, names: readonly string[]): CannotSay {
  const choice = `"linekeeper ${verb}" takes ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}; "linekeeper help ${verb}" explains them.`;
  if (word === undefined) return new CannotSay(`A subcommand is missing: ${choice}`);
  const near = closest(word, names);
  return new CannotSay(
    `There is no "linekeeper ${verb} ${printable(word)}". ${near === undefined ? '' : `Did you mean "${near}"? `}${choice}`,
  );
}
