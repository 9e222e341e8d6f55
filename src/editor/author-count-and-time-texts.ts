/** What people read about lines and who wrote them. Every text passes through a translator. Pure. */
import { assistantOf } from '../provenance/assistants';
import type { Seen } from './state/line-hunks';
import type { Translate } from './translate';

/** An assistant's name for people. */
export function assistantName(t: Translate, id: string | null): string {
  if (id === null || id === 'unknown-assistant') return t('An AI assistant');
  return assistantOf(id)?.title ?? id;
}

/** `4 lines`. */
export const lineCount = (t: Translate, count: number): string => (count === 1 ? t('1 line') : t('{0} lines', count));

/** A session's id, short enough for a line. */
export const shortSessionId = (session: string): string => (session.length > 13 ? `${session.slice(0, 8)}…` : session);

/** How it is known who wrote lines, as a sentence. */
export function evidenceOf(
  t: Translate,
  seen: Pick<Seen, 'author' | 'evidence' | 'reason'> & { readonly session?: string | null },
): string {
  if (seen.author === 'unknown') return unknownReason(t, seen.reason);
  switch (seen.evidence) {
    case 'reported':
      return t('Reported by the assistant.');
    case 'observed':
      return seen.author === 'ai'
        ? (seen.session ?? null) === null
          ? t('Accepted completion.')
          : t('Written while the assistant was at work.')
        : t('Typed in the editor.');
    case 'declared':
      return t('Declared by a person or a commit message.');
    default:
      return t('Recorded.');
  }
}

function unknownReason(t: Translate, reason: string | null): string {
  switch (reason) {
    case 'pasted':
      return t('Pasted from outside the repository.');
    case 'copied':
      return t('May be a copy: the same line exists elsewhere, by another author.');
    case 'suggestion':
      return t('Inserted from the suggestion list.');
    case 'code action':
      return t('From a quick fix or refactoring.');
    case 'rename':
      return t('From renaming a symbol.');
    case 'snippet':
      return t('From a snippet.');
    default:
      return t(
        'Author unknown: it was not typed in this editor, and no assistant reported it. A formatter or another tool may have written it.',
      );
  }
}

/** `just now`, `5 minutes ago`, or the time of another day. */
export function ago(t: Translate, time: number, now: number, clock: (time: number) => string): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return t('just now');
  if (minutes === 1) return t('a minute ago');
  if (minutes < 60) return t('{0} minutes ago', minutes);
  return clock(time);
}

/** A text from outside as one line of Markdown that shows it verbatim: no markup, no links, no icons. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|~$:@]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
