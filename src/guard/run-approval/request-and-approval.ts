/**
 * A request to let an agent run one command that the policy forbids agents, and a second person's approval of it. Both
 * are texts that are stored and sent verbatim, so that a signature covers bytes and not a meaning.
 */
import { createHash } from 'node:crypto';
import { hasShape, isOneOf, isText, orNull, parsedAs } from '../../base/shapes';

/** The purpose of a signature over an approval (ssh-keygen(1), namespaces). */
export const RUN_NAMESPACE = 'linekeeper-run';
/** How long an approval counts after it was given (milliseconds). */
export const VALID_MS = 15 * 60_000;
/** Longer commands can't be approved: nobody reads them. Characters. */
export const COMMAND_AT_MOST = 10_000;
const TEXT_AT_MOST = 40_000;

export interface RunRequest {
  readonly version: 1;
  /** The command line, as the agent's tool would get it. */
  readonly command: string;
  /** Relative to the top of the work tree, with `/`; `.` for the top itself. */
  readonly directory: string;
  /** Id of HEAD's commit; null before the first one. */
  readonly head: string | null;
  /** Id of the tree that committing the whole work tree would give, untracked files included. */
  readonly tree: string;
  readonly reason: string;
  /** E-mail address, from git's configuration. */
  readonly requestedBy: string;
  /** RFC 3339, UTC. */
  readonly requestedAt: string;
}

interface RunApproval {
  readonly version: 1;
  /** SHA-256 of the request's text, in hexadecimal. */
  readonly run: string;
  /** RFC 3339, UTC. */
  readonly approvedAt: string;
}

/** An approval's text with the signature over it. */
export interface SignedApproval {
  readonly text: string;
  /** Armored SSH signature. */
  readonly signature: string;
}

export const digestOfRequest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A request's name for people: the beginning of its digest. */
export const idOfRequest = (text: string): string => digestOfRequest(text).slice(0, 12);

const isRequest = hasShape({
  version: isOneOf(1),
  command: isText,
  directory: isText,
  head: orNull(isText),
  tree: isText,
  reason: isText,
  requestedBy: isText,
  requestedAt: isText,
});
const isApproval = hasShape({ version: isOneOf(1), run: isText, approvedAt: isText });
const isSigned = hasShape({ text: isText, signature: isText });

export function parseRequest(text: string): RunRequest | undefined {
  const value = parsedAs(text, isRequest, TEXT_AT_MOST);
  if (value === undefined || value.command.length > COMMAND_AT_MOST) return undefined;
  const { command, directory, head, tree, reason, requestedBy, requestedAt } = value;
  return { version: 1, command, directory, head, tree, reason, requestedBy, requestedAt };
}

export function parseApproval(text: string): RunApproval | undefined {
  const value = parsedAs(text, isApproval, TEXT_AT_MOST);
  return value && { version: 1, run: value.run, approvedAt: value.approvedAt };
}

const REQUEST = 'run-request:';
const APPROVAL = 'run-approval:';

/** A request or approval as one word that can be sent in a chat. */
export const requestCode = (text: string): string => `${REQUEST}${Buffer.from(text).toString('base64url')}`;
export const approvalCode = ({ text, signature }: SignedApproval): string =>
  `${APPROVAL}${Buffer.from(JSON.stringify({ text, signature })).toString('base64url')}`;

/** The text of a request's code; undefined for anything else. */
export function requestOfCode(code: string): string | undefined {
  const text = code.startsWith(REQUEST) ? Buffer.from(code.slice(REQUEST.length), 'base64url').toString('utf8') : '';
  return parseRequest(text) && text;
}

export function approvalOfCode(code: string): SignedApproval | undefined {
  return code.startsWith(APPROVAL)
    ? parseSigned(Buffer.from(code.slice(APPROVAL.length), 'base64url').toString('utf8'))
    : undefined;
}

export function parseSigned(text: string): SignedApproval | undefined {
  const value = parsedAs(text, isSigned, TEXT_AT_MOST);
  return value && { text: value.text, signature: value.signature };
}
