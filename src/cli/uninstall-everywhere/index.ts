/** `linekeeper uninstall --everywhere` and `--everything`: what was set up for this account, in all repositories. */
import { existsSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../base/files';
import { ASSISTANTS } from '../../provenance/assistants';
import { removeAllRules } from '../../provenance/assistants/native-rules';
import { hasHooks, SetupError, uninstallHooks, type SetupOptions } from '../../provenance/assistants/setup';
import { remotesOf, removeGitHooks } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { GitError, Repository } from '../../git';
import { folderOf, installedPrograms, registeredRepositories, removeCommandLine } from '../../base/launcher';
import { printable } from '../../policy';
import type { Call, ExitCode } from '../verb';
import { forgetNewClones } from '../install-in-all-repositories';
import { inTurn, requirePerson } from '../person-at-terminal';
import {
  notesAtRemote,
  purgeNotes,
  purgeRecords,
  recordedPlaces,
  removeNotesAtRemote,
  WHAT_IT_MEANS,
} from '../user-data';

/** What of `~/.linekeeper` is the set-up. */
const SET_UP = ['bin', 'programs', 'runtime', 'repositories', 'remove.sh', 'setup'];

/**
 * Another Linekeeper of this account than the one that is being removed, which hooks go on to start: its version.
 * Versions of one extension lie beside each other, with the version at the end of the folder's name.
 */
export function otherInstalled({ terminal }: Call): string | undefined {
  const nameOf = (cli: string): string => path.dirname(path.dirname(cli)).replace(/-\d[^/\\]*$/, '');
  const [, cli = ''] = terminal.program;
  return installedPrograms(folderOf(terminal.home)).find((program) => nameOf(program.cli) !== nameOf(cli))?.version;
}

/** Each repository that hooks were set up in, and the one where this is called. */
function repositoriesOf(call: Call): readonly Repository[] {
  const listed = registeredRepositories(folderOf(call.terminal.home)).flatMap((commonDir) => {
    if (!existsSync(path.join(commonDir, 'HEAD'))) return [];
    const found = Repository.find(path.dirname(commonDir));
    return found?.commonDir === commonDir
      ? [found]
      : [new Repository({ root: commonDir, gitDir: commonDir, commonDir })];
  });
  const around = Repository.find(call.terminal.cwd);
  return around === undefined || listed.some(({ commonDir }) => commonDir === around.commonDir)
    ? listed
    : [...listed, around];
}

/** Asks a person; null where records and notes stay, and nobody has to be asked. */
type Ask = ((question: string) => Promise<boolean>) | null;

/** Says what it did, and what it left. Throws a GitError or a HooksError. */
export function uninstallEverywhere(call: Call, options: SetupOptions, withData: boolean): Promise<ExitCode> {
  const repositories = repositoriesOf(call);
  if (!withData) return takeOut(call, options, repositories, null);
  requirePerson(call.terminal, 'delete the records');
  for (const { root } of repositories)
    call.terminal.out(
      `to be removed: hooks, records and notes with sign-offs, deployments and runs in ${printable(root)}\n`,
    );
  call.terminal.out(
    'Repositories without hooks are not known here, also those whose hooks were removed before. Where one has a folder .git/linekeeper, run this command there too.\n',
  );
  return inTurn(async (ask) => {
    if (await ask('Lines that are not committed yet will be of unknown author. Remove all of it?'))
      return takeOut(call, options, repositories, ask);
    call.terminal.out('Nothing was removed.\n');
    return 1;
  });
}

async function takeOut(
  call: Call,
  options: SetupOptions,
  repositories: readonly Repository[],
  ask: Ask,
): Promise<ExitCode> {
  const { terminal } = call;
  const { out, home } = terminal;
  let code: ExitCode = 0;
  let count = 0;
  const done = (text: string): void => {
    count++;
    out(`${text}\n`);
  };
  // what was written last goes first, so that each finds the file as it left it
  const takeRulesOut = (onlyExact: boolean): void => {
    try {
      for (const file of removeAllRules(options.stateDir, onlyExact))
        done(`the policy's rules are taken out of ${printable(file)}`);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      terminal.err(`linekeeper: ${error.message}`);
      code = 1;
    }
  };
  takeRulesOut(true);
  for (const assistant of ASSISTANTS.filter((candidate) => hasHooks(candidate, options)))
    try {
      const { outcome, files } = uninstallHooks(assistant, options);
      if (outcome === 'restored') done(`${assistant.title}: as it was before: ${files.join(', ')}`);
      if (outcome === 'removed') done(`${assistant.title}: our hooks are taken out of ${files.join(', ')}`);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      terminal.err(`linekeeper: ${assistant.title}: ${error.message}`);
      code = 1;
    }
  takeRulesOut(false);
  const askedAbout = new Set<string>();
  for (const repository of repositories) {
    const remaining = await removeGitHooks(repository);
    if (remaining !== undefined)
      done(
        `git hooks of ${printable(repository.root)}: removed${remaining.length > 0 ? `; lines of others stay in ${remaining.map(printable).join(', ')}` : ''}`,
      );
    if (ask !== null) {
      await askAboutRemotes(call, repository, ask, askedAbout);
      purgeRecords(repository);
      await purgeNotes(repository, { evidence: true });
      rmSync(dataPlace(repository.commonDir), { recursive: true, force: true });
      done(`records and notes with sign-offs, deployments and runs in ${printable(repository.root)}: removed`);
    } else if (recordedPlaces(repository).length > 0)
      out(`kept: the records in ${printable(dataPlace(repository.commonDir))}\n`);
  }
  const hadTemplate = await forgetNewClones(home);
  if (hadTemplate)
    done(
      'new clones: get no hooks any more. Where one has no commit yet: linekeeper uninstall --all DIR, with a folder above it. Without the program: sh ~/.linekeeper/remove.sh CLONE…, which stays for that',
    );
  if (removeCommandLine(home)) done('the command linekeeper: no longer on your PATH');
  if (code === 0 && removeFolder(folderOf(home), hadTemplate))
    done(`the programs in ${printable(folderOf(home))}: removed`);
  if (count === 0) out('Nothing of Linekeeper was set up for this account.\n');
  else if (ask === null)
    out(
      `Commits keep their trailers, and git its notes.${repositories.length === 0 ? '' : ' Linekeeper no longer knows these repositories. To remove the records and notes too, run "linekeeper uninstall --everything" in each of them before you remove the program.'}\n`,
    );
  return code;
}

/** `askedAbout`: addresses that were asked about for another clone. */
async function askAboutRemotes(
  { terminal }: Call,
  repository: Repository,
  ask: NonNullable<Ask>,
  askedAbout: Set<string>,
): Promise<void> {
  for (const remote of await remotesOf(repository))
    try {
      const address = (await repository.text(['remote', 'get-url', '--', remote])).trim();
      const absolute = address.includes(':') ? address : path.resolve(repository.root, address);
      if (askedAbout.has(absolute)) continue;
      askedAbout.add(absolute);
      const found = await notesAtRemote(repository, remote);
      if (found.length === 0) continue;
      const place = `${printable(remote)} (${printable(withoutPassword(address))})`;
      terminal.out(`${place} has ${found.map(({ ref }) => ref).join(', ')}. ${WHAT_IT_MEANS}\n`);
      if (await ask(`Remove them from ${place} for everybody?`)) await removeNotesAtRemote(repository, remote, found);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      terminal.err(`linekeeper: ${printable(remote)} was not asked, so its notes stay there: ${error.message}`);
    }
}

const withoutPassword = (address: string): string => address.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');

/** Only what we put there, without `remove.sh` where new clones may still need it. Whether there was any of it. */
function removeFolder(folder: string, keepsScript: boolean): boolean {
  const found = SET_UP.filter((name) => !keepsScript || name !== 'remove.sh')
    .map((name) => path.join(folder, name))
    .filter((file) => existsSync(file));
  for (const file of found) rmSync(file, { recursive: true, force: true });
  try {
    rmdirSync(folder);
  } catch {
    // somebody else has something there, or there is none
  }
  return found.length > 0;
}
