/**
 * What an assistant is to us: one typed record, and the neutral event that its hook payloads become. Everything in an
 * event comes from outside. Names (session, model, id) have passed `cleanName`; paths, texts, commands and prompts have
 * not been checked: whoever uses a path checks that it lies inside the repository.
 */

/** An environment, read-only. Only names that a record asks for are read; nothing of it is kept. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One replacement as the assistant described it. A created file has `old: ''` and its whole content in `new`. */
export interface ClaimedEdit {
  /** As given: absolute, or relative to the event's `cwd`. */
  readonly path: string;
  readonly old: string;
  readonly new: string;
  /** 1-based line at which `new` begins in the file after all edits of the event; only when the payload proves it. */
  readonly line?: number;
  /** Every occurrence of `old` is replaced, not just one. */
  readonly everywhere?: true;
}

/**
 * What the assistant reports as a file's content. `null`: there is no such file. An omitted side was not reported. Line
 * breaks may have been normalised to `\n`.
 */
export interface ClaimedContent {
  readonly path: string;
  /** The file was moved here from this path (whose own `after` is `null`). */
  readonly from?: string;
  readonly before?: string | null;
  readonly after?: string | null;
}

/** Fields common to all events. */
export interface EventBase {
  /** The sender, which can be another assistant than the hook was set up for (two tools can read one hook file). */
  readonly assistant: string;
  /** Raw id of the conversation. */
  readonly session?: string;
  /** Only where the payload itself carries it; see {@link Assistant.model} for the rest. */
  readonly model?: string;
  readonly transcriptPath?: string;
  /** Absolute. Omitted when not given: then it is the hook's own working directory. */
  readonly cwd?: string;
  /** Id of the subagent that acts inside the session. */
  readonly subagent?: string;
}

/** The call of a tool that is unknown here. */
export interface UnknownCall {
  /** As the assistant spells it. */
  readonly shown: string;
  /** The MCP server that has it: empty where the assistant does not name it, null for a tool of the assistant's own. */
  readonly server: string | null;
  readonly tool: string;
  /** `SERVER__TOOL` in each reading that the spelling allows; `?` for a server that is not named. */
  readonly names: readonly string[];
  readonly input: unknown;
  /** It changes something, by its name. */
  readonly writes: boolean;
  /** What it says of itself, where the assistant passes that on. */
  readonly says?: { readonly destructive?: boolean; readonly readOnly?: boolean };
}

/** A tool is about to act, or has acted. */
export interface ToolEvent extends EventBase {
  readonly event: 'before' | 'after';
  /** Pairs a before with its after, and identifies a repeated delivery. Omitted where the assistant gives none. */
  readonly id?: string;
  /** Without an `id`: the same for the before and the after of one call, and for an identical later call. */
  readonly pair?: string;
  /** `edit`: writes the files named; `shell`: may change anything; `other`: unknown to us, may change anything. */
  readonly tool: 'edit' | 'shell' | 'other';
  /** The assistant's own name for the tool. */
  readonly toolName: string;
  /** The files that an `edit` names, without duplicates; empty when it names none and for the other kinds. */
  readonly files: readonly string[];
  /**
   * In the order in which they are applied. Line breaks are as the assistant writes them, even if the file has others.
   */
  readonly edits: readonly ClaimedEdit[];
  readonly contents: readonly ClaimedContent[];
  /** `edits` and `contents` cover everything that this tool changes. */
  readonly exact: boolean;
  readonly command?: string;
  /** The shell of the command, where the tool's name says that it is another than sh. */
  readonly shell?: 'powershell' | 'cmd';
  /**
   * Other paths that a `before` of an `edit` has anywhere in its input: which of them the tool uses is up to the tool.
   */
  readonly named?: readonly string[];
  /**
   * For a `before` of an `other`: strings in its input that it may treat as files to change; `folders`: with everything
   * in them.
   */
  readonly perhaps?: { readonly paths: readonly string[]; readonly folders: boolean };
  /** The files that the `before` of a tool which changes nothing would show. */
  readonly shows?: readonly string[];
  /** For a `before` of an `other`: the call itself. */
  readonly call?: UnknownCall;
  /** A `before` of a tool that writes or runs something unknown. */
  readonly unclear?: true;
  /** The tool reported a failure. A failed command may still have changed files. */
  readonly failed: boolean;
  /** The exit code of a command, where the assistant says it. */
  readonly exit?: number;
  /** False for an `after` that is sent before the files are on disk: their new content follows only from the edits. */
  readonly onDisk: boolean;
  /** A person changed the assistant's proposal before it was applied. */
  readonly userModified: boolean;
}

/** A conversation begins or ends, or the assistant has finished answering. */
interface SessionEvent extends EventBase {
  readonly event: 'session-start' | 'session-end' | 'turn-end';
}

/** A person has sent a prompt. */
interface PromptEvent extends EventBase {
  readonly event: 'prompt';
  readonly prompt: string;
}

export type AgentEvent = ToolEvent | SessionEvent | PromptEvent;

/** Understood, with nothing to record (a tool that only reads, an irrelevant event). `reason` is for people. */
interface Ignored {
  readonly ignored: string;
  /** A tool is about to show files: nothing to record, and the guard may have something to say. */
  readonly showing?: ToolEvent;
}

/**
 * Not in a known format of this assistant: set aside and reported by `doctor`. `reason` is for people and contains
 * nothing from the payload.
 */
interface NotUnderstood {
  readonly notUnderstood: string;
  /** A tool is about to act: an event that is not understood must not pass where agents are restricted. */
  readonly before?: true;
}

export type Reading = AgentEvent | Ignored | NotUnderstood;

/**
 * A hook process's answer. A missing stream is left empty. Exit code 2 refuses, in every protocol with exit codes; no
 * other is used.
 */
export interface HookAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode: 0 | 2;
}

/** Reads at most `bytes` from the end of a transcript as UTF-8; undefined when it can't or may not be read. */
export type ReadTail = (file: string, bytes: number) => string | undefined;

/** The parts of an event by which the model is looked up; any event will do. */
export type ModelQuestion = Pick<ToolEvent, 'model' | 'transcriptPath' | 'subagent' | 'id'>;

/** How an assistant's own commits and accounts are recognised. Addresses and keys are lower case. */
interface Marks {
  /** E-mail addresses in its co-author trailers, or of its author identity. */
  readonly emails: readonly string[];
  /** Trailers that only this assistant writes. */
  readonly trailers: readonly string[];
  /** Ids of its accounts on GitHub (`NUMBER+name@users.noreply.github.com`). */
  readonly accounts: readonly number[];
  /** Suffixes that it adds to the names of authors and committers. */
  readonly endings?: readonly string[];
}

/** `user`: for this user in every repository; `project`: in the repository, for everybody who works on it. */
export type Scope = 'user' | 'project';

/** Where things are, for {@link Assistant.hooks} and {@link Assistant.settings}. */
export interface Surroundings {
  readonly home: string;
  readonly env: Environment;
  /** Node's name of the system. Default: this one's. */
  readonly platform?: string;
  /** Absolute; needed for `project`. */
  readonly repositoryRoot?: string;
}

/** One value that belongs at the end of an array of a JSON file. */
export interface HookEntry {
  /** The keys that lead to the array, from the top. */
  readonly at: readonly string[];
  readonly value: unknown;
}

/** The command that a hook runs, for each shell that an assistant may use. */
export interface HookCommand {
  /** For a POSIX shell. */
  readonly sh: string;
  readonly powershell: string;
  /** For whatever shell runs it where the file is read: on Windows that may be PowerShell, cmd or Git's `sh`. */
  readonly any: string;
}

export interface HookCommands {
  /** Before a tool acts. It answers by itself where Linekeeper can't. */
  readonly before: HookCommand;
  /** At any other time. */
  readonly others: HookCommand;
}

/** Hooks that are values in lists of a JSON file, which may hold more and may have comments. */
export interface ListedHooks {
  readonly kind: 'listed';
  readonly file: string;
  /** Keys that the file needs at its top and gets if they are missing. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly entries: (commands: HookCommands) => readonly HookEntry[];
  /** Keys at the top of the file that turn all hooks off when they are true. */
  readonly offSwitches: readonly string[];
}

/** A hook that is a file of its own, such as a plugin or a script. */
export interface HookFile {
  readonly kind: 'file';
  readonly file: string;
  readonly text: (commands: HookCommands) => string;
  /** The file is started as a program. */
  readonly executable: boolean;
}

/** Where hooks are configured, and what must be there. Plain data: `setup` does the writing. */
export type HookSetup = ListedHooks | HookFile;

/**
 * How we know what we say about an assistant. `run`: our tests run its own program; `recorded`: our tests replay
 * payloads that its program sent; `documented`: our tests use payloads made from its vendor's documentation or source.
 */
export type Verified = 'run' | 'recorded' | 'documented';

/** What is seen of an assistant. docs/assistants.md is generated from these. */
interface Coverage {
  /** Which of its programs this is about. */
  readonly surfaces: string;
  /** The versions that were examined. */
  readonly versions: string;
  readonly verified: Verified;
  /** A hook reports its edits of files. */
  readonly edits: boolean;
  /** Hooks run before and after its shell commands, so that their changes are seen. */
  readonly shell: boolean;
  /** Completions that a person accepts are reported. */
  readonly completions: boolean;
  /** Its commits run the repository's git hooks, so that they get trailers; otherwise they get a note only. */
  readonly commitsRunHooks: boolean;
  /** What is not seen or not possible, each as a sentence for people. */
  readonly limits: readonly string[];
}

/** How an assistant itself decides whether hooks may run. */
interface Trust {
  /** The file that holds its decision. */
  readonly file: (where: Surroundings) => string;
  /** Whether `config`, the text of that file, trusts the hooks of the file `hooks`. */
  readonly trusted: (config: string, hooks: string) => boolean;
  /** What a person does to trust them, as a sentence. */
  readonly how: string;
}

/** An edit from a session's transcript, reported after it was made. */
export interface ToldEdit extends ToolEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Where to look for transcripts. */
export interface TranscriptPlace {
  readonly folder: string;
  /** How many levels of folders below it are searched. */
  readonly depth: number;
  /** Matches the file names of transcripts. */
  readonly name: RegExp;
  /**
   * It is an SQLite database: the rows of this query are read, each as text in the column `row`. Its one parameter is a
   * time in milliseconds since the epoch; earlier rows are not wanted.
   */
  readonly rows?: string;
}

/** An assistant's own record of its sessions, read for what its hooks did not report. */
interface Transcripts {
  /** `repositoryRoot` is always set. */
  readonly places: (where: Surroundings) => readonly TranscriptPlace[];
  /**
   * The edits of files in a whole transcript, in order. Records that are not understood are skipped. Never throws.
   * `changed` is when it was last written (milliseconds since the epoch), for transcripts without times.
   */
  readonly edits: (text: string, changed: number) => readonly ToldEdit[];
}

/** Everything we know of one assistant. Pure: no file is touched, nothing is started. */
export interface Assistant {
  readonly id: string;
  readonly title: string;
  readonly coverage: Coverage;
  /** Names of its programs, as found on PATH. */
  readonly programs: readonly string[];
  /** Those that start an agent in a terminal, where not all do: others open an editor. */
  readonly commands?: readonly string[];
  /** Ids of its extensions for VS Code, in lower case. */
  readonly extensions?: readonly string[];
  /** Variables that it sets for the commands that it runs. */
  readonly variables?: readonly string[];
  /** Empty where this assistant has no hooks of that scope, or their location is unknown. */
  readonly hooks: (scope: Scope, where: Surroundings) => readonly HookSetup[];
  /** Linekeeper's extension brings hooks for its agent in the editor, without any set-up. */
  readonly hookedByExtension?: true;
  /** Other files in which hooks of this assistant can be configured or turned off. */
  readonly settings: (where: Surroundings) => readonly string[];
  /** Names of tools that change nothing, for hooks that cannot be limited to some tools. Empty where they can. */
  readonly harmless: ReadonlySet<string>;
  readonly trust?: Trust;
  readonly transcripts?: Transcripts;
  /** The system on which its own rules name only files that are there: a checkout makes them stale. */
  readonly rulesFollowFilesOn?: NodeJS.Platform;
  /** Whether a payload certainly comes from this assistant, whichever assistant's hook file it came through. */
  readonly recognises: (payload: unknown, env: Environment) => boolean;
  /** Converts a hook payload (parsed JSON) to a neutral event. Never throws. */
  readonly read: (payload: unknown, env: Environment) => Reading;
  /**
   * The model in use; undefined when neither the event nor the transcript has it. Assistants write their transcripts
   * with a delay: the answer is more reliable once the turn or session has ended.
   */
  readonly model: (question: ModelQuestion, readTail: ReadTail) => string | undefined;
  /** Refuses the tool of a `before`; `reason` is shown to the model. Null where its protocol has no way to. */
  readonly deny: ((reason: string) => HookAnswer) | null;
  /**
   * Has the person asked, or refuses where nobody can be. Null where its protocol can't, or continues when nobody
   * answers.
   */
  readonly ask: ((reason: string) => HookAnswer) | null;
  /** Sends the model a message after a tool has acted. Omitted where its protocol can't, or it is untested. */
  readonly tellAfter?: (reason: string) => HookAnswer;
  /** Says something before a tool runs, and leaves the decision to the assistant. Omitted where its protocol can't. */
  readonly tellBefore?: (text: string) => HookAnswer;
  /** No output, so that the assistant's own permissions decide. */
  readonly allow: () => HookAnswer;
  readonly marks: Marks;
}
