/** A reporter of mocha for a run with marks (reach.ts): writes the name of each test file before anything of it runs. */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { MARK } from './reach';

class ReachReporter {
  private file = '';

  constructor(runner: Mocha.Runner) {
    runner.on('suite', ({ file }) => {
      if (file === undefined || file === this.file) return;
      this.file = file;
      for (const name of Object.keys(globalThis)) if (name.startsWith(MARK)) Reflect.deleteProperty(globalThis, name);
      appendFileSync(process.env['LINEKEEPER_REACH'] ?? '', `>${path.relative('', file).replaceAll('\\', '/')}\n`);
    });
  }
}

export = ReachReporter;
