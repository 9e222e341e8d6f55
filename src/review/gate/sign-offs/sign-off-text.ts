/**
 * A sign-off as the text that is signed: it states for which change, on which base and under which policy it was given.
 * Stored and sent verbatim, so that the signature covers bytes and not a meaning.
 */
import {
  hasShape,
  isMapOf,
  isObject,
  isOneOf,
  isText,
  optional,
  parsedAs,
  type Guard,
  type JsonObject,
} from '../../../base/shapes';
import { OBJECT_ID } from '../../../base/patterns';

/** The purpose of a signature over a sign-off (ssh-keygen(1), namespaces). */
export const SIGN_OFF_NAMESPACE = 'linekeeper-sign-off';
/** A sign-off that is unused for this many days is about work that has moved on. */
export const VALID_DAYS = 30;

const LONGEST = 20_000;
const TIERS_AT_MOST = 50;

export interface SignOffText {
  readonly version: 1;
  /** Ids of commits. */
  readonly base: string;
  readonly head: string;
  /** The branch that it was signed for; left out when none was named. */
  readonly onto?: string;
  /** What changed in each signed tier: see the gate's `tierChanges`. */
  readonly tiers: Readonly<Record<string, string>>;
  /** Digest of the policy on the base. */
  readonly policy: string;
  /** Digest of what it says (`PolicySource.meaning`); left out by earlier versions. */
  readonly meaning?: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly until: string;
}

/** A text with the signature over it. */
export interface SignedText {
  readonly text: string;
  /** Armored SSH signature. */
  readonly signature: string;
}

export function signOffText({
  base,
  head,
  onto,
  tiers,
  policy,
  meaning,
  at,
}: Pick<SignOffText, 'base' | 'head' | 'tiers' | 'policy' | 'meaning'> & {
  readonly onto: string | null;
  readonly at: number;
}): string {
  const text: SignOffText = {
    version: 1,
    base,
    head,
    ...(onto === null ? {} : { onto }),
    tiers,
    policy,
    ...(meaning === undefined ? {} : { meaning }),
    at: new Date(at).toISOString(),
    until: new Date(at + VALID_DAYS * 86_400_000).toISOString(),
  };
  return JSON.stringify(text);
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

const isId: Guard<string> = (value): value is string => isText(value) && OBJECT_ID.test(value);
const isDigest: Guard<string> = (value): value is string => isText(value) && DIGEST.test(value);
const isDate: Guard<string> = (value): value is string => isText(value) && !Number.isNaN(Date.parse(value));

const isSignOff = hasShape({
  version: isOneOf(1),
  base: isId,
  head: isId,
  onto: optional(isText),
  tiers: isMapOf(isDigest),
  policy: isText,
  meaning: optional(isText),
  at: isDate,
  until: isDate,
});
const isSignedLine = hasShape({ version: isOneOf(1), text: isText, signature: isText });

/** Parses one. It is from outside: undefined for anything that is not exactly such a text. */
export function parseSignOff(text: string): SignOffText | undefined {
  const value = parsedAs(text, isSignOff, LONGEST);
  if (value === undefined) return undefined;
  const { base, head, onto, tiers, policy, meaning, at, until } = value;
  const names = Object.keys(tiers);
  if (names.length === 0 || names.length > TIERS_AT_MOST) return undefined;
  if (!names.every((name) => /^[a-z0-9-]{1,32}$/.test(name))) return undefined;
  return {
    version: 1,
    base,
    head,
    ...(onto === undefined ? {} : { onto }),
    tiers: { ...tiers },
    policy,
    ...(meaning === undefined ? {} : { meaning }),
    at,
    until,
  };
}

/** One line of a note. */
export const lineOf = ({ text, signature }: SignedText): string => JSON.stringify({ version: 1, text, signature });

export function parseLine(line: string): SignedText | undefined {
  const value = parsedAs(line, isSignedLine, LONGEST);
  return value && { text: value.text, signature: value.signature };
}

export const objectIn = (text: string): JsonObject | undefined => parsedAs(text, isObject, LONGEST);
