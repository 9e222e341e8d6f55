/** The requests that a program sends, and those in a program's text. */
import { either } from '../../base/patterns';
import { takesOf } from '../shell';
import { input, plain, values, type Call } from './program-call';

export interface SentRequest {
  /** In upper case; empty where it is not said. */
  readonly method: string;
  readonly addresses: readonly string[];
  /** What it sends, as far as that is known. */
  readonly body: string;
}

type Reader = (call: Call) => SentRequest | undefined;

/** Options of curl that send something. */
const SENDS = [
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-urlencode',
  '--data-ascii',
  '--json',
  '-F',
  '--form',
];

const curl: Reader = (call) => {
  const joined = call.args.flatMap((text) => /^-[a-zA-Z]*X([A-Z]+)$/.exec(text)?.[1] ?? []);
  const last = call.args.filter((_, index) => /^-[a-zA-Z]+X$/.test(call.args[index - 1] ?? ''));
  const given = [...values(call, '-X', '--request'), ...joined, ...last].at(-1) ?? '';
  const uploads = values(call, '-T', '--upload-file');
  return {
    method: given === '' && uploads.length > 0 ? 'PUT' : given.toUpperCase(),
    addresses: [...plain(call, takesOf('curl')), ...values(call, '--url')],
    body: [
      // the operation of AWS, which stands in a header
      ...values(call, '-H', '--header').filter((text) => /^x-amz-target:/i.test(text)),
      ...values(call, ...SENDS).map((text) => contentOf(call, text)),
      ...uploads.map((file) => contentOf(call, `@${file}`)),
    ].join('\n'),
  };
};

/** `@file` is what the file holds, `@-` the standard input. */
function contentOf(call: Call, text: string): string {
  const [, file] = /^(?:[\w.-]*=)?@([^;]+)/.exec(text) ?? [];
  if (file === undefined) return text;
  return (file === '-' ? input(call) : call.read(file)) ?? text;
}

const httpie: Reader = (call) => {
  const words = plain(call, takesOf('http'));
  const [method = '', address = '', ...rest] = /^(?:get|post|put|patch|delete|head|options)$/i.test(words[0] ?? '')
    ? words
    : ['', ...words];
  return { method: method.toUpperCase(), addresses: [address], body: [...rest, ...listOf(input(call))].join(' ') };
};
const wget: Reader = (call) => {
  const body = [
    ...values(call, '--post-data', '--body-data'),
    ...values(call, '--post-file', '--body-file').map((file) => contentOf(call, `@${file}`)),
  ];
  return {
    method: (values(call, '--method')[0] ?? (body.length > 0 ? 'POST' : '')).toUpperCase(),
    addresses: plain(call, takesOf('wget')),
    body: body.join(' '),
  };
};
const webRequest: Reader = (call) => ({
  method: (optionOf(call, 'method') ?? '').toUpperCase(),
  addresses: [...listOf(optionOf(call, 'uri')), ...plain(call, takesOf('invoke-webrequest'))],
  body: optionOf(call, 'body') ?? '',
});
/** An option of PowerShell, whose case is nobody's. */
const optionOf = ({ args }: Call, name: string): string | undefined =>
  args[args.findIndex((text) => text.toLowerCase() === `-${name}`) + 1 || args.length];

/** A forge's own program: `gh api PATH -f event=APPROVE`. */
const forgeApi: Reader = (call) => {
  const [word, address = ''] = plain(call, [...takesOf('gh'), '-d', '--data', '--hostname']);
  if (word !== 'api') return undefined;
  const file = values(call, '--input')[0];
  const body = [
    ...values(call, '-f', '-F', '--field', '--raw-field', '-d', '--data').map((text) => contentOf(call, text)),
    ...(file === undefined ? [] : [contentOf(call, `@${file}`)]),
  ];
  const method = values(call, '-X', '--method')[0] ?? (body.length > 0 ? 'POST' : '');
  return { method: method.toUpperCase(), addresses: [address], body: body.join('\n') };
};
const azure: Reader = (call) => {
  const [word, verb] = call.args;
  if (word === 'rest')
    return {
      method: (values(call, '--method', '-m')[0] ?? '').toUpperCase(),
      addresses: values(call, '--url', '--uri', '-u'),
      body: values(call, '--body', '-b')
        .map((text) => contentOf(call, text))
        .join(' '),
    };
  // its address is made of an area and a resource
  const [area = '', resource = ''] = [...values(call, '--area'), ...values(call, '--resource')];
  return word === 'devops' && verb === 'invoke'
    ? {
        method: (values(call, '--http-method')[0] ?? 'get').toUpperCase(),
        addresses: [`/_apis/${area}/${resource}`],
        body: values(call, '--in-file')
          .map((file) => contentOf(call, `@${file}`))
          .join(' '),
      }
    : undefined;
};

const READERS: Readonly<Record<string, Reader>> = {
  curl,
  curlie: curl,
  http: httpie,
  https: httpie,
  xh: httpie,
  xhs: httpie,
  wget,
  'invoke-restmethod': webRequest,
  'invoke-webrequest': webRequest,
  irm: webRequest,
  iwr: webRequest,
  gh: forgeApi,
  glab: forgeApi,
  tea: forgeApi,
  hub: forgeApi,
  bb: forgeApi,
  bkt: forgeApi,
  az: azure,
};

const listOf = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

/** The request that a call of a known client sends; undefined for anything else. */
export const requestOf = (call: Call): SentRequest | undefined =>
  Object.hasOwn(READERS, call.name) ? READERS[call.name]?.(call) : undefined;

/** Longer programs are read only up to here. UTF-16 code units. */
const LONGEST = 50_000;
const METHOD = either(
  /\.(post|put|patch|delete)\s*\(/gi,
  /\bmethod["']?\s*(?:=>|[:=])\s*["'`](POST|PUT|PATCH|DELETE)\b/,
  /\b(?:request|Request|NewRequest|fetch|open)\s*\(?[^\n]{0,80}?["'`](POST|PUT|PATCH|DELETE)\b/,
  /Net::HTTP::(Post|Put|Patch|Delete)\b/,
  /["'`](POST|PUT|PATCH|DELETE) \//,
);
const STRING = /(["'`])((?:\\.|(?!\1)[^\\])*)\1/g;
/** The joint of a string that is written in parts. */
const IN_PARTS = /(["'`])\s*\+?\s*\1/g;

/** The requests that a program's text may send: each method in it to each address. */
export function requestsInCode(program: string): readonly SentRequest[] {
  const text = program.slice(0, LONGEST).replace(IN_PARTS, '');
  const methods = new Set(
    [...text.matchAll(METHOD)].map(([, ...found]) =>
      (found.find((one) => typeof one === 'string') ?? '').toUpperCase(),
    ),
  );
  if (/\b(?:urlopen|Request)\s*\([^)]*\bdata\s*=/.test(text)) methods.add('POST');
  if (methods.size === 0) return [];
  const addresses = [...text.matchAll(STRING)].flatMap(([, , literal = '']) =>
    literal.includes('/') && literal.length < 2_000 && !/\s/.test(literal.replace(/^[A-Z]+ /, ''))
      ? [literal.replace(/^[A-Z]+ /, '')]
      : [],
  );
  return addresses.length === 0 ? [] : [...methods].map((method) => ({ method, addresses, body: text }));
}
