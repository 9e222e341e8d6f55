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

const VALUE = String.raw`\[\s*${STRING}(?:\s*,\s*${STRING}){0,60}\s*,?\s*\]|[brf]{0,2}${STRING}|\`[^\`\n]{1,2000}\``;
/** `cmd = ['a', 'b']`, `const args = ["a"];`, `my @c = ("a", "b");`, `c := []string{"a"}`, each for the rest of its line. */
const ASSIGNED = new RegExp(
  String.raw`(?<![\w.])([$@]?[A-Za-z_]\w{0,40})(?:\s*:\s*[\w[\]<>., ]{1,40})?\s*(?::?=|<-)\s*(${VALUE})\s*(?=[;\n)]|$)`,
  'g',
);
const MAY_RUN = /system|exec|spawn|popen|\brun\b|call|check_|Command|Process|\bsh\b/i;
/** Within the brackets of a call, or behind the name of one without. */
const GIVEN = /[\w!][ \t]*\([^()\n=]*$|\b(?:exec|system|spawn)[ \t]{1,4}$/;
const MOST_VALUES = 30;

/** A program's text with the plain strings and lists that a variable holds, where a call is given that variable alone. */
export function withValues(text: string): string {
  if (!MAY_RUN.test(text) || !/=|<-/.test(text)) return text;
  const plain = text.replace(/\[\]string\{([^{}\n]*)\}/g, '[$1]').replace(/(@\w+\s*=\s*)\(([^()\n]*)\)/g, '$1[$2]');
  const values = new Map<string, string | null>();
  for (const [, name = '', value = ''] of plain.matchAll(ASSIGNED))
    values.set(name, values.has(name) ? null : value.startsWith('`') ? JSON.stringify(value.slice(1, -1)) : value);
  let made = plain;
  for (const [name, value] of [...values].slice(0, MOST_VALUES)) {
    if (value === null) continue;
    const inside = value.startsWith('[') ? value.slice(1, -1) : value;
    const named = new RegExp(
      String.raw`(\*{0,2}|\.{3})(?<![\w.$@"'])${name.replace(/[$]/g, '\\$&')}(\.{3})?(?!\.(?!split\b)|[\w("'[=]|[ \t]*=)`,
      'g',
    );
    made = made.replace(named, (all: string, before: string, behind: string | undefined, at: number, whole: string) =>
      !GIVEN.test(whole.slice(Math.max(0, at - 200), at))
        ? all
        : before === '' && behind === undefined
          ? value
          : inside,
    );
  }
  return made;
}
