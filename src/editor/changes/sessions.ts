/** Which sessions of assistants had a hand in what is not committed, and which are at work now. Pure. */
import { openBrackets, type Named } from '../../journal';
import type { Seen } from '../reading/hunks';

export interface Session {
  /** The assistant's id, or null when it is not known. */
  readonly assistant: string | null;
  readonly model: string | null;
  readonly session: string | null;
  /** It said that it begins something, and not yet that this is done. */
  readonly working: boolean;
  readonly paths: readonly string[];
  readonly added: number;
  readonly removed: number;
  /** The beginning of its latest prompt, where the policy has it kept. */
  readonly prompt: string | null;
}

interface File {
  readonly path: string;
  readonly lines: { readonly added: readonly Seen[]; readonly removed: readonly Seen[] };
}

/** Sessions at work come first, then those with most lines. One that changed nothing and rests is left out. */
export function sessionsOf(files: readonly File[], records: readonly Named[], now: number): Session[] {
  const sessions = new Map<string, Session>();
  const update = ({ assistant, model, session }: Pick<Session, 'assistant' | 'model' | 'session'>, change: (before: Session) => Partial<Session>): void => {
    const key = JSON.stringify([assistant, session]);
    const before = sessions.get(key) ?? { assistant, model, session, working: false, paths: [], added: 0, removed: 0, prompt: promptOf(records, assistant, session) };
    sessions.set(key, { ...before, model: model ?? before.model, ...change(before) });
  };
  for (const { path, lines } of files) {
    for (const side of ['added', 'removed'] as const) {
      for (const seen of lines[side]) {
        if (seen.author !== 'ai') continue;
        update(seen, (before) => ({ [side]: before[side] + seen.end - seen.start + 1, paths: before.paths.includes(path) ? before.paths : [...before.paths, path] }));
      }
    }
  }
  for (const { record } of openBrackets(records, now)) {
    const { author, assistant, model, session } = record.opens.by;
    if (author === 'ai') update({ assistant: assistant ?? null, model: model ?? null, session: session ?? null }, () => ({ working: true }));
  }
  return [...sessions.values()].sort((a, b) => Number(b.working) - Number(a.working) || b.added + b.removed - (a.added + a.removed));
}

function promptOf(records: readonly Named[], assistant: string | null, session: string | null): string | null {
  const last = records.findLast(({ record }) => record.kind === 'session' && record.assistant === assistant && record.session === session && record.prompt?.excerpt !== undefined)?.record;
  return last?.kind === 'session' ? (last.prompt?.excerpt ?? null) : null;
}
