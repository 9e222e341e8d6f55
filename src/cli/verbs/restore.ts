/** `linekeeper restore`: brings back what an agent's command took away. */
import { keptCopies, restoreCopy, type KeptCopy } from '../../provenance/journal';
import { countOf, jsonText, list } from '../../policy';
import { CannotSay, type ExitCode, type Verb } from '../verb';

/** What `--help` says besides. */
const MORE = `
Linekeeper keeps a copy for an hour if a person is asked about an agent's command that would delete files which Git cannot
restore. --list shows the ID of each copy.
`;

const USAGE = '[ID] [--list]';

export const restore: Verb = {
  name: 'restore',
  summary: "Restore what an agent's command removed within the last hour",
  example: 'linekeeper restore --list',
  usage: USAGE,
  options: { list: { type: 'boolean', says: 'list the copies' } },
  more: MORE,
  words: 1,
  async run({ terminal, values, positionals, json, repository: here }): Promise<ExitCode> {
    const repository = here();
    const time = terminal.now();
    const copies = keptCopies(repository.gitDir, time);
    const [id] = positionals;
    if (values['list'] === true || (id === undefined && copies.length !== 1)) {
      terminal.out(json ? jsonText({ kept: copies }) : listed(copies, time));
      return copies.length === 0 || values['list'] === true ? 0 : 1;
    }
    const chosen = id === undefined ? copies[0] : copies.find((copy) => copy.id === id);
    if (chosen === undefined)
      throw new CannotSay(
        `Nothing is kept under ${JSON.stringify(id)}: copies go after an hour. "linekeeper restore --list" shows those that are here.`,
      );
    const { restored, same, before } = restoreCopy(repository.gitDir, chosen, time);
    if (chosen.stash !== null)
      await repository.git(['stash', 'store', '-m', 'brought back by linekeeper', chosen.stash]);
    if (json) {
      terminal.out(jsonText({ id: chosen.id, restored, same, stash: chosen.stash, before: before?.id ?? null }));
      return 0;
    }
    if (restored.length > 0) terminal.out(`Brought back: ${list(restored, 20)}\n`);
    if (same.length > 0) terminal.out(`${countOf(same.length, 'file is', 'files are')} there as they were.\n`);
    if (chosen.stash !== null)
      terminal.out('What was put aside is the latest stash again: "git stash pop" applies it.\n');
    if (before) terminal.out(`What was there instead is kept too: "linekeeper restore ${before.id}".\n`);
    const missing = chosen.files.length - restored.length - same.length;
    if (missing > 0)
      terminal.out(
        `${countOf(missing, 'file stays', 'files stay')} as it is: what is there now is too large to be kept first. Move it away and run this again.\n`,
      );
    return missing > 0 ? 1 : 0;
  },
};

function listed(copies: readonly KeptCopy[], now: number): string {
  if (copies.length === 0)
    return "Nothing is kept. A copy is made when a person is asked about an agent's command that would lose something for good.\n";
  return copies
    .map(({ id, at, files, stash, missing }) => {
      const restored = [...files, ...(stash === null ? [] : ['what was put aside'])];
      const out = missing.length === 0 ? '' : `; too large to keep: ${list(missing, 3)}`;
      return `${id}  ${String(Math.max(0, Math.round((now - at) / 60_000)))} min ago  ${list(restored, 4)}${out}\n`;
    })
    .join('');
}
