/** What agents ran with permission and what they were refused, from the statements in git's notes. */
import {
  parseStatement,
  type RunCommand,
  type RunSignature,
  type RunStatement,
} from '../../journal/permitted-and-refused-runs';
import type { Repository } from '../../../git';
import { readLineNotes } from './append-only-line-notes';
import { RUNS_REF } from './refs-of-line-notes';

/** More statements on one commit are not read: two clones that each keep the most have fewer. */
const STATEMENTS_READ = 2_000;

/** What became of a command, as far as it is known. */
type RunOutcome = 'refused' | 'asked' | 'observed' | 'requested' | 'approved' | 'ran';

/** One command of an agent. */
export interface RecordedRun {
  readonly id: string;
  /** The commit that HEAD was; it may be in no branch, or not in this clone. */
  readonly commit: string;
  readonly outcome: RunOutcome;
  /** When that happened, to the minute: `2026-11-26T08:05Z`. */
  readonly at: string;
  /** Null when only an approval of it is known here. */
  readonly command: RunCommand | null;
  /** Who tried or ran it; null before that. */
  readonly assistant: string | null;
  readonly session: string | null;
  /** E-mail address that commits on that machine have; null when unknown. */
  readonly user: string | null;
  /** Who asked for it, when and why; null when nobody did. */
  readonly requested: { readonly by: string; readonly at: string; readonly reason: string } | null;
  readonly approvals: readonly {
    /** The principals that the record names; who signed is what the signature shows. */
    readonly by: readonly string[];
    readonly at: string;
    readonly signed: RunSignature;
  }[];
  /** Id of the exception that let it run; null without one. */
  readonly under: string | null;
  /** Null when its end was not heard. `exit`: where the assistant says it. */
  readonly ended: {
    readonly at: string;
    readonly failed: boolean;
    readonly exit: number | null;
    readonly compound?: true;
  } | null;
}

/** For some minutes a person let agents do what the policy forbids. */
export interface RecordedException {
  readonly id: string;
  readonly commit: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** How long it was granted for, and when it was ended before that; null when it was not. */
  readonly minutes: number;
  readonly over: string | null;
  /** Only there; null for everywhere. */
  readonly session: string | null;
  readonly tier: string | null;
}

export interface RunRecord {
  /** Oldest first. */
  readonly runs: readonly RecordedRun[];
  readonly exceptions: readonly RecordedException[];
  /** Lines that are no statements. */
  readonly unreadable: number;
}

interface Placed {
  readonly commit: string;
  readonly statement: RunStatement;
}

/** Everything that is known here, with what was fetched. Throws a GitError. */
export async function readRuns(repository: Repository): Promise<RunRecord> {
  const perCommit = new Map<string, number>();
  const byId = new Map<string, Placed[]>();
  let unreadable = 0;
  for (const { commit, text } of await readLineNotes(repository, RUNS_REF)) {
    const count = (perCommit.get(commit) ?? 0) + 1;
    perCommit.set(commit, count);
    const statement = count > STATEMENTS_READ ? undefined : parseStatement(text);
    if (statement === undefined) unreadable++;
    else {
      const known = byId.get(statement.id) ?? [];
      known.push({ commit, statement });
      byId.set(statement.id, known);
    }
  }
  const all = [...byId.values()].map((placed) => [...placed].sort(inTime));
  return {
    runs: all.flatMap((placed) => runOf(placed) ?? []).sort(byTime),
    exceptions: all.flatMap((placed) => exceptionOf(placed) ?? []).sort(byTime),
    unreadable,
  };
}

const ORDER: readonly RunStatement['event'][] = [
  'exception',
  'exception-over',
  'refused',
  'asked',
  'observed',
  'requested',
  'approved',
  'ran',
  'ended',
];

const inTime = (a: Placed, b: Placed): number =>
  ORDER.indexOf(a.statement.event) - ORDER.indexOf(b.statement.event) || compare(a.statement.at, b.statement.at);

interface Timed {
  readonly at: string;
  readonly id: string;
  readonly outcome?: RunOutcome;
}

/** Within a minute a refusal comes before what a person let run then. */
const byTime = (a: Timed, b: Timed): number =>
  compare(a.at, b.at) || rankOf(a.outcome) - rankOf(b.outcome) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const rankOf = (outcome: RunOutcome | undefined): number => (outcome === undefined ? 0 : ORDER.indexOf(outcome));

/** `placed`: with the same id, in the order of things. The first of a kind is believed: the others repeat it. */
function runOf(placed: readonly Placed[]): RecordedRun | undefined {
  const first = <E extends RunStatement['event']>(
    ...events: readonly E[]
  ): { readonly commit: string; readonly statement: Extract<RunStatement, { event: E }> } | undefined => {
    const found = placed.find(({ statement }) => (events as readonly string[]).includes(statement.event));
    return found as ReturnType<typeof first<E>>;
  };
  const [tried, requested, ran, ended] = [
    first('refused', 'asked', 'observed'),
    first('requested'),
    first('ran'),
    first('ended'),
  ];
  const approvals = placed.flatMap(({ statement }) =>
    statement.event === 'approved' ? [{ by: statement.by, at: statement.at, signed: statement.signed }] : [],
  );
  const approved = first('approved');
  const last = ran ?? approved ?? requested ?? tried;
  if (last === undefined) return undefined;
  const session = (ran ?? tried)?.statement;
  return {
    id: last.statement.id,
    commit: last.commit,
    // its person was asked, and it ended: so they let it
    outcome: last.statement.event === 'asked' && ended !== undefined ? 'ran' : last.statement.event,
    at: last.statement.at,
    command: (ran ?? requested ?? tried)?.statement.command ?? null,
    assistant: session?.assistant ?? null,
    session: session?.session ?? null,
    user: session?.user ?? null,
    requested:
      requested === undefined
        ? null
        : { by: requested.statement.by, at: requested.statement.at, reason: requested.statement.reason },
    approvals,
    under: ran?.statement.under ?? null,
    ended: ended === undefined ? null : endOf(ended.statement),
  };
}

const endOf = ({
  at,
  failed,
  exit,
  compound,
}: Extract<RunStatement, { readonly event: 'ended' }>): NonNullable<RecordedRun['ended']> => ({
  at,
  failed,
  exit,
  ...(compound === true ? { compound } : {}),
});

function exceptionOf(placed: readonly Placed[]): RecordedException | undefined {
  const granted = placed.find(({ statement }) => statement.event === 'exception');
  if (granted?.statement.event !== 'exception') return undefined;
  const { id, at, by, reason, minutes, session, tier } = granted.statement;
  const over = placed.find(({ statement }) => statement.event === 'exception-over')?.statement.at ?? null;
  return { id, commit: granted.commit, at, by, reason, minutes, over, session, tier };
}
