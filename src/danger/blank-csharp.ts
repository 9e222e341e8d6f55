/** C#, for which no grammar is shipped: read by patterns, where comments and strings can't be in the way. */

/** Comments and strings become spaces of the same length. */
export const blankCsharp = (text: string): string =>
  text.replace(/\/\/[^\n]*|\/\*[^]{0,2000}?\*\/|[@$]*"(?:[^"\\\n]|\\.)*"/g, (part) => part.replace(/[^\n]/g, ' '));

/** Comments alone become spaces: strings are needed, as routes. */
export const uncommentedCsharp = (text: string): string =>
  text.replace(
    /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[^]{0,2000}?\*\//g,
    (part, kept: string | undefined) => kept ?? part.replace(/[^\n]/g, ' '),
  );
