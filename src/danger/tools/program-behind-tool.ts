/** Tools that stand for a program: the command line that their name and their input make. */
import { anyOf } from '../../base/patterns';
import { type Entry, shellWord } from './code-in-tool-input';
import { isProseKey } from './prose-arguments';

/** What servers and tools call a program. */
const PROGRAMS: Readonly<Record<string, string>> = {
  kubernetes: 'kubectl',
  k8s: 'kubectl',
  openshift: 'oc',
  gcp: 'gcloud',
  azure: 'az',
  opentofu: 'tofu',
  redis: 'redis-cli',
  valkey: 'valkey-cli',
  flyio: 'fly',
  digitalocean: 'doctl',
};
const ITSELF = /* @__PURE__ */ anyOf(
  String.raw`kubectl oc terraform tofu terragrunt aws gcloud az docker podman helm git gh glab pulumi npm heroku flyctl fly
  railway vercel netlify wrangler doctl supabase firebase argocd flux psql mysql gsutil bq eksctl vault consul
  nomad prisma redis-cli mongosh ansible cdk sam serverless turso neonctl`,
);

/** The program that a server or a tool is named after; the tool counts first. */
export const programNamed = (tool: readonly string[], server: readonly string[]): string | undefined =>
  [...tool, ...server].flatMap((word) =>
    ITSELF.test(word) ? [word] : Object.hasOwn(PROGRAMS, word) ? [PROGRAMS[word] ?? ''] : [],
  )[0];

const PLAIN =
  /^(?:resource|resource_?type|kind|type|name|target|branch|branch_?name|ref|commit|release|release_?name|chart|container|services?|paths?|files?|args?|stash_?ref)$/i;
const MODE = /^(?:mode|operation|action|sub_?command)$/i;
const HAS_SUB_VERBS =
  /^(?:stash|worktree|remote|submodule|lfs|notes|volume|system|image|network|container|state|workspace|compose)$/;

const kebab = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

/** The rest of a command line that an input stands for: names as words, everything else as options. */
export function optionsOf(entries: readonly Entry[], verb: string): readonly string[] {
  const remote = entries.find(({ key }) => key === 'remote')?.value;
  return [
    ...(verb === 'push' ? [typeof remote === 'string' ? shellWord(remote) : 'origin'] : []),
    ...entries.flatMap(({ key, value }): readonly string[] => {
      if (key === 'remote' || isProseKey(key) || value === null || value === false) return [];
      if (value === true) return [`--${kebab(key)}`];
      const text = String(value);
      if (text === '{}' || text === '' || text.length > 300 || /[\r\n]/.test(text)) return [];
      if (MODE.test(key)) return [HAS_SUB_VERBS.test(verb) ? shellWord(text) : `--${kebab(text)}`];
      return PLAIN.test(key) ? [shellWord(text)] : [shellWord(`--${kebab(key)}=${text}`)];
    }),
  ];
}

/** `kubectl_delete {"resourceType": "namespace", "name": "prod"}` as a command line. */
export function namedCommand(words: readonly string[], entries: readonly Entry[]): string | undefined {
  const at = words.findIndex((word) => ITSELF.test(word));
  const [program, verb, ...rest] = at < 0 ? [] : words.slice(at);
  if (program === undefined || verb === undefined) return undefined;
  return [program, verb, ...rest, ...optionsOf(entries, verb)].join(' ');
}

/** An operation of AWS's own interface: `{"service": "s3", "operation": "DeleteBucket"}`. */
export function awsCall(object: Readonly<Record<string, unknown>>): string | undefined {
  const at = (keys: RegExp): string | undefined =>
    Object.entries(object).flatMap(([key, value]) => (keys.test(key) && typeof value === 'string' ? [value] : []))[0];
  const service = at(/^service(?:_?name)?$/i);
  const operation = at(/^(?:operation|action|api|operation_?name)$/i);
  return service === undefined || operation === undefined || !/^[\w-]+$/.test(service) || !/^[\w-]+$/.test(operation)
    ? undefined
    : `aws ${service.toLowerCase() === 's3' ? 's3api' : service.toLowerCase()} ${kebab(operation.replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2'))}`;
}

/** Lines of a notebook's cell that a shell runs: `!rm -rf data`, `%%bash`. */
export function shellLinesIn(words: readonly string[], entries: readonly Entry[]): readonly string[] {
  if (!words.some((word) => /^(?:notebook|jupyter|ipython|cell|cells|colab|kernel)$/.test(word))) return [];
  return entries.flatMap(({ key, value }) => {
    if (typeof value !== 'string' || !/^(?:source|new_?source|code|content|cell|text)$/i.test(key)) return [];
    const [, script] = /^\s*%%(?:bash|sh|script)\b[^\n]*\n([^]*)$/.exec(value) ?? [];
    return script === undefined
      ? [[...value.matchAll(/^[ \t]*!([^\n]+)/gm)].map(([, line = '']) => line).join('\n')]
      : [script];
  });
}

/** A program of a language that a tool would run: `run_python {"code": "…"}`. */
export function codeIn(words: readonly string[], entries: readonly Entry[]): readonly string[] {
  const named = entries.flatMap(({ key, value }) => (/^(?:language|lang|runtime)$/i.test(key) ? [String(value)] : []));
  const language = [...words, ...named]
    .map((word) => /^(?:python|node|ruby|perl|php|javascript|js|deno|bun)\d*$/i.exec(word)?.[0].toLowerCase())
    .find((word) => word !== undefined);
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  // what is run without a word for its language stands in a notebook
  const isCell =
    has(/^(?:execute|exec|run|eval|evaluate)$/) && has(/^(?:code|cell|notebook|jupyter|ipython|kernel|colab|sandbox)$/);
  if (language === undefined && !isCell) return [];
  const program = language === undefined ? 'python' : /^(?:javascript|js)$/.test(language) ? 'node' : language;
  const option = /^(?:python)/.test(program) ? '-c' : '-e';
  return entries.flatMap(({ key, value }) =>
    typeof value === 'string' &&
    /^(?:code|script|source|snippet|program|python_?code|new_?source|cell(?:_?(?:source|code|content))?)$/i.test(key)
      ? [`${program} ${option} ${shellWord(value)}`]
      : [],
  );
}

const AT = /^(?:path|file_?path|file|filename|dir|directory|folder|directory_?path|folder_?path|target)$/i;
const ALL_AT = /^(?:paths|files|file_?paths|directories|folders)$/i;

/** Tools that remove, empty or move files: `delete_directory {"path": "src"}` as `rm -rf src`. */
export function fileCommand(words: readonly string[], object: Readonly<Record<string, unknown>>): string | undefined {
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  if (!has(/^(?:file|files|directory|directories|dir|folder|folders|path|paths|tree)$/)) return undefined;
  const at = (keys: RegExp): readonly string[] =>
    Object.entries(object).flatMap(([key, value]) =>
      keys.test(key) ? [value].flat().filter((one): one is string => typeof one === 'string' && one !== '') : [],
    );
  const named = [...at(AT), ...at(ALL_AT)].map(pathWord);
  if (has(/^(?:delete|remove|rm|unlink|rmdir|erase|trash)$/))
    return named.length === 0
      ? undefined
      : [
          'rm',
          ...(has(/^(?:directory|directories|dir|folder|folders|tree|rmdir)$/) || object['recursive'] === true
            ? ['-rf']
            : []),
          '--',
          ...named,
        ].join(' ');
  if (has(/^(?:write|save|overwrite|update)$/) && (object['content'] === '' || object['contents'] === ''))
    return named[0] === undefined ? undefined : `: > ${named[0]}`;
  const [from, to] = [
    at(/^(?:source|src|from|old_?path|source_?path)$/i)[0],
    at(/^(?:destination|dest|dst|to|new_?path|destination_?path)$/i)[0],
  ];
  return has(/^(?:move|mv|rename)$/) && from !== undefined && to !== undefined
    ? `mv -- ${pathWord(from)} ${pathWord(to)}`
    : undefined;
}

/** A path in which only a home folder's `~` means something else than itself. */
const pathWord = (path: string): string =>
  /^~(?:\/[\w./-]*)?$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
