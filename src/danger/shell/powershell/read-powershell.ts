/**
 * Reads PowerShell into the programs and cmdlets that it would run: pipelines, aliases, variables, script blocks, methods
 * of .NET. It runs nothing, never throws, and takes time in proportion to the text. What only PowerShell could know is
 * open.
 */
import { PLAIN_INVOCATION, type Invocation, type Word } from '../words/invocation';
import { FILE_STEPS, Work } from '../words/work-limit';
import { blockParameters } from './block-parameters';
import { dotNet, objectMethod } from './dot-net-calls';
import { Tables } from './hashtables';
import { PLACES } from './preset-powershell-variables';
import { inputOfWriter } from './texts-given-to-powershell';
import { argumentsOf, canonical, listedByCmdlet, passesOn, slashed, takesPiped } from './cmdlet-names-and-arguments';

const DEEPEST = 20;
const MOST_VALUES = 200;
const KEYWORDS =
  /^(?:if|elseif|else|while|do|until|for|switch|try|catch|finally|function|filter|param|return|throw|exit|begin|process|end|break|continue|trap|class|using|in|default)$/i;

type Values = readonly Word[];
const OPEN: Word = { text: '', open: true };

/** Every program and cmdlet, in the order in which they begin. `variables`: those with a known value. */
export function powershellIn(
  text: string,
  variables: Readonly<Record<string, string>> = {},
  work = new Work(FILE_STEPS),
): Invocation[] {
  const reader = new Reader(text.slice(0, 200_000), variables, work);
  reader.statements(0);
  return reader.found;
}

class Reader {
  readonly found: Invocation[] = [];
  private at = 0;
  private counted: readonly [upTo: number, line: number] = [0, 1];
  private readonly values = new Map<string, Values>();
  private readonly tables = new Tables();
  /** What is handed to the command that is being read. */
  private piped: Values | undefined;

  constructor(
    private readonly text: string,
    private readonly known: Readonly<Record<string, string>>,
    private readonly work: Work,
  ) {}

  /** Statements up to a closing bracket or the end. */
  statements(depth: number): void {
    while (this.at < this.text.length && this.work.take()) {
      this.blanks(true);
      const char = this.text[this.at];
      if (char === undefined || char === '}' || char === ')') return;
      const before = this.at;
      this.statement(depth);
      if (this.at === before) this.at++;
    }
  }

  private statement(depth: number): void {
    const loop = this.match(/foreach\s*(?:-parallel\s*)?\(\s*\$(\w+)\s+in\s+/iy);
    if (loop) {
      this.values.set((loop[1] ?? '').toLowerCase(), this.pipeline(depth + 1));
      this.blanks(true);
      if (this.text[this.at] === ')') this.at++;
      return;
    }
    const assigned = this.match(
      /(?:\[[\w.[\]]+\]\s*)?\$(?:(?:global|script|local|private|using):)?(\w+|env:\w+)\s*(\+?=)(?!=)\s*/iy,
    );
    if (assigned) {
      const name = (assigned[1] ?? '').toLowerCase();
      const value = this.pipeline(depth + 1);
      const before = assigned[2] === '+=' ? (this.values.get(name) ?? [OPEN]) : [];
      this.values.set(name, [...before, ...value].slice(0, MOST_VALUES));
      return;
    }
    const keyword = this.match(/[a-zA-Z]+(?=[\s({;}]|$)/y);
    if (keyword) {
      if (KEYWORDS.test(keyword[0])) {
        if (/^(?:function|filter|class)$/i.test(keyword[0])) this.match(/\s*[\w:-]+/y);
        this.blanks(true);
        return;
      }
      this.at -= keyword[0].length;
    }
    if (this.text[this.at] === '{') this.block(depth);
    else this.pipeline(depth);
  }

  /** What it hands on. */
  private pipeline(depth: number): Values {
    let handed: Values | undefined;
    let from: Invocation | null = null;
    let otherwise = false;
    for (let more = true; more && this.work.take();) {
      const first = this.found.length;
      const result = this.command(depth, handed, from, otherwise);
      handed = result.values;
      from = this.found.length > first ? (result.invocation ?? from) : from;
      this.blanks(false);
      more = false;
      if (this.text.startsWith('&&', this.at) || this.text.startsWith('||', this.at)) {
        otherwise = this.text[this.at] === '|';
        this.at += 2;
        [handed, from, more] = [undefined, null, true];
      } else if (this.text[this.at] === '|') {
        this.at++;
        more = true;
      }
      if (more) this.blanks(true);
    }
    if (this.text[this.at] === ';') this.at++;
    return handed ?? [];
  }

  private command(
    depth: number,
    piped: Values | undefined,
    from: Invocation | null,
    otherwise: boolean,
  ): { readonly values: Values | undefined; readonly invocation: Invocation | undefined } {
    const draft = { outputs: [] as Word[], line: this.line() };
    const called = this.match(/[&.]\s+|&(?=['"$({\w])/y);
    if (!called) {
      const net = dotNet(this.text, this.at);
      if (net) {
        this.at = net.begins;
        const args = this.args(depth + 1);
        this.push([...net.words(args)], draft, null, otherwise);
        return { values: this.called(net.result(args), depth) ?? net.result(args), invocation: undefined };
      }
    }
    const words: Word[] = [];
    // for the blocks among its words: outside of these, `$_` is that of the block around
    const above = this.piped;
    this.piped = piped;
    const isExpression = !called && /['"$@([\d{]/.test(this.text[this.at] ?? '');
    while (this.work.take()) {
      this.blanks(false);
      const char = this.text[this.at];
      if (char === undefined || /[;|)}\n\r]/.test(char)) break;
      if (char === '&' && this.text[this.at + 1] !== '&') {
        this.at++;
        break;
      }
      if (char === '&') break;
      if (this.text.startsWith('--%', this.at)) {
        const rest = this.match(/--%[^\n|]*/y)?.[0].slice(3) ?? '';
        words.push(
          ...rest
            .trim()
            .split(/\s+/)
            .map((text) => ({ text, open: false })),
        );
        break;
      }
      const redirect = this.match(/[\d*]?>{1,2}(?:&\d)?/y);
      if (redirect) {
        this.blanks(false);
        if (/&\d/.test(redirect[0])) continue;
        const [target] = this.value(depth);
        if (target && !/^\$?null$/i.test(target.text))
          draft.outputs.push({ ...target, ...(redirect[0].includes('>>') ? { append: true as const } : {}) });
        continue;
      }
      const before = this.at;
      const value = this.value(depth);
      words.push(...value);
      if (this.at === before) this.at++;
    }
    this.piped = above;
    if (isExpression) {
      if (draft.outputs.length > 0)
        this.push([{ text: 'write-output', open: false }, ...words], draft, from, otherwise);
      return { values: words, invocation: undefined };
    }
    const [program, ...rest] = words;
    if (program === undefined) return { values: piped, invocation: undefined };
    const name = program.open && program.text === '' ? '' : canonical(program.text, rest);
    // `% Delete` calls the method of everything that it is handed
    if (
      name === 'foreach-object' &&
      rest.some(({ text }) => /^(?:Delete|MoveTo)$/i.test(text)) &&
      piped !== undefined
    ) {
      const isDeleted = rest.some(({ text }) => /^Delete$/i.test(text));
      const method = [{ ...program, text: isDeleted ? 'remove-item' : 'move-item' }, ...piped];
      return { values: [OPEN], invocation: this.push(method, draft, from, otherwise) };
    }
    const args = argumentsOf(name, rest.map(slashed));
    const handedOn = listedByCmdlet(name, args);
    const more = takesPiped(name, args) ? (piped ?? (from ? [OPEN] : [])) : [];
    const command = [{ ...program, text: name === '' ? program.text : name }, ...args, ...more];
    const invocation = this.push(command, { ...draft, ...inputOfWriter(name, piped) }, from, otherwise);
    return { values: handedOn ?? (passesOn(name) ? piped : [OPEN]), invocation };
  }

  private push(
    words: readonly Word[],
    draft: Pick<Invocation, 'outputs' | 'line'> & Partial<Pick<Invocation, 'input'>>,
    from: Invocation | null,
    otherwise: boolean,
  ): Invocation {
    const invocation: Invocation = { ...PLAIN_INVOCATION, ...draft, words, from, otherwise };
    if (words.length > 0) this.found.push(invocation);
    return invocation;
  }

  /** What an object's method hands on, where one that is known is called here. */
  private called(object: Values, depth: number): Values | undefined {
    const method = objectMethod(this.text, this.at);
    if (method === undefined) return undefined;
    this.at = method.begins;
    this.push([...method.words(object, this.args(depth + 1).flat())], { outputs: [], line: this.line() }, null, false);
    return [OPEN];
  }

  /** `(a, b)` of a method. */
  private args(depth: number): readonly Values[] {
    const args: Values[] = [];
    while (this.work.take()) {
      this.blanks(true);
      const char = this.text[this.at];
      if (char === undefined || char === ')') break;
      if (char === ',') {
        this.at++;
        continue;
      }
      const before = this.at;
      args.push(this.value(depth));
      if (this.at === before) this.at++;
    }
    if (this.text[this.at] === ')') this.at++;
    return args;
  }

  /** One word, or the words of a list: `a,b`. Joined parts (`'a' + 'b'`) are one. */
  private value(depth: number): Values {
    let words = this.single(depth);
    const isFormat = this.match(/\s+-f\s+/iy) !== null;
    const [format] = words;
    if (isFormat && format !== undefined) {
      const given = this.value(depth);
      const text = format.text.replace(/\{(\d+)\}/g, (_, index: string) => given[Number(index)]?.text ?? '');
      return [{ text, open: format.open || given.some(({ open }) => open) }].map(slashed);
    }
    for (let turn = 0; turn < MOST_VALUES && this.work.take(); turn++) {
      const joins = this.match(/\s*\+\s*(?=['"$(])/y);
      const lists = joins ? null : this.match(/\s*,\s*/y);
      if (!joins && !lists) break;
      const next = this.single(depth);
      const [end, start] = [words.at(-1), next[0]];
      words =
        joins && end && start
          ? [...words.slice(0, -1), { text: end.text + start.text, open: end.open || start.open }, ...next.slice(1)]
          : [...words, ...next];
    }
    return words.map(slashed);
  }

  private single(depth: number): Values {
    const char = this.text[this.at];
    if (depth > DEEPEST) {
      this.at = this.text.length;
      this.work.take(Infinity);
      return [OPEN];
    }
    const cast = this.match(/\[[\w.]+(?:\[\])?\](?=['"$@([])/y);
    if (cast) return this.single(depth);
    if (char === '(' || this.text.startsWith('@(', this.at) || this.text.startsWith('$(', this.at)) {
      this.at += char === '(' ? 1 : 2;
      let values: Values = [];
      while (this.at < this.text.length && this.text[this.at] !== ')' && this.work.take()) {
        this.blanks(true);
        if (this.text[this.at] === ')' || this.at >= this.text.length) break;
        const before = this.at;
        values = [...values, ...this.pipeline(depth + 1)].slice(0, MOST_VALUES);
        if (this.at === before) this.at++;
      }
      this.at++;
      const called = this.called(values, depth);
      if (!called) this.match(/(?:\.\w+)+(?!\()/y); // `(Get-Item x).FullName`
      return called ?? (values.length === 0 ? [OPEN] : values);
    }
    if (this.text.startsWith('@{', this.at)) return this.table(depth);
    const splatted = this.match(/@(\w+)(?=[\s;|)}]|$)/y);
    if (splatted) return this.tables.optionsOf(this.variable(splatted[1] ?? '')[0]?.text ?? '') ?? [OPEN];
    if (char === '{') {
      const around = this.values.get('_');
      if (this.piped) this.values.set('_', this.piped).set('psitem', this.piped);
      this.block(depth);
      if (around) this.values.set('_', around).set('psitem', around);
      return [{ text: '{}', open: true }];
    }
    const here = this.match(/@(['"])[ \t]*\r?\n([^]*?)\r?\n\1@/y);
    if (here) return [{ text: here[2] ?? '', open: here[1] === '"' && /\$/.test(here[2] ?? '') }];
    if (char === "'") {
      const quoted = this.match(/'((?:[^']|'')*)'?/y);
      return [{ text: (quoted?.[1] ?? '').replaceAll("''", "'"), open: false }];
    }
    if (char === '"') return this.doubled(depth);
    const whole = this.match(
      /\$(?:(?:global|script|local|private|using):)?(?:\{([^}]+)\}|(env:\w+|\w+|[?^$_]))(?![\w:])/iy,
    );
    if (whole) {
      const values = this.variable(whole[1] ?? whole[2] ?? '');
      const called = this.called(values, depth);
      if (called) return called;
      const member = this.match(/(?:\.(?:FullName|PSPath|Path|Name|BaseName))|(?:\.\w+|\[[^\]]*\])+/y)?.[0] ?? '';
      const keptValues = member === '' || /^\.(?:FullName|PSPath|Path)$/i.test(member) ? values : [OPEN];
      const rest = this.match(/[^\s;|(){},<>'"`$]+/y)?.[0];
      return rest === undefined ? keptValues : keptValues.map((one) => ({ text: one.text + rest, open: one.open }));
    }
    return this.bare(depth);
  }

  private table(depth: number): Values {
    const entries: { readonly key: string; readonly values: Values }[] = [];
    this.at += 2;
    while (this.at < this.text.length && this.work.take()) {
      this.blanks(true);
      if (this.text[this.at] === '}') break;
      const before = this.at;
      const [, , quoted, bare] = this.match(/(?:(["'])([\w .-]+)\1|([\w-]+))\s*=\s*/y) ?? [];
      const values = this.pipeline(depth + 1);
      entries.push({ key: quoted ?? bare ?? '', values });
      if (this.at === before) this.at++;
    }
    this.at++;
    return [this.tables.keep(entries)];
  }

  private doubled(depth: number): Values {
    let [text, open] = ['', false];
    for (this.at++; this.at < this.text.length && this.text[this.at] !== '"' && this.work.take();) {
      const plain = this.match(/[^"`$]+/y);
      if (plain) {
        text += plain[0];
        continue;
      }
      const escaped = this.match(/`([^])/y);
      if (escaped) {
        text += { n: '\n', t: '\t', r: '\r', '0': '' }[escaped[1] ?? ''] ?? escaped[1] ?? '';
        continue;
      }
      const part = this.text.startsWith('$(', this.at)
        ? this.single(depth + 1)
        : ((name) => (name ? this.variable(name[1] ?? name[2] ?? '') : [{ text: '$', open: false }]))(
            this.match(/\$(?:\{([^}]+)\}|(env:\w+|\w+))/iy),
          );
      if (part.length === 1 && part[0]?.text === '$' && !part[0].open) this.at++;
      text += part.map((one) => one.text).join(' ');
      open ||= part.some((one) => one.open);
    }
    this.at++;
    return [{ text, open }];
  }

  private bare(depth: number): Values {
    let [text, open] = ['', false];
    while (this.work.take()) {
      const plain = this.match(/[^\s;|(){},<>'"`$&]+/y) ?? this.match(/`(?!\r?\n)([^])/y);
      if (plain) {
        text += plain[1] ?? plain[0];
        continue;
      }
      const char = this.text[this.at];
      if (char === '$') {
        const name = this.match(/\$(?:\{([^}]+)\}|(env:\w+|\w+))/iy);
        if (name) {
          const values = this.variable(name[1] ?? name[2] ?? '');
          text += values[0]?.text ?? '';
          open ||= values[0]?.open ?? true;
        } else if (this.text.startsWith('$(', this.at)) {
          const [value] = this.single(depth + 1);
          text += value?.text ?? '';
          open ||= value?.open ?? true;
        } else {
          text += '$';
          this.at++;
        }
      } else if ((char === '"' || char === "'") && text !== '') {
        const [value] = this.single(depth + 1);
        text += value?.text ?? '';
        open ||= value?.open ?? false;
      } else break;
    }
    return text === '' && !open ? [] : [{ text, open }];
  }

  private variable(name: string): Values {
    const key = name.toLowerCase();
    const knownValue = this.values.get(key);
    if (knownValue) return knownValue;
    const plain = key.replace(/^env:/, '');
    const value = PLACES[key] ?? this.known[plain.toUpperCase()] ?? PLACES[plain];
    if (value === '$HOME') return [{ text: this.known['HOME'] ?? '~', open: false }];
    return [value === undefined ? OPEN : { text: value, open: false }];
  }

  private block(depth: number): void {
    this.at++;
    if (depth > DEEPEST) {
      this.at = this.text.length;
      this.work.take(Infinity); // what is left counts as unread
      return;
    }
    const parameters = blockParameters(this.text, this.at);
    for (const [name, value] of parameters?.values ?? [])
      this.values.set(name, [value === undefined ? OPEN : slashed(value)]);
    this.at += parameters?.length ?? 0;
    this.statements(depth + 1);
    if (this.text[this.at] === '}') this.at++;
  }

  /** `lines`: line breaks too. */
  private blanks(lines: boolean): void {
    this.match(lines ? /(?:[\s;]|`\r?\n|<#[^]*?#>|#[^\n]*)+/y : /(?:[ \t]|`\r?\n|<#[^]*?#>|(?<=\s)#[^\n]*)+/y);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  private line(): number {
    const [from, known] = this.at < this.counted[0] ? [0, 1] : this.counted;
    return (this.counted = [this.at, known + this.text.slice(from, this.at).split('\n').length - 1])[1];
  }
}
