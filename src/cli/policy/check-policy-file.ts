/** `linekeeper policy check [FILE]`. */
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../../base/files';
import { ASSISTANTS } from '../../provenance/assistants';
import { Repository } from '../../git';
import { listIf, levelsOf, POLICY_PATH, jsonText, quoted, type Policy, type Teams } from '../../policy';
import type { Floor, ParsedPolicy, PolicyProblem } from '../../policy/file/parse';
import { floorsOf } from '../arguments/floor-file';
import { repositoryAround } from '../arguments/repository-around';
import { CannotSay, type Call, type ExitCode } from '../verb';
import { notOwn } from './ci-files-the-gate-misses';
import { peopleFileProblems } from './check-people-files';

/** A file larger than this is not even read (bytes): the parser's own limit is lower. */
const LARGEST = 4 * 1024 * 1024;

/** Reports what is wrong with a policy file: 0 when nothing is, 1 when something is, 2 when it can't be read. */
export async function checkFile(call: Call, name: string | undefined): Promise<ExitCode> {
  const { terminal } = call;
  const file = name === undefined ? path.join(call.repository().root, POLICY_PATH) : path.resolve(terminal.cwd, name);
  const shown = name ?? (path.relative(terminal.cwd, file) || file);
  const floors = await checkedFloors(call);
  if (floors === undefined) return 1;
  const parsed = await readPolicyFile(file, shown, name === undefined, floors);
  const isFloor = parsed.ok && parsed.policy.tiers.length === 0;
  // A file that is named may be a draft for the repository around, or a policy for others: there its people files are.
  const repository = name === undefined ? call.repository() : repositoryAround(call);
  const peopleProblems = parsed.ok
    ? peopleFileProblems(
        parsed.peopleFiles,
        isFloor ? undefined : repository?.root,
        (await import('../../policy/file/parse')).parsePeopleFile,
        levelsOf(parsed.policy),
      )
    : [];
  const problems = parsed.ok ? (name === undefined ? peopleProblems : []) : parsed.problems;
  const ok = problems.length === 0;
  const advice =
    parsed.ok && ok && !isFloor
      ? await adviceFor(call, parsed, repository, {
          isDraft: name !== undefined,
          // a floor of a job holds no agent back on this machine
          here:
            typeof call.values['floor'] === 'string' ? await readPolicyFile(file, shown, name === undefined) : parsed,
        })
      : [];
  const notices = parsed.ok
    ? [
        ...(name === undefined ? [] : problemLines(shown, peopleProblems).map((line) => `note: ${line}`)),
        ...lessThanFloor(shown, parsed.less),
        ...(name === undefined ? await notOwn(call.repository(), parsed.policy) : []),
      ]
    : [];
  if (call.json) {
    terminal.out(jsonText({ file: shown, ok, problems, advice, notices }));
  } else if (parsed.ok && ok) {
    terminal.out(
      `${printable(shown)}: valid${isFloor ? ' as a floor' : ''}. ${isFloor ? 'It has no tiers' : `Tiers, highest first: ${parsed.policy.tiers.map((tier) => tier.name).join(', ')}`}.\n${problemLines(
        shown,
        advice,
      )
        .map((line) => `note: ${line}\n`)
        .join('')}${notices.map((notice) => `${notice}\n`).join('')}`,
    );
  } else {
    terminal.out(
      problemLines(shown, problems)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
  return ok ? 0 : 1;
}

/** What `--floor` names, and what is in the managed place; undefined where the former is broken, which is said. */
async function checkedFloors(call: Call): Promise<readonly Floor[] | undefined> {
  const { managedFloors } = await import('../../policy/load');
  const name = call.values['floor'];
  if (typeof name !== 'string') return managedFloors();
  const floors = floorsOf(call, call.repository());
  const { parseFloor } = await import('../../policy/file/parse');
  const problems = floors.slice(-1).flatMap(({ bytes, file }) => {
    const parsed = parseFloor(bytes, file);
    return parsed.ok ? [] : parsed.problems;
  });
  if (problems.length === 0) return floors;
  call.terminal.out(
    call.json
      ? jsonText({ file: name, ok: false, problems, advice: [], notices: [] })
      : problemLines(name, problems)
          .map((line) => `${line}\n`)
          .join(''),
  );
  return undefined;
}

/** Where a policy asks for less than a floor that only observes. */
export const lessThanFloor = (file: string, less: readonly PolicyProblem[] = []): readonly string[] =>
  listIf(less.length > 0, [
    'Once the floor enforces, these lines are mistakes:',
    ...problemLines(file, less).map((line) => `  ${line}`),
  ]);

/** Probable mistakes; they do not affect the exit code. */
async function adviceFor(
  call: Call,
  { policy, placeOf, extended }: Extract<ParsedPolicy, { ok: true }>,
  repository: Repository | undefined,
  { isDraft, here }: { readonly isDraft: boolean; readonly here: ParsedPolicy },
): Promise<readonly PolicyProblem[]> {
  if (extended.length > 0) return []; // positions refer to a single file
  const { adviceOf } = await import('../../policy/file/parse');
  const files = await repository?.git(['ls-files', '-z']);
  const paths = files?.stdout
    .toString('utf8')
    .split('\0')
    .filter((file) => file !== '');
  return adviceOf(await withListedPeople(policy, repository), placeOf, {
    assistants: ASSISTANTS.map(({ id }) => id),
    now: call.terminal.now(),
    isDraft,
    ...(here.ok ? { here: here.policy } : {}),
    ...(paths ? { paths, ...(isDraft ? {} : await signersHere(call)) } : {}),
  });
}

/** The policy with the people of its files, as if it listed them itself; unchanged where they can't be read here. */
async function withListedPeople(policy: Policy, repository: Repository | undefined): Promise<Policy> {
  if (repository === undefined || Object.keys(policy.peopleFiles).length === 0) return policy;
  const { peopleInFolder, PeopleFileError } = await import('../../policy/load');
  try {
    return { ...(await peopleInFolder(repository.root, POLICY_PATH, policy)), peopleFiles: {} };
  } catch (error) {
    if (error instanceof PeopleFileError) return policy;
    throw error;
  }
}

/** What says who may sign, beside the policy. */
async function signersHere(call: Call): Promise<{ readonly codeowners: string; readonly teams: Teams }> {
  const { codeownersInFolder, knownTeams } = await import('../../policy/load');
  const repository = call.repository();
  return { codeowners: codeownersInFolder(repository.root), teams: knownTeams(repository, call.terminal.now()) };
}

/** `file:line:column: message (suggestion)` for each problem. */
export const problemLines = (file: string, problems: readonly PolicyProblem[]): readonly string[] =>
  problems.map(
    ({ line, column, message, suggestion }) =>
      `${printable(file)}:${String(line)}:${String(column)}: ${message}${suggestion === null ? '' : ` (${suggestion})`}`,
  );

/** Reads and parses a file. Throws a {@link CannotSay} when it can't be read. */
export async function readPolicyFile(
  file: string,
  shown: string,
  isTheRepositorys: boolean,
  floors?: readonly Floor[],
): Promise<ParsedPolicy> {
  let bytes: Buffer;
  try {
    const found = isTheRepositorys ? lstatSync(file) : statSync(file);
    if (!found.isFile())
      return problem(
        `the policy is ${found.isSymbolicLink() ? 'a symbolic link' : 'no plain file'}`,
        'make it a plain file',
      );
    if (found.size > LARGEST) return problem('the file is too large', 'keep it under 256 KiB');
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CannotSay(
        isTheRepositorys && existsSync(file.replace(/\.yml$/, '.yaml'))
          ? `There is no policy at ${quoted(shown)}. Rename ${quoted(shown.replace(/\.yml$/, '.yaml'))} to that: Linekeeper reads no other name.`
          : `There is no policy at ${quoted(shown)}. "linekeeper policy init" writes one at ${POLICY_PATH}.`,
      );
    throw new CannotSay(`${quoted(shown)} can't be read: ${whyUnread(error)}.`);
  }
  const { filesExtended, isOnlyFloor, parseFloor, parsePolicy } = await import('../../policy/file/parse');
  if (path.basename(file) !== POLICY_PATH && isOnlyFloor(bytes)) return parseFloor(bytes, file);
  // What it extends is looked up from the root of its repository, or next to a file outside any repository.
  const { extendedInFolder, managedFloors } = await import('../../policy/load');
  const root = Repository.find(path.dirname(file))?.root ?? path.dirname(file);
  return parsePolicy(bytes, extendedInFolder(root, filesExtended(bytes)), floors ?? managedFloors());
}

const problem = (message: string, suggestion: string): ParsedPolicy => ({
  ok: false,
  problems: [{ line: 1, column: 1, message, suggestion }],
});

/** A file's name unchanged, unless it contains characters that a terminal would interpret. */
const printable = (name: string): string => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name) ? quoted(name) : name);
