/** A command without its line. Every text is short, on one line and without control characters. */
export interface RunCommand {
  /** `terraform`; null when the command could not be read. */
  readonly program: string | null;
  /** `destroy`, `sql instances delete`; null when there is none. */
  readonly verb: string | null;
  /** What it names: `-chdir=infra/prod`, `orders-db`. */
  readonly targets: readonly string[];
  /** Where it runs, relative to the top of the work tree; `.` for the top itself. Null when it is outside. */
  readonly directory: string | null;
  /** The policy's environment that it acts on; null without one. */
  readonly environment: string | null;
  /** The danger rule that found something; null when it was not a rule. */
  readonly rule: string | null;
  /** The policy's tier; null for the policy as a whole. */
  readonly tier: string | null;
  /** Its beginning without secrets; null unless the policy keeps it. */
  readonly line: string | null;
}

/** Whose conversation it was. */
export interface RunSession {
  readonly assistant: string;
  /** Raw id; null when unknown. */
  readonly session: string | null;
}

/** An approval as it was signed: its signature can be checked in any clone. */
export interface RunSignature {
  readonly text: string;
  /** Armored SSH signature. */
  readonly signature: string;
}

interface Statement {
  /** 8 to 16 hexadecimal digits. */
  readonly id: string;
  /** To the minute, UTC: `2026-11-26T08:05Z`. */
  readonly at: string;
}

export type RunStatement =
  /**
   * The policy refused it. `asked`: the assistant put the question to its person, whose answer is not seen. `observed`:
   * the policy would have done either, and only observes.
   */
  | (Statement &
      RunSession & {
        readonly event: 'refused' | 'asked' | 'observed';
        readonly user: string | null;
        readonly command: RunCommand;
      })
  /** A person asked for it. `by`: their e-mail address. */
  | (Statement & {
      readonly event: 'requested';
      readonly by: string;
      readonly reason: string;
      readonly command: RunCommand;
    })
  /** Somebody let it run once. `by`: the principals of the signature. */
  | (Statement & { readonly event: 'approved'; readonly by: readonly string[]; readonly signed: RunSignature })
  /** It ran: with that approval, or under the exception with the id `under`, with what it was. */
  | (Statement &
      RunSession & {
        readonly event: 'ran';
        readonly user: string | null;
        readonly under: string | null;
        readonly command: RunCommand;
      })
  /**
   * It ended. `exit`: the code, where the assistant says it. `compound`: a command of several programs failed, so that
   * nobody knows which of them did.
   */
  | (Statement & {
      readonly event: 'ended';
      readonly failed: boolean;
      readonly exit: number | null;
      readonly compound?: true;
    })
  /** A person lifted the policy for some minutes. `session`, `tier`: only there; null for everywhere. */
  | (Statement & {
      readonly event: 'exception';
      readonly by: string;
      readonly reason: string;
      readonly minutes: number;
      readonly session: string | null;
      readonly tier: string | null;
    })
  /** They ended it before its time. */
  | (Statement & { readonly event: 'exception-over' });

/** A statement, and the commit that HEAD was; null before the first one. */
export interface PlacedStatement {
  readonly commit: string | null;
  readonly statement: RunStatement;
}

/** How much the policy lets be kept of a run. */
export interface KeptDetail {
  /** The command's line, without secrets. */
  readonly line: boolean;
  /** What people gave as reasons. */
  readonly reason: boolean;
  /** The minute, and not only the quarter of an hour. */
  readonly minute: boolean;
}
