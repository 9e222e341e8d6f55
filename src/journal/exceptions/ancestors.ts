/**
 * Whether a person is at the terminal: neither an agent nor an editor that may run one is among the ancestors of this
 * process.
 */
import { processOf, type LookUpProcess } from '../../platform';

/** Variables that agents set for the commands that they run, whichever agent it is. */
const SET_BY_AGENTS = ['AI_AGENT', 'AGENT', 'AUGMENT_AGENT'];

/** In an editor's terminal, a command run by its agent looks like one typed by a person. */
const EDITORS = /^(?:code(?:-insiders|-oss|-server)?|codium|positron|trae|zed|zeditor)$/;

const DEEPEST = 60;

/**
 * Why this can't be assumed to be a person at a terminal, as a sentence; empty when it can. `agents`: names of the
 * assistants' programs in a terminal; `editors`: of their editors; `variables`: what they set for their commands.
 */
export function notAPerson(
  {
    env,
    isTerminal,
    parent,
    agents,
    editors = new Set(),
    variables = [],
  }: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly isTerminal: boolean;
    readonly parent: number;
    readonly agents: ReadonlySet<string>;
    readonly editors?: ReadonlySet<string>;
    readonly variables?: readonly string[];
  },
  lookUp: LookUpProcess = processOf,
): string {
  const variable = [...SET_BY_AGENTS, ...variables].find((name) => (env[name] ?? '') !== '');
  if (variable !== undefined) return `An agent runs this (${variable} is set).`;
  if (env['TERM_PROGRAM'] === 'vscode' || (env['VSCODE_PID'] ?? env['VSCODE_IPC_HOOK_CLI'] ?? '') !== '')
    return 'This terminal belongs to an editor, where an agent can type too.';
  if (!isTerminal) return 'Nobody is at a terminal here.';
  let id = parent;
  for (let depth = 0; id > 1 || id < 0; depth++) {
    const above = depth < DEEPEST ? lookUp(id) : undefined;
    if (above === undefined) return "Which programs started this one isn't known.";
    const names = above.words.slice(0, 3).map(nameOf);
    const agent = names.find((name) => agents.has(name));
    if (agent !== undefined) return `${agent} started this.`;
    const editor = names.slice(0, 1).find((name) => EDITORS.test(name) || editors.has(name));
    if (editor !== undefined) return `This terminal belongs to ${editor}, where an agent can type too.`;
    id = above.parent;
  }
  return '';
}

const nameOf = (word: string): string =>
  (word.split(/[/\\]/).at(-1) ?? '').replace(/\.(?:exe|cmd|[cm]?js)$/i, '').toLowerCase();
