/** Options that another subcommand has. A verb's usage says which subcommand takes which. */
import { COMMON, outsideBrackets } from '../help';
import { CannotSay, type Verb } from '../verb';

/** An option without effect looks as if it had one. Throws a {@link CannotSay} with the subcommand's forms. */
export function refuseUnused(
  { name, usage }: Pick<Verb, 'name' | 'usage'>,
  subcommand: string | undefined,
  options: readonly string[],
): void {
  if (subcommand === undefined) return;
  const forms = outsideBrackets(usage, ' | ').filter((form) => /^[a-z]+(?= |$)/.exec(form)?.[0] === subcommand);
  if (forms.length === 0) return;
  const taken = new Set(forms.flatMap((form) => [...form.matchAll(/--([a-z][a-z-]*)/g)].map(([, option]) => option)));
  const unused = options.find((option) => !taken.has(option) && !Object.hasOwn(COMMON, option));
  if (unused !== undefined)
    throw new CannotSay(
      `"linekeeper ${name} ${subcommand}" takes no --${unused}. Usage: ${forms.map((form) => `linekeeper ${name} ${form}`).join(' or ')}`,
    );
}
