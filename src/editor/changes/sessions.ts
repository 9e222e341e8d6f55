/** Which sessions of assistants had a hand in what is not committed, and which are at work now. Pure. */
import type { Provenance } from '../../attribution';
import { openBrackets, type By, type StoredRecord, type Refusal } from '../../journal';
import type { Seen } from '../state/line-hunks';
import type { TimeSliced } from '../time-slices';

/** By which a session is told from others. */
export interface SessionName {
  /** The assistant's id, or null when it is not known. */
  readonly assistant: string | null;
  readonly session: string | null;
}

export interface Session extends SessionName {
  readonly model: string | null;
  /** It said that it begins something, and not yet that this is done. */
  readonly working: boolean;
  readonly paths: readonly string[];
  readonly added: number;
  readonly removed: number;
  /** The beginning of its latest prompt, where the policy has it kept. */
  readonly prompt: string | null;
  /** Why it was not let do something, the newest first. */
  readonly refused: readonly string[];
}

/** What sessions have said of themselves. */
export interface Heard {
  /** Who has something under way. */
  readonly atWork: readonly By[];
  /** The beginning of each session's latest prompt, where one is kept. */
  readonly prompts: ReadonlyMap<string, string>;
  /** What assistants were refused lately, the newest first. */
  readonly refusals?: readonly Refusal[];
}

interface File {
  readonly path: string;
  readonly lines: { readonly added: readonly Seen[]; readonly removed: readonly Seen[] };
}

/** So many files are gone over before others may go first. */
const FILES_IN_A_SLICE = 100;

/**
 * Sessions at work come first, then those with most lines. One that changed nothing, rests and was refused nothing is
 * left out. In slices.
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
        if (session.paths.at(-1) !== path) session.paths.push(path); // all of a file come together
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

/** Whether text was put in or taken out by a session. */
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

/** Reads off what there is in the journal, oldest first. */
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
