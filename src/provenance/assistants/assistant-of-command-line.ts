/**
 * Which assistant a command line starts as an agent in a terminal. Pure: nothing of it is run, and a line that is not
 * understood starts none.
 */
import { ASSISTANTS } from './registry';
import type { Assistant } from './types';

/** The first assistant that the line starts, at the beginning or after `;`, `&&`, `||` and the like. */
export function assistantStartedBy(commandLine: string): Assistant | undefined {
  for (const words of commandsOf(commandLine)) {
    const at = words.findIndex((word) => !isBefore(word));
    const program = nameOf(words[at] ?? '');
    const assistant = ASSISTANTS.find(({ programs, commands }) => (commands ?? programs).includes(program));
    if (assistant && !words.slice(at + 1).some((word) => ONLY_TELLS.has(word))) return assistant;
  }
  return undefined;
}

/** With one of these, a program prints information about itself and exits. */
const ONLY_TELLS: ReadonlySet<string> = new Set(['--version', '-v', '-V', '--help', '-h', 'help', 'version']);

const WRAPPERS: ReadonlySet<string> = new Set(['&', 'command', 'env', 'exec', 'nohup', 'sudo', 'time']);

/** What may precede a program's name: programs that start another, and environment assignments. */
const isBefore = (word: string): boolean => WRAPPERS.has(word) || /^[A-Za-z_]\w*=/.test(word);

/** `claude` for `/usr/bin/claude` and for `C:\tools\claude.cmd`. */
const nameOf = (word: string): string => (word.split(/[/\\]/).at(-1) ?? '').replace(/\.(exe|cmd|ps1)$/i, '');

const PART = /'[^']*'|"[^"]*"|[^\s'";&|()]+/y;

/** The words of each command. Here-documents and comments are text, not commands. */
function commandsOf(line: string): string[][] {
  const commands: string[][] = [[]];
  for (let at = 0; at < line.length;) {
    const word = wordAt(line, at);
    if (word.end > at) {
      if (word.text.startsWith('#') || word.text.includes('<<')) break;
      commands.at(-1)?.push(word.text);
      at = word.end;
    } else {
      if (/[;&|()\n]/.test(line.charAt(at))) commands.push([]);
      at++;
    }
  }
  return commands;
}

function wordAt(line: string, start: number): { readonly text: string; readonly end: number } {
  let text = '';
  let end = start;
  for (;;) {
    PART.lastIndex = end;
    const part = PART.exec(line)?.[0];
    if (part === undefined) break;
    text += /^['"]/.test(part) ? part.slice(1, -1) : part;
    end += part.length;
  }
  // An unclosed quote: nothing after it is understood.
  return /['"]/.test(line.charAt(end)) ? { text: '<<', end: line.length } : { text, end };
}
