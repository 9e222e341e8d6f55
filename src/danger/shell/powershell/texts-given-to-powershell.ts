/** What PowerShell is given to run, by its own options and by the cmdlets that run a text. */
import type { Invocation, Word } from '../words/invocation';

export const POWERSHELL = /^(?:pwsh|powershell)(?:-preview)?$/i;
/** Cmdlets that write to a file what they are given or what is piped to them. */
export const WRITES_PIPED = /^(?:(?:set|add)-content|out-file)$/;
/** How a word begins that is what they write, where an option named it. */
export const VALUE = '-Value=';

/** What a cmdlet writes that is handed it through a pipe, if all of it is known. */
export const inputOfWriter = (name: string, piped: readonly Word[] | undefined): Partial<Pick<Invocation, 'input'>> =>
  WRITES_PIPED.test(name) && piped?.every(({ open }) => !open) === true
    ? { input: piped.map(({ text }) => text).join('\n') }
    : {};

const WITH_VALUE =
  /^-(?:ex(?:ecutionpolicy)?|ep|ou?t?p?u?t?format|inputformat|if|of|psc(?:onsolefile)?|v(?:ersion)?|w(?:indowstyle)?|config(?:urationname)?|wo(?:rkingdirectory)?|wd|settingsfile|custompipename|o)$/i;
const COMMAND = /^-(?:c|com\w*)$/i;
const ENCODED = /^-(?:e|ec|en\w*)$/i;
const FILE = /^-f(?:i\w*)?$/i;

/** The text that `pwsh` runs; a file by its name; undefined where it reads its standard input. */
export function givenToPowershell(
  args: readonly Word[],
): { readonly text: string } | { readonly file: Word } | { readonly open: true } | undefined {
  for (let at = 0; at < args.length; at++) {
    const option = args[at];
    if (option === undefined) break;
    const rest = args.slice(at + 1);
    if (ENCODED.test(option.text))
      return rest[0] === undefined || rest[0].open ? { open: true } : { text: decoded(rest[0].text) };
    if (COMMAND.test(option.text)) {
      if (rest[0]?.text === '-') return undefined;
      if (rest.some(({ open, text }) => open && text.trim() === '')) return { open: true };
      return { text: rest.map(({ text }) => text).join(' ') };
    }
    if (FILE.test(option.text)) return rest[0] === undefined ? undefined : { file: rest[0] };
    if (WITH_VALUE.test(option.text)) at++;
    else if (!/^[-/]/.test(option.text))
      return /\.ps1$/i.test(option.text)
        ? { file: option }
        : {
            text: args
              .slice(at)
              .map(({ text }) => text)
              .join(' '),
          };
  }
  return undefined;
}

/** The texts that cmdlets run: `Invoke-Expression`, `Start-Process`. Undefined: one that only a run can tell. */
export function runByCmdlet({ words, from }: Invocation): readonly string[] | undefined {
  const [program, ...args] = words;
  switch (program?.text) {
    case 'invoke-expression': {
      const texts = args.filter(({ text }) => !/^-command$/i.test(text));
      if (texts.length === 0) return from === null ? [] : undefined;
      return texts.some(({ open }) => open) ? undefined : [texts.map(({ text }) => text).join(' ')];
    }
    case 'start-process': {
      const plain = args.filter(
        ({ text }, index) =>
          !/^-(?:filepath|argumentlist|args|wait|nonewwindow|passthru|verb|windowstyle|workingdirectory)$/i.test(
            text,
          ) && !/^-(?:verb|windowstyle|workingdirectory)$/i.test(args[index - 1]?.text ?? ''),
      );
      if (plain.length === 0) return [];
      return [
        `& ${plain.map(({ text }) => (/\s/.test(text) && text !== plain[0]?.text ? text : `'${text.replaceAll("'", "''")}'`)).join(' ')}`,
      ];
    }
    default:
      return [];
  }
}

/** The text of `-EncodedCommand`: UTF-16 in Base64. */
const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf16le');
