/**
 * Sessions that a transcript proves and no hook reported, kept for a week in the repository's git directory: which ones
 * is found while transcripts are read (`record/backfill-from-transcripts.ts`), and said by whoever is asked later. One line
 * each: time, assistant, session, and whether only subagents of it were not heard.
 */
import { readFileSync } from 'node:fs';
import { dataPlace, writeOwnFile } from '../../base/files';
import { attempt } from '../../base/platform';

const WEEK_MS = 7 * 24 * 3600_000;
/** More are not counted. */
const MOST = 200;

/** A session that edited files here. */
export interface UnheardSession {
  readonly assistant: string;
  readonly session: string;
  /** When it edited first, in milliseconds since the epoch. */
  readonly at: number;
  /** Only a subagent's edits were not reported. */
  readonly isSubagent: boolean;
}

/** Those of one assistant. */
export interface UnheardSessions {
  readonly assistant: string;
  readonly sessions: number;
  /** In all of them, only subagents were not heard. */
  readonly onlySubagents: boolean;
  /** Day of the first one, `2026-11-23`. */
  readonly since: string;
}

interface Commons {
  readonly commonDir: string;
}

const fileOf = ({ commonDir }: Commons): string => dataPlace(commonDir, 'without-hooks');

/** Never throws: nothing depends on it. */
export function keepUnheard(repository: Commons, found: readonly UnheardSession[], now: number): void {
  if (found.length === 0) return;
  const all = new Map(keptOf(repository, now).map((one) => [keyOf(one), one]));
  for (const session of found) if (!all.has(keyOf(session))) all.set(keyOf(session), session);
  const lines = [...all.values()]
    .slice(-MOST)
    .map(
      ({ at, assistant, session, isSubagent }) =>
        `${String(at)} ${assistant} ${encodeURIComponent(session)} ${isSubagent ? 'subagent' : 'session'}\n`,
    );
  try {
    writeOwnFile(fileOf(repository), lines.join(''));
  } catch {
    // the place is not writable
  }
}

/** Those of the last week, by assistant. */
export function unheardSessions(repository: Commons, now: number): readonly UnheardSessions[] {
  const sessions = keptOf(repository, now);
  return [...new Set(sessions.map(({ assistant }) => assistant))].map((assistant) => {
    const all = sessions.filter((one) => one.assistant === assistant);
    return {
      assistant,
      sessions: new Set(all.map(({ session }) => session)).size,
      onlySubagents: all.every(({ isSubagent }) => isSubagent),
      since: new Date(Math.min(...all.map(({ at }) => at))).toISOString().slice(0, 10),
    };
  });
}

/** As a sentence: `3 sessions of Claude Code here since Monday ran without hooks: subagents`. */
export function unheardWords({ sessions, onlySubagents, since }: UnheardSessions, title: string): string {
  const day = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(new Date(since));
  return `${String(sessions)} ${sessions === 1 ? 'session' : 'sessions'} of ${title} here since ${day} ran without hooks${onlySubagents ? ': subagents' : ''}`;
}

const keyOf = ({ assistant, session, isSubagent }: UnheardSession): string =>
  JSON.stringify([assistant, session, isSubagent]);

function keptOf(repository: Commons, now: number): readonly UnheardSession[] {
  let text = '';
  try {
    text = readFileSync(fileOf(repository), 'utf8');
  } catch {
    return []; // none were ever found
  }
  return text.split('\n').flatMap((line) => {
    const [, at = '', assistant = '', session = '', kind] =
      /^(\d{1,15}) ([a-z-]{1,40}) ([\w.~!*'()%-]{1,400}) (session|subagent)$/.exec(line) ?? [];
    const time = Number(at);
    if (kind === undefined || now - time > WEEK_MS || time > now) return [];
    return attempt(
      () => [{ at: time, assistant, session: decodeURIComponent(session), isSubagent: kind === 'subagent' }],
      [],
    ); // something else wrote that
  });
}
