/** What is known about a command's variables while it is parsed. Looks nothing up. */
import { wordSet } from '../../../base/patterns';
import { anyOf, type Invocation, type Word } from './invocation';
import { patternsListedBy } from '../programs/files-listed-by-programs';
import { saidBy, writtenBy } from '../streams/output-of-programs';

/** Longer values (UTF-16 code units) are not followed: one can be doubled again and again. */
export const LONGEST_VALUE = 4096;
/** Longer lists are cut off here: one can be doubled again and again. */
export const MOST_WORDS = 2000;

/** Names that no variable can have, for what is known about the folders that a command starts in. */
export const TOP_OF_REPOSITORY = '$top';
export const GIT_FOLDER = '$git';
export const SHARED_GIT_FOLDER = '$shared-git';

/** What a program writes or lists, as separate texts; none where unknown. */
export function linesOf(program: Invocation): string[] {
  const listed = (program.group ?? [program]).flatMap(patternsListedBy);
  const said = writtenBy(program)?.text ?? (listed.length > 0 ? listed.join('\n') : undefined);
  return said === undefined ? [] : [said];
}

/** Commands that set variables. */
const LEARNS_FROM = wordSet('export declare local readonly typeset for select set printf read mapfile readarray');

/** The variables, lists and positional parameters of one shell. */
export class Variables {
  private readonly values: Map<string, string>;
  private readonly lists = new Map<string, readonly Word[]>();
  /** Variables that hold a program's unknown output, with the program. */
  private readonly opaque = new Map<string, string>();

  constructor(values: Readonly<Record<string, string>>) {
    this.values = new Map(Object.entries(values));
  }

  /** All with a known value, positional parameters included. */
  all(): Record<string, string> {
    return Object.fromEntries(this.values);
  }

  /** The named ones with a known value. */
  known(): Record<string, string> {
    return Object.fromEntries([...this.values].filter(([name]) => !/^[\d@*$]/.test(name)));
  }

  /** For a function's body, which sees all of them. */
  copy(): Variables {
    const copied = new Variables(this.all());
    for (const [name, list] of this.lists) copied.lists.set(name, list);
    return copied;
  }

  /** Adopts a function body's changes to them, except to its own parameters. */
  takeOver(inner: Variables): void {
    for (const [name, value] of inner.values) if (!/^[\d@*]/.test(name)) this.values.set(name, value);
  }

  get(name: string): string | undefined {
    return this.values.get(name);
  }

  list(name: string): readonly Word[] | undefined {
    return this.lists.get(name);
  }

  setList(name: string, list: readonly Word[]): void {
    this.lists.set(name, list.slice(0, MOST_WORDS));
    const [first] = list;
    if (first && !first.open) this.set(name, first.text);
  }

  /** Sets `$1`, `$@` and the other positional parameters. */
  give(all: readonly Word[]): void {
    const words = all.slice(0, MOST_WORDS);
    const known = words.filter((word) => !word.open).map((word) => word.text);
    for (const name of [...this.values.keys()].filter((one) => /^[\d@*]/.test(one))) this.values.delete(name);
    words.forEach((word, index) => {
      if (!word.open) this.set(String(index + 1), word.text);
    });
    for (const name of ['@', '*']) {
      this.lists.set(name, words);
      if (known.length > 0) this.set(name, anyOf(known));
    }
  }

  /** Assigns from a word such as `NAME=value`; an open value makes the name unknown. */
  assign({ text, open, by }: Word): void {
    const [, name = '', more = '', value = ''] = /^([A-Za-z_]\w*)(\+?)=([^]*)$/.exec(text) ?? [];
    if (name === '') return;
    if (by === undefined) this.opaque.delete(name);
    else this.opaque.set(name, by);
    if (open) this.values.delete(name);
    else this.set(name, (more === '' ? '' : (this.values.get(name) ?? '')) + value);
  }

  /** Sets a variable. One whose value gets too long becomes unknown. */
  set(name: string, value: string): void {
    if (value.length <= LONGEST_VALUE) this.values.set(name, value);
    else this.values.delete(name);
  }

  /** Updates variables from a command, for the ones after it. */
  learn({ words, input, from }: Pick<Invocation, 'words' | 'input' | 'from'>, toRead: string): void {
    if (!LEARNS_FROM.has(words[0]?.text ?? '')) return;
    const [program, ...rest] = words.map((word) => word.text);
    if (['export', 'declare', 'local', 'readonly', 'typeset'].includes(program ?? ''))
      for (const word of words.slice(1)) this.assign(word);
    else if ((program === 'for' || program === 'select') && rest[1] === 'in') {
      const values = words
        .slice(3)
        .filter((word) => !word.open)
        .map((word) => word.text);
      if (values.length > 0) this.set(rest[0] ?? '', anyOf(values));
    } else if (program === 'for' && rest.length === 1) {
      // over the arguments (POSIX, "The for Loop")
      this.set(rest[0] ?? '', this.values.get('@') ?? '');
    } else if (program === 'set' && rest[0] === '--') {
      this.give(words.slice(2));
    } else if (program === 'printf' && rest[0] === '-v') {
      const said = saidBy({ words: [...words.slice(0, 1), ...words.slice(3)] });
      if (said) this.assign({ ...said, text: `${rest[1] ?? ''}=${said.text}` });
    } else if (program === 'read' || program === 'mapfile' || program === 'readarray') {
      const read = input ?? (from === null ? undefined : linesOf(from)[0]) ?? toRead;
      if (program !== 'read') {
        const lines = read.split('\n').filter((line) => line !== '');
        if (lines.length > 0)
          this.setList(
            rest.findLast((text) => /^[A-Za-z_]\w*$/.test(text)) ?? 'MAPFILE',
            lines.map((text) => ({ text, open: false })),
          );
        return;
      }
      const name = rest.findLast((text) => /^[A-Za-z_]\w*$/.test(text));
      if (name !== undefined && read.trim() !== '') this.set(name, anyOf(read.trim().split(/\s*\n\s*/)));
    }
  }

  /** One element of a list, or any of them where the index is unknown. */
  elementOf(name: string, index: string): Word {
    const list = this.lists.get(name) ?? [];
    const one = /^-?\d+$/.test(index) ? list.at(Number(index)) : undefined;
    if (one) return one;
    const known = list.filter((word) => !word.open).map((word) => word.text);
    return known.length === 0 ? { text: '', open: true } : { text: anyOf(known), open: false };
  }

  valueOf(name: string): Word {
    const value = this.values.get(name);
    const by = this.opaque.get(name);
    if (value === undefined) return { text: '', open: true, ...(by === undefined ? {} : { by }) };
    return { text: value, open: false };
  }
}
