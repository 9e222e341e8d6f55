/** What was measured on, without anything that names the machine. */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  readonly processors: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly git: string;
  /** How many programs wanted to run at the end, on average over a minute: more than `processors` is a noisy run. */
  readonly load: number;
}

export function machine(): Machine {
  return {
    processors: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    git: /\d[\d.]*/.exec(spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout)?.[0] ?? 'unknown',
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}
