/** Help texts, made from the verbs themselves. */
import { REST } from './table';
import type { Verb } from './verb';

/** What `linekeeper help` prints. `own`: the verbs that are not in the table. */
export async function overview(own: readonly Verb[]): Promise<string> {
  const verbs: Verb[] = [];
  for (const load of Object.values(REST)) if (load) verbs.push(await load());
  verbs.push(...own.filter((verb) => verb.name !== 'hook'));
  const width = Math.max(...verbs.map((verb) => verb.name.length));
  return [
    'linekeeper: who wrote each line, how dangerous it is, and who must look at it',
    '',
    ...verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'Every command takes --repo DIR, and --json where it prints something. "linekeeper COMMAND --help" says more.',
    'It ends with 0 for yes, 1 for no, 2 for "cannot say".',
    '',
  ].join('\n');
}

/** What `linekeeper VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const options = Object.entries(verb.options).map(([name, option]) => `  --${name}${option.type === 'string' ? ' VALUE' : ''}`);
  return `${verb.summary}\n\nUsage: linekeeper ${verb.name} ${verb.usage}\n${options.length > 0 ? `\n${options.join('\n')}\n` : ''}`;
}
