/** `linekeeper purge`: removes what was recorded about this repository. */
import path from 'node:path';
import { settleFirst } from '../../provenance/commits';
import { countNotes, purgeNotes, purgeRecords, recordedPlaces, type KeptPlace } from '../user-data';
import { jsonText } from '../../policy';
import type { ExitCode, Verb } from '../command';

const USAGE = '[--notes] --yes';

export const purge: Verb = {
  name: 'purge',
  summary: 'Remove what was recorded about this repository',
  usage: USAGE,
  options: {
    notes: { type: 'boolean', says: 'the notes here too' },
    yes: { type: 'boolean', says: 'really remove it; without this it only says what would go' },
  },
  words: 0,
  async run({ terminal, values, json, repository: here }): Promise<ExitCode> {
    const repository = here();
    const sure = values['yes'] === true;
    const notes = values['notes'] === true ? await countNotes(repository) : 0;
    // Existing commits keep what is known about them.
    if (sure)
      await settleFirst(repository, terminal.now, (sentence) => {
        terminal.err(`linekeeper: ${sentence}`);
      });
    const places = sure ? purgeRecords(repository) : recordedPlaces(repository);
    if (sure && values['notes'] === true) await purgeNotes(repository);
    if (json) {
      terminal.out(jsonText({ removed: sure, places, notes }));
      return sure ? 0 : 1;
    }
    const done = sure ? 'removed' : 'to be removed';
    if (places.length === 0) terminal.out('Nothing is recorded here.\n');
    for (const place of places)
      terminal.out(`${done}: ${path.relative(repository.root, place.path) || place.path} (${sizeOf(place)})\n`);
    if (notes > 0)
      terminal.out(
        `${done}: the notes of ${String(notes)} ${notes === 1 ? 'commit' : 'commits'}. Remotes that have them keep them: "git push REMOTE :refs/notes/ai" takes them away there\n`,
      );
    if (sure || places.length + notes === 0) return 0;
    terminal.out(
      '\nUncommitted lines will count as unknown. Hooks stay ("linekeeper uninstall" takes them out). "linekeeper export" gives you a copy first.\nNothing is removed yet: say --yes.\n',
    );
    return 1;
  },
};

const sizeOf = ({ files, bytes }: KeptPlace): string =>
  `${String(files)} ${files === 1 ? 'file' : 'files'}, ${bytes < 1024 ? `${String(bytes)} bytes` : `${String(Math.round(bytes / 1024))} KB`}`;
