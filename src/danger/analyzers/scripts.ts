/** Shell text inside other files: pipeline steps, `RUN` lines, package scripts. */
import type { Noticed } from '../types';

/** A piece of shell text. */
export interface Script {
  readonly text: string;
  /** 1-based line of the file that holds its first line. */
  readonly line: number;
}

/** Judges one script. */
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
  for (const { rule, message } of before.flatMap((script) => notice(script)))
    earlier.set(`${rule} ${message}`, (earlier.get(`${rule} ${message}`) ?? 0) + 1);
  for (const { rule, message } of after
    .filter(({ text }) => known.has(text.trim()))
    .flatMap((script) => notice(script)))
    earlier.set(`${rule} ${message}`, (earlier.get(`${rule} ${message}`) ?? 0) - 1);
  return fresh
    .flatMap((script) => notice(script))
    .filter(({ rule, message }) => {
      const left = earlier.get(`${rule} ${message}`) ?? 0;
      earlier.set(`${rule} ${message}`, left - 1);
      return left <= 0;
    });
}
