/**
 * The calls in a program on the command line, without a grammar: a hook has no time to load one. Enough for the rules
 * that ask what is called on what.
 */
import type { Call, Code } from '../code';

type Argument = Call['args'][number];

/** Names in front of a parenthesis that are no calls. */
const NO_CALL =
  /^(?:if|for|while|switch|catch|return|function|def|await|typeof|in|and|or|not|lambda|elif|with|fn|sub|my)$/;
const CALLS_AT_MOST = 1_000;
/** How far a receiver and arguments are followed. UTF-16 code units. */
const RECEIVER = 600;
const ARGUMENTS = 2_000;

const OPEN = '([{';
const CLOSED = ')]}';

/**
 * `program`: each string in it is `\u00abn\u00bb`, the number of its text. Ruby calls without parentheses where a name
 * follows a dot; so it is with `bare`.
 */
export function callsIn(program: string, texts: readonly string[], bare: boolean): Pick<Code, 'calls' | 'assigned'> {
  const code = program.replace(/(?<!\s)\s*(\?\.|\.|->|::)\s*/g, '$1');
  const whole = (part: string): string =>
    part.replace(/\u00ab(\d+)\u00bb/g, (_, index: string) => quoted(texts, index));
  const calls: Call[] = [];
  for (const found of code.matchAll(
    bare
      ? /(?<![\w$])([A-Za-z_$][\w$]{0,100})([!?]?)(\s{0,20}\()?/g
      : /(?<![\w$])([A-Za-z_$][\w$]{0,100})(!?)(\s{0,20}\()/g,
  )) {
    const [text, name = '', , open] = found;
    const before = code.slice(Math.max(0, found.index - RECEIVER), found.index);
    const separator = /(?:\?\.|&\.|\.|->|::)$/.exec(before)?.[0];
    if (NO_CALL.test(name) || (open === undefined && separator === undefined)) continue;
    const receiver = separator === undefined ? '' : receiverIn(before.slice(0, before.length - separator.length));
    const args = open === undefined ? [] : argumentsAt(code, found.index + text.length);
    calls.push({
      name,
      receiver,
      line: 1,
      isNew: /\bnew\s+(?:[\w$]+\.)*$/.test(before),
      args: args.flatMap((arg) => argumentOf(arg, whole)),
      named: namedIn(args, whole),
      within: '',
      down: false,
      around: [],
    });
    if (calls.length >= CALLS_AT_MOST) break;
  }
  const assigned = new Map<string, string>();
  for (const [, name = '', value = ''] of code.matchAll(/(?<![\w$])([\w$]{1,100})\s{0,20}=(?![=>])([^;\n]{1,400})/g))
    assigned.set(name, whole(value).trim().slice(0, 400));
  return { calls, assigned };
}

const quoted = (texts: readonly string[], index: string): string => JSON.stringify(texts[Number(index)] ?? '');

/** What stands before the dot, without what is in parentheses. */
function receiverIn(before: string): string {
  const kept: string[] = [];
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    const char = before.charAt(at);
    if (OPEN.includes(char) && --depth < 0) break;
    if (depth === 0) {
      const isArrow = char === '-' ? kept.at(-1) === '>' : char === '>' && before.charAt(at - 1) === '-';
      if (!isArrow && !/[\w$.!?:\u00ab\u00bb@()[\]{}]/.test(char)) break;
      kept.push(char);
    }
    if (CLOSED.includes(char) && depth++ === 0 && kept.at(-1) !== char) kept.push(char);
  }
  return kept.reverse().join('');
}

/** The arguments behind a parenthesis, as written. */
function argumentsAt(code: string, start: number): readonly string[] {
  const found: string[] = [];
  let [depth, from] = [0, start];
  const end = Math.min(code.length, start + ARGUMENTS);
  for (let at = start; at < end; at++) {
    const char = code.charAt(at);
    if (OPEN.includes(char)) depth++;
    else if (CLOSED.includes(char) && depth-- === 0) {
      found.push(code.slice(from, at));
      break;
    } else if (char === ',' && depth === 0) {
      found.push(code.slice(from, at));
      from = at + 1;
    }
  }
  return found.map((one) => one.trim()).filter((one) => one !== '');
}

function argumentOf(arg: string, whole: (part: string) => string): Argument {
  const [, name = '', value = arg] = /^([A-Za-z_]\w*)\s*(?:=(?![=>])|:(?!:))\s*([^]*)$/.exec(arg) ?? [];
  const text = whole(value);
  const string = /^(?:[a-z]{0,2})?\u00ab\d+\u00bb$/.test(value)
    ? { value: text.slice(text.indexOf('"') + 1, -1), line: 1 }
    : null;
  return { name, text: text.slice(0, 400), string, line: 1 };
}

/** `a=1`, `a: 1`, `{ a: 1 }` of the arguments. */
function namedIn(args: readonly string[], whole: (part: string) => string): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const [, key = '', value = ''] of args
    .join(',')
    .matchAll(/(?:^|[{,(\s])([A-Za-z_]\w*)["']?\s*(?:=>|=(?!=)|:(?!:))\s*([^,{}()\n]{1,200})/g))
    named.set(key, whole(value.trim()));
  return named;
}
