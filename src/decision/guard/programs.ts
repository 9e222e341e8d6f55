/**
 * Which programs a command really starts: behind `sudo`, `env` and their like, in `sh -c`, `eval`, `find -exec` and in text
 * that is handed to a shell.
 */
import { invocationsIn, type Invocation, type Word } from './shell-words';

/** Programs that start the rest of their words, with the options that take a word of their own. */
const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h', '-p', '-C', '-D', '-r', '-t', '-U'],
  doas: ['-u', '-C'],
  env: ['-u', '-C', '-S', '--unset', '--chdir'],
  command: [],
  builtin: [],
  exec: ['-a'],
  nohup: [],
  setsid: [],
  time: ['-f', '-o'],
  nice: ['-n'],
  ionice: ['-c', '-n'],
  stdbuf: ['-i', '-o', '-e'],
  timeout: ['-s', '-k', '--signal', '--kill-after'],
  xargs: ['-I', '-n', '-P', '-d', '-a', '-L', '-s', '-E'],
  busybox: [],
  npx: ['-p', '--package'],
  bunx: [],
  pnpm: [],
  yarn: [],
};
const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'fish']);
const DEEPEST = 6;

/** A program's name without its folder. */
export const nameOf = (word: Word | undefined): string => (word?.text.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:exe|cmd)$/i, '');

/** The invocations of a command with everything that only starts others taken away. */
export function programsIn(command: string, variables: Readonly<Record<string, string>>): Invocation[] {
  return unfold(invocationsIn(command, variables), variables, 0);
}

function unfold(invocations: readonly Invocation[], variables: Readonly<Record<string, string>>, depth: number): Invocation[] {
  if (depth > DEEPEST) return [...invocations];
  return invocations.flatMap((invocation) => {
    const bare = unwrapped(invocation);
    const inner = innerText(bare);
    const parts = innerWords(bare);
    return [bare, ...(inner === undefined ? [] : unfold(invocationsIn(inner, variables), variables, depth + 1)), ...unfold(parts, variables, depth + 1)];
  });
}

/** Without wrappers; what `env` assigns joins the assignments. */
function unwrapped(invocation: Invocation): Invocation {
  let words = invocation.words;
  const assignments = [...invocation.assignments];
  for (let guard = 0; guard < 10; guard++) {
    const name = nameOf(words[0]);
    const takes = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    if (takes === undefined) break;
    let at = 1;
    for (; at < words.length; at++) {
      const text = words[at]?.text ?? '';
      if (takes.includes(text)) at++;
      else if (/^[A-Za-z_]\w*=/.test(text) && (name === 'env' || name === 'sudo')) assignments.push(text);
      else if (text === '--') {
        at++;
        break;
      } else if (!text.startsWith('-') && !(['exec', 'dlx', 'run'].includes(text) && /npm|yarn/.test(name)) && !(name === 'timeout' && /^[\d.]+[smhd]?$/.test(text))) break;
    }
    const rest = words.slice(at);
    if (rest.length === 0) break;
    words = rest;
  }
  return { ...invocation, words, assignments };
}

/** The text that a shell or `eval` is told to run. */
function innerText({ words, input }: Invocation): string | undefined {
  const name = nameOf(words[0]);
  if (name === 'eval') return words.slice(1).map((word) => word.text).join(' ');
  if (!SHELLS.has(name)) return undefined;
  const flag = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word.text));
  if (flag > 0) return words[flag + 1]?.text;
  return words.slice(1).every((word) => word.text.startsWith('-')) ? (input ?? undefined) : undefined;
}

/** What `find -exec` starts. */
function innerWords({ words }: Invocation): Invocation[] {
  if (nameOf(words[0]) !== 'find') return [];
  const found: Invocation[] = [];
  for (let at = 1; at < words.length; at++) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(words[at]?.text ?? '')) continue;
    const end = words.findIndex((word, index) => index > at && (word.text === ';' || word.text === '+'));
    const start = words.slice(1).find((word) => !word.text.startsWith('-'));
    // it runs for what lies below the folder where it begins
    const inside = words.slice(at + 1, end < 0 ? undefined : end).map((word) => (word.text === '{}' ? (start ?? word) : word));
    found.push({ words: inside, assignments: [], outputs: [], input: null });
    at = end < 0 ? words.length : end;
  }
  return found;
}
