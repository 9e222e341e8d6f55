/**
 * Whether a person is at the terminal: neither an agent nor an editor that may run one is among the ancestors of this
 * process.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Above {
  readonly parent: number;
  /** Its command line; the first word is the program. */
  readonly words: readonly string[];
}

/** Looks up a process by its id; undefined when that is impossible. */
export type LookUp = (id: number) => Above | undefined;

/**
 * Variables that agents set for the commands that they run. The table of assistants knows the programs; these are in
 * addition.
 */
const SET_BY_AGENTS = [
  'AI_AGENT',
  'AGENT',
  'CLAUDECODE',
  'CLAUDE_CODE_ENTRYPOINT',
  'CODEX_THREAD_ID',
  'CODEX_SANDBOX',
  'CODEX_CI',
  'COPILOT_CLI',
  'COPILOT_AGENT_SESSION_ID',
  'CURSOR_AGENT',
  'CURSOR_TRACE_ID',
  'GEMINI_CLI',
  'OPENCODE',
  'QWEN_CODE',
  'CLINE_ACTIVE',
  'AMP_CURRENT_THREAD_ID',
  'KIRO_SESSION_ID',
  'AUGMENT_AGENT',
] as const;

/** In an editor's terminal, a command run by its agent looks like one typed by a person. */
const EDITORS =
  /^(?:code(?:-insiders|-oss|-server)?|codium|cursor|windsurf|kiro|antigravity|positron|trae|zed|zeditor)$/;

const DEEPEST = 60;

/**
 * Why this can't be assumed to be a person at a terminal, as a sentence; empty when it can. `agents`: names of the
 * assistants' programs.
 */
export function notAPerson(
  {
    env,
    isTerminal,
    parent,
    agents,
  }: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly isTerminal: boolean;
    readonly parent: number;
    readonly agents: ReadonlySet<string>;
  },
  lookUp: LookUp = processAbove,
): string {
  const variable = SET_BY_AGENTS.find((name) => (env[name] ?? '') !== '');
  if (variable !== undefined) return `An agent runs this (${variable} is set).`;
  if (env['TERM_PROGRAM'] === 'vscode' || (env['VSCODE_PID'] ?? env['VSCODE_IPC_HOOK_CLI'] ?? '') !== '')
    return 'This terminal belongs to an editor, where an agent can type too.';
  if (!isTerminal) return 'Nobody is at a terminal here.';
  let id = parent;
  for (let depth = 0; id > 1; depth++) {
    const above = depth < DEEPEST ? lookUp(id) : undefined;
    if (above === undefined) return "Which programs started this one isn't known.";
    const names = above.words.slice(0, 3).map(nameOf);
    const agent = names.find((name) => agents.has(name));
    if (agent !== undefined) return `${agent} started this.`;
    const editor = names.slice(0, 1).find((name) => EDITORS.test(name));
    if (editor !== undefined) return `This terminal belongs to ${editor}, where an agent can type too.`;
    id = above.parent;
  }
  return '';
}

const nameOf = (word: string): string =>
  (word.split(/[/\\]/).at(-1) ?? '').replace(/\.(?:exe|cmd|[cm]?js)$/i, '').toLowerCase();

/** From `/proc` where it exists (proc(5)), else from `ps`, which POSIX requires. */
export function processAbove(id: number): Above | undefined {
  try {
    const stat = readFileSync(`/proc/${String(id)}/stat`, 'latin1');
    // the second field is a name in brackets, which may contain anything
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { parent, words: readFileSync(`/proc/${String(id)}/cmdline`, 'utf8').split('\0') };
  } catch {
    if (process.platform === 'win32' || process.platform === 'linux') return undefined;
  }
  const ended = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(id)], { encoding: 'utf8', timeout: 5000 });
  const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(ended.stdout) ?? [];
  return parent === undefined ? undefined : { parent: Number(parent), words: (command ?? '').split(' ') };
}
