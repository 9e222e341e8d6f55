/** How a job gets Linekeeper: by the Action, by an npm package that it installs, or in an image. */
import { version } from '../../../package.json';
import { CiError, type ForgeJobs, type JobProgram } from '../forges';
import type { Repository } from '../../git';
import { quoted } from '../../policy';
import { isOffline } from '../pull-request';

/** The Action of this version. A tag can be moved: a full commit id is better. */
export const RELEASED_ACTION = `linekeeper/linekeeper@action-v${version}`;

/** In a shell and in YAML these forms need no quotes. */
const FORMS = {
  action: { form: /^[\w.-]+\/[\w./-]+@[\w./-]+$/, takes: `OWNER/NAME@REF, such as ${RELEASED_ACTION}` },
  package: {
    form: /^(?:https:\/\/[\w.:/~%+-]+\.tgz(?:#sha256=[0-9a-f]{64})?|(?:@[\w.-]+\/)?\w[\w.-]*@\d+\.\d+\.\d+(?:-[\w.-]+)?)$/,
    takes: `an https address of a .tgz, with #sha256=CHECKSUM behind it if you like, or the package of your registry, such as @acme/linekeeper@${version}`,
  },
  image: {
    form: /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)*(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/,
    takes: `an image's name, such as registry.example.com/linekeeper:${version}`,
  },
};

/** An address is an image's name too, and an action's nearly: the most special comes first. */
const KINDS = ['package', 'action', 'image'] as const;

/** Throws a {@link CiError} for one that is not in its form. */
export function checkProgram(program: JobProgram): void {
  for (const kind of KINDS) {
    const { form, takes } = FORMS[kind];
    const named = program[kind];
    if (named !== undefined && !form.test(named)) throw new CiError(`--${kind} takes ${takes}.`);
  }
}

/** What a person named in one line, whichever of the three it is; undefined when it is none. */
export function programNamed(text: string): JobProgram | undefined {
  const kind = KINDS.find((each) => FORMS[each].form.test(text));
  return kind === undefined ? undefined : { [kind]: text };
}

/** What the job starts, and what is still to do or to find out before it can. */
export interface FoundProgram {
  readonly program: JobProgram;
  /** A sentence; undefined where the job can run. */
  readonly missing?: string;
  /** What was not looked up, as a sentence. */
  readonly unchecked?: string;
}

/** Nothing by this name was published by us, so the job fails, or runs what a stranger publishes under it. */
const unpublished = (name: string): Omit<FoundProgram, 'program'> =>
  /^(?:https:|@)/.test(name)
    ? {
        unchecked: `Nobody has checked that ${quoted(name.replace(/#.*/, ''))} exists.${/^https:[^#]*$/.test(name) ? ' To have the job check the file, add #sha256=CHECKSUM from SHA256SUMS to the address.' : ''}`,
      }
    : {
        missing: `No public registry has ${quoted(name)} from us, and a stranger may register this name. Upload the .tgz of the release, and name its https address, or put it in your registry under your scope, such as @acme/${name}.`,
      };

/**
 * The program for a forge's job: what was named, else the released Action, pinned to its commit. Throws a {@link CiError}
 * that says what to name, where nothing was named and nothing can be found: the job could not run.
 */
export async function findProgram(
  repository: Repository,
  jobs: Pick<ForgeJobs, 'usesAction' | 'imageVariable'>,
  named: JobProgram,
): Promise<FoundProgram> {
  checkProgram(named);
  if (named.package !== undefined && named.image === undefined)
    return { program: { package: named.package }, ...unpublished(named.package) };
  if (jobs.usesAction === true) {
    if (named.image !== undefined)
      throw new CiError('This Git host runs the Action or a package: --image is for others.');
    const action = await pinAction(repository, named.action ?? RELEASED_ACTION);
    if (/@[0-9a-f]{40}(?: #|$)/.test(action)) return { program: { action } };
    if (named.action === undefined)
      throw new CiError(
        `The Action ${RELEASED_ACTION} could not be found, so no job could run it and nothing was written. Name yours with --action OWNER/NAME@COMMIT, or a package for the job to install with --package (${FORMS.package.takes}).`,
      );
    return {
      program: { action },
      missing: `The Action ${quoted(named.action)} was not found, so the job may fail. Pin it to a full commit id: --action OWNER/NAME@COMMIT.`,
    };
  }
  if (named.image !== undefined) {
    const { action: _action, ...program } = named;
    return { program };
  }
  if (jobs.imageVariable === undefined)
    throw new CiError(
      `The job needs a program, so nothing was written. Name an image that has it with --image (${FORMS.image.takes}), or a package for the job to install with --package (${FORMS.package.takes}).`,
    );
  return {
    program: {},
    missing: `The job can't run before the variable ${jobs.imageVariable} names an image. To do without the variable, use --image or --package.`,
  };
}

const COMMIT = /^[0-9a-f]{40}$/;
const NETWORK_MS = 15_000;

/**
 * `OWNER/NAME@COMMIT # REF`, for a line of YAML, as the repository has it now; the given text when it has a commit, or
 * none can be found out. Asks with git, so as it is set up here; not at all where `linekeeper.offline` is true.
 */
async function pinAction(repository: Repository, action: string): Promise<string> {
  const [, name = '', ref = ''] = /^([\w.-]+\/[\w.-]+)(?:\/[\w./-]+)?@([\w./-]+)$/.exec(action) ?? [];
  if (name === '' || COMMIT.test(ref) || ref.startsWith('-') || (await isOffline(repository))) return action;
  const answer = await repository.git(
    [
      '-c',
      'credential.interactive=false',
      'ls-remote',
      '--quiet',
      '--',
      `https://github.com/${name}`,
      `refs/tags/${ref}`,
      `refs/tags/${ref}^{}`,
      `refs/heads/${ref}`,
    ],
    { codes: [0, 1, 2, 128], timeout: NETWORK_MS },
  );
  const found = new Map(
    answer.stdout
      .toString('utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([id = '', full = '']) => [full, id]),
  );
  // Of an annotated tag the commit, and not the tag's own object.
  const commit = [`refs/tags/${ref}^{}`, `refs/tags/${ref}`, `refs/heads/${ref}`]
    .map((full) => found.get(full))
    .find((id) => id !== undefined);
  return commit !== undefined && COMMIT.test(commit) ? `${action.slice(0, -ref.length)}${commit} # ${ref}` : action;
}
