/** Parts of patterns that the rows of several forges need. */

/** A field with one of these values, in JSON, a form or an option: `event=APPROVE`, `"event": "APPROVE"`. */
export const field = (name: string, value: string): RegExp =>
  new RegExp(String.raw`\b(?:${name})\\?["']?\s*(?:=>|[=:])\s*\\?["']?(?:${value})(?![\w-])`, 'i');

/** Names of workflows, jobs and inputs that bring something to a stage. */
export const DEPLOYS =
  /(?:^|[^a-z])(?:(?:re)?deploy(?:s|ment|ments|ing)?|releases?|publish|promote|promotion|roll-?out|rollback|ship|prod|production|staging|canary|go-?live|cd)(?:[^a-z]|$)/i;

/** Our name in a status or a check. */
export const OUR_STATUS = /linekeeper/i;
