/** PowerShell's aliases, and the options of cmdlets in one spelling. */
import type { Word } from '../words/invocation';
import { VALUE, WRITES_PIPED } from './texts-given-to-powershell';

const ALIASES: Readonly<Record<string, string>> = {
  '%': 'foreach-object',
  '?': 'where-object',
  ac: 'add-content',
  cat: 'get-content',
  cd: 'cd',
  chdir: 'cd',
  'set-location': 'cd',
  'push-location': 'pushd',
  'pop-location': 'popd',
  clc: 'clear-content',
  copy: 'copy-item',
  cp: 'copy-item',
  cpi: 'copy-item',
  del: 'remove-item',
  dir: 'get-childitem',
  echo: 'write-output',
  erase: 'remove-item',
  foreach: 'foreach-object',
  gc: 'get-content',
  gci: 'get-childitem',
  gi: 'get-item',
  gl: 'get-location',
  icm: 'invoke-command',
  iex: 'invoke-expression',
  irm: 'invoke-restmethod',
  iwr: 'invoke-webrequest',
  ls: 'get-childitem',
  mi: 'move-item',
  move: 'move-item',
  mv: 'move-item',
  ni: 'new-item',
  pwd: 'get-location',
  rd: 'remove-item',
  ren: 'rename-item',
  ri: 'remove-item',
  rm: 'remove-item',
  rmdir: 'remove-item',
  rni: 'rename-item',
  saps: 'start-process',
  sc: 'set-content',
  sl: 'cd',
  spps: 'stop-process',
  start: 'start-process',
  tee: 'tee-object',
  type: 'get-content',
  where: 'where-object',
  write: 'write-output',
};

/** The name of a cmdlet or program without its folder and module, with its alias followed. */
export function canonical(name: string, args: readonly Word[]): string {
  const programName = (name.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:exe|cmd|bat)$/i, '');
  // on Linux and macOS these are the system's own programs
  if (
    /^(?:rm|mv|cp|ls|cat|rmdir)$/.test(programName) &&
    args.some(({ text }) => /^--\w|^-(?:rf|fr|Rf|la|al)$/.test(text))
  )
    return programName;
  const lower = programName.toLowerCase();
  // a program and no alias: `sc.exe` beside `sc`
  if (/\.exe$/i.test(name)) return lower;
  if (Object.hasOwn(ALIASES, lower)) return ALIASES[lower] ?? lower;
  return /^[a-z]+-[a-z0-9]+$/i.test(programName) ? lower : programName;
}

/** Cmdlets about files whose options are spelled out here. */
const ABOUT_FILES =
  /^(?:(?:remove|clear|get|move|copy|rename|new|set)-(?:item|childitem|content)|out-file|add-content|resolve-path|split-path|join-path)$/;
const SWITCHES = ['-Recurse', '-Force', '-WhatIf', '-Append', '-Directory', '-File', '-Hidden', '-Name', '-NoClobber'];
const PLACES = ['-Path', '-LiteralPath', '-FilePath', '-PSPath', '-LP'];
const DROPPED = [
  '-Exclude',
  '-ErrorAction',
  '-EA',
  '-Depth',
  '-Encoding',
  '-Stream',
  '-Attributes',
  '-Credential',
  '-ErrorVariable',
  '-WarningAction',
  '-ItemType',
  '-Confirm',
];
const NARROWING = ['-Filter', '-Include'];
const WRITTEN = ['-Value', '-InputObject'];
const INTO = ['-Destination'];
/** What looks like a drive, and holds no files. */
const NO_DRIVE = /^(?:env|variable|function|alias):/i;

const begins = (full: readonly string[], text: string): string | undefined =>
  full.find((one) => one.toLowerCase() === text.toLowerCase()) ??
  full.find((one) => text.length >= 2 && one.toLowerCase().startsWith(text.toLowerCase()));

/** The arguments of a cmdlet about files: places, and options in full. Patterns that narrow a place are joined to it. */
export function argumentsOf(name: string, args: readonly Word[]): readonly Word[] {
  if (!ABOUT_FILES.test(name)) return args;
  const options: Word[] = [];
  const places: Word[] = [];
  const patterns: Word[] = [];
  const into: Word[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined) break;
    const [, option = '', attached] = /^(-[a-z]+)(?::(.*))?$/is.exec(word.text) ?? [];
    if (option === '' || word.open) {
      if (!NO_DRIVE.test(word.text)) places.push(word);
      continue;
    }
    const isSwitch = begins(SWITCHES, option);
    if (isSwitch !== undefined) {
      if (attached !== '$false' && attached !== 'false') options.push({ text: isSwitch, open: false });
      continue;
    }
    const next = attached === undefined || attached === '' ? args[at + 1] : { ...word, text: attached };
    const takes = attached === undefined || attached === '' ? 1 : 0;
    if (begins(NARROWING, option) !== undefined) {
      if (next) patterns.push(next);
      at += takes;
    } else if (begins(PLACES, option) !== undefined) {
      if (next && !NO_DRIVE.test(next.text)) places.push(next);
      at += takes;
    } else if (begins(INTO, option) !== undefined) {
      if (next) into.push(next);
      at += takes;
    } else if (begins(WRITTEN, option) !== undefined) {
      if (next && WRITES_PIPED.test(name)) options.push({ ...next, text: `${VALUE}${next.text}` });
      at += takes;
    } else if (begins(DROPPED, option) !== undefined) {
      if (option.toLowerCase() !== '-confirm') at += takes;
    } else options.push(word);
  }
  // `-Recurse -Include *.ts` looks for the pattern in every folder below
  const isEverywhere = options.some(({ text }) => text === '-Recurse');
  const narrowed =
    patterns.length === 0 || name !== 'remove-item'
      ? places
      : (places.length === 0 ? [{ text: '.', open: false }] : places).flatMap((place) =>
          patterns.map((pattern) =>
            joinedPath(place, isEverywhere ? `**/${onlyExisting(pattern.text)}` : pattern.text),
          ),
        );
  return [
    ...options,
    ...narrowed,
    ...into,
    ...(name === 'get-childitem' ? patterns.map(({ text, open }) => ({ text: `-Filter=${text}`, open })) : []),
  ];
}

/** `a` and `*.log` as `a/*.log`. */
function joinedPath(place: Word, name: string): Word {
  const text = `${place.text.replace(/[\\/](?:\*)?$/, '')}/${name}`;
  return slashed({ text, open: place.open });
}

/** A word with its backslashes as separators. */
export const slashed = (word: Word): Word =>
  word.text.includes('\\') ? { ...word, slashed: word.text.replaceAll('\\', '/') } : word;

/** A name that is looked for means no file that is not there: as a pattern, it stands for existing ones alone. */
const onlyExisting = (name: string): string => name.replace(/^\w/, '[$&]');

/** What a cmdlet lists: the places that it hands on. */
export function listedByCmdlet(name: string, args: readonly Word[]): readonly Word[] | undefined {
  const places = args.filter(({ text }) => !text.startsWith('-'));
  switch (name) {
    case 'get-childitem': {
      const named = args.flatMap(({ text }) => /^-Filter=(.+)$/s.exec(text)?.[1] ?? [])[0];
      const everywhere = args.some(({ text }) => text === '-Recurse');
      const pattern = named === undefined ? '*' : everywhere ? `**/${onlyExisting(named)}` : named;
      return (places.length === 0 ? [{ text: '.', open: false }] : places).map((place) =>
        /[*?[]/.test(place.text) ? place : joinedPath(place, pattern),
      );
    }
    case 'convertto-json':
      return places.some(({ text }) => text.startsWith('@{')) ? places : undefined;
    case 'new-object':
      return /(?:^|\.)(?:Directory|File)Info$/i.test(places[0]?.text ?? '') ? places.slice(1) : undefined;
    case 'get-item':
    case 'resolve-path':
    case 'write-output':
      return places;
    case 'join-path': {
      const [first, ...rest] = places;
      return first === undefined ? [] : [rest.reduce((place, { text }) => joinedPath(place, text), first)];
    }
    case 'get-location':
      return [{ text: '.', open: false }];
    default:
      return undefined;
  }
}

/** Whether a cmdlet hands on what it is handed, or some of it. */
export const passesOn = (name: string): boolean =>
  /^(?:where-object|select-object|sort-object|tee-object|foreach-object|get-unique|convertto-json)$/.test(name);

/** Whether a cmdlet works on what it is handed, having no place of its own. */
export const takesPiped = (name: string, args: readonly Word[]): boolean =>
  /^(?:(?:remove|move|clear|copy|rename|set)-(?:item|content)|invoke-expression)$/.test(name) &&
  args.every(({ text }) => text.startsWith('-'));
