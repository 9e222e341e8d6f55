/** Which other files of the repository a CI file takes jobs or steps from, as far as its text shows. Pure. */

/** A value in YAML may have a tag or an anchor, quotes, and a line of its own. */
const VALUE = String.raw`["']?\s*:\s*(?:[>|][+-]?\s+)?(?:[&!]\S*\s+)*["']?`;
const USES = new RegExp(String.raw`\buses${VALUE}\.\/([^\s"'#,}\]]*)`, 'g');
const LOCAL = new RegExp(String.raw`\blocal${VALUE}([^\s"'#,}\]]+)`, 'g');
const TEMPLATE = new RegExp(String.raw`\btemplate${VALUE}([^\s"'#,}\]@]+)`, 'g');
const INCLUDE = new RegExp(String.raw`\binclude${VALUE}`);
/** With `include`, GitLab takes a bare name for a file of the repository. */
const BARE = /(?<=^|[\s"'[,])\/?[\w@.+*-]+(?:\/[\w@.+*-]+)*\.ya?ml(?=$|[\s"'\],}])/g;

/** Longer texts are not searched (characters). */
const LONGEST = 1_000_000;
/** A file names no more than this many. */
const MOST = 500;

/**
 * The called files, relative to the repository's root; `*` and `**` stand for any name. Of these, callers keep those
 * that exist. `path`: the CI file's own.
 */
export function ciReferences(text: string, path: string): readonly string[] {
  if (text.length > LONGEST) return [];
  const words = (pattern: RegExp): readonly string[] =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const named = [
    // GitHub, Gitea and Forgejo: a workflow is a file, an action a folder.
    ...words(USES).flatMap((name) => (/\.ya?ml$/i.test(name) ? [name] : [`${name}/action.yml`, `${name}/action.yaml`])),
    ...words(LOCAL),
    ...(INCLUDE.test(text) ? words(BARE) : []),
    // Azure: relative to the file itself.
    ...words(TEMPLATE).map((name) => (name.startsWith('/') ? name : `${folder}/${name}`)),
  ];
  return [...new Set(named.flatMap((name) => normal(name) ?? []))].slice(0, MOST);
}

/** Without `.`, `..` and slashes too many; undefined when it leaves the repository. */
function normal(name: string): string | undefined {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join('/');
}
