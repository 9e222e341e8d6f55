/**
 * Keys that a command would read, print or send: files, variables and programs, known ones and those that the policy's
 * environments list. A command that uses a key without showing it is none of these.
 */
import { ByName, callOf, entriesOf, fitsCommand, once, wordsOf, type ToolCall } from '../../danger/commands';
import { anyOf, either } from '../../base/patterns';
import { withSlashes, resolveIn } from '../../base/platform';
import type { Environment } from '../../policy';
import { fits, gitCall, nameOf, pathIn, plainOf, programOf, type Invocation, type Reads } from '../../danger/shell';
import { withHome } from './home-paths-in-programs';
import {
  isKeyFile,
  isKeyVariable,
  isNeverInHeader,
  KEY_ADDRESS,
  KEY_CALL,
  KEY_PRINTERS,
  SHOWS_KEY,
  tellsKey,
  type KeyPrinter,
} from './known-keys';

export interface KeyUse {
  readonly does: 'reads' | 'prints' | 'sends';
  /** The file, variable or program, as written. */
  readonly key: string;
  /** What it is called, as a part of a sentence; undefined where the command does not say. */
  readonly object?: string | undefined;
  /** Environments that list it. */
  readonly listed: readonly Environment[];
}

interface KeyPlace {
  readonly home: string;
  readonly root: string | null;
  readonly environments: readonly Environment[];
}

/** Programs that show, copy or encode the files that they are given. */
const READS = anyOf(`
  cat perl xargs tac less more most head tail nl bat batcat strings xxd
  od hexdump hd base64 base32 basenc uuencode sort uniq paste cut g?awk mawk nawk
  g?sed [ef]?grep rg ag ack jq yq dasel diff colordiff sdiff comm join fold
  rev cp ln install rsync scp sftp tar zip 7z gzip bzip2 xz zstd
  dd split iconv column pr expand fmt xclip xsel pbcopy wl-copy view vim? nvim
  nano emacs get-content gc type findstr select-string copy-item copy xcopy robocopy mail mutt sendmail
  openssl gpg2? mapfile readarray
`);
/** And those that send them. */
const SENDS = anyOf(`
  curl curlie wget https? xhs? nc ncat netcat socat scp sftp rsync ftp lftp
  rclone aws gsutil gcloud azcopy az s3cmd mc gh glab hub mail mutt sendmail
  transfer croc wormhole docker kubectl invoke-restmethod invoke-webrequest irm iwr telnet ssh
`);
/** And those that ask another machine. */
const ASKS = /^(?:curl|curlie|https?|xhs?|wget|httpie|invoke-(?:restmethod|webrequest)|irm|iwr)$/;
/** Keys of a tool's input that hold an address, or what is run. */
const REQUEST_KEY = /^(?:url|uri|address|endpoint|href|command|cmd|code|script)$/i;
/** What is known about it is all that is shown. */
const SHOWS_NO_VALUE: Readonly<Record<string, RegExp>> = {
  grep: /(?:^| )(?:-[a-zA-Z]*[qcLl][a-zA-Z]*|--quiet|--count|--files-with(?:out)?-match(?:es)?)(?: |$)/,
  cut: /(?:^| )-d ?["']?=["']? .*-f ?1(?: |$)|(?:^| )-f ?1 .*-d ?["']?=/,
  awk: /-F ?["']?=["']? ["']?\{ ?print \$1 ?\}/,
  sed: /s(.)\(?=\.[*+]\)?\1|s(.)=\.\*\2/,
  openssl: /^(?!(?:base64|enc|pkcs12|rsa|pkey|ec|pkcs8)\b)|-pubout|-noout|-check\b/,
  gpg: /--(?:import|sign|clearsign|detach-sign|verify|encrypt)/,
  tar: /(?:^| )(?:-?[a-z]*[xt][a-z]*|--extract|--list)(?: |$)/,
  gh: /^(?:auth|pr|issue|repo|run|workflow)\b/,
  docker: /^(?!cp\b)/,
  kubectl: /^(?!cp\b)/,
  ssh: /./,
  gcloud: /^(?!storage (?:cp|rsync|mv)\b|secrets (?:create|versions add)\b)/,
  aws: /^(?!s3 (?:cp|mv|sync)\b|s3api put-object\b)/,
  az: /^(?!storage (?:blob|file|fs file) upload)/,
};
const sameAs = (name: string): string =>
  /^(?:[ef]?grep|rg|ag|ack)$/.test(name)
    ? 'grep'
    : name.endsWith('awk')
      ? 'awk'
      : name.endsWith('sed')
        ? 'sed'
        : name === 'gpg2'
          ? 'gpg'
          : name;

/** Options whose value is a key that is used, and shown to nobody. */
const USES =
  /^(?:-i|-F|-o|--key|--cert|-E|--cacert|--kubeconfig|--netrc-file|-K|--config|--env-file|--identity-file|--ssl-key|--password-file|--vault-password-file)$/;

/** What becomes of the output elsewhere in the command: it is used, or only counted. */
const CONSUMED = either(
  /\|\s*(?:sudo\s+)?(?:docker|podman|helm|nerdctl|oras|crane|skopeo)\b[^|;&]*--password-stdin/,
  /\|\s*(?:sudo\s+)?(?:ssh-add\b|(?:gh|glab)\s+auth\s+login|wc\b|(?:sha\d*|md5)sum\b|cut\s+-d\s*["']?=["']?\s+-f\s*1\b)/,
  /\|\s*(?:sudo\s+)?(?:awk\s+-F\s*["']?=["']?\s+["']?\{\s*print\s+\$1\s*\}|grep\s+-[a-zA-Z]*[qc])/,
  /\|\s*(?:sudo\s+)?sed\s+(?:-\w+\s+)*["']s(.)=\.\*\1/,
  /\b(?:export|env)\s+["']?\$\(|\b(?:source|\.|eval)\s+["']?(?:<|\$)\(/,
);

const printers = once(() => new ByName<KeyPrinter>(KEY_PRINTERS, ({ program }) => program));

/** Keys of one command, in order. */
export class KeyUses {
  private readonly consumed: boolean;
  private sentOn: string | undefined;

  constructor(
    private readonly place: KeyPlace,
    private readonly command: string,
  ) {
    this.consumed = CONSUMED.test(command);
  }

  /** What only the text as a whole shows: variables that are printed or sent, and files that the shell itself reads. */
  *inWhole(folder: string): Generator<KeyUse> {
    if (
      /(?:^|[;&|\n"'({][ \t]*)(?:gci|get-childitem|dir|ls|get-item)\s+(?:-path\s+)?env:[\\*]*\s*(?=$|[|;\n])/i.test(
        this.command,
      )
    )
      yield { does: 'prints', key: 'env:', object: EVERY_VARIABLE, listed: [] };
    if (this.consumed || !this.command.includes('$')) return;
    for (const shown of [READ_BY_SHELL, READ_BY_LOOP])
      for (const { groups: { file = '' } = {} } of this.command.matchAll(shown))
        yield* this.file(file, folder, 'reads');
    for (const [, said = ''] of this.command.matchAll(
      /(?:^|[|;&(\n]\s*|\s(?:do|then|else)\s+)(?:echo|printf|print|write-(?:host|output))\s([^|;&\n]*)/gi,
    ))
      for (const name of variablesIn(said)) yield* this.variable(name, 'prints');
    // PowerShell prints what a statement yields
    for (const [, name = ''] of this.command.matchAll(/(?:^|[;&\n][ \t]*)\$env:(\w+)\s*(?=$|[|;\n])/gi))
      yield* this.variable(name, 'prints');
    for (const [, sent = ''] of this.command.matchAll(/\b(?:curl|wget|https?|xh|irm|iwr)\s([^|;&\n]*)/g))
      for (const [part] of sent.matchAll(
        /(?:-d|--data(?:-\w+)?|-F|--form|--json|--post-data|--body-data)[= ]\s*(?:"[^"]*"|'[^']*'|\S+)|https?:\/\/[^\s"']*\?[^\s"']*/g,
      ))
        for (const name of variablesIn(part)) yield* this.variable(name, 'sends');
    for (const [, sent = ''] of this.command.matchAll(/\b(?:curl|wget|https?|xh|irm|iwr)\s([^|;&\n]*)/g))
      for (const name of variablesIn(sent)) if (isNeverInHeader(name)) yield* this.variable(name, 'sends');
  }

  private *variable(name: string, does: KeyUse['does']): Generator<KeyUse> {
    const listed = this.place.environments.filter(({ credentials = [] }) =>
      credentials.some((one) => one.startsWith('$') && fits(one.slice(1), name)),
    );
    if (listed.length > 0 || isKeyVariable(name))
      yield { does, key: `$${name}`, object: `the key in the variable ${name}`, listed };
  }

  *of(invocation: Invocation, folder: string, reads: Reads): Generator<KeyUse> {
    const { words, source } = invocation;
    const name = nameOf(words[0]).toLowerCase();
    if (name === '' || (this.consumed && !SENDS.test(name))) return;
    const args = words.slice(1).map((word) => ({ ...word, text: pathIn(folder, word) }));
    const line = args.map(({ text }) => text).join(' ');
    const printed = this.consumed ? undefined : this.printedKey(name, invocation, folder);
    if (printed !== undefined)
      yield {
        does: this.shows(name, 'prints'),
        key: `${name} ${line}`.slice(0, 80),
        object: printed.object,
        listed: [],
      };
    if (ASKS.test(name)) yield* keyAddress(line);
    yield* this.listedCommand(name, line);
    yield* this.wholeEnvironment(
      name,
      args.map(({ text }) => text),
    );
    if (name === 'git') yield* this.inGit(invocation, folder);
    const program = programOf(invocation, reads);
    if (program !== undefined && !program.inFile) yield* this.inCode(program.text, folder);
    const silent = SHOWS_NO_VALUE[sameAs(name)]?.test(line) === true;
    if (silent) return;
    if (
      source !== null &&
      (!source.open || /^\/proc\/[^]*environ$/.test(source.text)) && // whichever process it is
      !/^(?:docker|podman|gh|helm|vault|ssh-add|gpg2?|wc|kubectl|\w+sum|read|while|source|psql|mysql)$/.test(name)
    )
      yield* this.file(source.text, folder, SENDS.test(name) ? 'sends' : this.shows(name, 'reads'));
    if (!READS.test(name) && !SENDS.test(name)) return;
    const given = args.flatMap(({ text }, index) =>
      USES.test(args[index - 1]?.text ?? '') && !/^(?:curl|wget)$/.test(name) ? [] : [text],
    );
    // the last word of a copy is where it goes
    const from =
      /^(?:cp|ln|install|copy|copy-item)$/.test(name) &&
      given.length > 1 &&
      !given.some((text) => /^(?:-t|--target-directory)/.test(text))
        ? given.slice(0, -1)
        : given;
    const packed = /^(?:bsd|g)?tar$/.test(name) ? folderOfTar(args) : undefined;
    for (const text of from) {
      if (packed !== undefined && !text.startsWith('-')) yield* this.file(text, resolveIn(folder, packed), 'reads');
      const sent = SENDS.test(name)
        ? (/^(?:[\w.-]*=)?[@<]([^;]+)/.exec(text)?.[1] ?? /^[\w.:-]+(?:=|@)@?([^;]*)$/.exec(text)?.[1])
        : undefined;
      if (/^(?:curl|curlie|wget|https?|xhs?)$/.test(name)) {
        const file =
          sent ??
          (/^(?:-T|--upload-file|--post-file|--body-file)$/.test(
            args[args.findIndex((one) => one.text === text) - 1]?.text ?? '',
          )
            ? text
            : undefined) ??
          /^(?:-T|--(?:upload|post|body)-file=)(.+)/.exec(text)?.[1] ??
          /^-[dF](?:\w+=)?@(.+)/.exec(text)?.[1] ??
          /^--[\w-]+=(?:\w+=)?@(.+)/.exec(text)?.[1];
        if (file !== undefined) yield* this.file(file, folder, 'sends');
      } else {
        const plain = text.startsWith('-')
          ? (/^--[\w-]+=(.+)$/.exec(text)?.[1] ?? /^(?:-?if)=(.+)$/.exec(text)?.[1] ?? '')
          : text.replace(/^if=/, '');
        if (plain !== '')
          yield* this.file(
            plain.replace(/^file:\/\//, ''),
            folder,
            SENDS.test(name) ? 'sends' : this.shows(name, 'reads'),
          );
      }
    }
  }

  /** What another program of the same pipe sends away is not only shown. */
  private shows(name: string, does: 'prints' | 'reads'): KeyUse['does'] {
    this.sentOn ??= sentOnIn(this.command);
    return this.sentOn !== '' && new RegExp(String.raw`\b${escaped(name)}\b`).test(this.sentOn) ? 'sends' : does;
  }

  private printedKey(name: string, invocation: Invocation, folder: string): Pick<KeyUse, 'object'> | undefined {
    const known = printers().of(name);
    if (known.length === 0) return undefined;
    const { home, root } = this.place;
    const call = callOf(invocation, { folders: [folder], home, root, read: () => undefined, isRevision: () => false });
    const row = known.find((one) => fitsCommand({ ...one, without: one.without ?? /^--help$/ }, call));
    return row === undefined ? undefined : { object: secretNamed(call.args, row.verb) };
  }

  private *listedCommand(name: string, line: string): Generator<KeyUse> {
    const whole = `${name} ${line}`.trim();
    const listed = this.place.environments.filter(({ credentials = [] }) =>
      credentials.some(
        (one) =>
          !one.startsWith('$') &&
          (whole === one || whole.startsWith(`${one} `) || one.slice(one.lastIndexOf('/') + 1) === name),
      ),
    );
    if (listed.length > 0) yield { does: 'prints', key: whole.slice(0, 80), listed };
  }

  /** `printenv`, `env`, `export -p`: all variables, or those named. */
  private *wholeEnvironment(name: string, args: readonly string[]): Generator<KeyUse> {
    if (name === 'printenv' && args.some((text) => !text.startsWith('-'))) {
      for (const text of args) yield* this.variable(text, this.shows(name, 'prints'));
      return;
    }
    const all =
      name === 'printenv' ||
      (name === 'env' && args.every((text) => /^-[0v]$|^--(?:null|debug)$/.test(text))) ||
      (name === 'set' && args.length === 0) ||
      (/^(?:export|declare|typeset)$/.test(name) && args.length > 0 && args.every((text) => /^-[xp]+$/.test(text)));
    if (!all) return;
    const [, filter] =
      /\b(?:env|printenv|set|declare -\w+|export -p)\b[^|;&\n]*\|\s*(?:sort\s*\|\s*)?(?:[ef]?grep|rg)\s+(?:-\w+\s+)*["']?\^?([\w.|\\-]+)/.exec(
        this.command,
      ) ?? [];
    if (
      filter !== undefined &&
      !filter
        .split(/\\?\|/)
        .some((word) => /key|token|secret|pass|cred|auth|^aws|^azure|^gcp|database|prod/i.test(word)) &&
      !isKeyVariable(filter)
    )
      return;
    yield { does: this.shows(name, 'prints'), key: name, object: EVERY_VARIABLE, listed: [] };
  }

  private *inGit(invocation: Invocation, folder: string): Generator<KeyUse> {
    const { verb, rest } = gitCall(invocation.words.slice(1));
    if (!/^(?:show|cat-file|diff|log|blame|annotate|grep|archive|stash|whatchanged)$/.test(verb)) return;
    const line = rest.map(({ text }) => text).join(' ');
    if (
      /--(?:stat|name-only|name-status|shortstat|numstat|quiet|summary|oneline)\b/.test(line) ||
      (verb === 'log' && !/(?:^| )(?:-p|-u|--patch|-L\S*)(?: |$)/.test(line))
    )
      return;
    for (const { text } of plainOf(rest)) yield* this.file(/^[^:]*:(.+)$/.exec(text)?.[1] ?? text, folder, 'reads');
  }

  private *inCode(text: string, folder: string): Generator<KeyUse> {
    yield* keyAddress(text);
    const READ =
      /\b(?:open|read\w*|File|Path|slurp|IO|copy\w*|upload\w*|get-content|createReadStream|file_get_contents)\b/i;
    if (READ.test(text))
      for (const [, , literal = ''] of withHome(text).matchAll(/(["'`])((?:\\.|(?!\1)[^\\\n]){0,300})\1/g))
        if (
          literal.length > 2 &&
          !/\s/.test(literal) &&
          !new RegExp(String.raw`(?:dotenv|load_env\w*|config)\s*\([^)]*["'\`]${escaped(literal)}`).test(text) &&
          !new RegExp(
            String.raw`(?:exists|isfile|existsSync|stat\w*|access\w*)\s*\(\s*["'\`]${escaped(literal)}["'\`]\s*\)`,
          ).test(text)
        )
          yield* this.file(literal, folder, /requests\.|fetch\(|axios|urlopen|http/i.test(text) ? 'sends' : 'reads');
    if (
      /\b(?:print|console\.\w+|puts|echo|p|pp|pprint|json\.dumps|JSON\.stringify|inspect)\b\s*\(?[^;\n]{0,80}?\b(?:os\.environ|process\.env|ENV)\s*(?:\)|$|,|\.(?:to_h|items|copy)\b)/.test(
        text,
      ) &&
      !/\.keys\(|Object\.keys/.test(text)
    )
      yield { does: 'prints', key: 'the environment', object: EVERY_VARIABLE, listed: [] };
    if (KEY_CALL.test(text) && /\b(?:print|console\.\w+|puts|echo|write\w*)\b/.test(text))
      yield { does: 'prints', key: KEY_CALL.exec(text)?.[0].replace(/\s*\($/, '') ?? '', listed: [] };
    if (/^(?:-p|-pe|--print)\n/.test(text))
      for (const [, name = ''] of text.matchAll(/process\.env(?:\.|\[\s*["'])(\w+)/g))
        yield* this.variable(name, 'prints');
    for (const [, name = ''] of text.matchAll(
      /\b(?:print|console\.\w+|puts|echo)\b\s*\(?[^;\n]{0,80}?(?:environ(?:\.get)?\s*[[(]\s*["']|getenv\s*\(\s*["']|process\.env\.|process\.env\[\s*["']|ENV\[\s*["'])(\w+)/g,
    ))
      yield* this.variable(name, 'prints');
  }

  private *file(text: string, folder: string, does: KeyUse['does']): Generator<KeyUse> {
    const { home, root, environments } = this.place;
    if (text === '' || text.length > 500 || /^[a-z][a-z+.-]*:\/\//i.test(text)) return;
    // `.en[v]` is the file alone, and `.env.prod*` what begins so
    const file = text.replace(/\[(.)\]/g, '$1').replace(/(?<=\.\w+)\*+$/, '');
    const named = file.replace(/^(?:~|%(?:USERPROFILE|HOMEPATH)%|:(?:USERPROFILE|HOMEPATH))(?=[\\/])/i, home);
    // a path of PowerShell or cmd; other shells have taken the backslashes out
    const path = withSlashes(resolveIn(folder, named)).replaceAll('\\', '/');
    const inside = root !== null && path.startsWith(`${withSlashes(root)}/`) ? path.slice(root.length + 1) : undefined;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const listed = environments.filter(({ credentials = [] }) =>
      credentials.some((one) => {
        if (one.startsWith('$')) return false;
        const pattern = one.replace(/^~(?=\/)/, home);
        return (
          fits(pattern, path) ||
          (inside !== undefined && fits(pattern, inside)) ||
          (!pattern.includes('/') && fits(pattern, name))
        );
      }),
    );
    if (listed.length > 0 || isKeyFile(path, withSlashes(home)))
      yield {
        does,
        key: text,
        object: NAME.test(text)
          ? `the key file ${text.startsWith(`${home}/`) ? `~${text.slice(home.length)}` : text}`
          : undefined,
        listed,
      };
  }

  /** A file whose text a tool shows. */
  ofFile(file: string, folder: string): Generator<KeyUse> {
    return this.file(file, folder, 'reads');
  }

  /** A tool that is given such a file. */
  *ofTool({ tool, input }: ToolCall, folder: string): Generator<KeyUse> {
    const words = wordsOf(tool);
    if (SHOWS_KEY.test(words.join(' '))) yield { does: 'prints', key: tool, listed: [] };
    for (const { key, value } of entriesOf(input))
      if (typeof value === 'string' && tellsKey(words, value))
        yield { does: 'sends', key, object: 'a key in its text', listed: [] };
    const isShared = words.some((word) => /^(?:gists?|snippets?|paste|upload|send|post|share|attach)$/.test(word));
    if (
      !isShared &&
      words.some((word) =>
        /^(?:write|create|edit|delete|remove|move|list|stat|exists|chmod|insert|replace)$/.test(word),
      )
    )
      return;
    for (const { key, value } of entriesOf(input)) {
      if (typeof value === 'string' && value.length < 500 && REQUEST_KEY.test(key)) yield* keyAddress(value);
      if (
        typeof value === 'string' &&
        /path|file|uri|source|attachment/i.test(key) &&
        value.length < 500 &&
        !/\n/.test(value)
      )
        yield* this.file(value.replace(/^file:\/\//, ''), folder, isShared ? 'sends' : 'reads');
    }
  }
}

/** `$(<FILE)`, and a loop that shows the lines it reads. */
const READ_BY_SHELL = /\$\(\s*<\s*["']?(?<file>[^\s"'()<>|;&]+)["']?\s*\)/g;
const READ_BY_LOOP =
  /\bread\b(?:[ \t]+-\w+)*[ \t]+(\w+)[^]{0,300}?\b(?:echo|printf|print|curl)\b[^;\n]{0,200}?\$\{?\1\b[^]{0,300}?\bdone[ \t]*<[ \t]*["']?(?<file>[^\s"'()<>|;&]+)/g;
const EVERY_VARIABLE = 'every variable of the environment, with the keys among them';
/** What sends on what it reads from a pipe. */
const SENDS_INPUT =
  /\b(?:(?:curl|curlie|wget|https?|xhs?)\b[^;&|\n]*(?:@-|-T ?-|-file[= ]-|< ?\/dev\/stdin)|(?:nc|ncat|netcat|socat|telnet|sendmail|mail|mailx|mutt|croc|transfer)\s)/;
/** A longer command is written by a program; whoever reads it to its end would keep the agent waiting. */
const PIPES_AT_MOST = 5_000;

/** The programs of a command whose output another one of their pipe sends away, as the command has them. */
const sentOnIn = (command: string): string =>
  command
    .slice(0, PIPES_AT_MOST)
    .split(/\|\||[;&\n]/)
    .map((pipe) => {
      const programs = pipe.split('|');
      const sender = programs.findLastIndex((program) => SENDS_INPUT.test(program));
      return sender < 0 ? '' : programs.slice(0, sender).join('|');
    })
    .filter((text) => text !== '')
    .join('\n');
/** A secret's name may have blanks. */
const NAME = /^[\p{L}\p{N}_@%+.:/~ -]{1,60}$/u;
const NAMES_SECRET =
  /^--?(?:secret|secret-id|secret-name|names?|parameter-name|s|id|entry|key-id|export-secret-(?:keys?|subkeys))(?:=|$)/;

/** `the secret shop-env`: what an option names, else the last word that is neither an option nor a part of the verb. */
function secretNamed(args: readonly string[], verb: KeyPrinter['verb']): string | undefined {
  const at = args.findIndex((text) => NAMES_SECRET.test(text));
  const verbs = typeof verb === 'string' ? verb.split(/[ ,/*]+/) : [];
  const plain = args.filter(
    (text, index) => !text.startsWith('-') && !verbs.includes(text) && !/^--?[a-z][\w-]*$/i.test(args[index - 1] ?? ''),
  );
  const behind = args.findLast((text) => !text.startsWith('-') && !verbs.includes(text));
  const name = (at < 0 ? (plain.at(-1) ?? behind) : (/=([^]*)$/.exec(args[at] ?? '')?.[1] ?? args[at + 1]))?.replace(
    /^secrets?\//,
    '',
  );
  if (name === undefined || !NAME.test(name)) return undefined;
  const kind = args.some((text) => /^(?:secrets?(?:\/|$)|secretsmanager$|find-generic)/.test(text))
    ? 'secret'
    : /\.(?:ya?ml|json|env|enc|ini|toml)$/.test(name)
      ? 'key file'
      : 'key';
  return `the ${kind} ${name}`;
}

/** The folder in which tar looks for what it packs. */
const folderOfTar = (args: readonly { readonly text: string }[]): string | undefined =>
  args.flatMap(({ text }, index) =>
    /^(?:-C|--directory)$/.test(args[index - 1]?.text ?? '') ? text : (/^--directory=(.+)$/.exec(text)?.[1] ?? []),
  )[0];

const variablesIn = (text: string): readonly string[] => [
  ...new Set(
    // in single quotes it is no variable; `${NAME:+set}` and `${#NAME}` don't show the value
    [...text.replace(/'[^']*'/g, '').matchAll(/\$(?:env:)?\{?(?!#)(\w+)(?!\w|:?\+)/g)].map(([, name = '']) => name),
  ),
];
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\`]/g, '\\$&');

/** The address in a text at which a cloud hands out keys. */
function* keyAddress(text: string): Generator<KeyUse> {
  const [address] = KEY_ADDRESS.exec(text) ?? [];
  if (address !== undefined) yield { does: 'prints', key: address.trim(), listed: [] };
}
