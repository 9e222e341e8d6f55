/** The processes that an extension has started and that live: only Linux tells of them to whoever asks. */
import { readdirSync, readFileSync } from 'node:fs';

export interface LivingProcess {
  /** Milliseconds on the processor, with the programs that it has waited for. */
  readonly processor: number;
  /** Bytes of the machine's memory, where what several share counts for each in part. */
  readonly memory: number;
}

/** What this process has started of a folder's programs. `folder`: what their addresses have in them. */
export function processesOf(folder: string): readonly LivingProcess[] {
  return readdirOr('/proc').flatMap((name): readonly LivingProcess[] => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const fields = fieldsOf(name);
      if (Number(fields[1]) !== process.pid || !readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder))
        return [];
      const share = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, 'utf8'))?.[1];
      return [
        {
          processor: millisecondsIn(fields.slice(11, 15)),
          memory: Number(share ?? 0) * 1024,
        },
      ];
    } catch {
      return []; // it has ended
    }
  });
}

/** Of the programs that this process has waited for. */
export function processorOfEnded(): number {
  try {
    return millisecondsIn(fieldsOf('self').slice(13, 15));
  } catch {
    return 0;
  }
}

/** Those behind the name of the program, which may have anything in it. */
const fieldsOf = (id: string): readonly string[] =>
  readFileSync(`/proc/${id}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');

/** Its clock ticks a hundred times a second. */
const millisecondsIn = (ticks: readonly string[]): number => ticks.reduce((sum, one) => sum + Number(one), 0) * 10;

function readdirOr(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
