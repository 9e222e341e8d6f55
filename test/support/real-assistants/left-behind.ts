/** Processes that an agent's session left running, told by the home that only that session had. */
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is ending anyway may take this long (milliseconds). */
const PATIENCE = 10_000;

/** Ends what still runs with this home and tells what it was. Sees nothing where the system has no `/proc`. */
export async function endLeftBehind(home: string): Promise<readonly string[]> {
  const until = Date.now() + PATIENCE;
  while (running(home).length > 0 && Date.now() < until) await sleep(100);
  return running(home).flatMap(({ pid, command }) => {
    try {
      process.kill(pid, 'SIGKILL');
      return [command];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

function running(home: string): { readonly pid: number; readonly command: string }[] {
  return pids().flatMap((pid) => {
    try {
      const environment = readFileSync(`/proc/${String(pid)}/environ`, 'utf8').split('\0');
      // one that has ended and is not collected yet has no command
      const command = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
        .replaceAll('\0', ' ')
        .trim();
      return environment.includes(`HOME=${home}`) && command !== '' ? [{ pid, command }] : [];
    } catch {
      return []; // ended, or somebody else's
    }
  });
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  } catch {
    return [];
  }
}
