/** Whether the people files that a policy names exist and are readable, as the gate will need them. */
import { type Level, quoted } from '../../policy';
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../../base/files';
import type { NamedPeopleFile, parsePeopleFile, PolicyProblem } from '../../policy/file/parse';
import { SEPARATOR } from '../../base/platform';

/**
 * What is wrong with them, at the place where the policy names them.
 *
 * @param root The repository whose policy it is: relative names are relative to it, as its base branch will have them.
 *   Without one, files with such names are not checked. A file with an absolute name that does not exist here is not a
 *   mistake: it may exist only in CI.
 * @param parse Heavy, so it is passed by the caller that has loaded it.
 */
export function peopleFileProblems(
  named: readonly NamedPeopleFile[],
  root: string | undefined,
  parse: typeof parsePeopleFile,
  levels: readonly Level[],
): readonly PolicyProblem[] {
  return named.flatMap((file): readonly PolicyProblem[] => {
    const inTree = !path.isAbsolute(file.file);
    if (inTree && root === undefined) return [];
    const problem = problemWith(file, path.resolve(root ?? SEPARATOR, file.file), { inTree, parse, levels });
    return problem === undefined ? [] : [{ line: file.line, column: file.column, ...problem }];
  });
}

type Told = Pick<PolicyProblem, 'message' | 'suggestion'>;

function problemWith(
  { file, level, by }: NamedPeopleFile,
  place: string,
  {
    inTree,
    parse,
    levels,
  }: { readonly inTree: boolean; readonly parse: typeof parsePeopleFile; readonly levels: readonly Level[] },
): Told | undefined {
  const kind = lstatSync(place, { throwIfNoEntry: false });
  const taken = `${by === undefined ? 'people are taken' : `${by} takes people`} from ${quoted(file)}`;
  if (kind === undefined)
    return inTree
      ? {
          message: `${taken}, which is not there, so the check will know nobody's level`,
          suggestion:
            by === undefined
              ? 'add the file, relative to the root of the repository, or take this out'
              : 'add the file, relative to the root of this repository',
        }
      : undefined;
  if (inTree && !kind.isFile())
    return {
      message: `${taken}, which is no plain file`,
      suggestion: 'make it a plain file',
    };
  let text: string;
  try {
    text = readFileSync(place, 'utf8');
  } catch (error) {
    return {
      message: `${taken}, which can't be read: ${whyUnread(error)}`,
      suggestion: null,
    };
  }
  const listed = parse(text, level, levels);
  const [first] = isProblems(listed) ? listed : [];
  return first === undefined
    ? undefined
    : {
        message: `${taken}, which has a mistake at line ${String(first.line)}, column ${String(first.column)}: ${first.message}`,
        suggestion: first.suggestion,
      };
}

const isProblems = (listed: ReturnType<typeof parsePeopleFile>): listed is Extract<typeof listed, readonly unknown[]> =>
  Array.isArray(listed);
