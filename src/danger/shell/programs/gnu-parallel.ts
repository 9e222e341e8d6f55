/** What GNU parallel starts: its command with each of its arguments. */
import { escapedPattern } from '../../../base/patterns';
import type { Word } from '../words/invocation';
import { quoted } from './shell-text-in-arguments';

const LONG: ReadonlySet<string> = new Set(
  `
    jobs max-procs arg-file sshlogin sshloginfile max-args max-replace-args max-lines delay joblog results tmpdir
    colsep timeout retries load memfree delimiter env halt nice basefile workdir wd tagstring shuf block recstart
    recend rpl arg-sep arg-file-sep tempdir limit semaphoretimeout profile
  `
    .trim()
    .split(/\s+/),
);
/** Whether an option takes its value from the next word. */
const takesValue = (word: string): boolean =>
  /^-[IjSNnLPsEdaC]$/.test(word) || (word.startsWith('--') && LONG.has(word.slice(2)));

const MOST = 50;
/** In a text for a shell, it stands for what nobody here knows. */
const UNKNOWN = '"$UNKNOWN_ARGUMENT"';

/** As texts for a shell. `piped`: the words that it would read. */
export function startedByParallel(words: readonly Word[], piped: readonly Word[]): readonly string[] {
  let at = 0;
  let place = '{}';
  let fromFile = false;
  for (; at < words.length; at++) {
    const { text } = words[at] ?? { text: '' };
    if (!text.startsWith('-')) break;
    if (/^(?:-a|--arg-file)/.test(text)) fromFile = true;
    if (text === '-I') place = words[at + 1]?.text ?? place;
    else if (/^-I./.test(text)) place = text.slice(2);
    if (takesValue(text)) at++;
  }
  const rest = words.slice(at);
  const separator = rest.findIndex(({ text }) => /^:::{1,2}\+?$/.test(text));
  const template = separator < 0 ? rest : rest.slice(0, separator);
  const files = separator >= 0 && rest.some(({ text }) => /^::::\+?$/.test(text));
  const inputs = (separator < 0 ? piped : rest.slice(separator + 1)).filter(({ text }) => !/^:::{1,2}\+?$/.test(text));
  const args = files || fromFile || inputs.length === 0 ? [UNKNOWN] : inputs.slice(0, MOST).map(wordOf);
  if (template.length === 0) return inputs.filter(({ open }) => !open).map(({ text }) => text);
  // one word with blanks is a command line of its own
  const line = template.length === 1 ? (template[0]?.text ?? '') : template.map(wordOf).join(' ');
  const named = new RegExp(String.raw`${escapedPattern(place)}|\{[./#%\d]*\}`, 'g');
  return named.test(line) ? args.map((arg) => line.replace(named, () => arg)) : [`${line} ${args.join(' ')}`];
}

const wordOf = ({ text, open }: Word): string =>
  open && text === '' ? UNKNOWN : /^[\w./{}:@%+=,-]+$/.test(text) ? text : quoted(text);
