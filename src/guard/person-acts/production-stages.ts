/** Which stage a call goes to: by its words, by variables that are set for it, and by what its program keeps. */
import type { Call } from '../../danger/commands';
import type { Invocation } from '../../danger/shell';

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

/** How a program is told its stage for later calls, and where it keeps that: a file, and the stage's name in it. */
const KEPT_STAGES: Readonly<Record<string, { readonly told: RegExp; readonly file: string; readonly stage: RegExp }>> =
  {
    cf: {
      told: /^cf (?:target|t)\b.* -s (\S+)/,
      file: '~/.cf/config.json',
      stage: /"SpaceFields":\s*\{[^}]*"Name":\s*"([^"]+)"/,
    },
    azd: {
      told: /^azd env (?:select|new) (\S+)/,
      file: '.azure/config.json',
      stage: /"defaultEnvironment":\s*"([^"]+)"/,
    },
    amplify: {
      told: /^amplify env (?:checkout|add) (\S+)/,
      file: 'amplify/.config/local-env-info.json',
      stage: /"envName":\s*"([^"]+)"/,
    },
  };
const TOLD = 'STAGE_BEFORE=';

/** What an invocation tells a program for later calls, as an assignment for these. */
export function toldStage(program: string, { words }: Invocation): string | undefined {
  const row = Object.hasOwn(KEPT_STAGES, program) ? KEPT_STAGES[program] : undefined;
  const stage = row?.told.exec(words.map(({ text }) => text).join(' '))?.[1];
  return stage === undefined ? undefined : `${TOLD}${stage}`;
}

/** Whether the program keeps another stage than production, which it goes to without a name. */
export function keepsOtherStage({ name, home, read, invocation }: Call): boolean {
  const row = Object.hasOwn(KEPT_STAGES, name) ? KEPT_STAGES[name] : undefined;
  if (row === undefined || invocation.assignments.some((text) => text.startsWith(TOLD))) return false;
  const stage = row.stage.exec(read(row.file.replace('~', home)) ?? '')?.[1] ?? '';
  return OTHER_STAGE.test(stage) && !PRODUCTION.test(stage);
}
