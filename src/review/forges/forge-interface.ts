/**
 * What a forge is: a place where changes are reviewed before they are merged. Each has a folder here, and a line in the
 * table (forges.ts). Elsewhere only the editor names one: GitHub, in whose sign-in it has a part of its own.
 */
import type { Remote } from './parse-remote';
import type { ServerAnswer } from './forge-probe-answer';
import type { ForgeClient } from './client-parts/forge-client-interface';
import type { Environment } from './client-parts/ci-events-and-variables';

/** Id of a forge in the table, such as `github`. */
export type ForgeId = string;

/**
 * What prefills the page that opens a pull request. Everything unencoded; empty means: leave it to the forge.
 */
export interface PullRequest {
  /** Branches by their names on the remote, such as `main` and `feature/x`. */
  readonly base: string;
  readonly head: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly labels: readonly string[];
  /** Logins, or `group/team`. */
  readonly reviewers: readonly string[];
}

/** Addresses of its pages. */
export interface ForgeLink {
  /** Whether a remote is on it, as far as its host and path show. */
  readonly recognises: (remote: Remote) => boolean;
  /** Whether the page accepts a title and a body in its address; if not, they have to be pasted. */
  readonly takesText: boolean;
  /** Addresses of lines in a commit; left out when unknown. */
  readonly lineAddress?: (remote: Remote, commit: string) => (path: string, line: number) => string;
  /**
   * The page of a pull request by its number; without one, the list that contains the branch's (by its name on the
   * remote).
   */
  readonly reviewPage: (remote: Remote, request: { readonly number: number | null; readonly head: string }) => string;
  /** The address of the page that opens a pull request. */
  readonly address: (remote: Remote, request: PullRequest) => string;
}

/** The file that makes a forge run the gate. */
export interface Workflow {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** How a job gets Linekeeper. At most one is there. */
export interface JobProgram {
  /** The Action, as `OWNER/NAME@REF`; best a full commit id. */
  readonly action?: string;
  /** An npm package that the job installs: `NAME@VERSION`, or the https address of a `.tgz`. */
  readonly package?: string;
  /** An image with git, Node and the command. */
  readonly image?: string;
}

export interface WorkflowFacts extends JobProgram {
  /** Target branch. */
  readonly branch: string;
}

/** How the gate runs in the forge's jobs, and what these leave out. */
export interface ForgeJobs {
  /** Name of what runs them, for people: `GitHub Actions`. */
  readonly runner: string;
  /** Whether an environment is that of one of its jobs, or names a repository of it. */
  readonly isHere: (env: Environment) => boolean;
  /**
   * The ref under which the forge keeps the commits of a pull request, even after its branch is deleted; `*` for a
   * pattern. Left out where it keeps none.
   */
  readonly keptRef?: (number: number | '*') => string;
  /** Numbers of pull requests in a commit's message, as the merge buttons write it. */
  readonly numbersIn: (message: string) => readonly number[];
  /** What to add to a job whose clone lacks history. */
  readonly wholeClone: string;
  /** Marks at lines, as commands in the job's log, are in GitHub's form. */
  readonly marks?: true;
  readonly workflow?: (facts: WorkflowFacts) => Workflow;
  /** The workflow uses the Action, so this can be pinned. Where it does not, the job runs in an image. */
  readonly usesAction?: true;
  /** The variable that names the job's image where the workflow does not. */
  readonly imageVariable?: string;
  /** What else has to be done for the workflow to decide anything. A sentence; the file is written but not committed. */
  readonly next?: string;
  /**
   * On a person's machine: the variables that a job for this remote would have. `tokenBy`: the token that the forge's
   * own program stores; empty without one.
   */
  readonly environmentFor?: (
    remote: Remote,
    env: Environment,
    tokenBy: (program: string, words: readonly string[]) => Promise<string>,
  ) => Promise<Environment>;
}

export interface Forge extends ForgeLink {
  readonly id: ForgeId;
  /** Its name for people. */
  readonly name: string;
  /** Where it looks for a template of pull requests, the first that exists; relative to the top. */
  readonly templates?: readonly string[];
  /** How a server says that it is this forge: a page below its address that anybody may read. */
  readonly tellsBy?: { readonly path: string; readonly isIt: (answer: ServerAnswer) => boolean };
  readonly apiAddress?: (place: Pick<Remote, 'host' | 'origin'>) => string;
  /**
   * The forge's own program, which knows the token of a person who is signed in, and asks people to sign in. Left out
   * where pull requests can't be created from here.
   */
  readonly program?: {
    readonly name: string;
    readonly tokenWords: (host: string) => readonly string[];
    readonly signIn: string;
  };
  /** Left out where the gate does not run yet. */
  readonly jobs?: ForgeJobs;
  /** What uses the network, and validates what comes from outside: loaded on demand. */
  readonly client?: () => Promise<ForgeClient>;
}
