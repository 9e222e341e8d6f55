/** `linekeeper import`: other tools' records of who wrote what become part of our notes. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { applyForeign, SOURCES, type ForeignSource } from '../../provenance/assistants/importers';
import { jsonText } from '../../policy';
import { settleNotes } from '../backfill-and-settle-notes';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

const IDS = SOURCES.map(({ id }) => id);
/** What `--help` says besides. */
const MORE = `
The import only turns unknown lines into AI lines. It changes nothing else. Without a name, it looks for the records of each tool.

  whogitit     the notes of whogitit
  entire       the checkpoints of Entire
  agent-trace  .agent-trace/traces.jsonl, or the files that you name
`;

export const importVerb: Verb = {
  name: 'import',
  summary: 'Import the authors of lines from other tools',
  example: 'linekeeper import whogitit',
  usage: `[${IDS.join(' | ')}] [FILE…]`,
  options: {},
  more: MORE,
  async run(call): Promise<ExitCode> {
    const repository = call.repository();
    const jobs = jobsOf(call);
    await settleNotes(repository, call.terminal);
    const results: {
      readonly source: string;
      readonly commits: readonly { readonly commit: string; readonly lines: number }[];
      readonly absent: number;
    }[] = [];
    for (const { source, file } of jobs) {
      results.push({ source: source.id, ...(await applyForeign(repository, await source.read(repository, file))) });
    }
    if (call.json) {
      call.terminal.out(jsonText({ imported: results }));
      return 0;
    }
    for (const { source, commits, absent } of results) {
      const title = SOURCES.find(({ id }) => id === source)?.title ?? source;
      const lines = commits.reduce((sum, one) => sum + one.lines, 0);
      call.terminal.out(
        `${title}: ${commits.length === 0 ? 'nothing new' : `${String(lines)} ${lines === 1 ? 'line' : 'lines'} of ${String(commits.length)} ${commits.length === 1 ? 'commit' : 'commits'}`}${absent > 0 ? `; ${String(absent)} told of that ${absent === 1 ? 'is' : 'are'} not in this repository` : ''}\n`,
      );
    }
    return 0;
  },
};

interface Job {
  readonly source: ForeignSource;
  readonly file: string | undefined;
}

/** Without a name every tool is looked for; file arguments go to the tool that reads files. */
function jobsOf({ positionals, terminal }: Call): readonly Job[] {
  const named = SOURCES.filter(({ id }) => id === positionals[0]);
  const files = named.length > 0 ? positionals.slice(1) : positionals;
  const sources = named.length > 0 ? named : files.length > 0 ? SOURCES.filter(({ takesFile }) => takesFile) : SOURCES;
  if (positionals[0] === 'git-ai')
    throw new CannotSay(
      'Notes by git-ai need no import: they are in the same standard and the same place as ours, and are read as they are.',
    );
  const [unknown] = named.length > 0 ? [] : files;
  if (unknown !== undefined && /^[\w-]+$/.test(unknown) && !existsSync(path.resolve(terminal.cwd, unknown)))
    throw new CannotSay(
      `"${unknown}" is no tool that Linekeeper can import from, and there is no such file. Tools: ${SOURCES.map(({ id }) => id).join(', ')}.`,
    );
  return sources.flatMap((source): readonly Job[] => {
    if (files.length === 0) return [{ source, file: undefined }];
    if (!source.takesFile)
      throw new CannotSay(
        `${source.title} is read from the repository and not from files. "linekeeper help import" shows its usage.`,
      );
    return files.map((file) => ({ source, file: path.resolve(terminal.cwd, file) }));
  });
}
