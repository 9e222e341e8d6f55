/**
 * The floors of this machine and of a job: policies of a company that lie under every repository's. The managed place is
 * the administrator's, so no variable and no setting can name another.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { attempt, managedFolder } from '../../base/platform';
import type { Floor } from '../file/parse';
import { digestOf } from './read-extended-files';
import { isMissing, managedSettings, policyTextOf, SETTINGS_FILE } from './managed-settings';

/** The name of a floor in the managed place. */
const FLOOR_FILE = 'policy.yml';
/** Larger files are not policies (bytes). */
const LARGEST = 4 * 1024 * 1024;

/**
 * What lies in the machine's managed place: a policy, and what of the locked settings a policy could say. What can't be
 * read there is a broken floor.
 */
export const managedFloors = (folder: string = managedFolder()): readonly Floor[] => [
  ...policyFloor(folder),
  ...settingsFloor(folder),
];

function settingsFloor(folder: string): readonly Floor[] {
  const settings = managedSettings(folder);
  if (settings === undefined) return [];
  const { file, bytes, problem, locked } = settings;
  const text = policyTextOf(locked);
  if (problem !== null) return [{ file, bytes: Buffer.from(text ?? bytes), problem, ofSettings: true }];
  return text === undefined ? [] : [{ file, bytes: Buffer.from(text), ofSettings: true }];
}

function policyFloor(folder: string): readonly Floor[] {
  const file = path.join(folder, FLOOR_FILE);
  try {
    return [{ file, bytes: readFileSync(file) }];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isMissing(file, code)) return [];
    return [{ file, bytes: Buffer.from([0xff]), problem: `it can't be read (${code ?? 'no reason given'})` }];
  }
}

/** Files beside these whose names say that they were meant to be one of them. */
export const misnamedFiles = (folder: string = managedFolder()): readonly string[] =>
  attempt(() => readdirSync(folder), []).flatMap((name) =>
    /^\.?(?:policy|linekeeper|settings)\.(?:ya?ml|jsonc?)$/i.test(name) && ![FLOOR_FILE, SETTINGS_FILE].includes(name)
      ? [path.join(folder, name)]
      : [],
  );

/** The floor that a job brings. Throws what reading a file throws, and a RangeError for one that is too large. */
export function floorIn(file: string): Floor {
  if (statSync(file).size > LARGEST) throw new RangeError('it is too large for a policy');
  return { file, bytes: readFileSync(file) };
}

/** What identifies floors in a cache; empty for none. */
export const floorsKey = (floors: readonly Floor[]): string =>
  floors
    .map(({ file, bytes, problem = '' }) => {
      const named = Buffer.from(`${file}\0${problem}\0`);
      return `-${digestOf(Buffer.concat([named, bytes])).slice(7, 23)}`;
    })
    .join('');
