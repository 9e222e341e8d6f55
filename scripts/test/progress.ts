/** Progress of a test run: a dot per test on a terminal, else a line now and then. */

export interface Progress {
  readonly test: (passed: boolean) => void;
  /** A line that must not get lost among the dots. */
  readonly line: (text: string) => void;
  readonly end: () => void;
}

const HEARTBEAT = 60_000;
const WIDTH = 72;

export function startProgress(what: string, output: NodeJS.WriteStream = process.stdout): Progress {
  return output.isTTY ? dots(what, output) : heartbeat(what, output);
}

function dots(what: string, output: NodeJS.WriteStream): Progress {
  let column = 0;
  const fresh = (): void => {
    if (column > 0) output.write('\n');
    column = 0;
  };
  output.write(`${what}\n`);
  return {
    test: (passed) => {
      output.write(passed ? '.' : 'F');
      if (++column === WIDTH) fresh();
    },
    line: (text) => {
      fresh();
      output.write(`  ${text}\n`);
    },
    end: fresh,
  };
}

function heartbeat(what: string, output: NodeJS.WriteStream): Progress {
  let tests = 0;
  const started = Date.now();
  const timer = setInterval(
    () =>
      output.write(`${what}: ${String(tests)} tests so far, ${String(Math.round((Date.now() - started) / 1000))} s\n`),
    HEARTBEAT,
  );
  return {
    test: () => {
      tests++;
    },
    line: (text) => output.write(`  ${text}\n`),
    end: () => {
      clearInterval(timer);
    },
  };
}
