/** The kinds of rows in a bundle and their fields, part of the format: what writes rows has its types from here, and a bundle from outside is read by it. */
import { isObject } from '../../base/shapes';
import type { Counts } from '../../provenance/authorship/types';

/** A question mark: or null. `counts`: lines by author. */
interface Values {
  readonly text: string;
  readonly 'text?': string | null;
  readonly number: number;
  readonly 'number?': number | null;
  readonly flag: boolean;
  readonly 'flag?': boolean | null;
  readonly texts: readonly string[];
  readonly counts: Counts;
  readonly person: { readonly name: string; readonly email: string };
  readonly 'policy?': { readonly source: string; readonly digest: string } | null;
}
/** A list of fields: a list of such objects. `words`: a text, for which Linekeeper itself has only these. */
type Form = keyof Values | { readonly words: readonly string[] } | { readonly orNull: Fields } | readonly [Fields];
type Fields = Readonly<Record<string, Form>>;

type ValueOf<One> = One extends { readonly words: readonly (infer Word)[] }
  ? Word
  : One extends keyof Values
    ? Values[One]
    : One extends { readonly orNull: infer Inner }
      ? ObjectOf<Inner> | null
      : One extends readonly [infer Inner]
        ? readonly ObjectOf<Inner>[]
        : never;
type ObjectOf<All> = { readonly [Name in keyof All]: ValueOf<All[Name]> };

/** Why something that happened beside the commits belongs here: HEAD was one of them, its session wrote in them, or it was meanwhile. */
const RELATIONS = ['commit', 'session', 'time'] as const;
export type Relation = (typeof RELATIONS)[number];

/** In the order in which a bundle has the kinds. */
export const FIELDS = {
  change: {
    commit: 'text',
    parents: 'texts',
    subject: 'text',
    author: 'person',
    committer: 'person',
    /** The committer's clock, RFC 3339. */
    at: 'text',
    /** The commit on the branch's own line that brought it. */
    broughtBy: 'text',
    files: 'number',
    added: 'counts',
    removed: 'counts',
    provenance: 'text',
    assistants: 'texts',
    sessions: [
      { assistant: 'text?', model: 'text?', session: 'text?', evidence: 'texts', added: 'number', removed: 'number' },
    ],
  },
  /** What the policy of that time asked of what one commit on the branch's own line brought, and whether it was there. */
  decision: {
    commit: 'text',
    base: 'text',
    subject: 'text',
    /** `undecided`: nothing could be decided; `why` says why. */
    verdict: { words: ['pass', 'fail', 'undecided'] },
    why: 'text',
    policy: 'policy?',
    level: 'text?',
    /** The policy names teams, whose members only the forge knows. */
    usesTeams: 'flag',
    authors: [{ email: 'text', level: 'text', known: 'flag' }],
    tiers: [
      {
        name: 'text',
        files: 'texts',
        added: 'counts',
        removed: 'counts',
        required: [
          {
            kind: 'text',
            from: 'text?',
            approvals: 'number',
            codeOwner: 'flag',
            satisfied: 'flag',
            by: 'texts',
            missing: 'text',
          },
        ],
      },
    ],
    /** Requirements of no tier, such as an assistant that is not allowed. */
    unmet: 'texts',
  },
  /** An approval, judged for one tier of one change. */
  approval: {
    change: 'text',
    source: { words: ['signed', 'forge', 'message'] },
    by: 'text',
    tier: 'text?',
    commit: 'text?',
    counts: 'flag',
    why: 'text',
  },
  /** A signed sign-off as it was given: anybody can verify it. */
  'sign-off': { commit: 'text', by: 'texts', valid: 'flag', why: 'text', at: 'text', text: 'text', signature: 'text' },
  /** What the forge's reviews were, as a file gave them. */
  review: { by: 'text', email: 'text?', commit: 'text', state: 'text', at: 'text?' },
  finding: {
    change: 'text',
    commit: 'text?',
    rule: 'text',
    class: 'text',
    severity: 'text',
    tier: 'text?',
    path: 'text',
    line: 'number',
    side: 'text',
    message: 'text',
  },
  /** `prompt`: its digest, for whoever has what was said. */
  prompt: { commit: 'text', assistant: 'text', session: 'text', prompt: 'text', excerpt: 'text?' },
  /** A command that an agent ran with permission, or was refused. Times are to the minute. */
  run: {
    run: 'text',
    /** What HEAD was. */
    commit: 'text',
    relation: { words: RELATIONS },
    outcome: 'text',
    at: 'text',
    program: 'text?',
    verb: 'text?',
    targets: 'texts',
    directory: 'text?',
    environment: 'text?',
    rule: 'text?',
    tier: 'text?',
    line: 'text?',
    assistant: 'text?',
    session: 'text?',
    user: 'text?',
    requested: { orNull: { by: 'text', at: 'text', reason: 'text' } },
    /** `text`, `signature`: as it was given, so that anybody can verify it. */
    approvals: [{ by: 'texts', at: 'text', valid: 'flag', why: 'text', text: 'text', signature: 'text' }],
    /** The exception that let it run. */
    under: 'text?',
    ended: { orNull: { at: 'text', failed: 'flag', exit: 'number?' } },
  },
  /** A person lifted the policy for agents, an agent worked under that, or in spite of the policy. */
  exception: {
    /** Whose note says so, or what HEAD was. */
    commit: 'text',
    relation: { words: RELATIONS },
    tier: 'text?',
    says: 'text',
    /** Null where only the note of a commit tells of it; likewise the next two. */
    by: 'text?',
    at: 'text?',
    minutes: 'number?',
  },
  debt: {
    commit: 'text',
    base: 'text',
    tiers: 'texts',
    reason: 'text',
    by: 'texts',
    at: 'text',
    due: 'text',
    /** Null where the policy that decides who may pay can't be read. */
    paid: 'flag?',
  },
  stage: { stage: 'text', commit: 'text', at: 'text', state: 'text', record: 'text', by: 'text' },
  incident: {
    incident: 'text',
    title: 'text',
    state: 'text',
    began: 'text',
    ended: 'text?',
    contribution: 'text',
    failureMode: 'text?',
    services: 'texts',
    summary: 'text?',
    /** Commits of the scope that its file names, with what people decided about each. */
    suspects: [{ commit: 'text', contribution: 'text' }],
    lessons: 'texts',
  },
  /** What is not known, why, and how to get it. */
  missing: { what: 'text', says: 'text', get: 'text' },
} as const satisfies Readonly<Record<string, Fields>>;

export type RowKind = keyof typeof FIELDS;
export type RowBody = {
  readonly [Kind in RowKind]: { readonly kind: Kind } & ObjectOf<(typeof FIELDS)[Kind]>;
}[RowKind];
/** A row in a bundle: `id` is the same for the same thing, `digest` is over everything else in it. */
export type Row<Body extends RowBody = RowBody> = Body & { readonly id: string; readonly digest: string };
export type RowOf<Kind extends RowKind> = Row<Extract<RowBody, { kind: Kind }>>;

export const ROW_KINDS = Object.keys(FIELDS) as readonly RowKind[];

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** What is wrong with a row, as the end of a sentence; undefined when nothing is. Fields may be added. */
export function misshapen(row: Readonly<Record<string, unknown>>, fields: Fields): string | undefined {
  if (typeof row['id'] !== 'string' || typeof row['digest'] !== 'string') return 'has no id or no digest';
  return wrongField(row, fields);
}

function wrongField(object: Readonly<Record<string, unknown>>, fields: Fields): string | undefined {
  for (const [name, form] of Object.entries(fields))
    if (!Object.hasOwn(object, name) || !fits(object[name], form)) return `has no ${name}, or another kind of it`;
  return undefined;
}

function fits(value: unknown, form: Form): boolean {
  if (typeof form === 'object' && 'words' in form) return typeof value === 'string';
  if (typeof form === 'object' && 'orNull' in form)
    return value === null || (isObject(value) && wrongField(value, form.orNull) === undefined);
  if (typeof form === 'object')
    return Array.isArray(value) && value.every((one) => isObject(one) && wrongField(one, form[0]) === undefined);
  if (form.endsWith('?') && value === null) return true;
  switch (form) {
    case 'text':
    case 'text?':
      return typeof value === 'string';
    case 'number':
    case 'number?':
      return isCount(value);
    case 'flag':
    case 'flag?':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
    case 'counts':
      return isObject(value) && ['ai', 'human', 'unknown'].every((author) => isCount(value[author]));
    case 'person':
      return isObject(value) && typeof value['name'] === 'string' && typeof value['email'] === 'string';
    case 'policy?':
      return isObject(value) && typeof value['source'] === 'string' && typeof value['digest'] === 'string';
  }
}
