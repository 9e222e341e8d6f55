/** Lists of plain strings in a program's text, as the one string that the program makes of them. */

const STRING = String.raw`(?:"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*')`;
const LIST = String.raw`\[\s*(${STRING}(?:\s*,\s*${STRING}){1,60})\s*,?\s*\]`;
/** `['a', 'b'].join(' ')` of JavaScript and Ruby, `' '.join(['a', 'b'])` of Python, `implode(' ', ['a', 'b'])` of PHP. */
const JOINED_AFTER = new RegExp(String.raw`${LIST}\s*\.\s*join\s*\(?\s*(${STRING})?\s*\)?`, 'g');
const JOINED_BEFORE = new RegExp(
  String.raw`(?:(${STRING})\s*\.\s*join\s*\(|\bimplode\s*\(\s*(${STRING})\s*,)\s*${LIST}\s*\)`,
  'g',
);
/** `join(' ', 'a', 'b')` of Perl. */
const JOINED_CALL = new RegExp(String.raw`(?<![.\w])join\s*\(\s*(${STRING})((?:\s*,\s*${STRING}){2,60})\s*\)`, 'g');
/** `%w[a b]` of Ruby and `qw(a b)` of Perl, also with other brackets, and as the arguments of a call. */
const RUBY_WORDS = /(\*?)(?:%[wW]|\bqw\s?)(?:\[([^\]\n]*)\]|\(([^)\n]*)\)|\{([^}\n]*)\})/g;

const content = (literal: string): string => literal.slice(1, -1).replace(/\\(["'\\])/g, '$1');
const stringsIn = (list: string): string[] => (list.match(new RegExp(STRING, 'g')) ?? []).map(content);

/** A program's text with each such list as one string. */
export function withJoinedLists(text: string): string {
  if (!/join|%[wW][[({]|\bqw\s?[[({]/.test(text) && !text.includes('implode')) return text;
  return text
    .replace(RUBY_WORDS, (_, splat: string, ...found: (string | undefined)[]) => {
      const words = (found.slice(0, 3).find((one) => typeof one === 'string') ?? '').trim().split(/\s+/);
      const list = words.map((word) => JSON.stringify(word)).join(', ');
      return splat === '' ? `[${list}]` : list;
    })
    .replace(JOINED_CALL, (_, by: string, list: string) => JSON.stringify(stringsIn(list).join(content(by))))
    .replace(JOINED_AFTER, (_, list: string, by?: string) =>
      JSON.stringify(stringsIn(list).join(by === undefined ? '' : content(by))),
    )
    .replace(JOINED_BEFORE, (_, by: string | undefined, also: string | undefined, list: string) =>
      JSON.stringify(stringsIn(list).join(content(by ?? also ?? "''"))),
    );
}
