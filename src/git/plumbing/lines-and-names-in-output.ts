/** The lines of what git wrote, without empty ones. */
export const outputLines = (output: Buffer | string): string[] => partsOf(output, '\n');

/** What git wrote with `-z`: the names, without empty ones. */
export const outputNames = (output: Buffer | string): string[] => partsOf(output, '\0');

const partsOf = (output: Buffer | string, separator: string): string[] =>
  output
    .toString()
    .split(separator)
    .filter((part) => part !== '');
