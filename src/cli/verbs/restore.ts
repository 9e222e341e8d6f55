/** `linekeeper restore`: restores files that an agent's command deleted. */
import { keptCopies, restoreCopy, type KeptCopy } from '../../provenance/journal';
import { countOf, jsonText, list } from '../../policy';
import { CannotSay, type ExitCode, type Verb } from '../verb';

/** What `--help` says besides. */
const MORE = `
If an agent's command would delete files that Git cannot restore, Linekeeper asks a person, and copies the files for an
hour. --list shows the ID of each copy.
`;

export const restore: Verb = {
  name: 'restore',
  summary: "Restore files that an agent's command deleted in the last hour",
  example: 'linekeeper restore --list',
  usage: '[ID] [--list]',
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
        `There is no copy ${JSON.stringify(id)}. A copy is deleted after an hour. "linekeeper restore --list" lists the copies.`,
      );
    const { restored, same, before } = restoreCopy(repository.gitDir, chosen, time);
    if (chosen.stash !== null)
      await repository.git(['stash', 'store', '-m', 'brought back by linekeeper', chosen.stash]);
    if (json) {
      terminal.out(jsonText({ id: chosen.id, restored, same, stash: chosen.stash, before: before?.id ?? null }));
      return 0;
    }
    if (restored.length > 0) terminal.out(`Restored: ${list(restored, 20)}\n`);
    if (same.length > 0) terminal.out(`${countOf(same.length, 'file is', 'files are')} unchanged.\n`);
    if (chosen.stash !== null) terminal.out('The stash is restored as the latest one: "git stash pop" applies it.\n');
    if (before) terminal.out(`The replaced files are also copied: "linekeeper restore ${before.id}".\n`);
    const missing = chosen.files.length - restored.length - same.length;
    if (missing > 0)
      terminal.out(
        `${countOf(missing, 'file stays', 'files stay')} as it is: the present file is too large to copy first. Move it away, then run this again.\n`,
      );
    return missing > 0 ? 1 : 0;
  },
};

function listed(copies: readonly KeptCopy[], now: number): string {
  if (copies.length === 0)
    return 'There is no copy. Linekeeper makes one when it asks a person about a command that deletes files for good.\n';
  return copies
    .map(({ id, at, files, stash, missing }) => {
      const restored = [...files, ...(stash === null ? [] : ['a stash'])];
      const out = missing.length === 0 ? '' : `; too large to keep: ${list(missing, 3)}`;
      return `${id}  ${String(Math.max(0, Math.round((now - at) / 60_000)))} min ago  ${list(restored, 4)}${out}\n`;
    })
    .join('');
}
