/** Dockerfiles: the user the container runs as, permissive file modes, and what `RUN` does. */
import { factAt, factOf, factWas } from '../../rule-rows/facts-from-sentences';
import { named } from '../../yaml-and-json';
import type { Noticed, AnalyzerOfFiles } from '../../types';
import { noticeScripts, shellNamed, type NoticeScript, type Script } from '../judge-new-embedded-scripts';
export const dockerWith = (shell: NoticeScript): AnalyzerOfFiles => ({
  id: 'docker',
  concerns: ({ path }) =>
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.(?:dockerfile|containerfile)$/i.test(path),
  notice: ({ before, after }) => {
    if (after === null) return [];
    const [old, newInstructions] = [instructionsOf(before ?? ''), instructionsOf(after)];
    return [
      ...user(old, newInstructions),
      ...modes(old, newInstructions),
      ...images(old, newInstructions),
      ...noticeScripts(scriptsOf(old), scriptsOf(newInstructions), shell),
    ];
  },
});

/** `SHELL` says in which language the lines below it are; an image of Windows begins with cmd. */
function scriptsOf(instructions: readonly Instruction[]): readonly Script[] {
  let shell: Script['shell'];
  return instructions.flatMap(({ name, text, line }): readonly Script[] => {
    if (name === 'FROM')
      shell = /\bmcr\.microsoft\.com\/(?:windows|powershell:\S*nanoserver)|\b(?:nanoserver|windowsservercore)\b/i.test(
        text,
      )
        ? 'cmd'
        : undefined;
    if (name === 'SHELL') shell = shellNamed(/^\s*\[\s*"(?:[^"]*[\\/])?([^"\\/]+)"/.exec(text)?.[1] ?? '');
    if (name !== 'RUN' || text.trimStart().startsWith('[')) return [];
    const bare = text.replace(/^(\s*)((?:--\w[\w-]*(?:=\S+)?\s+)+)/, '$1');
    // its lines are one command, whatever they are continued by
    return [{ text: shell === undefined ? bare : bare.replace(/\\\n/g, ' '), line, shell }];
  });
}

/** The last `USER` of the last stage: what the container runs as. */
function lastUser(instructions: readonly Instruction[]): Instruction | undefined {
  const stage = instructions.at(-1)?.stage ?? 0;
  return instructions.filter((one) => one.name === 'USER' && one.stage === stage).at(-1);
}

const isRoot = (user: Instruction | undefined): boolean =>
  /^["']?(?:root|0|ContainerAdministrator)(?::\S*)?["']?$/i.test(user?.text.trim() ?? '');

function user(old: readonly Instruction[], newInstructions: readonly Instruction[]): readonly Noticed[] {
  if (newInstructions.length === 0) return [];
  const [oldUser, newUser] = [lastUser(old), lastUser(newInstructions)];
  if (newUser !== undefined && isRoot(newUser))
    return isRoot(oldUser) ? [] : [factAt('permissions/container-root: The container runs as root.', newUser)];
  if (newUser !== undefined || oldUser === undefined || isRoot(oldUser)) return [];
  const base = newInstructions.filter(({ name }) => name === 'FROM').at(-1);
  if (/nonroot|rootless|unprivileged/i.test(base?.text ?? '')) return [];
  return [
    factWas('permissions/container-root: The container runs as root: USER {was} is removed.', oldUser, {
      was: named(oldUser.text),
    }),
  ];
}

const OPEN_MODE =
  /\bchmod\b[^\n;&|]*?\s(?:0?[0-7]?777|[ao+,=rwxug]*(?:a|o|ugo)[+=][rwx]*w[rwx]*)(?=\s|$)|--chmod=0?[0-7]?777\b/;

function modes(old: readonly Instruction[], newInstructions: readonly Instruction[]): readonly Noticed[] {
  const known = new Set(old.flatMap(({ text }) => text.split('\n').map((line) => line.trim())));
  return newInstructions.flatMap(({ name, text, line }): readonly Noticed[] => {
    if (!/^(?:RUN|COPY|ADD)$/.test(name)) return [];
    return text.split('\n').flatMap((part, index): readonly Noticed[] => {
      if (known.has(part.trim()) || /^\s*#/.test(part)) return [];
      const here = { line: line + index, side: 'new' as const };
      if (OPEN_MODE.test(part) && !/chmod\s+(?:-\w+\s+)*1777\s|\s\S*(?:\/tmp|cache)\/?[\s\\]*$/.test(part))
        return [
          {
            ...here,
            ...factOf('permissions/container-root: Everybody in the container may write these files (mode 777).'),
          },
        ];
      if (/NOPASSWD\s*:\s*ALL/.test(part))
        return [
          {
            ...here,
            ...factOf('permissions/iam-admin: A user may do everything as root without a password (NOPASSWD: ALL).'),
          },
        ];
      return [];
    });
  });
}

/** An image that was pinned by digest and is now named by a tag that can move. */
function images(old: readonly Instruction[], newInstructions: readonly Instruction[]): readonly Noticed[] {
  const pinned = new Map(
    old.flatMap(({ name, text }) =>
      name === 'FROM' && text.includes('@sha256:') ? [[bare(text), text] as const] : [],
    ),
  );
  return newInstructions.flatMap(({ name, text, line }): readonly Noticed[] =>
    name === 'FROM' && !text.includes('@sha256:') && pinned.has(bare(text))
      ? [
          factAt(
            'permissions/ci-unpinned: The image {image} is no longer pinned by its digest: its tag can move.',
            line,
            { image: named(bare(text)) },
          ),
        ]
      : [],
  );
}

const bare = (from: string): string =>
  (
    from
      .trim()
      .replace(/^--\S+\s+/, '')
      .split(/\s/)[0] ?? ''
  )
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '');

/** Parses a Dockerfile into instructions: continued lines, comments between them, here-documents, stages. */
interface Instruction {
  /** Upper case. */
  readonly name: string;
  readonly text: string;
  /** 1-based, of its first line. */
  readonly line: number;
  /** 0-based count of `FROM`s before it. */
  readonly stage: number;
}

function instructionsOf(file: string): readonly Instruction[] {
  const lines = file.split('\n');
  const escape = /^#\s*escape\s*=\s*`/im.test(lines[0] ?? '') ? '`' : '\\';
  const found: Instruction[] = [];
  let stage = -1;
  for (let at = 0; at < lines.length; at += 1) {
    const first = lines[at] ?? '';
    const [, name = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(first.slice(0, 20_000).trimEnd()) ?? [];
    if (name === '') continue;
    const line = at + 1;
    const texts = [rest];
    while ((texts.at(-1) ?? '').trimEnd().endsWith(escape) && at + 1 < lines.length) {
      at += 1;
      const next = lines[at] ?? '';
      texts[texts.length - 1] =
        escape === '\\' ? (texts.at(-1) ?? '').trimEnd() : `${(texts.at(-1) ?? '').trimEnd().slice(0, -1)}\\`;
      texts.push(/^\s*(?:#|$)/.test(next) ? '\\' : next.trimEnd());
    }
    const marks = /^(?:RUN|COPY|ADD)$/i.test(name)
      ? [...texts.join('\n').matchAll(/<<-?\s*(["']?)([A-Za-z_]\w*)\1/g)].map(([, , word]) => word ?? '')
      : [];
    for (const mark of marks) {
      while (at + 1 < lines.length) {
        at += 1;
        texts.push(lines[at] ?? '');
        if ((lines[at] ?? '').trim() === mark) break;
      }
    }
    if (name.toUpperCase() === 'FROM') stage += 1;
    found.push({ name: name.toUpperCase(), text: texts.join('\n'), line, stage: Math.max(0, stage) });
  }
  return found;
}
