/** The shape of a policy's calendar. Loads zod: see `schema.ts`. */
import { listOf, oneOf, record, text } from './schema-words';

/** A day, or a time with its zone. */
const moment = text(
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/,
  'a day such as 2026-12-19, or a time such as 2026-12-19T18:00:00Z',
);
export const freeze = record({
  from: moment.describe('The first day (UTC), or a time such as 2026-12-19T18:00:00+01:00.'),
  to: moment.describe('The last day, which belongs to the freeze, or a time.'),
  tiers: listOf(text(/^[a-z0-9-]{1,32}$/, 'the name of a tier'))
    .default([])
    .describe('Tiers by name. Default: every tier.'),
  only: oneOf(['ai', 'any']).default('any').describe('ai: only changes with AI lines in the tier wait.'),
  except: listOf(oneOf(['emergency', 'reverts']))
    .default([])
    .describe('Changes that pass: under check --emergency, or exact reverts of a commit.'),
  reason: text(/^[^\u0000-\u001f\u007f]+$/, 'the reason on one line')
    .optional()
    .describe('The text that people see while they wait.'),
});
