/**
 * What a command or a tool's call does that only a person may: by the rows of the forges, of registries, and by
 * `git push`. Whatever sends a request, the rows say what it means.
 */
import { attempt } from '../../base/platform';
import { either } from '../../base/patterns';
import {
  type Call,
  callOf,
  entriesOf,
  fitsCommand,
  GroupsByName,
  type NamesOfGroup,
  namesOfGroup,
  once,
  requestOf,
  requestsInCode,
  type SentRequest,
  type ToolCall,
  wordsOf,
} from '../../danger/commands';
import { type CommandPlace, INTERPRETERS, type Invocation, nameOf, programOf, type Reads } from '../../danger/shell';
import { actByWords, maySayAct } from './acts-of-unlisted-programs';
import { ACTS } from './all-acts';
import { OUR_STATUS } from './forges';
import type { ActCommand, ActRequest, PersonAct } from './forges/types';
import { DATABASE, toldStage } from './stage-of-call';
import { BasePushes } from './pushes-to-base-branch';

const rows = once(
  () =>
    new GroupsByName<ActCommand>(
      ACTS.map((acts) => () => acts().commands ?? []),
      programsOfRows(),
      ({ program }) => program,
    ),
);

/** Programs that ask a forge for something, or run code that may. */
const MAY_SEND =
  /^(?:curl|curlie|https?|xhs?|wget|invoke-(?:restmethod|webrequest)|irm|iwr|gh|glab|tea|hub|bb|bkt|az)$/i;
const LOCAL = /^(?:https?:\/\/)?(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?::\d+)?(?:[/?#]|$)/i;
/** A program that names a forge, a registry or a host, or its library. */
const OF_A_FORGE = either(
  /git(?:hub|lab|ea)|octokit|forgejo|bitbucket|azure[.-]?devops|dev\.azure|graphql|atlassian/i,
  /npmjs\.org|pypi\.org|rubygems|crates\.io|nuget\.org|cran|devtools|npmpublish|twine|semanticRelease|LocalRegistry/i,
  /api\.(?:render|netlify|vercel|heroku|digitalocean|cloudflare)\.com|railway/i,
);

const nameOfStarted = ({ words }: Invocation): string =>
  nameOf(words[0])
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat|sh|phar)$/, '')
    .replace(/(.)@[\w.^~-]+$/, '$1');

const variableOf = (assignment: string): string => assignment.slice(0, assignment.indexOf('='));

/** Where packages put their programs. */
const BIN = /(?:^|[\\/])(?:vendor[\\/])?\.?bin[\\/][\w-]+$/;

/** `php artisan migrate` is `artisan migrate`, and `python -m alembic upgrade` is `alembic upgrade`. */
function startedIn(invocation: Invocation): Invocation {
  const { words } = invocation;
  if (!INTERPRETERS.test(nameOf(words[0]))) return invocation;
  const at = words.findIndex(({ text }, index) => index > 0 && (!text.startsWith('-') || text === '-m'));
  const from = words[at]?.text === '-m' ? at + 1 : at;
  return at < 0 || words[from] === undefined ? invocation : { ...invocation, words: words.slice(from) };
}

/** Acts of one command's programs, in order. */
export class PersonActs {
  private readonly pushes: BasePushes;
  /** What programs were told before. */
  private readonly told = new Map<string, string>();
  /** The databases that were exported last, by variable: the assignment, or the variables that it came from. */
  private readonly databases = new Map<string, { readonly text: string; readonly from?: readonly string[] }>();

  /** `checks`: the names of those that the policy requires. */
  constructor(
    private readonly place: CommandPlace,
    private readonly checks: readonly string[],
  ) {
    this.pushes = new BasePushes(place);
  }

  of(plain: Invocation, folder: string, reads: Reads): PersonAct | undefined {
    const name = nameOf(plain.words[0]).toLowerCase();
    if (name === '') return undefined;
    if (name === 'git' || name === 'jj') return this.pushes.of(plain, folder);
    const invocation = this.withBefore(name, plain);
    const started = startedIn(invocation);
    const known = rows().of(nameOfStarted(started));
    if (known.length > 0 || MAY_SEND.test(name) || maySayAct(invocation)) {
      const call = callOf(invocation, {
        folders: [folder],
        home: this.place.home,
        root: this.place.root,
        read: (file) => invocation.written?.(file) ?? reads.script(file),
        isRevision: () => false,
      });
      if (call.args.some((text) => text === '--help')) return undefined;
      const inside = started === invocation ? call : callOf(started, call);
      const found =
        known.find((row) => fitsCommand(row, inside))?.act ??
        this.byRequest(call) ??
        actByWords(BIN.test(started.words[0]?.text ?? '') ? inside : call, known.length > 0);
      if (found !== undefined) return found;
    }
    const program = programOf(invocation, reads);
    return program === undefined ? undefined : inCode(program.text, namesRequired(this.checks, 'program'));
  }

  /** With what the commands before it told its program, and gave it as a database. */
  private withBefore(name: string, invocation: Invocation): Invocation {
    const told = toldStage(name, invocation);
    if (told !== undefined) this.told.set(name, told);
    for (const { open, text } of invocation.words)
      if (name === 'unset') this.databases.delete(text);
      else if (name === 'export' && DATABASE.test(text))
        this.databases.set(variableOf(text), open ? { text, from: invocation.unsetVariables ?? [] } : { text });
    const before = this.told.get(name);
    if (before === undefined && this.databases.size === 0) return invocation;
    const given = new Map(this.databases);
    for (const text of invocation.assignments) given.delete(variableOf(text));
    const databases = [...given.values()];
    return {
      ...invocation,
      assignments: [
        ...databases.flatMap(({ text, from }) => (from === undefined ? [text] : [])),
        ...invocation.assignments,
        ...(before === undefined ? [] : [before]),
      ],
      unsetVariables: [...(invocation.unsetVariables ?? []), ...databases.flatMap(({ from = [] }) => from)],
    };
  }

  private byRequest(call: Call): PersonAct | undefined {
    const request = requestOf(call);
    return request === undefined ? undefined : actOfRequest(request, namesRequired(this.checks, 'option'));
  }
}

/** What a program's text does: by a forge's library, or by a request that it sends. */
function inCode(text: string, required: NamesRequired): PersonAct | undefined {
  if (!OF_A_FORGE.test(text) && !/\/(?:pulls?|merge_requests|pull-?requests|deployments|statuses)\//.test(text))
    return undefined;
  for (const acts of ACTS) {
    const row = acts().code?.find((pattern) => {
      const found = pattern.text.exec(text);
      return found !== null && (pattern.check !== true || required(found[0]));
    });
    if (row !== undefined) return row.act;
  }
  const sent = requestsInCode(text);
  return (
    sent.map((request) => actOfRequest(request, required)).find((act) => act !== undefined) ??
    mutationIn(text, required)
  );
}

function actOfRequest({ method, addresses, body }: SentRequest, required: NamesRequired): PersonAct | undefined {
  const verb = (method === '' ? (body === '' ? 'get' : 'post') : method).toLowerCase();
  for (const address of addresses) {
    if (LOCAL.test(address)) continue;
    const [path = '', query = ''] = address.split(/[?#]/);
    const said = `${query.replaceAll('&', '\n')}\n${body}`;
    if (/graphql\b/i.test(path) || /\bmutation\b/.test(body)) {
      const act = mutationIn(said, required);
      if (act !== undefined) return act;
    }
    // `%2F` separates groups of a project that is one part of the path
    const slashed = withUnknownParts(path.startsWith('/') || path.includes('://') ? path : `/${path}`);
    for (const acts of ACTS) {
      const row = acts().requests?.find((one) => fitsRequest(one, verb, slashed, { said, required }));
      if (row !== undefined) return row.act;
    }
  }
  return undefined;
}

/**
 * Something stands where a variable or a command is put in: `repos/$REPO/pulls/$N/merge` is read as
 * `repos//pulls//merge`. A repository has two parts.
 */
const withUnknownParts = (path: string): string =>
  path
    .replace(/(?<!:)\/(?=\/|$)/g, '/unknown')
    .replace(/\/repos\/unknown\/(?=(?:merges|releases|contents|git)\b)/, '/repos/unknown/unknown/');

function fitsRequest(
  row: ActRequest,
  method: string,
  path: string,
  { said, required }: { readonly said: string; readonly required: NamesRequired },
): boolean {
  if (!row.method.split(' ').includes(method)) return false;
  const found = row.path.exec(path);
  if (found === null || row.body?.test(said) === false || row.not?.test(said) === true) return false;
  if (row.check === true && !required(`${said}${checkInPath(found[1])}`)) return false;
  return row.branch === undefined || isBase(row.branch === 'path' ? found[1] : branchIn(said));
}

/** A check that an address names; `unknown` stands for a variable. */
const checkInPath = (name: string | undefined): string =>
  name === undefined ? '' : `\nkey="${name === 'unknown' ? '' : decoded(name)}"`;

function decoded(text: string): string {
  return attempt(() => decodeURIComponent(text), '');
}

/** Whether a text names a check that the policy requires, or may name one. */
type NamesRequired = (said: string) => boolean;

/** A check's name, after the keys of all forges, with its quotation mark or without. An object has it inside. */
const CHECK_NAME =
  /\b(?:context|name|key|parent)\\?["']?\s*(=>|[=:])(?!\s*(?:@?\{|(?:new\s+)?(?:\w+\.)*[A-Z]\w*\())\s*(?:\\?["'`]([^"'`\\]*)(\\u)?|([^\s"'`,;&(){}]*))/g;

/**
 * A variable's value and a name with escapes are not known, and a request may name a check by its number alone: all
 * three count. A word without quotation marks is a name in a command's option, and a variable in a program.
 */
const namesRequired =
  (checks: readonly string[], where: 'option' | 'program'): NamesRequired =>
  (said) => {
    const names = [...said.matchAll(CHECK_NAME)].map(([, sign, quoted, escape, word = '']) =>
      escape !== undefined ? '' : (quoted ?? (sign === '=' && where === 'option' ? word : '')),
    );
    // Azure DevOps has names in groups
    const [, genre = ''] = /\bgenre\\?["']?\s*(?:=>|[=:])\s*\\?["'`]?([^"'`\\\s,;&(){}]+)/.exec(said) ?? [];
    const isRequired = (name: string): boolean => checks.includes(name) || checks.includes(`${genre}/${name}`);
    return (
      names.length === 0 || OUR_STATUS.test(said) || names.some((name) => /^$|[${]/.test(name) || isRequired(name))
    );
  };

/** The branch that a body names; undefined where it names none. */
const branchIn = (said: string): string | undefined =>
  /\b(?:new_branch|branch|branch_name|ref)\\?["']?\s*[=:]\s*\\?["']?([^"'\\\s,&}]+)/.exec(said)?.[1];
/** A request that names no branch means the default one. */
const isBase = (branch: string | undefined): boolean =>
  branch === undefined || /^(?:refs\/heads\/)?(?:main|master)$/.test(branch);

const mutations = once(() => new Map(ACTS.flatMap((acts) => Object.entries(acts().mutations ?? {}))));

/** A mutation in a text, in whatever it is wrapped. */
function mutationIn(text: string, required: NamesRequired): PersonAct | undefined {
  if (!/\bmutation\b/.test(text)) return undefined;
  for (const [, name = ''] of text.matchAll(/\b([a-z][A-Za-z]{5,60})\s*\(/g)) {
    const row = mutations().get(name);
    if (row !== undefined && row.with?.test(text) !== false && (row.check !== true || required(text))) return row.act;
  }
  return undefined;
}

/** Tools of other servers write files under the same names, and name no repository of a forge. */
const NAMES_REPOSITORY = /^(?:.*\.)?(?:owner|repo|repository|project(?:_?(?:id|key|path))?|workspace)=/im;

/** Without a branch a forge takes its default one; what names no repository either is a tool of something else. */
function isOnBase(said: string): boolean {
  const branch = branchIn(said);
  return branch === undefined ? NAMES_REPOSITORY.test(said) : isBase(branch);
}

/** Keys whose text a page, a kernel or an interpreter runs. */
const CODE_KEY = /^(?:function|page_?function|code|script|expression|js|javascript)$/i;

/** What a tool's call does by its name and its input. */
export function actOfTool({ tool, input }: ToolCall, checks: readonly string[]): PersonAct | undefined {
  const words = wordsOf(tool).join(' ');
  const entries = entriesOf(input);
  const lines = entries.map(({ path, key, value }) => `${path.join('.') || key}=${String(value)}`);
  const all = lines.join('\n');
  const required = namesRequired(checks, 'option');
  for (const acts of ACTS)
    for (const row of acts().tools ?? [])
      if (
        row.tool.test(words) &&
        row.with?.test(all) !== false &&
        row.without?.test(all) !== true &&
        (row.branch === undefined || isOnBase(all)) &&
        (row.check !== true || required(all))
      )
        return row.act;
  return entries
    .map(({ key, value }) =>
      typeof value !== 'string'
        ? undefined
        : CODE_KEY.test(key)
          ? inCode(value, namesRequired(checks, 'program'))
          : mutationIn(value, required),
    )
    .find((act) => act !== undefined);
}

/** The programs of each group of `ACTS`. `scripts/build.ts` bundles the answer, since it takes all rows to find it. */
export const programsOfRows = (): readonly NamesOfGroup[] =>
  ACTS.map((acts) => namesOfGroup((acts().commands ?? []).map(({ program }) => program)));
