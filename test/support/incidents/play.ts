/** Plays the window of a shop or a clinic: every change that broke something, among those that did not, in one history. */
import { TestRepository } from '../repository';
import { CLINIC } from './clinic';
import { CLINIC_LATER } from './clinic-later';
import { CLINIC_INCIDENTS, CLINIC_INNOCENT } from './clinic-outages';
import { COURIER } from './courier';
import { COURIER_LATER } from './courier-later';
import { COURIER_INCIDENTS, COURIER_INNOCENT } from './courier-outages';
import type { ScriptedChange } from './edits';
import { HARBOUR } from './harbour';
import { HARBOUR_LATER } from './harbour-later';
import { HARBOUR_INCIDENTS, HARBOUR_INNOCENT } from './harbour-outages';
import { MARKET } from './market';
import { MARKET_LATER } from './market-later';
import { MARKET_INCIDENTS, MARKET_INNOCENT } from './market-outages';
import { MARKET_TERSE } from './market-terse';
import { INNOCENT } from './innocent';
import { INCIDENTS } from './outages';
import { BASE } from './shop';
import { UNSEEN } from './unseen';

export interface PlayedWindow {
  readonly test: TestRepository;
  /** What ran before the window. */
  readonly good: string;
  readonly commits: number;
  /** The commit of a change, by its subject. */
  readonly of: ReadonlyMap<string, string>;
}

const BEGIN = Date.parse('2026-11-02T08:00:00Z') / 1000;
const STEP = 9_000;
/** A quarter of them are an assistant's by their trailers; that says nothing of which one it was. */
const PEOPLE = ['Ada <ada@example.com>', 'Bob <bob@example.com>', 'Carl <carl@example.com>'];

/** The same order each time, in which neither kind comes first. Those of `later` are put between the others. */
function mixed(changes: readonly ScriptedChange[], later: readonly ScriptedChange[]): readonly ScriptedChange[] {
  const all = [...changes];
  let seed = 20_261_124;
  for (let at = all.length - 1; at > 0; at--) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * (at + 1));
    [all[at], all[other]] = [all[other] as ScriptedChange, all[at] as ScriptedChange];
  }
  // Between the others, whose order stays as it was.
  for (const [at, change] of later.entries())
    all.splice(Math.floor(((at + 1) * changes.length) / (later.length + 1)) + at, 0, change);
  return all;
}

export const playShop = (): Promise<PlayedWindow> => play(BASE, mixed([...INCIDENTS, ...INNOCENT], UNSEEN));
export const playClinic = (): Promise<PlayedWindow> =>
  play(CLINIC, mixed([...CLINIC_INCIDENTS, ...CLINIC_INNOCENT], CLINIC_LATER));

export const playCourier = (): Promise<PlayedWindow> =>
  play(COURIER, mixed([...COURIER_INCIDENTS, ...COURIER_INNOCENT], COURIER_LATER));

export const playHarbour = (): Promise<PlayedWindow> =>
  play(HARBOUR, mixed([...HARBOUR_INCIDENTS, ...HARBOUR_INNOCENT], HARBOUR_LATER));

export const playMarket = (): Promise<PlayedWindow> =>
  play(MARKET, mixed([...MARKET_INCIDENTS, ...MARKET_INNOCENT], MARKET_LATER));

/** Another window of the same repository. */
export const playMarketTerse = (): Promise<PlayedWindow> =>
  play(MARKET, mixed([...MARKET_TERSE, ...MARKET_INNOCENT], []));

async function play(base: Readonly<Record<string, string>>, changes: readonly ScriptedChange[]): Promise<PlayedWindow> {
  const test = await TestRepository.create();
  const files = new Map(Object.entries(base));
  const stream: string[] = [];
  const data = (text: string): string => `data ${String(Buffer.byteLength(text))}\n${text}\n`;
  const commit = (mark: number, message: string, changed: readonly string[]): void => {
    const who = `${PEOPLE[mark % PEOPLE.length] ?? ''} ${String(BEGIN + mark * STEP)} +0000`;
    stream.push(`commit refs/heads/main\nmark :${String(mark)}\nauthor ${who}\ncommitter ${who}\n${data(message)}`);
    for (const path of changed) stream.push(`M 100644 inline ${path}\n${data(files.get(path) ?? '')}`);
  };
  commit(1, 'How it was', [...files.keys()]);
  for (const [at, { subject, edits }] of changes.entries()) {
    for (const { path, from, to, nth = 0 } of edits) files.set(path, edited(files.get(path), from, to, nth, subject));
    commit(at + 2, subject, [...new Set(edits.map(({ path }) => path))]);
  }
  const { code, stderr } = await test.run(['fast-import', '--quiet'], { input: stream.join('') });
  if (code !== 0) throw new Error(stderr);
  await test.git('reset', '--quiet', '--hard', 'main');
  const ids = (await test.git('rev-list', '--reverse', 'main')).split('\n');
  return {
    test,
    good: ids[0] ?? '',
    commits: changes.length,
    of: new Map(changes.map(({ subject }, at) => [subject, ids[at + 1] ?? ''])),
  };
}

function edited(text: string | undefined, from: string | null, to: string, nth: number, subject: string): string {
  if (from === null) return to;
  let at = -1;
  for (let left = nth; left >= 0; left--) at = text?.indexOf(from, at + 1) ?? -1;
  if (text === undefined || at < 0) throw new Error(`${subject}: ${JSON.stringify(from)} is not there`);
  return text.slice(0, at) + to + text.slice(at + from.length);
}
