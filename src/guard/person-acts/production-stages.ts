/** Which stage a call goes to, by its words and by the variables that are set for it. */
import type { Call } from '../../danger/commands';

/** A stage that is not production, as a part of some word: then a program with one verb for all stages goes there. */
export const OTHER_STAGE =
  /(?:^|[^a-z0-9])(?:dev(?:el(?:op(?:ment)?)?)?|stag(?:e|ing)|stg|test(?:s|ing)?|qa|uat|demo|previews?|sandbox|review|canary|local(?:host)?|nightly|feature|feat|pr|ephemeral|playground|e2e|ci)(?![a-z])(?!\.json)/i;
export const PRODUCTION = /(?:^|[^a-z0-9])(?:prod|production|prd|live)(?![a-z0-9])/i;

/** An address on this machine, or a file. */
const HERE =
  /(?:^|[@/=\s"'])(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)(?![\w.-])|=(?:file|sqlite3?):/i;
const valueOf = (text: string): string => text.slice(text.indexOf('=') + 1);

/** Whether a word or a variable names production. */
export const namesProduction = (call: Call): boolean =>
  PRODUCTION.test(call.args.join(' ')) ||
  call.invocation.assignments.some((text) => PRODUCTION.test(valueOf(text))) ||
  call.invocation.unsetVariables?.some((name) => PRODUCTION.test(name)) === true;

/** Whether a variable that is set for it names another stage or this machine, or a word this machine. */
export const isElsewhere = (call: Call): boolean =>
  HERE.test(call.args.join(' ')) ||
  call.invocation.assignments.some(
    (text) => HERE.test(text) || (OTHER_STAGE.test(valueOf(text)) && !PRODUCTION.test(valueOf(text))),
  );
