/** `linekeeper export`: everything that is kept about this repository, as JSON, or its commits as tables. */
import { jsonText } from '../../policy';
import { exportKept } from '../user-data';
import { settleNotes } from '../backfill-and-settle-notes';
import { CannotSay, type ExitCode, type Verb } from '../verb';

export const exportVerb: Verb = {
  name: 'export',
  summary: 'Export the records as JSON, or the commits as tables',
  example: 'linekeeper export --format parquet --output exports/shop',
  usage:
    '[--texts] | --format parquet|ndjson|agent-trace --output DIR [--name NAME] [--findings] [--people] [--health DIR]',
  options: {
    texts: { type: 'boolean', says: 'add the texts of files that the records refer to' },
    format: {
      type: 'string',
      value: 'FORMAT',
      says: 'the committed history as tables: parquet, ndjson or agent-trace',
    },
    output: { type: 'string', value: 'DIR', says: 'the folder of the tables. An export only adds files' },
    name: { type: 'string', value: 'NAME', says: "the repository's name in the tables" },
    findings: { type: 'boolean', says: 'add the findings in each commit; slower' },
    health: {
      type: 'string',
      value: 'DIR',
      says: 'add the health of other clones: a folder with outputs of linekeeper doctor --json',
    },
    people: {
      type: 'boolean',
      says: "add a hashed key of each author's e-mail address (SHA-256). People who know an address can find its key",
    },
  },
  words: 0,
  async run(call): Promise<ExitCode> {
    const { terminal, values, repository: here, json } = call;
    if (
      values['format'] === undefined &&
      (values['output'] !== undefined ||
        values['name'] !== undefined ||
        values['findings'] === true ||
        values['people'] === true ||
        values['health'] !== undefined)
    )
      throw new CannotSay(
        '--output, --name, --findings, --people and --health go with --format parquet, ndjson or agent-trace.',
      );
    const repository = here();
    await settleNotes(repository, terminal);
    if (values['format'] === undefined) {
      terminal.out(jsonText(await exportKept(repository, { texts: values['texts'] === true, now: terminal.now })));
      return 0;
    }
    const { exportToFolder } = await import('../export-tables');
    const exported = await exportToFolder(call, repository);
    terminal.out(
      json
        ? jsonText(exported)
        : `${String(exported.commits)} ${exported.commits === 1 ? 'commit' : 'commits'} exported${exported.whole ? '' : ' since the last time'}; ${String(exported.parts)} files in all.\n`,
    );
    if (values['people'] === true)
      terminal.err(
        "The tables hold a hashed key (SHA-256) of each author's e-mail address. People who know an address can find its key.\n",
      );
    return 0;
  },
};
