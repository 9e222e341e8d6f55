/** Shell text inside other files: pipeline steps, `RUN` lines, package scripts. */
import type { Noticed } from '../types';
import { surplus } from '../surplus';

/** A piece of shell text. */
export interface Script {
  readonly text: string;
  /** 1-based line of the file that holds its first line. */
  readonly line: number;
}

/** Judges one script. Where it stands changes nothing but the lines of what is noticed. */
export type NoticeScript = (script: Script) => readonly Noticed[];

/** What the new scripts do that the old ones did not. */
export function noticeScripts(
  before: readonly Script[],
  after: readonly Script[],
  notice: NoticeScript,
): readonly Noticed[] {
  const known = new Set(before.map(({ text }) => text.trim()));
  const fresh = after.filter(({ text }) => !known.has(text.trim()));
  if (fresh.length === 0) return [];
  const earlier = new Map<string, number>();
  const kept = after.filter(({ text }) => known.has(text.trim()));
  for (const [text, count] of surplus(textsOf(before), textsOf(kept)))
    for (const { rule, message } of notice({ text, line: 1 }))
      earlier.set(`${rule} ${message}`, (earlier.get(`${rule} ${message}`) ?? 0) + count);
  return fresh
    .flatMap((script) => notice(script))
    .filter(({ rule, message }) => {
      const left = earlier.get(`${rule} ${message}`) ?? 0;
      earlier.set(`${rule} ${message}`, left - 1);
      return left <= 0;
    });
}

const textsOf = (scripts: readonly Script[]): readonly string[] => scripts.map(({ text }) => text);
