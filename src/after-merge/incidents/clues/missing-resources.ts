/** Clouds' own words for what is not there: `DBInstanceNotFound`, `NoSuchBucket`, `ResourceNotFoundException`. */
import type { Clue } from './types';

/** Error codes as the clouds' interfaces write them: the kind of resource is in the code. */
const CODES: readonly RegExp[] = [
  /\b([A-Z][A-Za-z]{2,40}?)(?:NotFound|DoesNotExist|NonExistent|IsBeingCreated|NotAvailable)(?:Fault|Exception|Error)?\b/g,
  /\b(?:Nosuch|NoSuch)([A-Z][A-Za-z]{2,40}?)(?:Exception|Error)?\b/g,
];
/** Kinds that say nothing of what is missing. */
const ANYTHING: ReadonlySet<string> = new Set([
  'resource',
  'entity',
  'key',
  'page',
  'file',
  'module',
  'item',
  'object',
]);
/** What of a resource makes another one of it, or none. */
const ABOUT =
  /delet|destroy|prevent|protect|remov|replace|identifier|name|encrypt|kms|engine|snapshot|count|for_each|lifecycle|import|moved|resource|module/i;

/** `DBInstance` as `db_instance`. */
const snake = (name: string): string =>
  name.replace(/([A-Z]+)([A-Z][a-z])|([a-z\d])([A-Z])/g, '$1$3_$2$4').toLowerCase();

export function missingResources(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line): Clue[] =>
    CODES.flatMap((code) =>
      [...line.matchAll(code)].flatMap(([, kind = '']): Clue[] => {
        const type = snake(kind);
        if (ANYTHING.has(type)) return [];
        const named = new RegExp(`\\b${kind}\\b[\\s:"'\`]{1,3}([a-z][\\w-]{2,80})`, 'i').exec(line)?.[1];
        return [
          {
            says: `${named ?? `a ${type.replaceAll('_', ' ')}`} is not there`,
            names: [...(named === undefined ? [] : [named]), type, `aws_${type}`],
            about: ABOUT,
            chiefly: /delet|destroy|prevent|protect|encrypt|kms|replace|snapshot/i,
          },
        ];
      }),
    ),
  );
}
