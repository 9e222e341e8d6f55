/**
 * Whether a command of git moves the base branch: a push, by what it names, the current branch and where remotes are, or
 * a command in the base's remote itself, where that is a folder of this machine.
 */
import {
  gitCall,
  hasOption,
  nameOf,
  plainOf,
  type CommandPlace,
  type GitCall,
  type Invocation,
} from '../../danger/shell';
import { isBelow, resolveIn } from '../../base/platform';
import { baseRemoteOf, remotesIn } from '../../git';

/** Options of `git push` that take the next word. */
const TAKES = ['-o', '--push-option', '--repo', '--receive-pack', '--exec'];
/** The setting of what goes to a remote. */
const PUSHED = /^remote\.(.+)\.push$/i;
const USUAL = ['main', 'master'];
/** Commands that move the branch that is checked out. */
const MOVES_CURRENT = /^(?:commit|reset|merge|pull|rebase|cherry-pick|revert|am)$/;

/** Pushes of one command, in order: what is checked out before counts for later ones. */
export class BasePushes {
  private checkedOut: string | undefined;
  /** What a push without a branch's name sends to each remote, where the command configured it. */
  private readonly configured = new Map<string, readonly string[]>();

  constructor(private readonly place: CommandPlace) {}

  /** Why this puts commits on the base branch, or merges; undefined when it doesn't. */
  of(invocation: Invocation, folder: string): 'push-base' | 'merge' | undefined {
    const name = nameOf(invocation.words[0]).toLowerCase();
    const args = invocation.words.slice(1);
    if (name === 'jj') return this.byJujutsu(args.map(({ text }) => text));
    if (name !== 'git') return undefined;
    const call = gitCall(args);
    const at = call.folder === '' ? folder : resolveIn(folder, call.folder);
    const gitDir = call.gitDir || (invocation.assignments.findLast((text) => /^GIT_DIR=./.test(text))?.slice(8) ?? '');
    if (this.movesInRemote(call, gitDir === '' ? at : resolveIn(at, gitDir))) return 'push-base';
    const texts = call.rest.map(({ text }) => text);
    if (call.verb === 'checkout' || call.verb === 'switch') this.note(texts);
    if (call.verb === 'config') this.configure(texts);
    if (!/^(?:push|send-pack)$/.test(call.verb) || texts.some((text) => /^(?:-n|--dry-run|-h|--help)$/.test(text)))
      return undefined;
    if (
      texts.some(
        (text, index) =>
          /merge_request\.(?:merge_when_pipeline_succeeds|auto_merge)/.test(text) &&
          /^-o|^--push-option/.test(`${texts[index - 1] ?? ''} ${text}`),
      )
    )
      return 'merge';
    const words = plainOf(call.rest, TAKES);
    const [remote, ...named] = words.map(({ text }) => text);
    const refspecs = named.length === 0 ? this.configuredFor(remote, call.settings, at) : named;
    if (!this.isBaseRemote(remote, at)) return undefined;
    if (texts.some((text) => /^--(?:all|branches|mirror)$/.test(text))) return 'push-base';
    const current = this.current(at);
    const bases = this.bases(at);
    const isBase = (branch: string | undefined): boolean => branch !== undefined && bases.includes(branch);
    if (refspecs.length === 0)
      return !texts.some((text) => /^(?:--tags|-d|--delete)$/.test(text)) && isBase(current) ? 'push-base' : undefined;
    const hits = refspecs.some((refspec, index) => {
      const word = words[index + 1];
      const [, source = '', target] = /^\+?([^:]*)(?::([^]*))?$/.exec(refspec) ?? [];
      if (refspec === '' || (word?.open === true && target === undefined)) return isBase(current);
      if (source === '' && target === '') return isBase(current);
      const to = (target ?? source).replace(/^refs\/heads\//, '');
      if (to === '' && word?.open === true) return true;
      if (to.startsWith('refs/')) return false;
      if (to.includes('*')) return true;
      return isBase(to === 'HEAD' || to === '@' ? current : to);
    });
    return hits ? 'push-base' : undefined;
  }

  /** Whether it moves the base branch in the remote itself, which is in a folder of this machine. */
  private movesInRemote({ verb, rest }: GitCall, at: string): boolean {
    const { root } = this.place;
    if (
      root === null ||
      at === root ||
      (!/^(?:update-ref|symbolic-ref|branch|fetch)$/.test(verb) && !MOVES_CURRENT.test(verb))
    )
      return false;
    const remotes = this.baseAddresses(root).map((address) => resolveIn(root, address.replace(/^file:\/\//i, '')));
    if (!remotes.map(plainAddress).includes(plainAddress(at))) return false;
    const bases = [...this.bases(root), 'HEAD'];
    if (MOVES_CURRENT.test(verb)) return bases.includes(this.current(at) ?? '');
    if (hasOption(rest, /^--stdin$/)) return true;
    const named = plainOf(rest).map(({ text }) => text);
    const moved: Readonly<Record<string, readonly string[]>> = {
      'update-ref': named.slice(0, 1),
      'symbolic-ref': named.slice(0, -1),
      branch: hasOption(rest, /^-[a-zA-Z]*[fmMdDcC]|^--(?:force|move|delete|copy)$/) ? named : [],
      fetch: named.flatMap((text) => /:([^]+)/.exec(text)?.[1] ?? []),
    };
    return (moved[verb] ?? []).some((ref) => ref.includes('*') || bases.includes(ref.replace(/^refs\/heads\//, '')));
  }

  private byJujutsu(texts: readonly string[]): 'push-base' | undefined {
    const [first, second] = texts.filter((text) => !text.startsWith('-'));
    if (first !== 'git' || second !== 'push' || texts.includes('--dry-run')) return undefined;
    const bookmarks = texts.flatMap((text, index) =>
      /^(?:-b|--bookmark|--branch)$/.test(texts[index - 1] ?? '')
        ? [text]
        : (/^(?:--bookmark|--branch)=(.*)$/.exec(text)?.slice(1) ?? []),
    );
    return texts.includes('--all') || bookmarks.some((one) => this.bases(this.place.cwd).includes(one))
      ? 'push-base'
      : undefined;
  }

  private configure(texts: readonly string[]): void {
    const at = texts.findIndex((text) => PUSHED.test(text));
    const remote = PUSHED.exec(texts[at] ?? '')?.[1];
    const refspec = texts[at + 1];
    if (remote === undefined) return;
    if (texts.some((text) => /^(?:--)?unset(?:-all)?$/.test(text))) this.configured.delete(remote);
    else if (refspec !== undefined)
      this.configured.set(remote, [
        ...(texts.some((text) => /^--(?:add|append)$/.test(text)) ? (this.configured.get(remote) ?? []) : []),
        refspec,
      ]);
  }

  /** What goes to a remote, by what was configured before and for this call; a push may name none. */
  private configuredFor(remote: string | undefined, settings: readonly string[], at: string): readonly string[] {
    const toRemote = (name: string): readonly string[] => [
      ...(this.configured.get(name) ?? []),
      ...settings.flatMap((setting) => {
        const equals = setting.indexOf('=');
        return PUSHED.exec(setting.slice(0, equals))?.[1] === name ? [setting.slice(equals + 1)] : [];
      }),
    ];
    if (remote !== undefined) return toRemote(remote);
    const toBase = toRemote(baseRemoteOf(this.remotes(at).keys()));
    return toBase.length > 0 ? toBase : toRemote('upstream');
  }

  /** A branch that is checked out; a file may have the same name, which then is no base. */
  private note(texts: readonly string[]): void {
    if (texts.includes('--')) return;
    const [branch] = texts.filter((text) => !text.startsWith('-'));
    if (branch !== undefined) this.checkedOut = branch;
  }

  private gitFolders(folder: string): { readonly own: string; readonly shared: string } {
    const { gitFolders, root } = this.place;
    if (gitFolders && root !== null && (folder === root || isBelow(root, folder))) return gitFolders;
    return { own: resolveIn(folder, '.git'), shared: resolveIn(folder, '.git') };
  }

  private current(folder: string): string | undefined {
    if (this.checkedOut !== undefined) return this.checkedOut;
    const text = this.place.files.text(resolveIn(this.gitFolders(folder).own, 'HEAD')) ?? '';
    return /^ref: refs\/heads\/(\S+)/.exec(text)?.[1];
  }

  private remotes(folder: string): ReadonlyMap<string, string> {
    return remotesIn(this.place.files.text(resolveIn(this.gitFolders(folder).shared, 'config')) ?? '');
  }

  /** Of the remotes whose main branch may be the base. */
  private baseAddresses(folder: string): readonly string[] {
    const addresses = this.remotes(folder);
    return [baseRemoteOf(addresses.keys()), 'upstream'].flatMap((name) => addresses.get(name) ?? []);
  }

  private bases(folder: string): readonly string[] {
    const { shared } = this.gitFolders(folder);
    const remote = baseRemoteOf(this.remotes(folder).keys());
    const text = this.place.files.text(resolveIn(shared, `refs/remotes/${remote}/HEAD`)) ?? '';
    const named = /^ref: refs\/remotes\/[^/]+\/(\S+)/.exec(text)?.[1];
    return named === undefined ? USUAL : [named, ...USUAL];
  }

  /** Whether a push there reaches the repository whose base decides. What is not known may. */
  private isBaseRemote(remote: string | undefined, folder: string): boolean {
    if (remote === undefined || remote === '' || /^(?:origin|upstream)$/.test(remote)) return true;
    const addresses = this.remotes(folder);
    const base = this.baseAddresses(folder).map(plainAddress);
    const isAddress = /[/:\\]/.test(remote);
    const address = isAddress ? remote : addresses.get(remote);
    if (address === undefined || base.length === 0) return !/^(?:fork|mine|backup|mirror)\b/.test(remote);
    return base.includes(plainAddress(address));
  }
}

/** The same for each way to reach it. */
const plainAddress = (address: string): string =>
  address
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(':', '/')
    .replace(/\/\d+\//, '/')
    .replace(/(?:\/?\.git)?\/*$/, '');
