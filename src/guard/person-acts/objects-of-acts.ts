/**
 * What an act of a person is about, in words, as far as the call names it: `the change 131 of acme/shop`, `the package
 * shop 1.2.0`. A name may come from anywhere: only what names things is said.
 */
import { entriesOf, type ToolCall } from '../../danger/commands';
import { nameOf, programOf, type Invocation, type Reads } from '../../danger/shell';
import type { PersonAct } from './forges/types';

const NAME = /^[\p{L}\p{N}_@%+.:/~-]{1,60}$/u;
const nameIn = (text: string | undefined): string | undefined =>
  text !== undefined && NAME.test(text) ? text : undefined;

/** What one call says: its words, or the values of its input, each behind its key. */
interface Said {
  readonly program: string;
  readonly words: readonly string[];
  /** Everything that it says, with the program that it runs. */
  readonly text: string;
  readonly read: (file: string) => string | undefined;
}

/** What a command's program is told. */
export function objectOfCommand(act: PersonAct, invocation: Invocation, reads: Reads): string | undefined {
  const words = invocation.words.map(({ text }) => text);
  const program = programOf(invocation, reads)?.text ?? '';
  return objectOf(act, {
    program: nameOf(invocation.words[0]).toLowerCase(),
    words: words.slice(1),
    text: `${words.join(' ')}\n${invocation.input ?? ''}\n${program}`.slice(0, 20_000),
    read: reads.script,
  });
}

/** What a tool is told. */
export function objectOfCall(act: PersonAct, { input }: ToolCall): string | undefined {
  const lines = entriesOf(input).map(({ key, value }) => `--${key}=${String(value)}`);
  return objectOf(act, { program: '', words: lines, text: lines.join('\n').slice(0, 20_000), read: () => undefined });
}

function objectOf(act: PersonAct, said: Said): string | undefined {
  switch (act) {
    case 'approve':
    case 'merge':
    case 'dismiss':
    case 'resolve':
      return changeIn(said);
    case 'publish':
      return publishedBy(said);
    case 'deploy':
      return deployedBy(said);
    case 'push-base':
      return nameIn(/(?:^|[:/=+\s"'])(?:refs\/heads\/)?(main|master|trunk)(?=$|["'\s\\,}])/m.exec(said.text)?.[1]);
    case 'status':
      return undefined;
  }
}

const FORGE_PROGRAM = /^(?:gh|glab|az|tea|hub|bb|bkt)$/;
const IN_ADDRESS =
  /((?:[\w.-]+|\{\w+\})(?:\/|%2F)(?:[\w.-]+|\{\w+\}))\/(?:-\/)?(?:pulls?|pull-?requests|merge_requests)\/(\d+)/i;
const BY_KEY =
  /\b(?:pull_?(?:number|request_?(?:number|id|iid))|merge_?request_?i?id|mr_?iid|pr_?number|get_pull)\\?["']?\s*[:=(]\s*\\?["']?(\d+|PR_[\w=-]{4,40})/i;

/** By its number, and the repository where one is named. */
function changeIn({ program, words, text }: Said): string | undefined {
  const [, place = '', byAddress] = IN_ADDRESS.exec(text) ?? [];
  const number =
    byAddress ??
    BY_KEY.exec(text)?.[1] ??
    (FORGE_PROGRAM.test(program)
      ? words
          .map((word) => /^(?:--(?:id|pull-request)=)?[#!]?(\d{1,7})$/.exec(word)?.[1])
          .find((one) => one !== undefined)
      : undefined);
  const review = /\bPRR_[\w=-]{4,40}/.exec(text)?.[0];
  if (number === undefined) return review === undefined ? undefined : `the review ${review}`;
  const repository =
    nameIn(place.replace(/%2F/i, '/').replace(/^(?:projects|repos|repositories)\//, '')) ?? repositoryIn(words);
  return `the change ${number}${repository === undefined || /^\d+$|[{}]/.test(repository) ? '' : ` of ${repository}`}`;
}

function repositoryIn(words: readonly string[]): string | undefined {
  const owner = valueOf(words, /^--?owner$/);
  const name = valueOf(words, /^--?(?:R|repo|repository|project_?(?:id|path))$/);
  return nameIn(owner === undefined || name === undefined ? name : `${owner}/${name}`);
}

function valueOf(words: readonly string[], option: RegExp): string | undefined {
  for (const [index, word] of words.entries()) {
    const [, key = '', value] = /^(--?[\w-]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (option.test(key)) return value ?? words[index + 1];
  }
  return undefined;
}

/** Where a package says what it is called. */
const MANIFESTS: readonly (readonly [programs: RegExp, file: string])[] = [
  [/^(?:npm|pnpm|yarn|bun|np|release-it|semantic-release|jsr|vsce|ovsx)$/, 'package.json'],
  [/^cargo$/, 'Cargo.toml'],
  [/^(?:poetry|uv|flit|hatch|pdm|twine|maturin|rye)$/, 'pyproject.toml'],
  [/^(?:dart|flutter)$/, 'pubspec.yaml'],
];
const ALL_PACKAGES = /^(?:-r|--recursive|--workspaces|workspaces|--workspace)$/;

function publishedBy({ program, words, text, read }: Said): string | undefined {
  const operands = words.filter(
    (word, index) => !word.startsWith('-') && !/^--?\w[\w-]*$/.test(words[index - 1] ?? ''),
  );
  const release = /\btag_?name\\?["']?\s*[:=]\s*\\?["']?([\w.+/-]+)/i.exec(text)?.[1];
  if (release !== undefined) return `the release ${release}`;
  if (FORGE_PROGRAM.test(program)) {
    const at = operands.findIndex((word) => /^(?:create|new|edit|upload)$/.test(word));
    const tag = at < 0 ? undefined : nameIn(operands[at + 1]);
    return tag === undefined ? undefined : `the release ${tag}`;
  }
  if (/^(?:docker|podman|nerdctl|buildah|crane|skopeo|regctl)$/.test(program)) {
    const image = operands.includes('push')
      ? nameIn(words.filter((word) => !word.startsWith('-')).at(-1))
      : nameIn(valueOf(words, /^(?:-t|--tag)$/));
    return image === undefined || /^(?:push|image)$/.test(image) ? undefined : `the image ${image}`;
  }
  const named = nameIn(valueOf(words, /^(?:-p|--package)$/));
  if (named !== undefined && program === 'cargo') return `the package ${named}`;
  const file = words.find((word) => /\.(?:tgz|whl|tar\.gz|gem|nupkg|vsix|crate|snap|deb|rpm|xpi|jar)$/.test(word));
  if (nameIn(file) !== undefined) return `the package ${file?.split('/').at(-1) ?? ''}`;
  const manifest = MANIFESTS.find(([programs]) => programs.test(program))?.[1];
  if (manifest === undefined) return undefined;
  if (words.some((word) => ALL_PACKAGES.test(word))) return 'every package of the workspace';
  const content = read(manifest) ?? '';
  const [name, version] = ['name', 'version'].map((key) =>
    nameIn(new RegExp(String.raw`(?:^|[{,])[ \t]*"?${key}"?\s*[:=]\s*["']?([^"'\s,]+)`, 'm').exec(content)?.[1]),
  );
  return name === undefined ? undefined : `the package ${name}${version === undefined ? '' : ` ${version}`}`;
}

const DEPLOYED =
  /^--?(?:app|app-name|application-name|project|project_?id|project-name|service|service-name|service_?id|site|site_?id|environment-name|function-name|stack|a)$/i;

/** `of shop to production`; each part only where the call names it. */
function deployedBy({ words, text }: Said): string | undefined {
  const project = nameIn(valueOf(words, DEPLOYED));
  const isMigration =
    /\bmigrat|\b(?:ecto|alembic|d1|drizzle-kit|sqitch|liquibase) |\bdb(?::| push)|\bdatabase update\b/i.test(
      words.join(' '),
    );
  const isProduction = /(?:^|[^a-z0-9])(?:prod|production|prd)(?![a-z0-9])/i.test(text);
  if (isMigration) return `of migrations to ${isProduction ? 'production' : 'a database'}`;
  if (project === undefined && !isProduction) return undefined;
  return `${project === undefined ? '' : `of ${project} `}to ${isProduction ? 'production' : 'a stage'}`;
}
