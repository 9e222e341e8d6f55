/** `linekeeper purge`: removes what was recorded about this repository. */
import path from 'node:path';
import { PROMPTS_REF, RUNS_REF } from '../../provenance/commits';
import {
  defaultRemote,
  notesBefore,
  removeNotes,
  type OldNotes,
} from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import type { Repository } from '../../git';
import {
  countNotes,
  notesAtRemote,
  purgeNotes,
  purgeRecords,
  recordedPlaces,
  removeNotesAtRemote,
  WHAT_IT_MEANS,
  type KeptPlace,
} from '../user-data';
import { countOf, jsonText, printable } from '../../policy';
import { loadPolicy } from '../../policy/load';
import { settleNotes } from '../backfill-and-settle-notes';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { confirmed, requirePerson } from '../person-at-terminal';

const USAGE = '[--notes] [--yes] | --older-than DAYS|policy [--yes] | --remote [NAME]';
const DAY_MS = 86_400_000;

export const purge: Verb = {
  name: 'purge',
  summary: 'List or delete the records in this clone',
  example: 'linekeeper purge',
  exits: '0 deleted. 1 only listed, because you did not write --yes.',
  usage: USAGE,
  options: {
    notes: { type: 'boolean', says: 'also delete the notes and stored prompts here' },
    'older-than': {
      type: 'string',
      value: 'DAYS',
      says: 'delete only the notes of commits older than DAYS, such as 365d. --older-than policy uses prompts.for and runs.for of the policy',
    },
    remote: { type: 'boolean', says: 'delete notes at a remote. Asks first, in a terminal outside of the editor' },
    yes: { type: 'boolean', says: 'delete. Without this option, the command only lists' },
  },
  async run(call): Promise<ExitCode> {
    const { terminal, values, positionals, repository: here } = call;
    if (positionals.length > (values['remote'] === true ? 1 : 0))
      throw new CannotSay(
        `Unexpected argument ${JSON.stringify(positionals.at(-1))}. "linekeeper help purge" shows its usage.`,
      );
    const repository = here();
    // Existing commits keep what is known about them.
    if (values['yes'] === true) await settleNotes(repository, terminal);
    if (values['remote'] === true) return purgeRemote(call, repository, positionals[0]);
    if (typeof values['older-than'] === 'string') return purgeOld(call, repository, values['older-than']);
    return purgeHere(call, repository);
  },
};

async function purgeHere({ terminal, values, json }: Call, repository: Repository): Promise<ExitCode> {
  const sure = values['yes'] === true;
  const notes = values['notes'] === true ? await countNotes(repository) : 0;
  const places = sure ? purgeRecords(repository) : recordedPlaces(repository);
  if (sure && values['notes'] === true) await purgeNotes(repository);
  if (json) {
    terminal.out(jsonText({ removed: sure, places, notes }));
    return sure ? 0 : 1;
  }
  const done = doneOf(sure);
  if (places.length === 0) terminal.out('Nothing is recorded here.\n');
  for (const place of places)
    terminal.out(`${done}: ${path.relative(repository.root, place.path) || place.path} (${sizeOf(place)})\n`);
  if (notes > 0)
    terminal.out(
      `${done}: the notes of ${countOf(notes, 'commit')}. Remotes keep their copies. To delete those: "linekeeper purge --remote"\n`,
    );
  if (sure || places.length + notes === 0) return 0;
  terminal.out(
    '\nUncommitted lines will count as unknown. Hooks stay ("linekeeper uninstall" removes them). For a copy, first run "linekeeper export".\nNothing is deleted yet. To delete, add --yes.\n',
  );
  return 1;
}

async function purgeOld({ terminal, values, json }: Call, repository: Repository, age: string): Promise<ExitCode> {
  const days = /^[1-9]\d{0,4}d$/.test(age) ? Number(age.slice(0, -1)) : undefined;
  if (days === undefined && age !== 'policy')
    throw new CannotSay(
      `--older-than ${JSON.stringify(age)} is not a number of days. Write 365d, or "policy" for the limits in the policy.`,
    );
  const sure = values['yes'] === true;
  const oldNotes =
    days === undefined
      ? await expired(repository, terminal.now())
      : await notesBefore(repository, terminal.now() - days * DAY_MS);
  if (sure) for (const notes of oldNotes) await removeNotes(repository, notes, terminal.now());
  if (json) terminal.out(jsonText({ removed: sure, notes: oldNotes }));
  else if (oldNotes.length === 0)
    terminal.out(
      days === undefined
        ? 'The policy keeps everything that is here.\n'
        : `No notes here are of commits older than ${countOf(days, 'day')}.\n`,
    );
  else {
    for (const { ref, commits } of oldNotes)
      terminal.out(`${doneOf(sure)}: the notes of ${countOf(commits.length, 'commit')} in ${ref}\n`);
    terminal.out(
      sure
        ? 'Git keeps them in the history of these refs. "linekeeper notes push" deletes them at a remote. A clone that still has them can push them again.\n'
        : 'Lines of these commits will count as unknown. Nothing is deleted yet. To delete, add --yes.\n',
    );
  }
  return sure || oldNotes.length === 0 ? 0 : 1;
}

/** The notes that the policy keeps no longer (`prompts.for`, `runs.for`). */
async function expired(repository: Repository, now: number): Promise<readonly OldNotes[]> {
  const { promptsForDays, runsMore } = (await loadPolicy(repository)).policy;
  const limits = [
    [PROMPTS_REF, promptsForDays],
    [RUNS_REF, runsMore?.forDays],
  ] as const;
  const oldNotes: OldNotes[] = [];
  for (const [ref, days] of limits)
    if (days !== undefined) oldNotes.push(...(await notesBefore(repository, now - days * DAY_MS, [ref])));
  return oldNotes;
}

async function purgeRemote({ terminal }: Call, repository: Repository, word: string | undefined): Promise<ExitCode> {
  const remote = word ?? (await defaultRemote(repository));
  const found = await notesAtRemote(repository, remote);
  if (found.length === 0) {
    terminal.out(`${printable(remote)} has no notes of Linekeeper.\n`);
    return 0;
  }
  terminal.out(`To be removed at ${printable(remote)}: ${found.map(({ ref }) => ref).join(', ')}\n${WHAT_IT_MEANS}\n`);
  requirePerson(terminal, 'delete notes at a remote');
  if (!(await confirmed(`Remove them from ${printable(remote)} for everybody?`))) {
    terminal.out('Nothing was removed.\n');
    return 1;
  }
  await removeNotesAtRemote(repository, remote, found);
  terminal.out(`removed at ${printable(remote)}: ${found.map(({ ref }) => ref).join(', ')}\n`);
  return 0;
}

const doneOf = (sure: boolean): string => (sure ? 'removed' : 'to be removed');

const sizeOf = ({ files, bytes }: KeptPlace): string =>
  `${String(files)} ${files === 1 ? 'file' : 'files'}, ${bytes < 1024 ? `${String(bytes)} bytes` : `${String(Math.round(bytes / 1024))} KB`}`;
