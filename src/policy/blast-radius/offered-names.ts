/** What a changed file offers to others, by its kind: its module, its resources, its objects, its tables. Pure. */
import path from 'node:path';
import type { Change } from '../../danger';
import type { Offered } from './types';

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;
const PYTHON = /\.pyi?$/i;
const GO = /\.go$/i;
const TERRAFORM = /\.(?:tf|tofu)$/i;
const YAML = /\.ya?ml$/i;
const SQL_NAME = '[`"\\[]?((?:\\w+[`"\\]]?\\.[`"\\[]?)?\\w+)';
const TABLES = new RegExp(
  `\\b(?:(?:CREATE|DROP|ALTER|TRUNCATE)\\s+(?:TABLE|VIEW|MATERIALIZED\\s+VIEW)|RENAME\\s+TABLE)\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?(?:ONLY\\s+)?${SQL_NAME}`,
  'gi',
);
const ORM_TABLES =
  /\b(?:create_table|drop_table|rename_table|add_column|remove_column|rename_column|change_column|createTable|dropTable|dropTableIfExists|alterTable)\s*\(?\s*[:"']([A-Za-z_]\w*)/g;
/** At most this many names of one file are searched for. */
const NAMES_AT_MOST = 20;

/** Undefined for a kind of file whose dependents can't be determined. */
export function offeredBy(change: Change): readonly Offered[] | undefined {
  const { path: file } = change;
  const tables = tablesIn(change);
  if (SCRIPT.test(file)) return [...scriptModule(file), ...tables];
  if (PYTHON.test(file)) return [...pythonModule(file), ...tables];
  if (GO.test(file)) return goPackage(file);
  if (TERRAFORM.test(file)) return terraform(change);
  if (YAML.test(file)) return kubernetes(change);
  return tables.length > 0 || /\.(?:sql|rb|prisma)$/i.test(file) ? tables : undefined;
}

/** Files that nothing depends on by their nature. */
export const isLeaf = (file: string): boolean =>
  /\.(?:md|mdx|rst|adoc|txt|png|jpe?g|gif|svg|ico|lock|snap|csv)$|(?:^|\/)(?:LICENSE|CHANGELOG|CODEOWNERS|\.git\w+|package-lock\.json|\.linekeeper[./])/i.test(
    file,
  );

const withoutEnding = (file: string): string => file.replace(/\.(?:d\.)?\w+$/, '');

function scriptModule(file: string): readonly Offered[] {
  const module = withoutEnding(file);
  const isIndex = path.posix.basename(module) === 'index';
  const needle = path.posix.basename(isIndex ? path.posix.dirname(module) : module);
  if (needle === '' || needle === '.') return [];
  const names = new Set(isIndex ? [module, path.posix.dirname(module)] : [module]);
  const isNamedBy = (line: string, name: string): boolean =>
    SCRIPT.test(name) &&
    [...line.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"`](\.{1,2}\/[^'"`]+)['"`]/g)].some(
      ([, specifier = '']) =>
        names.has(withoutScriptEnding(path.posix.normalize(path.posix.join(path.posix.dirname(name), specifier)))),
    );
  return [{ kind: 'import', path: file, needle, isNamedBy }];
}

const withoutScriptEnding = (specifier: string): string =>
  specifier.replace(/\.(?:[cm]?[jt]sx?|vue|svelte)$/i, '').replace(/\/$/, '');

function pythonModule(file: string): readonly Offered[] {
  const module = withoutEnding(file).replace(/\/__init__$/, '');
  const needle = path.posix.basename(module);
  const parts = module.split('/');
  const isNamedBy = (line: string, candidate: string): boolean => {
    if (!PYTHON.test(candidate)) return false;
    const [, dots = '', from = '', names = ''] = /^\s*from\s+(\.*)([\w.]*)\s+import\s+(.*)/.exec(line) ?? [];
    const imported =
      names !== ''
        ? [
            from,
            ...names
              .split(',')
              .map((name) => [from, name.trim().split(/\s/)[0] ?? ''].filter((one) => one !== '').join('.')),
          ]
        : (/^\s*import\s+(.*)/.exec(line)?.[1] ?? '').split(',').map((one) => one.trim().split(/\s/)[0] ?? '');
    if (dots !== '') {
      const base = path.posix.join(
        path.posix.dirname(candidate),
        ...Array.from({ length: dots.length - 1 }, () => '..'),
      );
      return imported.some((one) => one !== '' && path.posix.join(base, ...one.split('.')) === module);
    }
    // a package may begin below a folder such as src
    return imported.some(
      (name) =>
        name !== '' &&
        (name === module.replaceAll('/', '.') ||
          (name.includes('.') && parts.slice(-name.split('.').length).join('.') === name)),
    );
  };
  return needle === '' ? [] : [{ kind: 'import', path: file, needle, isNamedBy }];
}

function goPackage(file: string): readonly Offered[] {
  const folder = path.posix.dirname(file);
  if (folder === '.') return [];
  return [
    {
      kind: 'import',
      path: file,
      needle: `${folder}"`,
      isNamedBy: (line, name) =>
        GO.test(name) &&
        path.posix.dirname(name) !== folder &&
        /^\s*(?:import\s+)?(?:[\w.]+\s+)?"[^"]+"\s*(?:\/\/.*)?$/.test(line) &&
        line.includes(`/${folder}"`),
    },
  ];
}

/** Lines that are on one side only. */
function changedLines({ before, after }: Change): ReadonlySet<string> {
  const [oldLines, newLines] = [new Set((before ?? '').split('\n')), new Set((after ?? '').split('\n'))];
  return new Set([
    ...[...oldLines].filter((line) => !newLines.has(line)),
    ...[...newLines].filter((line) => !oldLines.has(line)),
  ]);
}

function terraform(change: Change): readonly Offered[] {
  const { path: file, before, after } = change;
  const changed = changedLines(change);
  const folder = path.posix.dirname(file);
  const names = new Set<string>();
  for (const text of [before ?? '', after ?? '']) {
    let name: string | undefined;
    for (const line of text.split('\n')) {
      const [, kind = '', first = '', second = ''] =
        /^\s{0,2}(resource|data|module|variable)\s+"([\w-]+)"(?:\s+"([\w-]+)")?\s*\{/.exec(line) ?? [];
      if (kind !== '')
        name =
          kind === 'resource'
            ? `${first}.${second}`
            : kind === 'data'
              ? `data.${first}.${second}`
              : kind === 'module'
                ? `module.${first}`
                : `var.${first}`;
      if (name !== undefined && changed.has(line) && line.trim() !== '') names.add(name);
      if (line.startsWith('}')) name = undefined;
    }
  }
  const references = [...names].slice(0, NAMES_AT_MOST).map((needle): Offered => {
    const word = new RegExp(`(?<![\\w.-])${needle.replaceAll('.', '\\.')}(?![\\w-])`);
    return {
      kind: 'terraform',
      path: file,
      needle,
      isNamedBy: (line, other) => TERRAFORM.test(other) && path.posix.dirname(other) === folder && word.test(line),
    };
  });
  const isModule = (line: string, name: string): boolean => {
    const source = /^\s*source\s*=\s*"(\.{1,2}\/[^"]*)"/.exec(line)?.[1];
    return (
      TERRAFORM.test(name) &&
      source !== undefined &&
      path.posix.join(path.posix.dirname(name), source).replace(/\/$/, '') === folder
    );
  };
  return changed.size === 0 || folder === '.'
    ? references
    : [...references, { kind: 'terraform', path: file, needle: path.posix.basename(folder), isNamedBy: isModule }];
}

/** Keys of other objects that name an object, and labels by which a Service finds its Pods. */
const NAMES_OBJECT =
  'name|claimName|secretName|serviceName|serviceAccountName|persistentVolumeClaim|configMap|app|app\\.kubernetes\\.io\\/name';

/** Kinds of objects that `roleRef` and `subjects` name, with `name` as far to the left as in `metadata`. */
const NAMED_AT_TOP = /^kind:\s*["']?(?:Cluster)?(?:Role|ServiceAccount)\b/m;
/** Where an object has its own name: one of another kind may have the same. */
const OWN_NAME = /^ {1,2}["']?name["']?:|^["']?metadata["']?:/;

function kubernetes(change: Change): readonly Offered[] | undefined {
  const names = new Set<string>();
  let [isObject, isAtTop] = [false, false];
  for (const text of [change.before ?? '', change.after ?? '']) {
    const counterpart = text === change.before ? (change.after ?? '') : (change.before ?? '');
    for (const document of text.split(/^---.*$/m)) {
      if (!/^kind:\s*\w+/m.test(document) || !/^apiVersion:/m.test(document)) continue;
      isObject = true;
      if (counterpart.includes(document)) continue;
      isAtTop ||= NAMED_AT_TOP.test(document);
      const name = /^metadata:\s*\n(?:[ \t]+.*\n)*?[ \t]+name:[ \t]*["']?([\w.-]+)/m.exec(document)?.[1];
      const label = /^[ \t]+(?:app|app\.kubernetes\.io\/name):[ \t]*["']?([\w.-]+)/m.exec(document)?.[1];
      for (const word of [name, label]) if (word !== undefined && word.length > 2) names.add(word);
    }
  }
  if (!isObject) return undefined;
  return [...names].slice(0, NAMES_AT_MOST).map((needle) => {
    const named = new RegExp(
      `(?:^|[\\s{,-])["']?(?:${NAMES_OBJECT})["']?:\\s*["']?${needle.replace(/[.]/g, '\\.')}["']?\\s*(?:[,}#]|$)`,
    );
    return {
      kind: 'kubernetes',
      path: change.path,
      needle,
      isNamedBy: (line: string, name: string) =>
        YAML.test(name) && named.test(line) && (isAtTop || !OWN_NAME.test(line)),
    };
  });
}

/** Tables and views that changed lines create, alter or drop. */
function tablesIn(change: Change): readonly Offered[] {
  if (!/\.(?:sql|rb|py|[cm]?[jt]s|php|exs?)$/i.test(change.path)) return [];
  const text = [...changedLines(change)].join('\n').slice(0, 500_000);
  const found = [...(/\.sql$/i.test(change.path) ? text.matchAll(TABLES) : text.matchAll(ORM_TABLES))].map(
    ([, name = '']) =>
      name
        .replace(/[`"[\]]/g, '')
        .split('.')
        .at(-1) ?? '',
  );
  return [...new Set(found)]
    .filter((name) => name.length > 2)
    .slice(0, NAMES_AT_MOST)
    .map((needle) => {
      const used = new RegExp(
        `(?:\\b(?:FROM|JOIN|INTO|UPDATE|REFERENCES|TABLE|VIEW|ON)\\s+(?:ONLY\\s+)?[\`"\\[]?(?:\\w+[\`"\\]]?\\.[\`"\\[]?)?|(?:__tablename__|table_name|tableName|@Table|db_table|@@map|to_table|references|belongs_to|ForeignKey)\\W{1,20})${needle}\\b`,
        'i',
      );
      const isNamedBy = (line: string, other: string): boolean => used.test(line) && !ranBefore(other, change.path);
      return { kind: 'sql', path: change.path, needle, isNamedBy };
    });
}

/** Whether a file is an earlier migration of the same folder, by its number. It has run, so nothing of it depends on a later one. */
function ranBefore(file: string, migration: string): boolean {
  const [first, two] = [numberOf(file), numberOf(migration)];
  return (
    first !== undefined &&
    two !== undefined &&
    first < two &&
    path.posix.dirname(file) === path.posix.dirname(migration)
  );
}

/** `3` of `0003_budgets.sql` and `V3__budgets.sql`; undefined for a name without a number. */
function numberOf(file: string): number | undefined {
  const [, number] = /^v?(\d+)/i.exec(path.posix.basename(file)) ?? [];
  return number === undefined ? undefined : Number(number);
}
