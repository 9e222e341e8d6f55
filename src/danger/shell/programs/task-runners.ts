/**
 * What a task of a task runner runs, according to its file in the repository: one row a runner, which says where the
 * recipe stands. `make` and the scripts of a package have readers of their own.
 */
import { escapedPattern } from '../../../base/patterns';
import { quoted } from './shell-text-in-arguments';
import type { ReadScript } from './readers-of-scripts-and-aliases';

interface Runner {
  /** Its programs. */
  readonly runs: string;
  /** The words before the task's name, which must be there. */
  readonly after?: RegExp;
  /** Where the recipes stand; `NAME`: the task's name, `PROJECT`: what stands before its last colon, or behind it. */
  readonly files: string;
  /** JSON: the keys of the objects that have the tasks. */
  readonly json?: string;
  /** What the recipe begins with. Without it and `json`, the whole file is the recipe. */
  readonly head?: string;
  /** The language of the recipe. Default: lines for a shell. `keys`: lines in YAML or TOML; `strings`: each is a line. */
  // `lane`: Ruby whose first words are actions of fastlane; `build`: a call that names sources
  readonly in?: 'keys' | 'ruby' | 'python' | 'groovy' | 'node' | 'go' | 'strings' | 'lane' | 'xml' | 'build';
  /** What it runs without a task's name. */
  readonly alone?: string;
  /** The recipe is the rest of a command that begins so; only the first word is a task's name. */
  readonly begins?: string;
}

const YAML = String.raw`^[ \t]*["']?NAME["']?:(?!\S)`;
/** `[tool.x.tasks.NAME]`, `[tasks]` with `NAME = "…"`. */
const TOML = String.raw`^(?:\[[\w.-]*\.["']?NAME["']?\]|["']?NAME["']?[ \t]*=)`;
const DEF = String.raw`^[ \t]*(?:async )?def NAME\(`;
const XML_TARGET = String.raw`<[Tt]arget\b[^<>]{0,500}?\b[Nn]ame="NAME"`;
const PYPROJECT = { files: 'pyproject.toml', head: TOML, in: 'keys' } as const;

// prettier-ignore
const RUNNERS: readonly Runner[] = [
  { runs: 'just', files: 'justfile Justfile .justfile', head: String.raw`^@?NAME\b[^:\n]*:(?!=)`, alone: String.raw`[\w-]+` },
  { runs: 'task go-task', files: 'Taskfile.yml Taskfile.yaml taskfile.yml taskfile.yaml Taskfile.dist.yml', head: YAML, in: 'keys', alone: 'default' },
  { runs: 'composer', files: 'composer.json', json: 'scripts' },
  { runs: 'deno', after: /^task$/, files: 'deno.json deno.jsonc package.json', json: 'tasks scripts' },
  { runs: 'rake', files: 'Rakefile rakefile Rakefile.rb lib/tasks/NAME.rake lib/tasks/PROJECT.rake', head: String.raw`^[ \t]*(?:multi)?task[\s(]+:?["']?NAME\b`, in: 'ruby', alone: 'default' },
  { runs: 'invoke inv fab', files: 'tasks.py fabfile.py', head: DEF, in: 'python' },
  { runs: 'nox', files: 'noxfile.py', head: DEF, in: 'python', alone: String.raw`\w+` },
  { runs: 'tox', files: 'tox.ini', head: String.raw`^\[testenv:NAME\]`, in: 'keys' },
  { runs: 'gradle gradlew', files: 'build.gradle build.gradle.kts', head: String.raw`^[ \t]*(?:task\s+["']?NAME\b|(?:val \w+ by )?tasks\.(?:register|create)(?:<\w+>)?\s*\(\s*["']NAME["'])`, in: 'groovy' },
  { runs: 'mise', files: 'mise.toml .mise.toml mise.local.toml', head: TOML, in: 'keys' },
  { runs: 'mise', files: 'mise-tasks/NAME .mise/tasks/NAME .config/mise/tasks/NAME' },
  { runs: 'poe', ...PYPROJECT },
  { runs: 'pdm rye', ...PYPROJECT },
  { runs: 'hatch', ...PYPROJECT, files: 'hatch.toml pyproject.toml' },
  { runs: 'doit', files: 'dodo.py', head: String.raw`^def task_NAME\(`, in: 'strings' },
  { runs: 'mix', files: 'mix.exs', head: String.raw`(?:^|[\[,{\s])["']?NAME["']?:(?=\s*[\["])`, in: 'strings' },
  { runs: 'pixi', files: 'pixi.toml pyproject.toml', head: TOML, in: 'keys' },
  { runs: 'pipenv', after: /^run$/, files: 'Pipfile', head: TOML, in: 'keys' },
  { runs: 'cargo-make makers', files: 'Makefile.toml', head: TOML, in: 'keys' },
  { runs: 'cargo', after: /^make$/, files: 'Makefile.toml', head: TOML, in: 'keys' },
  { runs: 'cargo', files: '.cargo/config.toml .cargo/config', head: String.raw`^[ \t]*(?:alias\.)?["']?NAME["']?[ \t]*=(?=[ \t]*["'[])`, begins: 'cargo' },
  { runs: 'nx', files: 'PROJECT/project.json apps/PROJECT/project.json libs/PROJECT/project.json packages/PROJECT/project.json project.json PROJECT/package.json package.json', json: 'targets scripts' },
  { runs: 'turbo lerna wireit', files: 'package.json', json: 'scripts' },
  { runs: 'npm-run-all npm-run-all2 run-s run-p', files: 'package.json', json: 'scripts' },
  { runs: 'husky husky-run', files: '.husky/NAME' },
  { runs: 'pre-commit prek', files: '.pre-commit-config.yaml', in: 'keys' },
  { runs: 'lefthook', after: /^run$/, files: 'lefthook.yml lefthook.yaml .lefthook.yml', head: YAML, in: 'keys' },
  { runs: 'gulp jake', files: 'gulpfile.js gulpfile.mjs gulpfile.ts Jakefile.js', head: String.raw`^[ \t]*(?:(?:export )?(?:async )?function|(?:export )?const|exports\.|(?:gulp\.)?task\(["'])[ \t]*NAME\b`, in: 'node', alone: 'default' },
  { runs: 'mage', files: 'magefile.go magefiles/magefile.go magefiles/NAME.go', head: String.raw`^func (?:\([^)]*\) )?NAME\(`, in: 'go' },
  { runs: 'melos', after: /^run$/, files: 'melos.yaml pubspec.yaml', head: YAML, in: 'keys' },
  { runs: 'devbox', after: /^run$/, files: 'devbox.json', json: 'scripts' },
  { runs: 'fastlane', files: 'fastlane/Fastfile Fastfile .fastlane/Fastfile', head: String.raw`^[ \t]*(?:private_)?lane[ \t(]+:NAME\b`, in: 'lane' },
  { runs: 'ant phing nant', files: 'build.xml nant.build', head: XML_TARGET, in: 'xml', alone: String.raw`[\w.-]+` },
  { runs: 'msbuild dotnet xbuild', files: 'PROJECT build.proj Directory.Build.targets', head: XML_TARGET, in: 'xml' },
  { runs: 'mvn mvnw', files: 'pom.xml', head: String.raw`<id>NAME<\/id>`, in: 'xml' },
  { runs: 'bazel bazelisk buck2 buck please plz', after: /^run$/, files: 'PROJECT/BUILD.bazel PROJECT/BUILD PROJECT/BUCK', head: String.raw`^[ \t]+name[ \t]*=[ \t]*"NAME"`, in: 'build' },
  { runs: 'foreman honcho overmind hivemind', files: 'Procfile', head: String.raw`^NAME:`, in: 'keys', alone: String.raw`[\w-]+` },
];

const MOST_DEEP = 5;
const MOST_NAMES = 30;
const LONGEST = 200_000;
/** Of a target in XML, and of a file of Bazel. */
const LONGEST_BUILD = 50_000;

/** What stands before a task's name. */
const VERB = /^(?:run|run-script|run-many|exec|tasks?|start)$/;

/** Options by which `just` shows recipes and runs none. */
const SHOWS_RECIPE = /^(?:-s|--show|-l|--list|--summary|--dump|-n|--dry-run)$/;

let byProgram: Map<string, readonly Runner[]> | undefined;

/** The rows of a program. */
function runnersOf(program: string): readonly Runner[] | undefined {
  if (byProgram === undefined) {
    byProgram = new Map();
    for (const runner of RUNNERS)
      for (const name of runner.runs.split(' ')) byProgram.set(name, [...(byProgram.get(name) ?? []), runner]);
  }
  return byProgram.get(program);
}

/** Whether a program by this name may run a task. */
export const isTaskRunner = (name: string): boolean => runnersOf(name) !== undefined;

/** The texts for a shell that the tasks among a runner's arguments run. */
export function taskTexts(program: string, args: readonly string[], read: ReadScript): string[] {
  const runners = runnersOf(program);
  if (runners === undefined || (program === 'just' && args.some((text) => SHOWS_RECIPE.test(text)))) return [];
  const words = args
    // `-t:Ship` of MSBuild, `//ops:ship` of Bazel, `exec:exec@ship` of Maven
    .map((text) =>
      text
        .replace(/^[-/](?:t|target):/i, '')
        .replace(/^@?\/\//, '')
        .replace(/^exec:\w+@/, ''),
    )
    .filter((text) => !text.startsWith('-') && !text.includes('='));
  return runners.flatMap((runner) => {
    if (runner.after !== undefined && !runner.after.test(words[0] ?? '')) return [];
    const seen = new Set<string>();
    const textsOf = (name: string, depth: number): string[] => {
      if (seen.has(name) || seen.size >= MOST_NAMES || depth > MOST_DEEP) return [];
      seen.add(name);
      for (const file of filesOf(runner, name, words, args)) {
        const found = recipeIn(runner, read(file)?.slice(0, LONGEST), name);
        if (found === undefined) continue;
        return [...found.needs.flatMap((need) => neededTexts(need, depth + 1)), ...found.texts];
      }
      return [];
    };
    // a plugin brings tasks of its own, which stand in no file
    const neededTexts = (need: string, depth: number): string[] => {
      const texts = textsOf(need, depth);
      return texts.length === 0 && runner.in === 'groovy' && BY_PLUGIN.test(need) ? [`gradle ${need}`] : texts;
    };
    const named = VERB.test(words[0] ?? '') ? words.slice(1) : words;
    const names = named.length === 0 && runner.alone !== undefined ? [runner.alone] : named;
    if (runner.head === undefined && runner.json === undefined && !runner.files.includes('NAME')) return textsOf('', 0);
    return names.slice(0, runner.begins === undefined ? names.length : 1).flatMap((name) => textsOf(name, 0));
  });
}

/** The files that may have the recipe, most likely first. */
function filesOf({ files }: Runner, name: string, words: readonly string[], args: readonly string[]): string[] {
  const after = (option: RegExp): string[] => args.filter((_, index) => option.test(args[index - 1] ?? ''));
  const [folder] = after(/^(?:-d|-C|--dir|--directory|--working-dir(?:ectory)?|--project-dir|--root)$/);
  const projects = [...new Set([name.split(':')[0] ?? '', ...words])].slice(0, 4);
  const taskFiles = files
    .split(' ')
    .flatMap((file) =>
      file.includes('PROJECT')
        ? projects.map((project) => file.replace('PROJECT', () => project))
        : file.replace('NAME', () => name),
    );
  return [
    ...after(/^(?:-f|-t|--file|--justfile|--taskfile|--rakefile|--build-file|--procfile|--config)$/),
    ...(folder === undefined ? [] : taskFiles.map((file) => `${folder}/${file}`)),
    ...taskFiles,
  ];
}

interface Recipe {
  readonly texts: readonly string[];
  /** Words that may be the names of tasks that run before. */
  readonly needs: readonly string[];
}

/** Undefined where a file has no such task. */
function recipeIn(runner: Runner, text: string | undefined, name: string): Recipe | undefined {
  if (text === undefined) return undefined;
  if (runner.json !== undefined) return inJson(text, runner.json.split(' '), name);
  if (runner.in === 'xml') return inXml(text, runner.head ?? '', name);
  if (runner.in === 'build') return inBuildFile(text, name);
  const found = runner.head === undefined ? text : blockOf(text, runner.head, name);
  if (found === undefined) return undefined;
  if (runner.begins !== undefined) {
    const [value = ''] = /^[ \t]*(?:\[[^\]]*\]|[^\n]*)/.exec(found) ?? [];
    return { texts: [[runner.begins, ...stringsIn(value)].join(' ')], needs: [] };
  }
  const block = withPutIn(found, text);
  const needs = [...block.matchAll(NEEDS)].flatMap(([, words = '']) => words.match(/[\w.-]+(?::[\w.-]+)*/g) ?? []);
  if (runner.in === 'strings')
    return {
      texts: [...block.matchAll(/"((?:\\.|[^"\\\n])*)"|'([^'\n]*)'/g)].map(([, double, single]) =>
        (double ?? single ?? '').replace(/^cmd /, ''),
      ),
      needs,
    };
  if (runner.in === undefined || runner.in === 'keys') {
    const lines = runner.in === undefined ? block.split('\n').map(quietly) : linesIn(block);
    // the first line of a recipe names what it needs
    const [first = '', ...rest] = runner.head === undefined || runner.in === 'keys' ? ['', ...lines] : lines;
    return { texts: [rest.join('\n')], needs: [...needs, ...(first.match(/[\w.-]+/g) ?? []), ...rest.filter(isName)] };
  }
  const option = runner.in === 'python' ? '-c' : '-e';
  if (runner.in === 'lane')
    return {
      texts: [
        `ruby -e ${quoted(block)}`,
        ...[...block.matchAll(/^[ \t]*(\w+)(?=[ \t]*(?:\(|$|\w+:))/gm)].map(([, action = '']) => `fastlane ${action}`),
      ],
      needs: block.match(/^[ \t]*\w+/gm)?.map((word) => word.trim()) ?? [],
    };
  if (runner.in === 'go') return { texts: [`go run - <<'GO-END'\n${block}\nGO-END\n`], needs };
  return {
    texts: [`${runner.in} ${option} ${quoted(block)}`],
    needs: runner.in === 'ruby' ? [...needs, ...(block.split('\n')[0]?.match(/\w+/g) ?? [])] : needs,
  };
}

/** With the values that the file gives its variables: `{{app}}` of just, `{{.APP}}` of Taskfile. */
function withPutIn(block: string, file: string): string {
  if (!block.includes('{{')) return block;
  const values = new Map(
    [...file.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*:=?[ \t]*["']?([^"'\n{]+)/gm)].map(([, name, value = '']) => [
      name,
      value.trim(),
    ]),
  );
  return block.replace(/\{\{-?\s?\.?(\w+)\s?-?\}\}/g, (all, name: string) => values.get(name) ?? all);
}

const attribute = (tag: string, name: RegExp): string =>
  new RegExp(String.raw`\b(?:${name.source})\s*=\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(tag)
    ?.slice(1)
    .find((one) => typeof one === 'string')
    ?.replace(
      /&(quot|apos|amp|lt|gt);/g,
      (_, word: string) => ({ quot: '"', apos: "'", amp: '&', lt: '<' })[word] ?? '>',
    ) ?? '';

/** A target of Ant, Phing or MSBuild, or an execution of Maven: what it starts, deletes and sends to a database. */
function inXml(text: string, head: string, name: string): Recipe | undefined {
  const pattern = /[[\\]/.test(name) ? name : escapedPattern(name);
  const found = new RegExp(head.replaceAll('NAME', () => pattern)).exec(text);
  if (found === null) return undefined;
  const behind = text.slice(found.index);
  const end = /^[^>]*\/>/.test(behind) ? 0 : (/<\/(?:[Tt]arget|execution)>/.exec(behind)?.index ?? behind.length);
  const known = new Map(
    [...text.matchAll(/<property\b[^<>]{0,500}>/g)].map(([tag]) => [attribute(tag, /name/), attribute(tag, /value/)]),
  );
  const block = behind
    .slice(0, Math.min(end, LONGEST_BUILD))
    .replace(/\$[{(]([\w.-]+)[})]/g, (all, variable: string) => known.get(variable) ?? all);
  const texts = [
    ...block.matchAll(
      /<(exec|apply|Exec|sshexec|delete|RemoveDir|sql|executable)\b([^<>]{0,500}?)(?:\/>|>([^]{0,4000}?)<\/\1>)/g,
    ),
  ].map(([, kind = '', attributes = '', inside = '']) => {
    if (kind === 'executable')
      return [inside, ...[...block.matchAll(/<arg(?:ument)?>([^<]*)</g)].map(([, one = '']) => one)].join(' ');
    if (kind === 'sql') return `psql -c ${quoted(inside.trim())}`;
    if (/^(?:delete|RemoveDir)$/.test(kind)) return `rm -rf ${quoted(attribute(attributes, /dir|Directories/))}`;
    const command = attribute(attributes, /[Cc]ommand/);
    if (kind === 'sshexec') return `ssh ${attribute(attributes, /host/)} ${quoted(command)}`;
    if (command !== '') return command;
    const args = [...inside.matchAll(/<arg\b[^>]*>/g)].map(([tag]) => {
      const line = attribute(tag, /line/);
      return line === '' ? quoted(attribute(tag, /value|path|file/)) : line;
    });
    return [attribute(attributes, /executable|program/), ...args].join(' ');
  });
  const needs = attribute(
    found[0] + (/^[^>]*/.exec(behind.slice(found[0].length))?.[0] ?? ''),
    /depends|DependsOnTargets/,
  );
  return { texts: [texts.join('\n')], needs: needs.split(/[\s,;]+/).filter((one) => one !== '') };
}

const STARTS_SOURCE: Readonly<Record<string, string>> = {
  py: 'python3',
  js: 'node',
  mjs: 'node',
  rb: 'ruby',
  go: 'go run',
};

/** A target of Bazel, Buck or Please: a kind that pushes, or the sources that are started. */
function inBuildFile(text: string, name: string): Recipe | undefined {
  const [folder = '', named] = name.split(':');
  const target = named ?? folder.split('/').at(-1) ?? '';
  const call = [...text.slice(0, LONGEST_BUILD).matchAll(/^(\w+)\(\n([^]{0,4000}?)^\)/gm)].find(([, , inside = '']) =>
    new RegExp(String.raw`\bname\s*=\s*"${escapedPattern(target)}"`).test(inside),
  );
  if (call === undefined) return undefined;
  const [, kind = '', inside = ''] = call;
  if (/push|publish|deploy/.test(kind)) return { texts: ['publish'], needs: [] };
  const list = /\b(?:srcs|src|main|entry_point)\s*=\s*(\[[^\]]*\]|"[^"]*")/.exec(inside)?.[1] ?? '';
  const command = /\b(?:cmd|command)\s*=\s*"((?:\\.|[^"\\])*)"/.exec(inside)?.[1];
  return {
    texts: [
      ...[...list.matchAll(/"([^"]+)"/g)].map(
        ([, file = '']) =>
          `${STARTS_SOURCE[file.split('.').at(-1) ?? ''] ?? 'bash'} ${quoted(`${folder === '' ? '.' : folder}/${file}`)}`,
      ),
      ...(command === undefined ? [] : [command]),
    ],
    needs: [],
  };
}

/** Tasks of Gradle's plugins that reach others. */
const BY_PLUGIN =
  /^:?(?:[\w-]+:)*(?:publish|upload|release|deploy|promote|dockerPush|jib|closeAnd|flyway|liquibase)\w*$/;
/** What says that other tasks run before, or after. */
const NEEDS =
  /\b(?:deps|depends|depends_on|depends-on|dependsOn|finalizedBy|dependencies|needs|task|sequence|pre)\b["']?[ \t]*[:=(]?[ \t]*([^\n]+|(?:\n[ \t]*-[^\n]*)+)/g;
const isName = (line: string): boolean => /^@?[\w.:-]+$/.test(line);
const quietly = (line: string): string => line.trim().replace(/^[@-]+\s*/, '');

/** The recipe: the rest of its first line, and the lines that belong to it. */
function blockOf(text: string, head: string, name: string): string | undefined {
  // what a project is called stands before a task's name: `infra:nuke`
  const names = [...new Set([name, name.split(':').at(-1) ?? ''])].filter((one) => one !== '');
  const isPattern = /[[\\]/.test(name);
  for (const candidate of names) {
    const pattern = isPattern ? candidate : escapedPattern(candidate).replace(/[-_]/g, '[-_]');
    const found = new RegExp(
      head.replaceAll('NAME', () => pattern),
      head.startsWith('^func') ? 'mi' : 'm',
    ).exec(text);
    if (found === null) continue;
    const behind = text.slice(found.index + found[0].length);
    const long = /^[ \t]*("""|''')([^]*?)\1/.exec(behind)?.[2];
    if (long !== undefined) return `"${long}"\n${long}`;
    const [first = '', ...lines] = behind.split('\n');
    const isTable = found[0].startsWith('[');
    const indent = /^[ \t]*/.exec(found[0])?.[0].length ?? 0;
    const end = lines.findIndex((line) =>
      isTable
        ? line.startsWith('[')
        : /\S/.test(line) &&
          (/^[ \t]*/.exec(line)?.[0].length ?? 0) <= indent &&
          !/^[ \t]*[)}\]]|^[ \t]*end\b/.test(line),
    );
    return [first, ...(end < 0 ? lines : lines.slice(0, end))].join('\n');
  }
  return undefined;
}

const RUN_KEY = /^["']?(?:cmds?|run|sh|shell|script|commands?|entry|exec|commands_pre|commands_post)["']?\s*[:=]\s*/;

/** The lines for a shell among the keys of YAML or TOML. */
function linesIn(block: string): string[] {
  const joined = block.replace(
    /^(\s*command\s*=\s*)"([^"\n]*)"\s*\n\s*args\s*=\s*\[([^\]]*)\]/m,
    (_, key: string, program: string, rest: string) => `${key}"${program} ${rest.replace(/[",']+/g, ' ')}"`,
  );
  return joined.split('\n').flatMap((line) => {
    const plain = line.trim().replace(/^-\s+/, '').replace(/^=\s*/, '');
    const value = plain.replace(RUN_KEY, '').replace(/^[|>][+-]?$/, '');
    if (value === plain && /^["']?[\w.-]+["']?\s*(?::(?:\s|$)|=\s)/.test(plain)) return [];
    if (!/^["'[{]/.test(value)) return [value];
    const strings = stringsIn(value);
    return strings.length > 0 ? strings : value.replace(/^[[{]|[\]}]$/g, '').split(/,\s*/);
  });
}

const stringsIn = (value: string): string[] =>
  [...value.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g)].map(([, double, single]) =>
    (double ?? single ?? '').replace(/\\(["\\])/g, '$1'),
  );

/** Objects with tasks, anywhere among the first levels of a file. */
function inJson(text: string, keys: readonly string[], name: string): Recipe | undefined {
  const names = new Set([name, ...name.split(':').slice(1, 2)]);
  const matches = (task: string): boolean =>
    names.has(task) ||
    (/\*/.test(name) && new RegExp(`^${name.replace(/[.+?^$()|[\]{}\\]/g, '\\$&').replace(/\*+/g, '.*')}$`).test(task));
  const found: string[] = [];
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 3) return;
    for (const [key, inner] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (!keys.includes(key) || typeof inner !== 'object' || inner === null) look(inner, depth + 1);
      else for (const [task, recipe] of Object.entries(inner)) if (matches(task)) found.push(...commandsIn(recipe, 0));
    }
  };
  try {
    look(JSON.parse(text.replace(/^\s*\/\/[^\n]*/gm, '')) as unknown, 0);
  } catch {
    return undefined;
  }
  return found.length === 0
    ? undefined
    : {
        // `@php artisan`, `@composer install` and `@putenv APP_ENV=production` of Composer
        texts: [
          found.map((one) => one.replace(/^@putenv /, 'export ').replace(/^@(?=(?:php|composer) )/, '')).join('\n'),
        ],
        needs: found.flatMap((one) => /^@([\w.:-]+)(?= |$)/.exec(one)?.[1] ?? (isName(one) ? one : [])),
      };
}

/** A recipe's texts: a text, a list of them, or an object with a command. */
function commandsIn(recipe: unknown, depth: number): string[] {
  if (typeof recipe === 'string') return [recipe];
  if (typeof recipe !== 'object' || recipe === null || depth > 4) return [];
  if (Array.isArray(recipe)) return (recipe as readonly unknown[]).flatMap((one) => commandsIn(one, depth + 1));
  return Object.entries(recipe).flatMap(([key, value]) =>
    /^(?:command|commands|cmd|run|options|configurations|dependsOn|dependencies)$/.test(key) ||
    /^options|configurations$/.test(key)
      ? commandsIn(value, depth + 1)
      : [],
  );
}
