/** Our command line, run as a person would in the folder that is open. */
import { execFile } from 'node:child_process';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export class CommandLine {
  constructor(
    readonly program: string,
    private readonly cwd: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** The same program in another folder, with another environment. */
  at(cwd: string, env: Readonly<Record<string, string>>): CommandLine {
    return new CommandLine(this.program, cwd, env);
  }

  /** Runs `linekeeper WORDS` and gives whatever came of it. */
  run(...words: string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(
        this.program,
        words,
        { cwd: this.cwd, env: this.env, timeout: 60_000, maxBuffer: 16 * 1024 * 1024 },
        (error, out, err) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ code, out, err });
        },
      );
    });
  }

  /** What it says. Throws when it does not say yes. */
  async text(...words: string[]): Promise<string> {
    const { code, out, err } = await this.run(...words);
    if (code !== 0) throw new Error(`linekeeper ${words.join(' ')} ended with ${String(code)}: ${(err || out).trim()}`);
    return out;
  }

  /** What it says with `--json`. Throws when it does not say yes. */
  async json<T>(...words: string[]): Promise<T> {
    return JSON.parse(await this.text(...words, '--json')) as T; // our own program: the steps look at every field that they use
  }
}
