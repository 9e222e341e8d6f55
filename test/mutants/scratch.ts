/** A copy of the checkout in which faults are tried: the checkout itself is never changed. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TOP, withFault, type Fault } from './faults';

const git = (cwd: string, ...words: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout;
};

/**
 * A new folder, with the same name as the last time unless another run has it: what loads the tests remembers the
 * files that it has compiled by their whole names.
 */
function freeFolder(): string {
  for (let number = 1; ; number++) {
    const folder = path.join(tmpdir(), `linekeeper-mutants-${String(number)}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
  }
}

export class Scratch {
  private readonly whole = new Map<string, string>();

  private constructor(readonly top: string) {}

  /** A clone of the checkout with what is not committed yet, and with its packages. Takes some seconds. */
  static make(): Scratch {
    const top = path.join(freeFolder(), 'checkout');
    git(TOP, 'clone', '--quiet', '--shared', '.', top);
    for (const file of git(TOP, 'ls-files', '-z', '--others', '--modified', '--exclude-standard').split('\0')) {
      if (file === '') continue;
      if (existsSync(path.join(TOP, file))) cpSync(path.join(TOP, file), path.join(top, file), { recursive: true });
      else rmSync(path.join(top, file), { force: true });
    }
    symlinkSync(path.join(TOP, 'node_modules'), path.join(top, 'node_modules'), 'junction');
    return new Scratch(top);
  }

  /** Puts these faults in, and takes all others out. Returns those that are stale. */
  apply(faults: readonly Fault[]): Fault[] {
    this.restore();
    return faults.filter((fault) => !this.change(fault, (text) => withFault(fault, text)));
  }

  /** Gives the fault's file another text, beside those that others have. False, and nothing is changed, without one. */
  change({ file: name }: Fault, changed: (text: string) => string | undefined): boolean {
    const file = path.join(this.top, name);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const next = changed(text);
    if (next === undefined) return false;
    if (!this.whole.has(file)) this.whole.set(file, text);
    writeFileSync(file, next);
    return true;
  }

  restore(): void {
    for (const [file, text] of this.whole) writeFileSync(file, text);
    this.whole.clear();
  }

  /** Builds what the tests of programs run: they would build by themselves only when a source is newer. */
  build(): boolean {
    return (
      spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: this.top, stdio: 'ignore' })
        .status === 0
    );
  }

  remove(): void {
    rmSync(path.dirname(this.top), { recursive: true, force: true });
  }
}
