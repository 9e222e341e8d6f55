/** Which assistants' sessions contributed to uncommitted changes, and which are at work now. Pure. */
import type { Provenance } from '../../provenance/authorship';
import { openBrackets, type By, type StoredRecord, type Refusal } from '../../provenance/journal';
import type { Seen } from '../state/line-hunks';
import type { TimeSliced } from '../time-slices';

/** Identifies a session. */
export interface SessionName {
  /** The assistant's id, or null when unknown. */
  readonly assistant: string | null;
  readonly session: string | null;
}

export interface Session extends SessionName {
  readonly model: string | null;
  /** It reported the start of something, but not yet its end. */
  readonly working: boolean;
  readonly paths: readonly string[];
  readonly added: number;
  readonly removed: number;
  /** The beginning of its latest prompt, if the policy allows keeping it. */
  readonly prompt: string | null;
  /** Why it was refused something, newest first. */
  readonly refused: readonly string[];
}

/** What sessions have reported about themselves. */
export interface Heard {
  /** Who is at work on something. */
  readonly atWork: readonly By[];
  /** The beginning of each session's latest prompt, if kept. */
  readonly prompts: ReadonlyMap<string, string>;
  /** What assistants were refused recently, newest first. */
  readonly refusals?: readonly Refusal[];
}

interface File {
  readonly path: string;
  readonly lines: { readonly added: readonly Seen[]; readonly removed: readonly Seen[] };
}

/** How many files are processed before the work yields. */
const FILES_IN_A_SLICE = 100;

/**
 * Sessions at work come first, then those with the most lines. A session that changed nothing, is idle and was refused
 * nothing is left out. In slices.
 */
export function* sessionsOf(files: readonly File[], { atWork, prompts, refusals = [] }: Heard): TimeSliced<Session[]> {
  const sessions = new Map<
    string,
    Session & {
      paths: string[];
      model: string | null;
      added: number;
      removed: number;
      working: boolean;
      refused: string[];
    }
  >();
  const sessionOf = ({
    assistant,
    model,
    session,
  }: Pick<Session, 'assistant' | 'model' | 'session'>): NonNullable<ReturnType<typeof sessions.get>> => {
    const key = keyOf(assistant, session);
    const known = sessions.get(key) ?? {
      assistant,
      model,
      session,
      working: false,
      paths: [],
      added: 0,
      removed: 0,
      prompt: prompts.get(key) ?? null,
      refused: [],
    };
    sessions.set(key, known);
    known.model = model ?? known.model;
    return known;
  };
  for (const [index, { path, lines }] of files.entries()) {
    if (index % FILES_IN_A_SLICE === 0) yield;
    for (const side of ['added', 'removed'] as const) {
      for (const seen of lines[side]) {
        if (seen.author !== 'ai') continue;
        const session = sessionOf(seen);
        session[side] += seen.end - seen.start + 1;
        if (session.paths.at(-1) !== path) session.paths.push(path); // all lines of a file are consecutive
      }
    }
  }
  for (const { author, assistant, model, session } of atWork) {
    if (author === 'ai')
      sessionOf({ assistant: assistant ?? null, model: model ?? null, session: session ?? null }).working = true;
  }
  for (const { assistant, session, reason } of refusals)
    sessionOf({ assistant, model: null, session }).refused.push(reason);
  return [...sessions.values()].sort(
    (a, b) => Number(b.working) - Number(a.working) || b.added + b.removed - (a.added + a.removed),
  );
}

/** Whether lines are a session's. */
export const isBySession = (
  seen: Pick<Seen, 'author' | 'assistant' | 'session'>,
  { assistant, session }: SessionName,
): boolean => seen.author === 'ai' && seen.assistant === assistant && seen.session === session;

/** Whether a session inserted or removed the text. */
export const isProvenanceOf =
  (name: SessionName) =>
  (provenance: Provenance): boolean =>
    provenance !== null &&
    provenance.evidence !== 'inferred' &&
    isBySession(
      {
        author: provenance.author,
        assistant: provenance.assistant ?? 'unknown-assistant',
        session: provenance.session ?? null,
      },
      name,
    );

/** Extracts it from the journal, oldest record first. */
export function heardOf(records: readonly StoredRecord[], now: number, refusals: readonly Refusal[] = []): Heard {
  const prompts = records.flatMap(({ record }): (readonly [string, string])[] =>
    record.kind === 'session' && record.prompt?.excerpt !== undefined
      ? [[keyOf(record.assistant, record.session), record.prompt.excerpt]]
      : [],
  );
  return {
    atWork: openBrackets(records, now).map(({ record }) => record.opens.by),
    prompts: new Map(prompts),
    refusals,
  };
}

const keyOf = (assistant: string | null | undefined, session: string | null | undefined): string =>
  JSON.stringify([assistant ?? null, session ?? null]);
