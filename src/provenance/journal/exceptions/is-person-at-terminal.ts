/**
 * Whether a person is at the terminal: neither an agent nor an editor that may run one is among the ancestors of this
 * process.
 */
import { processOf, type LookUpProcess } from '../../../base/platform';

/** Variables that agents set for the commands that they run, whichever agent it is. */
const SET_BY_AGENTS = ['AI_AGENT', 'AGENT', 'AUGMENT_AGENT'];

/** In an editor's terminal, a command run by its agent looks like one typed by a person. */
const EDITORS = /^(?:code(?:-insiders|-oss|-server)?|codium|positron|trae|zed|zeditor)$/;

const DEEPEST = 60;

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly parent: number;
  /** Names of the assistants' programs in a terminal. */
  readonly agents: ReadonlySet<string>;
  /** Names of their editors. */
  readonly editors?: ReadonlySet<string>;
  /** What they set for their commands. */
  readonly variables?: readonly string[];
}

/** Which program called this one, as far as that tells who did. */
export type Caller =
  | { readonly kind: 'agent'; readonly variable: string }
  | { readonly kind: 'agent'; readonly program: string }
  /** An agent can type there too. Null: by its variables. */
  | { readonly kind: 'editor'; readonly program: string | null }
  | { readonly kind: 'not-known' }
  /** Neither an agent nor an editor. */
  | { readonly kind: 'other' };

/** By its variables, else by its programs. */
export const callerOf = (surroundings: Surroundings, lookUp: LookUpProcess = processOf): Caller =>
  callerByVariables(surroundings) ?? callerByPrograms(surroundings, lookUp);

/**
 * Why this can't be assumed to be a person at a terminal, as a sentence; empty when it can.
 */
export function notAPerson(
  { isTerminal, ...surroundings }: Surroundings & { readonly isTerminal: boolean },
  lookUp: LookUpProcess = processOf,
): string {
  const byVariables = callerByVariables(surroundings);
  if (byVariables === undefined && !isTerminal) return 'Nobody is at a terminal here.';
  const caller = byVariables ?? callerByPrograms(surroundings, lookUp);
  switch (caller.kind) {
    case 'agent':
      return 'variable' in caller
        ? `An agent runs this (${caller.variable} is set).`
        : `${caller.program} started this.`;
    case 'editor':
      return `This terminal belongs to ${caller.program ?? 'an editor'}, where an agent can type too.`;
    case 'not-known':
      return "Which programs started this one isn't known.";
    case 'other':
      return '';
  }
}

function callerByVariables({ env, variables = [] }: Surroundings): Caller | undefined {
  const variable = [...SET_BY_AGENTS, ...variables].find((name) => (env[name] ?? '') !== '');
  if (variable !== undefined) return { kind: 'agent', variable };
  return env['TERM_PROGRAM'] === 'vscode' || (env['VSCODE_PID'] ?? env['VSCODE_IPC_HOOK_CLI'] ?? '') !== ''
    ? { kind: 'editor', program: null }
    : undefined;
}

function callerByPrograms({ parent, agents, editors = new Set() }: Surroundings, lookUp: LookUpProcess): Caller {
  let id = parent;
  for (let depth = 0; id > 1 || id < 0; depth++) {
    const above = depth < DEEPEST ? lookUp(id) : undefined;
    if (above === undefined) return { kind: 'not-known' };
    const names = above.words.slice(0, 3).map(nameOf);
    const agent = names.find((name) => agents.has(name));
    if (agent !== undefined) return { kind: 'agent', program: agent };
    const editor = names.slice(0, 1).find((name) => EDITORS.test(name) || editors.has(name));
    if (editor !== undefined) return { kind: 'editor', program: editor };
    id = above.parent;
  }
  return { kind: 'other' };
}

const nameOf = (word: string): string =>
  (word.split(/[/\\]/).at(-1) ?? '').replace(/\.(?:exe|cmd|[cm]?js)$/i, '').toLowerCase();
