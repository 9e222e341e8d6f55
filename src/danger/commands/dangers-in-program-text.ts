/** What a program given to an interpreter on the command line does: to directory trees, cloud resources and rows. */
import { anyOf, either } from '../../base/patterns';
import type { Call as SentCall } from '../code';
import { fact, type Sentence } from '../rule-rows/facts-from-sentences';
import { programOf, withJoinedLists, type Program, type Reads, type Word } from '../shell';
import type { Call, CommandNotice } from './program-call';
import { cloudDeletes, storeLosses, unlimitedDeletes, usesCloud } from '../sdk-losses';
import { callsIn } from './calls-without-grammar';
import { removal } from './programs-removing-or-overwriting-files';
import { doesByName } from './describe-losses';
import { fetched, sentForGood } from './forge-registry-and-http-programs';
import { requestsInCode } from './read-http-requests';
import { inSql } from './database-clients';
import { HOLE } from '../sql';
import { EACH_ROW, EVERY_ROW } from '../rules/destructive/orm-delete-all';

/** Longer programs are read only up to here. UTF-16 code units. */
const LONGEST = 50_000;

/** Calls that remove a folder with everything in it. `\u00abn\u00bb` stands for text number n. */
const TREES = anyOf(
  String.raw`
    rimraf(?:\.sync|Sync)? remove_entry_secure delete-directory deleteDirectory remove_dir_all
    rmdirRecursive emptyDirSync remove_tree deleteSync removeSync remove_dir removedirs rimrafSync
    deleteRecursively Directory\.Delete dir_delete RemoveAll deleteDir removeAll emptyDir rmtree_s rmtree rm_rf rm_r
  `,
  { before: String.raw`\b(?:`, after: String.raw`)\s*\(?\s*([^\n;]*)`, flags: 'gi' },
);
const NODE_TREES =
  /\b(?:rmSync|rmdirSync|rm|rmdir|removeSync|remove|unlink)\s*\(\s*([^\n;]*?;?[^\n;]*?recursive\s*[:=]\s*(?:true|TRUE|T\b|!0|1)[^\n;]*)/g;
/** What walks over a folder, in programs that delete what they meet: Java, Kotlin and Go. */
const WALKS = /\b(?:Files\.walk(?:FileTree)?|filepath\.Walk(?:Dir)?|\bwalkTopDown|walkBottomUp)\s*\(([^\n;]*)/g;
const DELETES_EACH = /\bFiles\.delete(?:IfExists)?\b|::delete\b|\.delete\s*\(\s*\)|\bos\.Remove\s*\(/;
/** Calls that remove files one by one. */
const FILES =
  /\b(?:unlinkSync|unlink|os\.remove|File\.(?:method\(:)?(?:delete|unlink)|FileUtils\.rm|Deno\.removeSync|Deno\.remove|fs\.rmSync|fs\.rm|rmSync)\s*\(?\s*([^\n;]*)/g;
const ALL_FILES =
  /\brglob\s*\(\s*(?:\u00ab\d+\u00bb)|\bglob\s*\(?\s*\u00ab\d+\u00bb|\bos\.walk\s*\(|\b(?:readdirSync|scandir|iterdir)\s*\(|<\s*\*\s*>|Dir\[|Dir\.(?:glob|children|each_child|entries)/;
const SDK =
  /\b(?:boto3|botocore|google\.cloud|googleapiclient|azure\.(?:mgmt|storage|identity)|kubernetes|aws-sdk|@aws-sdk\/[\w-]+|@google-cloud\/[\w-]+|digitalocean|pulumi)\b/;
const SDK_DELETES =
  /\.(?:begin_)?(?:delete|terminate|destroy|purge|deregister)(?!_?message)\w*\s*\(|\b(?:Delete|Terminate|Purge)\w+Command\)?\s*\(|\.(?:delete|terminate)[A-Z]\w*\s*\(/;
const EMPTIES =
  /\bopen\s*\(\s*(\u00ab\d+\u00bb)\s*,\s*(?:mode\s*=\s*)?(\u00ab\d+\u00bb)|\b(?:writeFileSync|truncateSync|writeFile|truncate)\s*\(\s*(\u00ab\d+\u00bb)/g;
const OF_THE_SYSTEM = /^\/(?:etc|boot|usr|s?bin|lib)\//;
const OPAQUE =
  /\b(?:exec|eval|compile|Function|loads|system|popen|execSync|check_output)\s*\(?[^\n]*\b(?:b64decode|atob|fromhex|decompress|unhexlify|from_base64|decode_base64|decode64|base64_decode|unpack|pack\s*\(|Buffer\.from)\b/i;
const HOME = /expanduser|homedir\s*\(|Path\.home|\$HOME|ENV\[|environ|process\.env\.HOME|Dir\.home/;

/** Calls that drop a table, write another in its place or move money, by what drivers and libraries call them. */
const LOSES_BY_CALL: readonly (readonly [call: RegExp, sentence: Sentence])[] = [
  [
    /\b(?:dbRemoveTable|drop_?(?:Table|schema)(?:IfExists)?|dropIfExists|drop_view|remove_table)\s*[(: ][^\u00ab\n]{0,80}(?:\u00ab\d+\u00bb[^\u00ab\n]{0,40}\bschema\b[^\u00ab\n]{0,20})?(?:\bId\([^\n]*?\btable\s*=\s*)?(\u00ab\d+\u00bb|:\w+)/i,
    'destructive/sql-drop: drops the table{name}, with every row',
  ],
  [
    /\b(?:remove_?objects(?:_?async)?|delete_?objects(?:Command)?|delete_?blobs|deleteFiles|delete_all_objects|batch_?delete(?:_?objects)?)\s*\((?:[^()\n\u00ab]{0,60}(\u00ab\d+\u00bb))?/i,
    'destructive/cloud-sdk-delete: deletes many objects of a store{name}',
  ],
  [
    /\bto_sql\s*\(\s*(?:name\s*=\s*)?(\u00ab\d+\u00bb)[^\n]*\bif_exists\s*=\s*\u00abreplace\u00bb/,
    'destructive/sql-drop: drops the table{name}, and writes another in its place',
  ],
  [
    /\b(?:dbWriteTable|copy_to)\s*\([^\u00ab\n]*(\u00ab\d+\u00bb)[^\n]*\boverwrite\s*=\s*T(?:RUE)?\b/,
    'destructive/sql-drop: drops the table{name}, and writes another in its place',
  ],
  [
    /\bTable\s*\(\s*(\u00ab\d+\u00bb)[^\n]*\)\.drop\s*\(/,
    'destructive/sql-drop: drops the table{name}, with every row',
  ],
  [/\bDB\s*\[\s*(:\w+)\s*\]\.(?:delete|truncate)\b/, 'destructive/orm-delete-all: deletes every row of{name}'],
  [/\bClient\b[^\n]*\[\s*(:\w+|\u00ab\d+\u00bb)\s*\]\.drop\b/, 'destructive/store-flush: drops the collection{name}'],
  [
    /\b[Mm]ongo\w*\b[^]{0,400}\.(\w+)\.drop\s*\(\s*\)/,
    'destructive/store-flush: drops the collection{name}, with every document',
  ],
  [
    /\bstripe\b[^]{0,400}\b(?:refunds?|payouts?|transfers?)\.create\s*\(/i,
    'destructive/cloud-delete (high): moves money{name}',
  ],
  [/\bsync\s*\(\s*\{\s*force\s*:\s*true/, 'destructive/orm-reset: drops the tables and makes them again, empty{name}'],
];

/** By a mail server that the program names, and that is of another machine. */
const SENDS_BY_SMTP =
  /\bSMTP(?:_SSL)?\s*\(\s*(?:host\s*=\s*)?["'](?!localhost|127\.|0\.0|mail(?:hog|pit|dev|catcher))[\w.-]+["'][^]*\.(?:sendmail|send_message)\s*\(/;

/** The same by a library, whose server stands elsewhere or in its settings. */
const SENDS_BY_LIBRARY = either(
  /\bcreateTransport\s*\([^]*\.sendMail\s*\(/,
  /\b(?:resend\.Emails|resend\.emails|sgMail|mg\.messages|sendgrid)\.(?:send|create)\w*\s*\(/,
  /\bMail\.deliver\b|\bPony\.mail\s*\(|\bsmtp\.SendMail\s*\(|\bTransport\.send\s*\(|\bsend_mass_mail\s*\(/,
  /\bSESV?2?Client\b[^]*\bSend\w*Email\w*Command\b|\.send_(?:raw_|bulk_|templated_)*email\s*\(/,
  /(?:^|[;{\s])mail\s*\(\s*\u00ab\d+\u00bb\s*,|\bmessages\.create\s*\(\s*(?:\{\s*)?(?:to|body|from_?)\b/,
);
const OWN_MAIL_SERVER = /^(?:localhost|127\.0\.0\.1|mail(?:hog|pit|dev|catcher)(?::\d+)?|smtp\.ethereal\.email)$/;

export function inCode(call: Call, reads: Reads): CommandNotice[] {
  const program = programOf(call.invocation, reads);
  if (program === undefined) return [];
  return judgeCode(call, program).map((notice) =>
    notice.places === undefined
      ? { ...notice, does: `${notice.does}${literalFor(notice.does, program.text)}` }
      : notice,
  );
}

/** `Bucket("media")`, `TableName: 'orders'`, `.collection('users')`. */
const LITERALS =
  /\b([Bb]ucket|[Cc]ollection|[Cc]ontainer|[Dd]atabase|[Dd]ataset|[Ii]ndex|[Kk]eyspace|[Qq]ueue|[Ss]tream|[Tt]able|[Tt]opic)(?:_?(?:[Nn]ame|[Uu]rl))?["']?\s*(?:\(|=>|[:=])\s*["'`]([\w.:/-]{1,60})["'`]/g;

/** `: bucket media`, where a sentence has a word for what a literal of the program names, and the program names no other. */
function literalFor(does: string, text: string): string {
  const named = [...text.slice(0, LONGEST).matchAll(LITERALS)].map(([, kind = '', name = '']) => ({
    kind: kind.toLowerCase(),
    name: name.split('/').at(-1) ?? '',
  }));
  if (named.some(({ name }) => name === '' || does.includes(name))) return '';
  const fits = /\bsomething in the cloud$/.test(does)
    ? named
    : named.filter(({ kind }) => new RegExp(String.raw`\b${kind}\b`).test(does));
  const [first] = fits;
  return first === undefined || fits.some(({ name }) => name !== first.name) ? '' : `: ${first.kind} ${first.name}`;
}

function judgeCode(call: Call, { text, language }: Program): CommandNotice[] {
  const whole = withPlainQuotes(withJoinedLists(text.slice(0, LONGEST)), language);
  const { code, texts } = withoutTexts(whole, language);
  const found: CommandNotice[] = [];
  const named = (part: string): Word[] => {
    if (HOME.test(part)) {
      // `Dir.home + '/work'`, `expanduser('~/work')`
      const behind = [...part.matchAll(/\u00ab(\d+)\u00bb/g)]
        .map(([, index = '']) => (texts[Number(index)] ?? '').replace(/^~(?=\/)/, ''))
        .find((one) => /^\/?[\w.-]/.test(one) && !/^(?:HOME|USERPROFILE)$/.test(one));
      return [{ text: behind === undefined ? call.home : `${call.home}/${behind.replace(/^\//, '')}`, open: false }];
    }
    const words = [...part.matchAll(/\u00ab(\d+)\u00bb/g)]
      .map(([, index = '']): Word => ({ text: texts[Number(index)] ?? '', open: false }))
      .filter(({ text }) => text !== '' && !/^(?:utf-?8|force|recursive|-?rf)$/i.test(text));
    return words.length > 0 ? words.slice(0, 4) : [{ text: '', open: true }];
  };
  const temporary = temporaryFolders(code);
  for (const pattern of [TREES, NODE_TREES])
    for (const [, part = ''] of code.matchAll(pattern))
      if (!temporary.has(/^\s*(\w+)\s*[,)]/.exec(part)?.[1] ?? '')) found.push(...removal(call, named(part), true));
  const all = FILES.test(code) && ALL_FILES.test(code);
  FILES.lastIndex = 0;
  if (all)
    found.push(
      ...removal(
        call,
        [...code.matchAll(/(?:rglob|glob|walk|readdirSync|scandir|Dir\.\w+|Dir\[|Path)\s*\(?\s*(\u00ab\d+\u00bb)/g)]
          .flatMap(([, part = '']) => named(part))
          .map((word) => ({ ...word, text: /^[.*]*$/.test(word.text) ? './**' : word.text })),
        true,
      ),
    );
  if (DELETES_EACH.test(code))
    for (const [, part = ''] of code.matchAll(WALKS)) found.push(...removal(call, named(part), true));
  if (/<\s*\*\s*>/.test(code) && /\bunlink\b/.test(code))
    found.push(...removal(call, [{ text: './*', open: false }], true));
  for (const [, part = ''] of code.matchAll(FILES))
    found.push(
      ...removal(
        call,
        named(part).filter(({ open }) => !open),
        false,
      ),
    );
  for (const [, file, mode, written] of code.matchAll(EMPTIES)) {
    const at = (part: string | undefined): string => texts[Number(/\d+/.exec(part ?? '')?.[0] ?? -1)] ?? '';
    if (file === undefined ? written !== undefined : /^[wx]/.test(at(mode)))
      found.push(
        ...removal(call, [{ text: at(file ?? written), open: false }], false, 'overwrites')
          .filter(({ places }) => places !== undefined || OF_THE_SYSTEM.test(at(file ?? written)))
          .map((one) => (one.places === undefined ? one : { ...one, existing: true as const })),
      );
  }
  const requests = requestsInCode(whole);
  if (/\bmutation\b/.test(whole))
    found.push(
      ...requests.flatMap(({ method, addresses, body }) => fetched(method, addresses, body) ?? []).slice(0, 1),
    );
  const sentAway = sentForGood(requests);
  if (sentAway !== undefined) found.push(sentAway);
  if (SENDS_BY_SMTP.test(whole) || (SENDS_BY_LIBRARY.test(code) && !texts.some((text) => OWN_MAIL_SERVER.test(text))))
    found.push(fact('destructive/cloud-delete (medium): sends a mail, which nobody can take back'));
  if (!isInMemory(code, texts)) found.push(...lossesByCall(code, texts));
  const inItsCalls = inCalls(code, texts, language);
  if (inItsCalls.length === 0)
    found.push(...deletedAt(whole).flatMap((address) => fetched('DELETE', [address], '') ?? []));
  const [bySdk] = SDK.test(code) || texts.some((one) => SDK.test(one)) ? (SDK_DELETES.exec(code) ?? []) : [];
  if (bySdk !== undefined) found.push(fact('destructive/cloud-sdk-delete: {does}', { does: doesByName(bySdk) }));
  found.push(...inItsCalls);
  if (OPAQUE.test(code)) found.push(fact('destructive/remote-opaque: runs a text that only a run can tell'));
  if (
    /\w*(?:execute|query|exec|statement)\w*!?\s*[(\u00ab{]|\b(?:raw|run|cursor|do|prepare|unsafe|sql)\b|^\s*sql\b|\b(?:db|update)\s*\(/i.test(
      code,
    ) &&
    !isInMemory(code, texts)
  )
    found.push(
      ...inSql(
        texts
          .filter((one) => /^\s*(?:DROP|TRUNCATE|DELETE|UPDATE|ALTER)\s/i.test(one))
          .map((one) => one.replace(/[$#]?\{[^{}]*\}/g, HOLE)), // what the program puts in has no name here
      ),
    );
  if (inItsCalls.length > 0) return found;
  if (
    /\.(?:objects(?:\.all\(\))?\.(?:all\(\)\.)?delete|delete_all|destroy_all|deleteMany|drop_all|dropDatabase|flushall|flushdb)\s*\(\s*(?:\{\s*\}\s*)?\)/i.test(
      code,
    ) ||
    /\b[A-Z]\w*\.(?:delete_all|destroy_all)\b/.test(code) ||
    EACH_ROW.test(code) ||
    /\bDB::table\([^)]*\)->(?:truncate|delete)\s*\(\s*\)|\b[A-Z]\w*::(?:query\(\)->)?(?:truncate|delete)\s*\(\s*\)/.test(
      code,
    )
  )
    found.push(fact(EVERY_ROW));
  return found;
}

function lossesByCall(code: string, texts: readonly string[]): CommandNotice[] {
  const said = code.replace(/\u00ab(\d+)\u00bb/g, (all, index: string) => {
    const text = texts[Number(index)] ?? '';
    return /^(?:replace|stripe|mongodb|mongoose)$/.test(text) ? `\u00ab${text}\u00bb` : all;
  });
  for (const [call, sentence] of LOSES_BY_CALL) {
    const found = call.exec(said);
    if (found === null) continue;
    const name = (found[1] ?? '')
      .replace(/^:/, '')
      .replace(/^\u00ab(\d+)\u00bb$/, (_, index: string) => texts[Number(index)] ?? '');
    return [fact(sentence, { name: name === '' ? '' : ` ${name}` })];
  }
  return [];
}

/** Whether a program opens one database, and that is one in memory: nothing in it was there before. */
const isInMemory = (code: string, texts: readonly string[]): boolean =>
  (texts.some((text) =>
    /^(?:file:)?:memory:|^sqlite(?:\+\w+)?:\/\/(?:\/:memory:)?$|^jdbc:(?:h2:mem|sqlite::memory|hsqldb:mem)/.test(text),
  ) ||
    /\bduckdb\.(?:connect\s*\(\s*\)|(?:query|sql|execute)\s*\()|\bnew PGlite\s*\(\s*\)|\bnewDb\s*\(\s*\)/.test(code)) &&
  (
    code.match(
      /\b(?:connect|create_?engine|createConnection|getConnection|open)\s*\(|\b(?:Database|Pool|Client)(?:Sync)?(?:\.new)?\s*\(/gi,
    ) ?? []
  ).length <= 1 &&
  !texts.some((text) => /^\w[\w+.-]*:\/\/[^/]|^ATTACH\b/i.test(text));

/** Names that hold a folder which the program made for itself, and nothing else. */
function temporaryFolders(code: string): ReadonlySet<string> {
  const held = [...code.matchAll(/\b(\w+)\s*(?::[^=\n]{0,40})?=(?![=>])/g)].map(([, name = '']) => name);
  return new Set(
    [...code.matchAll(/\b(\w+)\s*=\s*[^\n;=]{0,80}?\b(?:mkdtemp(?:Sync)?|mktmpdir)\s*\(/g)]
      .map(([, name = '']) => name)
      .filter((name) => held.filter((one) => one === name).length === 1),
  );
}

/** What the rules for code say of its calls, and the requests that it sends. */
function inCalls(code: string, texts: readonly string[], language: string): CommandNotice[] {
  const text = [code, ...texts].join('\n');
  if (
    !/delete|drop|del\b|destroy|purge|clear|flush|remove|truncate|terminate|sync|obliterate|drain|discard/i.test(text)
  )
    return [];
  const read = callsIn(code, texts, language.startsWith('ruby'));
  const known = { ...read, pairs: [], checks: [], known: new Map<string, number>() };
  const cloud = usesCloud(text) || /\b(?:cloudflare|supabase|minio|kafka\w*|github)\b/i.test(text);
  const noticed = read.calls.flatMap((call) => [
    ...storeLosses(call),
    ...[cloud ? cloudDeletes(call, known) : null].filter((one) => one !== null),
  ]);
  return [
    ...[
      ...noticed,
      ...unlimitedDeletes(known, [code, ...texts.map((one) => JSON.stringify(one))].join('\n'), true),
    ].map(({ rule, row, severity, message }): CommandNotice => ({
      rule,
      does: `runs code: ${message.replace(/\.$/, '')}`,
      ...(row === undefined ? {} : { row }),
      ...(severity === undefined ? {} : { severity }),
    })),
    ...read.calls.flatMap((call) => sent(call) ?? []),
  ];
}

/** Where a program in any language sends a DELETE, by its text: the address stands beside it. */
const DELETES_AT = either(
  /["'`](https?:\/\/[^"'`\s]+)["'`][^]{0,400}?\bNet::HTTP::Delete\b/,
  /(?:\.|->)delete\s*\(\s*["'`](https?:\/\/[^"'`\s]+)/i,
  /["'`]DELETE["'`][^\n]{0,80}?["'`](https?:\/\/[^"'`\s]+)/,
  /["'`](https?:\/\/[^"'`\s]+)["'`][^\n]{0,160}?["'`]DELETE["'`]/,
);
const HOST_FIRST =
  /\bHTTPS?(?:Connection|\.start|\.new)\s*\(\s*["']([\w.-]+)["'][^]*?\.(?:delete|request_delete)\s*\(\s*["'](\/[^"'\s]*)/;

function deletedAt(text: string): readonly string[] {
  const found = DELETES_AT.exec(text)
    ?.slice(1)
    .find((one) => typeof one === 'string');
  const [, host, path] = HOST_FIRST.exec(text) ?? [];
  return [
    ...(found === undefined ? [] : [found]),
    ...(host === undefined ? [] : [`https://${host}${path ?? ''}`]),
  ].slice(0, 1);
}

/** Libraries that send requests. */
const SENDERS =
  /(?:^|\.)(?:requests|axios|httpx|got|ky|superagent|session|faraday|httparty|rest_?client|urllib3?|http)(?:\(\))?$/i;

function sent({ name, receiver, args, named }: SentCall): CommandNotice | undefined {
  const [address, second] = args.map(({ string }) => string?.value);
  const method = /"?([A-Za-z]+)/.exec(named.get('method') ?? '')?.[1] ?? '';
  if (/^delete$/i.test(name) && SENDERS.test(receiver)) return fetched('DELETE', [address ?? ''], '');
  if (/^(?:request|fetch|axios|got|ky|Request)$/.test(name) && /^delete$/i.test(method))
    return fetched('DELETE', [address ?? /"([^"]*)"/.exec(named.get('url') ?? '')?.[1] ?? ''], '');
  if (name !== 'request') return undefined;
  if (/^delete$/i.test(address ?? '')) return fetched('DELETE', [second ?? ''], '');
  // octokit
  return /^DELETE\s/.test(address ?? '') ? fetched('DELETE', ['https://api.github.com/'], '') : undefined;
}

/**
 * Perl's `q(…)` and `<…*>`, Ruby's `%q(…)`, and PHP's name of a function in front of a comma, as the string, the call
 * of `glob` and the name that they stand for.
 */
function withPlainQuotes(text: string, language: string): string {
  if (language.startsWith('php')) return text.replace(/(["'])(unlink|rmdir)\1(?=\s*,)/g, '$2');
  if (!/^(?:perl|ruby)/.test(language)) return text;
  return text
    .replace(
      /(?:%[qQ]|(?<![\w$@%&>{])qq?\s{0,3})(?:\(([^()"\n]*)\)|\{([^{}"\n]*)\}|\[([^[\]"\n]*)\])/g,
      (_, ...parts) => JSON.stringify(parts.slice(0, 3).find((part) => typeof part === 'string') ?? ''),
    )
    .replace(/<([\w./-]{0,200}\*[\w./*-]{0,200})>/g, (all, glob: string) => (glob === '*' ? all : `glob "${glob}"`));
}

/** A program without comments and with each string replaced by its number: what is only printed does nothing. */
function withoutTexts(text: string, language: string): { readonly code: string; readonly texts: readonly string[] } {
  const texts: string[] = [];
  const hash = /^(?:python|ruby|perl|php|[gmn]?awk|tclsh|r(?:script)?$|julia|elixir|raku|crystal)/.test(language);
  const token = hash
    ? /"""[^]*?"""|'''[^]*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|(?<![$\w&])#[^\n]*/g
    : /"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|(?<![:"'])\/\/[^\n]*|\/\*[^]*?\*\//g;
  const code = text.replace(token, (one) => {
    if (/^(?:#|\/\/|\/\*)/.test(one)) return ' ';
    const quotes = /^(?:"""|''')/.test(one) ? 3 : 1;
    texts.push(one.slice(quotes, -quotes).replace(/\\(["'`\\])/g, '$1'));
    return `\u00ab${String(texts.length - 1)}\u00bb`;
  });
  return { code: joinedParts(code, texts), texts };
}

/** `\u00ab1\u00bb + \u00ab2\u00bb` as one text. */
function joinedParts(code: string, texts: string[]): string {
  let made = code;
  for (let turn = 0; turn < 20; turn++) {
    const next = made.replace(
      /\u00ab(\d+)\u00bb\s*(?:\+|\.(?=\s*\u00ab)|(?=\s*\u00ab))\s*\u00ab(\d+)\u00bb/,
      (_, leftIndex: string, rightIndex: string) => {
        texts.push((texts[Number(leftIndex)] ?? '') + (texts[Number(rightIndex)] ?? ''));
        return `\u00ab${String(texts.length - 1)}\u00bb`;
      },
    );
    if (next === made) break;
    made = next;
  }
  return made;
}
