/**
 * Calls one verb as the command line does, without a process.
 */
import { parseArgs } from 'node:util';
import path from 'node:path';
import { CannotSay, type ExitCode, type Terminal, type Verb } from '../../src/cli/verb';
import { Repository } from '../../src/git';

export interface VerbOutcome {
  readonly code: ExitCode;
  readonly out: string;
  /** Lines of standard error; the message of a verb that can't say is the last. */
  readonly err: readonly string[];
}

/** Runs `verb WORDS` in the folder `cwd`. A mistake in the code itself fails the test; what any other error says is the answer. */
export async function callVerb(
  verb: Verb,
  words: readonly string[],
  cwd: string,
  over: Partial<Terminal> = {},
): Promise<VerbOutcome> {
  let out = '';
  const err: string[] = [];
  const terminal: Terminal = {
    out: (text) => void (out += text),
    err: (line) => void err.push(line),
    stdin: () => Promise.resolve(''),
    env: {},
    cwd,
    now: Date.now,
    home: path.join(cwd, 'no home'),
    program: [],
    ...over,
  };
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { repo: { type: 'string' }, json: { type: 'boolean' }, ...verb.options },
    allowPositionals: true,
    strict: true,
  });
  const folder = path.resolve(cwd, typeof values.repo === 'string' ? values.repo : '.');
  const repository = (): Repository => {
    const found = Repository.find(folder);
    if (found === undefined) throw new CannotSay('not a repository');
    return found;
  };
  try {
    const code = await verb.run({
      terminal,
      positionals,
      values,
      json: values.json === true,
      repository,
      verb: async (name) => (await import('../../src/cli/verbs')).VERBS[name],
    });
    return { code, out, err };
  } catch (error) {
    // as `main` does it; a mistake in the code itself is none of a verb's answers
    if (!(error instanceof Error) || /^(?:Type|Range|Reference|Assertion)Error/.test(error.name)) throw error;
    return { code: 2, out, err: [...err, error.message] };
  }
}
