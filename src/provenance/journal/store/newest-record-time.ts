/**
 * The time of the latest record, found without reading all of them: a folder of files named by times, of which the
 * greatest counts. A process that adds a record first leaves its time there and then removes smaller ones. So the
 * greatest never decreases, however many processes do this at once and wherever one of them is killed: at worst it is a
 * time at which nothing was recorded.
 */
import { statSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listFolder, makeDataFolder } from '../../../base/files';
import { attempt } from '../../../base/platform';

/** Records written faster than the clock ticks run ahead of it by less than this. */
const AHEAD_AT_MOST_MS = 1000;

const DIGITS = 14;
/** A time (milliseconds since the epoch) as used in names, padded so that names sort. */
export const timeName = (time: number): string => String(time).padStart(DIGITS, '0');

/** No record is later than this time (milliseconds since the epoch). */
interface NewestRecord {
  /**
   * The time of the latest record; 0 when there is none. `now` is the current time. `all` finds it by reading the
   * records: used where no time was left here, and where the clock may have been set back, since older versions leave
   * none.
   */
  time(now: number, all: () => number): number;
  /** Leaves the time of a record that is about to be written. Throws file-system errors. */
  leave(time: number): void;
}

/** `folder` need not exist; `records` is the folder that the records go to. */
export function newestIn(folder: string, records: string): NewestRecord {
  const remaining = (): string[] => listFolder(folder).filter((name) => name.length === DIGITS && /^\d+$/.test(name));
  const greatest = (names: readonly string[]): number => names.reduce((most, name) => Math.max(most, Number(name)), 0);
  return {
    time(now, all) {
      const time = greatest(remaining());
      const isTrusted = time > 0 && time < now + AHEAD_AT_MOST_MS && Math.floor(changedAt(records)) <= now;
      return isTrusted ? time : Math.max(time, all());
    },
    leave(time) {
      const before = remaining();
      if (greatest(before) >= time) return;
      makeDataFolder(folder);
      writeFileSync(path.join(folder, timeName(time)), '');
      for (const name of before) {
        try {
          unlinkSync(path.join(folder, name));
        } catch {
          // another process was quicker
        }
      }
    },
  };
}

function changedAt(folder: string): number {
  return attempt(() => statSync(folder).mtimeMs, 0);
}
