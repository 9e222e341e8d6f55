/** `linekeeper prompts list | push | fetch | purge`: prompts that the policy allows to be kept, on a ref of its own. */
import { fetchLineNotes, PROMPTS_REF, pushLineNotes } from '../../provenance/commits';
import type { Repository } from '../../git';
import { defaultRemote } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { countOf, jsonText, printable } from '../../policy';
import { forgetPrompts, recordedPrompts } from '../user-data';
import { settleNotes } from '../backfill-and-settle-notes';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { noSubcommand } from '../arguments/unknown-subcommand-error';

/** What `--help` says besides. */
const MORE = `
Prompts are stored only if the policy has "prompts: digest" or "prompts: redacted". Other commands never send them.

  list   show the prompts that are stored here
  push   send them to the remote. Everybody who can read the repository can then read them
  fetch  get the prompts that colleagues have pushed
  purge  delete the prompts that are stored here
`;

const USAGE = 'list | push [REMOTE] | fetch [REMOTE] | purge --yes';

export const prompts: Verb = {
  name: 'prompts',
  summary: 'List, push, fetch or delete stored prompts',
  example: 'linekeeper prompts list',
  usage: USAGE,
  options: { yes: { type: 'boolean', says: 'delete them' } },
  more: MORE,
  words: 2,
  async run(call): Promise<ExitCode> {
    const [name, remote] = call.positionals;
    const repository = call.repository();
    switch (name) {
      case 'list':
        return list(call, repository);
      case 'push':
      case 'fetch':
        return exchange(call, repository, name, remote ?? (await defaultRemote(repository)));
      case 'purge':
        return purge(call, repository);
      default:
        throw noSubcommand('prompts', name, ['list', 'push', 'fetch', 'purge']);
    }
  },
};

async function list(call: Call, repository: Repository): Promise<ExitCode> {
  const { readPrompts } = await import('../../aftermath');
  await keepFirst(call, repository);
  const all = await readPrompts(repository);
  if (call.json) call.terminal.out(jsonText({ prompts: all }));
  else
    call.terminal.out(
      all.length === 0
        ? 'No prompts are stored. The policy decides: prompts: none, digest or redacted.\n'
        : all
            .map(
              ({ commit, assistant, session, digest, excerpt }) =>
                `${commit.slice(0, 10)}  ${printable(`${assistant}:${session}`)}  ${printable(excerpt ?? digest)}\n`,
            )
            .join(''),
    );
  return 0;
}

async function exchange(call: Call, repository: Repository, way: 'push' | 'fetch', remote: string): Promise<ExitCode> {
  if (remote.startsWith('-') || remote.trim() === '') throw new CannotSay(`${JSON.stringify(remote)} is not a remote.`);
  await keepFirst(call, repository);
  const { received, sent } = await (way === 'push' ? pushLineNotes : fetchLineNotes)(repository, [PROMPTS_REF], remote);
  if (call.json) call.terminal.out(jsonText({ remote, received, sent }));
  else
    call.terminal.out(
      `${printable(remote)}: ${countOf(sent, 'prompt')} sent, ${countOf(received, 'prompt')} received\n`,
    );
  return 0;
}

/** A prompt goes to the commit that it led to by that commit's note, which may still be owed. */
async function keepFirst({ terminal }: Call, repository: Repository): Promise<void> {
  const { keepPrompts } = await import('../../aftermath');
  await settleNotes(repository, terminal);
  await keepPrompts(repository, terminal.now);
}

async function purge(call: Call, repository: Repository): Promise<ExitCode> {
  const { purgePrompts, readPrompts } = await import('../../aftermath');
  const sure = call.values['yes'] === true;
  const { now } = call.terminal;
  // What a work tree's records still hold would come back with the next list.
  const all = [...(await readPrompts(repository)), ...recordedPrompts(repository, now)];
  const count = new Set(all.map(({ session, digest }) => JSON.stringify([session, digest]))).size;
  if (sure) {
    forgetPrompts(repository, now);
    await purgePrompts(repository);
  }
  if (call.json) call.terminal.out(jsonText({ removed: sure, prompts: count }));
  else if (count === 0) call.terminal.out('No prompts are stored.\n');
  else
    call.terminal.out(
      `${sure ? 'Removed' : 'To be removed'}: ${countOf(count, 'prompt')}. ${sure ? `Remotes keep their copies: "git push REMOTE :${PROMPTS_REF}" removes them there; "git gc --prune=now" removes the objects here.` : 'Nothing is deleted yet. To delete, add --yes.'}\n`,
    );
  return sure || count === 0 ? 0 : 1;
}
