/** The fields of each kind of row, so that a bundle from outside is read as what it is. */
import type { RowKind } from './types';
import { isObject } from '../../base/shapes';

/** A question mark: or null. `counts`: lines by author. A list of fields: a list of such objects. */
type Form =
  | 'text'
  | 'text?'
  | 'number'
  | 'number?'
  | 'flag'
  | 'flag?'
  | 'texts'
  | 'counts'
  | 'person'
  | 'policy?'
  | { readonly orNull: Fields }
  | readonly [Fields];
type Fields = Readonly<Record<string, Form>>;

export const FIELDS: Readonly<Record<RowKind, Fields>> = {
  change: {
    commit: 'text',
    parents: 'texts',
    subject: 'text',
    author: 'person',
    committer: 'person',
    at: 'text',
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
  decision: {
    commit: 'text',
    base: 'text',
    subject: 'text',
    verdict: 'text',
    why: 'text',
    policy: 'policy?',
    level: 'text?',
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
    unmet: 'texts',
  },
  approval: { change: 'text', source: 'text', by: 'text', tier: 'text?', commit: 'text?', counts: 'flag', why: 'text' },
  'sign-off': { commit: 'text', by: 'texts', valid: 'flag', why: 'text', at: 'text', text: 'text', signature: 'text' },
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
  prompt: { commit: 'text', assistant: 'text', session: 'text', prompt: 'text', excerpt: 'text?' },
  run: {
    run: 'text',
    commit: 'text',
    relation: 'text',
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
    approvals: [{ by: 'texts', at: 'text', valid: 'flag', why: 'text', text: 'text', signature: 'text' }],
    under: 'text?',
    ended: { orNull: { at: 'text', failed: 'flag', exit: 'number?' } },
  },
  exception: {
    commit: 'text',
    relation: 'text',
    tier: 'text?',
    says: 'text',
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
    suspects: [{ commit: 'text', contribution: 'text' }],
    lessons: 'texts',
  },
  missing: { what: 'text', says: 'text', get: 'text' },
};

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
