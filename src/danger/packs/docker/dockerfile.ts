/** Parses a Dockerfile into instructions: continued lines, comments between them, here-documents, stages. */

export interface Instruction {
  /** Upper case. */
  readonly name: string;
  readonly text: string;
  /** 1-based, of its first line. */
  readonly line: number;
  /** 0-based count of `FROM`s before it. */
  readonly stage: number;
}

export function instructionsOf(file: string): readonly Instruction[] {
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
