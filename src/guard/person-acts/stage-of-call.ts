/** Which stage a call goes to: by its words, by variables that are set for it, and by what its program keeps. */
import type { Call } from '../../danger/commands';
import type { Invocation } from '../../danger/shell';

/** A stage that is not production, as a part of some word: then a program with one verb for all stages goes there. */
export const OTHER_STAGE =
  /(?:^|[^a-z0-9])(?:dev(?:el(?:op(?:ment)?)?)?|stag(?:e|ing)|stg|test(?:s|ing)?|qa|uat|demo|previews?|sandbox|review|canary|local(?:host)?|nightly|feature|feat|pr|ephemeral|playground|e2e|ci)(?![a-z])(?!\.json)/i;
/** `-nproduction` too. */
export const PRODUCTION =
  /(?:^|[^a-z0-9])(?:prod|production|prd|live)(?![a-z0-9])|(?:^|\s)-[a-z](?:prod|production|prd)(?![a-z0-9])/i;

/** How an assignment begins that stands for what a program was told before. */
const TOLD = 'STAGE_BEFORE=';
/** An address on this machine, or a file. */
const HERE =
  /(?:^|[@/=\s"'])(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)(?![\w.-])|=(?:file|sqlite3?):/i;
const valueOf = (text: string): string => text.slice(text.indexOf('=') + 1);

const namesOther = (text: string): boolean => OTHER_STAGE.test(text) && !PRODUCTION.test(text);
const isFromProduction = ({ invocation }: Call): boolean =>
  invocation.unsetVariables?.some((name) => PRODUCTION.test(name)) === true;

/** Whether a word or a variable names production. */
export const namesProduction = (call: Call): boolean =>
  PRODUCTION.test(call.args.join(' ')) ||
  call.invocation.assignments.some((text) => PRODUCTION.test(valueOf(text))) ||
  isFromProduction(call);

/** An assignment of a database's address. */
export const DATABASE = /^\w{0,60}(?:DATABASE|DB|DSN)\w{0,60}=/;

/** Whether a migration's database is on this machine or at another stage, or a variable names a stage and none production. */
export function isElsewhere(call: Call): boolean {
  const { assignments } = call.invocation;
  const databases = assignments.filter((text) => DATABASE.test(text) && !HERE.test(text)).map(valueOf);
  if (isFromProduction(call) || databases.some((text) => PRODUCTION.test(text))) return false;
  return (
    HERE.test(call.args.join(' ')) ||
    assignments.some((text) => HERE.test(text)) ||
    databases.some(namesOther) ||
    (!namesProduction(call) && assignments.some((text) => namesOther(valueOf(text))))
  );
}

/** The address on this machine that a program speaks to, as an option and as a variable. */
const SPEAKS_HERE =
  /(?:^|\s)--?(?:endpoint(?:-url)?|host|server|address|addr|api|url)[= ](?:[a-z]{1,9}:\/\/)?(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/i;
const ADDRESS_VARIABLE = /^(?:\w{1,60}_ADDR|\w{0,60}ENDPOINT_URL\w{0,60}|DOCKER_HOST)=/;
/** How something is built, wherever it goes. */
const MODE =
  /(?<!\w)(?:(?:NODE|BABEL|RAILS|RACK|MIX|APP|FLASK|HUGO|JEKYLL|ELEVENTY|GATSBY|BUILD)_ENV=|--(?:mode|configuration)[= ])(?:prod|production)(?![\w.-])/g;

/** What a call says about its stage itself; without how it is built, where it names a stage or keeps one. */
function saidBy({ args, invocation }: Call, isStaged: boolean): readonly string[] {
  const plain = (text: string): string => (isStaged ? text.replace(MODE, '') : text);
  const variables = invocation.assignments.filter((text) => !DATABASE.test(text) && !text.startsWith(TOLD));
  return [plain(args.join(' ')), ...variables.map((text) => valueOf(plain(text)))];
}

/**
 * Whether a deployment speaks to this machine, or names another stage and not production. `byWords`: a word that is
 * called like a stage counts, not only a variable.
 */
export function deploysElsewhere(call: Call, byWords: boolean): boolean {
  const words = call.args.join(' ');
  if (
    SPEAKS_HERE.test(words) ||
    call.invocation.assignments.some((text) => ADDRESS_VARIABLE.test(text) && HERE.test(text))
  )
    return true;
  const [, ...values] = saidBy(call, false);
  const isStaged = (byWords && OTHER_STAGE.test(words)) || values.some(namesOther);
  return !saidBy(call, isStaged).some((text) => PRODUCTION.test(text)) && (isStaged || HERE.test(words));
}

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

/** What an invocation tells a program for later calls, as an assignment for these. */
export function toldStage(program: string, { words }: Invocation): string | undefined {
  const row = Object.hasOwn(KEPT_STAGES, program) ? KEPT_STAGES[program] : undefined;
  const stage = row?.told.exec(words.map(({ text }) => text).join(' '))?.[1];
  return stage === undefined ? undefined : `${TOLD}${stage}`;
}

/** Whether the program was told or keeps another stage than production, where it goes when the call names none. */
export function keepsOtherStage(call: Call): boolean {
  const { name, home, read, invocation } = call;
  const row = Object.hasOwn(KEPT_STAGES, name) ? KEPT_STAGES[name] : undefined;
  if (row === undefined || isFromProduction(call) || saidBy(call, true).some((text) => PRODUCTION.test(text)))
    return false;
  const told = invocation.assignments.find((text) => text.startsWith(TOLD));
  return namesOther(
    told === undefined ? (row.stage.exec(read(row.file.replace('~', home)) ?? '')?.[1] ?? '') : valueOf(told),
  );
}
