/**
 * The approvals in a file outside the checked-out tree (`--approvals FILE`).
 */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { whyUnread } from '../../../base/files';
import type { Repository } from '../../../git';
import { quoted } from '../../../policy';
import { isInside } from '../../../policy/load';
import { GateError } from '../gate-error';
import type { GivenApproval } from '../gate-input-types';

/** Largest file (bytes). */
const LARGEST = 16 * 1024 * 1024;

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

const STATES = ['approved', 'dismissed', 'changes_requested'] as const;
/**
 * Other states that forges have: a comment, and a pending review. They neither sign off nor withdraw.
 */
const SAYING_NOTHING = ['commented', 'pending', 'COMMENTED', 'PENDING'] as const;
const isVerdict = (state: string): state is (typeof STATES)[number] => (STATES as readonly string[]).includes(state);

const entry = z.object(
  {
    by: z.string("must be the approver's login").trim().min(1, "must be the approver's login").max(320),
    email: z
      .string('must be an e-mail address')
      .trim()
      .regex(/^[^\s<>@]+@[^\s<>@]+$/, 'must be an e-mail address')
      .nullish(),
    commit: z
      .string('must be the whole id of the approved commit')
      .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, 'must be the whole id of the approved commit'),
    state: z.enum([...STATES, ...SAYING_NOTHING], 'must be approved, dismissed or changes_requested'),
    at: z
      .string('must be a time in the form of RFC 3339')
      .refine(
        (text) => RFC_3339.test(text) && !Number.isNaN(Date.parse(text)),
        'must be a time in the form of RFC 3339, such as 2025-01-31T12:00:00Z',
      )
      .nullish(),
  },
  'must be an object',
);

/** Reads and validates the file. Throws a {@link GateError}: what can't be trusted or understood decides nothing. */
export function readApprovals(repository: Repository, file: string): readonly GivenApproval[] {
  return parseApprovals(readOutside(repository, file), file);
}

/** Validates the text of such a file; `file` is its name for messages. */
function parseApprovals(text: string, file: string): readonly GivenApproval[] {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new GateError('approvals', `The approvals in ${quoted(file)} can't be read: this is no JSON.`);
  }
  const parsed = z.array(entry, 'must be a list').safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where =
      issue === undefined || issue.path.length === 0
        ? 'the whole'
        : issue.path.map((part) => (typeof part === 'number' ? `entry ${String(part + 1)}` : String(part))).join(', ');
    throw new GateError(
      'approvals',
      `The approvals in ${quoted(file)} can't be used: ${where} ${issue?.message ?? 'is not as expected'}.`,
    );
  }
  const approvals = parsed.data.flatMap(({ by, email, commit, state, at }) =>
    isVerdict(state)
      ? [
          {
            by,
            email: email ?? null,
            commit: commit.toLowerCase(),
            state,
            at: at === null || at === undefined ? null : Date.parse(at),
          },
        ]
      : [],
  );
  const seen = new Map<string, boolean>();
  for (const { by, at } of approvals) {
    const key = by.toLowerCase();
    if (seen.has(key) && (at === null || seen.get(key) === true))
      throw new GateError(
        'approvals',
        `The approvals in ${quoted(file)} can't be used: ${quoted(by)} is there more than once, and without "at" it isn't clear which is the latest.`,
      );
    seen.set(key, at === null || seen.get(key) === true);
  }
  return approvals;
}

/**
 * Throws when a change, or somebody else's work, could have written the file: in another work tree, or in a folder that
 * contains this repository.
 */
function refuseOtherTrees(repository: Repository, place: string, file: string): void {
  for (let folder = path.dirname(place); ; folder = path.dirname(folder)) {
    const git = gitDirectoryOf(folder);
    if (git !== undefined) {
      if (isInside(folder, repository.root))
        throw new GateError(
          'approvals',
          `${quoted(file)} lies in the repository around this one, where a change could have written it. Put the approvals somewhere else.`,
        );
      if (isInside(realpathSync(repository.commonDir), git))
        throw new GateError(
          'approvals',
          `${quoted(file)} lies in a work tree of this repository, where a change could have written it. Put the approvals somewhere else.`,
        );
    }
    if (folder === path.dirname(folder)) return;
  }
}

/** The git directory of a work tree's top folder; undefined for any other folder. */
function gitDirectoryOf(folder: string): string | undefined {
  const entry = path.join(folder, '.git');
  try {
    // Git takes no folder without a HEAD for a repository; an agent's sandbox may leave an empty one.
    if (statSync(entry).isDirectory()) return existsSync(path.join(entry, 'HEAD')) ? realpathSync(entry) : undefined;
    const named = /^gitdir: (.+)$/m.exec(readFileSync(entry, 'utf8'))?.[1];
    return named === undefined ? undefined : realpathSync(path.resolve(folder, named.trim()));
  } catch {
    return undefined;
  }
}

function readOutside(repository: Repository, file: string): string {
  let real: string;
  try {
    real = realpathSync(file);
    const unresolved = path.join(realpathSync(path.dirname(file)), path.basename(file));
    if ([real, unresolved].some((place) => isInside(repository.root, place)))
      throw new GateError(
        'approvals',
        `${quoted(file)} lies in the checked-out tree, where the change itself could have written it. Put the approvals somewhere else.`,
      );
    for (const place of [real, unresolved]) refuseOtherTrees(repository, place, file);
    const found = statSync(real);
    if (!found.isFile())
      throw new GateError('approvals', `The approvals in ${quoted(file)} can't be read: it is no plain file.`);
    if (found.size > LARGEST)
      throw new GateError('approvals', `The approvals in ${quoted(file)} can't be read: the file is too large.`);
    return readFileSync(real, 'utf8');
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError('approvals', `The approvals in ${quoted(file)} can't be read: ${whyUnread(error)}.`);
  }
}
