/** Options with a text, in the arguments of a command line. */
import { CannotSay, type Call } from '../verb';

/** The text of an option, or undefined without it. An empty one comes from an unset variable, and is refused. */
export function optionText({ values }: Call, name: string): string | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new CannotSay(`--${name} is empty.`);
}

/** The text of an option that one form of a verb can't do without. */
export function neededText(call: Call, verb: string, name: string): string {
  const value = optionText(call, name);
  if (value === undefined) throw new CannotSay(`--${name} is missing. "linekeeper help ${verb}" shows its usage.`);
  return value;
}
