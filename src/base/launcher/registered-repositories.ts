/**
 * In which repositories git's hooks of ours are: `~/.linekeeper/repositories`, the path of a git directory a line. Who
 * takes Linekeeper out of an account finds them there.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { textOf, writeIfOther } from './installed-programs-and-launcher';

const fileOf = (folder: string): string => path.join(folder, 'repositories');

/** Absolute paths of git directories, in the order in which they were set up. Some may be gone. */
export const registeredRepositories = (folder: string): readonly string[] =>
  textOf(fileOf(folder))
    .split('\n')
    .filter((line) => line !== '');

/** Adds one. What can't be written is left out: hooks work without it. */
export function registerRepository(folder: string, gitDirectory: string): void {
  const before = registeredRepositories(folder);
  if (!before.includes(gitDirectory) && !/[\r\n]/.test(gitDirectory)) write(folder, [...before, gitDirectory]);
}

/** Takes one out of the list, as far as that can be written. */
export function forgetRepository(folder: string, gitDirectory: string): void {
  const before = registeredRepositories(folder);
  if (before.includes(gitDirectory))
    write(
      folder,
      before.filter((line) => line !== gitDirectory),
    );
}

function write(folder: string, lines: readonly string[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeIfOther(fileOf(folder), lines.map((line) => `${line}\n`).join(''));
  } catch {
    // our folder can't be written
  }
}
