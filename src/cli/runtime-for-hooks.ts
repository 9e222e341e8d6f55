/** Which program hooks start: this account's launcher, else this very one. */
import { version } from '../../package.json';
import type { Runtime } from '../git';
import { folderOf, launcherOf, setUpProgram, type InstalledProgram } from '../base/launcher';
import type { Terminal } from './verb';

type Place = Pick<Terminal, 'program' | 'home'>;

function thisProgram({ program: [executable = process.execPath, cli = ''] }: Place): InstalledProgram {
  return { version, executable, cli, electron: process.versions['electron'] !== undefined };
}

/** How hooks start Linekeeper now: by the launcher, if something was set up already. */
export function runtimeOf(place: Place): Runtime {
  return { ...thisProgram(place), launcher: launcherOf(place.home) };
}

/** Writes the launcher and adds this program to those that it may start. What can't be written is left out. */
export function setUpRuntime(place: Place): Runtime {
  const program = thisProgram(place);
  return { ...program, launcher: setUpProgram(folderOf(place.home), program) };
}
