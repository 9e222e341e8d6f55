/** `linekeeper blame [REV] PATH[:LINES]`: who wrote each line of a file. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { blame as blameFile, IGNORE_FILE } from '../../review/gate';
import { type BlamedLine } from '../../provenance/commits';
import { GitError, type Repository } from '../../git';
import { countOf, jsonText, printable } from '../../policy';
import { annotate } from '../output/lines-with-authors';
import { pathAndLines } from '../arguments/path-and-lines';
import { fillFirst, settleNotes } from '../backfill-and-settle-notes';
import { noCommit } from '../arguments/unknown-revision-error';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const blame: Verb = {
  name: 'blame',
  summary: 'Show the author of each line of a file',
  example: 'linekeeper blame src/app.ts:10',
  usage: '[REV] PATH[:LINES] [--plain] [--ignore-rev REV…] [--ignore-revs-file FILE…]',
  options: {
    plain: { type: 'boolean', says: 'like "git blame": moved and re-indented lines count as new' },
    'ignore-rev': { type: 'string', multiple: true, value: 'REV', says: 'skip this commit' },
    'ignore-revs-file': { type: 'string', multiple: true, value: 'FILE', says: 'skip the commits listed in this file' },
  },
  words: 2,
  async run(call): Promise<ExitCode> {
    const repository = call.repository();
    fillFirst(repository, call.terminal);
    const [first, second] = call.positionals;
    const operand = second ?? first;
    if (operand === undefined) throw new CannotSay(`A file is missing. "linekeeper help blame" shows its usage.`);
    const { path: file, lines: spans } = pathAndLines(call, operand);
    const revision = second === undefined ? undefined : first;
    const commit = revision === undefined ? undefined : await repository.commitId(revision);
    if (revision !== undefined && commit === undefined) throw new CannotSay(noCommit(repository, revision));
    await settleNotes(repository, call.terminal);
    const lines = await ask(call, repository, file, commit);
    if (!lines && commit === undefined && !existsSync(path.join(repository.root, file)))
      throw new CannotSay(
        `${printable(file)} does not exist in the work tree. To read it from a commit: linekeeper blame HEAD PATH.`,
      );
    if (!lines)
      throw new CannotSay(
        `${printable(file)} ${commit === undefined ? 'is not a file that git tracks here' : `does not exist in ${printable(revision ?? '')}`}.`,
      );
    const shown =
      spans === null ? lines : lines.filter(({ line }) => spans.some((s) => s.start <= line && line <= s.end));
    if (shown.length === 0 && lines.length > 0)
      throw new CannotSay(`${printable(file)} has only ${countOf(lines.length, 'line')}.`);
    call.terminal.out(
      call.json
        ? jsonText({ path: file, rev: commit ?? null, lines: shown.map(toJson) })
        : annotate(shown, pageOf(call)),
    );
    return 0;
  },
};

async function ask(
  call: Call,
  repository: Repository,
  file: string,
  commit: string | undefined,
): Promise<BlamedLine[] | undefined> {
  const plain = call.values['plain'] === true;
  const request = {
    ignore: listOf(call, 'ignore-rev'),
    ignoreFiles: listOf(call, 'ignore-revs-file').map((name) => path.resolve(call.terminal.cwd, name)),
  };
  const passOver = (why: string): void => {
    call.terminal.err(
      `linekeeper: ${IGNORE_FILE} can't be used (${printable(why)}), so no commit in it is passed over.`,
    );
  };
  try {
    return await blameFile(repository, file, commit, { plain, ...request, now: call.terminal.now, passOver });
  } catch (error) {
    if (error instanceof GitError && error.reason === 'failed')
      throw new CannotSay(`git can't blame that: ${printable(error.message).replace(/\.?$/, '.')}`, { cause: error });
    throw error;
  }
}

function listOf({ values }: Call, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

function pageOf({ terminal: { columns, env } }: Call): {
  readonly columns: number | undefined;
  readonly colour: boolean;
} {
  // https://no-color.org: any value that is not empty.
  return { columns, colour: columns !== undefined && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb' };
}

function toJson(line: BlamedLine): unknown {
  const { by } = line;
  return {
    line: line.line,
    author: by.author,
    edited: by.edited,
    commit: line.commit,
    assistant: by.assistant,
    model: by.model,
    session: by.session,
    evidence: by.evidence,
  };
}
