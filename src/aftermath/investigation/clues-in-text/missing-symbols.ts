/** Modules, symbols and fields that a program did not find. */
import type { Clue } from './types';

const WORD = String.raw`[\w$.@/\\:-]{1,160}`;
const Q = String.raw`[\`'"\u2018\u2019\u201c\u201d]`;

interface Missing {
  readonly pattern: RegExp;
  readonly what: 'module' | 'symbol';
}

const MISSING: readonly Missing[] = [
  {
    what: 'module',
    pattern: new RegExp(
      `(?:Cannot find (?:module|package)|Can't resolve|Failed to resolve(?: import)?|Could not resolve|No module named|cannot load such file --|ClassNotFoundException:?|NoClassDefFoundError:?|package) ${Q}?(${WORD})${Q}?`,
      'g',
    ),
  },
  { what: 'module', pattern: new RegExp(`cannot import name ${Q}?(${WORD})${Q}? from ${Q}?(${WORD})${Q}?`, 'g') },
  {
    what: 'module',
    pattern: new RegExp(
      `Package subpath ${Q}(${WORD})${Q} is not defined.{0,40}?node_modules/((?:@[\\w.-]+/)?[\\w.-]+)`,
      'g',
    ),
  },
  {
    what: 'module',
    pattern: new RegExp(
      `module ${Q}(${WORD})${Q} (?:has no attribute|does not provide an export named) ${Q}(${WORD})${Q}`,
      'g',
    ),
  },
  { what: 'module', pattern: new RegExp(`(lib[\\w.+-]{2,60}\\.so(?:\\.\\d+)*): cannot open shared object`, 'g') },
  {
    what: 'symbol',
    pattern: new RegExp(
      `(?:undefined symbol|symbol lookup error|symbol not found|unresolved reference|undefined reference to|undefined:|cannot find symbol|NoSuchMethodError|NoSuchFieldError|uninitialized constant|undefined (?:local variable or )?method|Call to undefined (?:function|method)|no such function|no method named|unknown field|Undefined (?:variable|property|index|array key)):? ${Q}?(${WORD})`,
      'g',
    ),
  },
  { what: 'symbol', pattern: new RegExp(`reading ${Q}(${WORD})${Q}`, 'g') },
  { what: 'symbol', pattern: new RegExp(`has no attribute ${Q}(${WORD})${Q}`, 'g') },
  {
    what: 'symbol',
    pattern: new RegExp(
      `(?:unknown (?:directive|flag|lvalue|parameter|setting|variable)|unrecogni[sz]ed (?:arguments?|option|configuration parameter|parameter|key)|no such option|invalid (?:directive|option|parameter|value for|configuration property)):? ${Q}?(${WORD})`,
      'gi',
    ),
  },
  { what: 'symbol', pattern: new RegExp(`name ${Q}(${WORD})${Q} is not defined`, 'g') },
  {
    what: 'symbol',
    pattern: new RegExp(`(${WORD})\\)? is not (?:a function|defined|a constructor|iterable|callable|exported)`, 'g'),
  },
  {
    what: 'symbol',
    pattern: new RegExp(
      `(${WORD})\\(\\) (?:got an unexpected keyword argument|missing \\d+ required|takes \\d+) ?(?:${Q}(${WORD})${Q})?`,
      'g',
    ),
  },
  {
    what: 'symbol',
    pattern: new RegExp(
      `(?:KeyError|LookupError|IndexError|Unknown (?:key|option|argument|property|field|configuration key)|unexpected property|missing (?:required )?(?:key|field|property|argument|parameter))[: ]+:?${Q}?(${WORD})`,
      'gi',
    ),
  },
  {
    what: 'symbol',
    pattern: new RegExp(
      `(?:Cannot query field|Unknown (?:argument|type|fragment|directive|task|job|command|method|service|event|template|action)|unregistered (?:task|job|command)(?: of type)?|unknown (?:method|service)|no (?:handler|resolver|task|template|view|partial|translation|command|job|action|method) (?:named|for|called|registered for)|Template(?:NotFound|DoesNotExist):?|missing (?:template|partial|translation)[: ]|(?:Could|can) ?not find (?:template|partial|view|job|task|handler|translation)|cannot unmarshal \\w+ into Go (?:struct field|value of type)):? ${Q}?(${WORD})${Q}?(?: (?:on|of|for|in) (?:type|field|service|class|module) ${Q}?(${WORD})${Q}?)?`,
      'gi',
    ),
  },
  { what: 'symbol', pattern: new RegExp(`Class ${Q}(${WORD})${Q} not found`, 'g') },
];
/** What a name ends with where a sentence goes on. */
const trimmed = (name: string): string => name.replace(/[.:,]+$/, '').replace(/^\.+(?=\/)/, '');
const WORDS: ReadonlySet<string> = new Set(
  'undefined null it this that which value object property of the is'.split(' '),
);

/** A name, and what stands behind its last dot. */
const lastParts = (name: string): readonly string[] => [...new Set([name, name.split(/[/\\.:]|\$/).at(-1) ?? name])];

export function symbols(lines: readonly string[]): readonly Clue[] {
  return lines
    .flatMap((line) =>
      MISSING.flatMap(({ pattern, what: kind }) =>
        [...line.matchAll(pattern)].map((found): Clue => {
          const all = found.slice(1).flatMap((name: string | undefined) => (name === undefined ? [] : [trimmed(name)]));
          const parts = all.flatMap((name) => [name, ...name.split(/[/\\.:]|\$/)]);
          const names = [...new Set(parts)].filter((name) => name.length > 2 && !WORDS.has(name.toLowerCase()));
          const library = kind === 'module' ? (all.at(-1) ?? '') : '';
          const isLibrary =
            library !== '' && !/^[./]|^[A-Za-z]:/.test(found.at(-1) ?? '') && !/^(?:node:|src\/|@\/|~)/.test(library);
          return {
            says: `${all[0] ?? 'something'} was not found`,
            names,
            ...(kind === 'symbol' && all[0] !== undefined ? { missing: lastParts(all[0]) } : {}),
            ...(isLibrary ? { library: library.split(/\s/)[0] ?? library } : {}),
          };
        }),
      ),
    )
    .filter(({ names }) => names.length > 0);
}
