/** Installs the assistants whose own programs the tests run, if they are missing: in advance, while other tests run. */
import { readsDatabases } from '../src/provenance/assistants/transcripts';
import { installed, NEWER_NODE } from '../test/support/real-assistants/npm';
import { DRIVERS } from '../test/support/real-assistants/table';

async function main(): Promise<void> {
  const programs = DRIVERS.flatMap(({ program, runtime }) => (runtime === undefined ? [program] : [runtime, program]));
  // Where the first can't be had the others can't either, and each is asked for again by its tests.
  for (const program of [...programs, ...(readsDatabases() ? [] : [NEWER_NODE])]) await installed(program);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
