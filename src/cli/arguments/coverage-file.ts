/** The coverage report that `--coverage FILE` names. */
import path from 'node:path';
import { quoted } from '../../policy';
import type { CheckRequest } from '../../review/gate';
import { CannotSay, type Call } from '../verb';

/** The option, where the policy may require tests. */
export const COVERAGE_OPTION = {
  type: 'string',
  value: 'FILE',
  says: 'a coverage report of the tests at the head (LCOV, Cobertura, JaCoCo, Go)',
} as const;

/** Which of AI's lines tests run; undefined where no report is named. Throws a {@link CannotSay} when it can't be read. */
export async function readReport(
  { terminal }: Pick<Call, 'terminal'>,
  file: string | undefined,
  root: string,
): Promise<CheckRequest['testedOf']> {
  if (file === undefined) return undefined;
  const { readCoverage, untestedAiLines } = await import('../../review/test-coverage');
  const report = readCoverage(root, path.resolve(terminal.cwd, file));
  if (report === undefined)
    throw new CannotSay(
      `The coverage report ${quoted(file)} can't be read: it is no file of LCOV, Cobertura, JaCoCo or Go below 20 MB.`,
    );
  return (files) => {
    const { files: untested, unmeasured } = untestedAiLines(files, report, root);
    return { untested, unmeasured };
  };
}
