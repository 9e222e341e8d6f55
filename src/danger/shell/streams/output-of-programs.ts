/** What programs write, where their arguments and input show it. */
import type { Invocation, Word } from '../words/invocation';

/** The program's name, without its folder. */
export const programOf = (invocation: Invocation | undefined): string =>
  invocation?.words[0]?.text.split(/[\\/]/).at(-1) ?? '';

/** What `echo`, `printf` or `Write-Output` writes, as one word; undefined for other programs. */
export function saidBy({ words }: Pick<Invocation, 'words'>): Word | undefined {
  const [program, ...args] = words;
  if (program === undefined || !/^(?:echo|printf|write-output)$/.test(program.text)) return undefined;
  const said = args.filter((word, index) => index > 0 || !/^(?:-[neE]+|--)$/.test(word.text));
  const [format, ...rest] = said;
  const open = said.some((word) => word.open);
  if (program.text !== 'printf') return { text: said.map((word) => word.text).join(' '), open };
  if (format === undefined) return { text: '', open };
  let next = 0;
  const filled = (): string => unescaped(format.text).replace(/%[-\d.]*[sbdq]/g, () => rest[next++]?.text ?? '');
  // The format is used again while arguments are left (POSIX, "printf").
  let text = filled();
  while (next > 0 && next < rest.length && text.length < LONGEST_TEXT) text += filled();
  return { text, open };
}

/** What `printf` repeats is not followed beyond this many characters. */
const LONGEST_TEXT = 100_000;
/** A text is followed through up to this many programs; people and agents need five. */
export const LONGEST_PIPE = 50;
/** Shell keywords and programs that write nothing. */
const SILENT =
  /^(?:|cd|pushd|popd|true|:|test|\[|\[\[|set|shopt|export|local|declare|readonly|unset|read|mapfile|for|select|case|exit|return|break|continue|sleep|mkdir|rm|cp|mv|ln|touch|chmod|umask|wait)$/;

/**
 * Combines programs whose output goes to the same place into one, without those that write nothing or only write to
 * another one of them; undefined for none.
 */
export function together(programs: readonly Invocation[]): Invocation | undefined {
  const read = new Set(programs.flatMap(({ from }) => [from, ...(from?.group ?? [])]));
  const members = programs.filter((program) => !read.has(program) && !SILENT.test(programOf(program)));
  const last = members.at(-1);
  return last && members.length > 1 ? { ...last, group: members } : last;
}

/** The output of several, concatenated; undefined for none. */
export const joined = (words: readonly Word[]): Word | undefined =>
  words.length === 0
    ? undefined
    : { text: words.map(({ text }) => text).join('\n'), open: words.some(({ open }) => open) };

/** What a program writes, where its arguments and input show it; otherwise undefined. For a group, the known part. */
export function writtenBy(invocation: Invocation, depth = 0): Word | undefined {
  if (depth > LONGEST_PIPE) return undefined;
  const { words, input, from, group } = invocation;
  if (group) return joined(group.flatMap((one) => writtenBy(one, depth + 1) ?? []));
  const name = programOf(invocation);
  if (name === 'tr') return turned(invocation, depth);
  if (name === 'jq' || name === 'jo') return name === 'jq' ? filteredBy(invocation) : objectOf(invocation);
  if (name !== 'cat' && name !== 'base64' && name !== 'rev') return saidBy(invocation);
  const plain = words.slice(1).filter((word) => !word.text.startsWith('-') && word.text !== '');
  const before: Word | undefined =
    plain.length > 0
      ? undefined
      : input === null
        ? from === null
          ? undefined
          : writtenBy(from, depth + 1)
        : { text: input, open: false };
  if (before === undefined || name === 'cat') return before;
  if (name === 'rev')
    return {
      ...before,
      text: before.text
        .split('\n')
        .map((line) => [...line].reverse().join(''))
        .join('\n'),
    };
  return words.some((word) => /^(?:-[a-zA-Z]*[dD]|--decode)$/.test(word.text))
    ? { text: Buffer.from(before.text, 'base64').toString('utf8'), open: before.open }
    : undefined;
}

/** What `jq -n` makes of its own words, as far as it is plain: strings and names of keys. */
function filteredBy({ words }: Invocation): Word | undefined {
  const args = words.slice(1);
  if (!args.some(({ text }) => /^-[a-zA-Z]*n|^--null-input$/.test(text))) return undefined;
  const given = new Map<string, string>();
  const rest: Word[] = [];
  for (let at = 0; at < args.length; at++) {
    const { text = '' } = args[at] ?? {};
    if (/^--(?:arg|argjson)$/.test(text)) {
      const value = args[at + 2]?.text ?? '';
      given.set(args[at + 1]?.text ?? '', text === '--arg' ? JSON.stringify(value) : value);
      at += 2;
    } else if (!text.startsWith('-')) rest.push(args[at] ?? { text, open: false });
  }
  const [program] = rest;
  return (
    program && {
      open: program.open,
      text: program.text
        .replace(/\$(\w+)/g, (all, name: string) => given.get(name) ?? all)
        .replace(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":'),
    }
  );
}

/** `jo a=1 b=2` writes an object. */
const objectOf = ({ words }: Invocation): Word => ({
  open: words.some(({ open }) => open),
  text: JSON.stringify(
    Object.fromEntries(
      words.slice(1).flatMap(({ text }) => {
        const [, key, value] = /^([\w.[\]]+)=([^]*)$/.exec(text) ?? [];
        return key === undefined || value === undefined ? [] : [[key, value]];
      }),
    ),
  ),
});

/** The output of `tr` for its input, with plain sets. */
function turned({ words, input, from }: Invocation, depth: number): Word | undefined {
  const before: Word | undefined =
    input === null ? (from === null ? undefined : writtenBy(from, depth + 1)) : { text: input, open: false };
  if (before === undefined || before.open) return before;
  const sets = words.slice(1).filter((word) => !/^-[cdst]+$/.test(word.text));
  const [letters = '', to = ''] = sets.map(({ text }) => lettersOf(unescaped(text)));
  const letterFlags = words
    .slice(1)
    .flatMap(({ text }) => (/^-[cdst]+$/.test(text) ? [text] : []))
    .join('');
  if (/[cst]/.test(letterFlags)) return undefined;
  if (letterFlags !== '')
    return { ...before, text: [...before.text].filter((char) => !letters.includes(char)).join('') };
  return {
    ...before,
    text: [...before.text]
      .map((char) =>
        letters.includes(char) ? to.charAt(Math.min(letters.indexOf(char), to.length - 1)) || char : char,
      )
      .join(''),
  };
}

/** The letters in a set of `tr`: ranges, and the classes of upper and lower case. */
function lettersOf(set: string): string {
  const named = set.replaceAll('[:upper:]', 'A-Z').replaceAll('[:lower:]', 'a-z').replaceAll('[:digit:]', '0-9');
  return named.replace(/([^])-([^])/g, (_, first: string, last: string) =>
    Array.from({ length: Math.max(0, Math.min(256, last.charCodeAt(0) - first.charCodeAt(0) + 1)) }, (_one, at) =>
      String.fromCharCode(first.charCodeAt(0) + at),
    ).join(''),
  );
}

/** Resolves the escapes of `$'…'` that stand for characters. */
export function unescaped(text: string): string {
  const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))/gs,
    (_, hex?: string, unicode?: string, octal?: string, char?: string) => {
      const code = hex ?? unicode;
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      return octal === undefined ? (simple[char ?? ''] ?? char ?? '') : String.fromCharCode(parseInt(octal, 8));
    },
  );
}
