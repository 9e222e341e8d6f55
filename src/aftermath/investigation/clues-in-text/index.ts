/**
 * What a text about an outage says went wrong. Each kind of text is one file here and one line in the table.
 */
import { addresses } from './mentioned-terraform-addresses';
import { browsers } from './browser-redirect-and-session-errors';
import { characters } from './wrong-encodings-and-number-formats';
import { clocks } from './wrong-times';
import { connections } from './failed-connections';
import { dependencies } from './failing-libraries';
import { flags } from './mentioned-feature-flags';
import { http } from './http-errors';
import { kubernetes } from './kubernetes-events';
import { limits } from './exhausted-limits-and-bad-certificates';
import { mail } from './failed-mail';
import { mentions } from './mentioned-ip-addresses-versions-and-files';
import { permissions } from './refused-permissions';
import { schedules } from './failed-scheduled-jobs';
import { settings } from './missing-settings';
import { streams } from './message-broker-errors';
import { sql } from './sql-errors';
import { symbols } from './missing-symbols';
import type { Clue, ClueReader } from './types';

export type { Clue } from './types';

const READERS: ReadonlySet<ClueReader> = new Set([
  kubernetes,
  permissions,
  sql,
  http,
  connections,
  symbols,
  dependencies,
  flags,
  schedules,
  settings,
  limits,
  streams,
  mail,
  browsers,
  clocks,
  characters,
  addresses,
  mentions,
]);
/** Those that read what a database, a broker, a cache or a cloud answers: the library that it was asked by handed it on. */
const ANSWERS: ReadonlySet<ClueReader> = new Set([permissions, sql, connections, limits, streams, mail]);

/** UTF-16 units, and numbers of lines and clues: what is beyond them is not read. */
const READ_AT_MOST = 512 * 1024;
const LINE_AT_MOST = 2_000;
const LINES_AT_MOST = 5_000;
const CLUES_AT_MOST = 200;
const NAMES_AT_MOST = 12;

/** The clues in a text, each once. */
export function readClues(text: string): readonly Clue[] {
  const lines = text
    .slice(0, READ_AT_MOST)
    .split(/\r?\n/)
    .slice(0, LINES_AT_MOST)
    // A message in a line of JSON has its quotes escaped.
    .map((line) => line.slice(0, LINE_AT_MOST).replaceAll('\\"', '"'));
  const clues = new Map<string, Clue>();
  let isAnswer = false;
  for (const read of READERS) {
    const found = read(lines);
    if (ANSWERS.has(read) && found.length > 0) isAnswer = true;
    for (const clue of found) {
      if (clues.size >= CLUES_AT_MOST) break;
      const { about, names, ...rest } = clue;
      const shortened = { ...clue, names: names.slice(0, NAMES_AT_MOST) };
      clues.set(JSON.stringify([rest, shortened.names, about?.source]), shortened);
    }
  }
  return isAnswer
    ? [...clues.values()].map((clue) => (clue.library === undefined ? clue : { ...clue, isMessenger: true }))
    : [...clues.values()];
}
