/** Checks that code switches off, and outside text that it runs. */
import { factAt, type Sentence } from '../../rule-rows/facts-from-sentences';
import type { Call, Code, Pair } from '../../code';
import { named } from '../../yaml-and-json';
import type { Noticed } from '../../types';

const CERTIFICATE_IGNORED =
  'permissions/auth-removed: The certificate of the other side is no longer checked: anybody in between can read and change what is sent.';
const CERTIFICATE_UNCHECKED = 'permissions/auth-removed: The certificate of the other side is no longer checked.';
const TREE_DELETE = 'destructive/fs-recursive-delete: A command that deletes is run from code.';

/** Options by which a library or a tool leaves out its own checks of rights: `withoutPolicyChecks: true`. */
const CHECKS_SKIPPED =
  /^(?:without|skip|disable|bypass|ignore|no)_?(?:iam_?)?(?:policy|policies|permissions?|authori[sz]ation|access|rbac|security|integrity)_?(?:checks?|validation|verification|enforcement)$/i;

const INPUT =
  /\b(?:request|req|params|\$_(?:GET|POST|REQUEST|COOKIE)|flask\.request|ctx\.(?:query|request|params)|event\.(?:body|queryStringParameters)|input\(\)|sys\.argv|process\.argv|gets\b)/;
const DESTROYS =
  /(?:^|[\s;&|(])(?:sudo\s+)?(?:rm\s+(?:-\w+\s+)*-\w*[rR]\w*|mkfs|terraform\s+(?:-\S+\s+)*destroy|kubectl\s+delete|dropdb|aws\s+\S+\s+(?:delete|terminate)-)/;
const MAKES_AGAIN = /(?:te?mp|cache|build|dist|out|node_modules|coverage|target)\b/i;

/** TLS verification off, tokens that are not checked. */
export function checksOff(pair: Pair): Noticed | null {
  const { key, value, owner } = pair;
  const off = /^(?:false|False|0|FALSE)$/.test(value);
  const on = /^(?:true|True|1|TRUE)$/.test(value);
  if (
    (/^(?:rejectUnauthorized|strictSSL|strict_ssl|verify_ssl|ssl_verify|verifySsl|check_hostname|verify_certs|CURLOPT_SSL_VERIFYPEER|sslVerify|ssl_verify_peer|verify_peer)$/.test(
      key,
    ) &&
      off) ||
    (key === 'verify' &&
      value === 'False' &&
      /^(?:get|post|put|patch|delete|head|request|Client|AsyncClient|Session|options|stream|verify)?$/.test(owner))
  )
    return factAt(CERTIFICATE_IGNORED, pair);
  if (/^(?:InsecureSkipVerify|insecure_skip_verify|allowInsecure|acceptInvalidCerts)$/.test(key) && on)
    return factAt(CERTIFICATE_IGNORED, pair);
  if (CHECKS_SKIPPED.test(key) && on)
    return factAt('permissions/auth-removed: A check that stops too much access is switched off: {key} is on.', pair, {
      key: named(key),
    });
  if (/NODE_TLS_REJECT_UNAUTHORIZED/.test(key) && /^["'`]?0["'`]?$/.test(value))
    return factAt(
      'permissions/auth-removed: No certificate is checked any more in this process: anybody in between can read and change what is sent.',
      pair,
    );
  if (/^(?:session\.)?verify$|\.verify$/.test(key) && value === 'False') return factAt(CERTIFICATE_UNCHECKED, pair);
  if (key.endsWith('verify_mode') && /VERIFY_NONE|CERT_NONE/.test(value)) return factAt(CERTIFICATE_UNCHECKED, pair);
  if (/^(?:verify_signature|ignoreExpiration)$/.test(key) && (key === 'ignoreExpiration' ? on : off))
    return factAt('permissions/auth-removed: A token is no longer checked before it is believed.', pair);
  return null;
}

/** `cors({ origin: '*', credentials: true })`. */
export function openCors(call: Call): Noticed | null {
  const origin =
    call.named.get('origin') ??
    call.named.get('origins') ??
    call.named.get('allow_origins') ??
    call.named.get('AllowOrigins') ??
    call.named.get('allowedOrigins');
  const credentials =
    call.named.get('credentials') ??
    call.named.get('supports_credentials') ??
    call.named.get('allow_credentials') ??
    call.named.get('AllowCredentials');
  if (origin === undefined || credentials === undefined || !/^(?:true|True)$/.test(credentials)) return null;
  if (!/^(?:["'`]\*["'`]|\[\s*["'`]\*["'`]\s*\]|true|\[\]string\{"\*"\})$/.test(origin)) return null;
  return factAt(
    "permissions/public-data: Every web site may call this with the user's cookies: any origin, with credentials.",
    call,
  );
}

/** `eval(request.…)`, `os.system("rm -rf " + path)`. */
export function runsText(call: Call, code: Code): Noticed | null {
  const { name, receiver, args } = call;
  const first = args[0];
  if (first === undefined) return null;
  if (
    /^(?:eval|exec|Function|instance_eval|class_eval|assert)$/.test(name) &&
    (receiver === '' || receiver === 'vm') &&
    INPUT.test(first.text) &&
    first.string?.value.includes('\uFFFC') !== false
  )
    return factAt('destructive/remote-opaque: Text from outside is run as a program.', call);
  const shell =
    /^(?:system|popen|exec|execSync|spawn|spawnSync|run|call|check_call|check_output|Popen|getoutput|shell_exec|passthru|exec_command|execa|execaCommand|execFileSync|execFile|Command|command|backtick|getstatusoutput|\$)$/.test(
      name,
    );
  if (!shell) return null;
  const line = textOfCommand(call, code);
  if (line === null) return null;
  if (DESTROYS.test(line)) {
    const name = deletionIn(line);
    return name === TREE_DELETE &&
      MAKES_AGAIN.test(`${line} ${args.map(({ text }) => text).join(' ')}`.replace(/([a-z])([A-Z])/g, '$1_$2'))
      ? null
      : factAt(name, call);
  }
  const throughShell =
    /^(?:system|popen|execSync|exec|shell_exec|passthru|getoutput|exec_command)$/.test(name) ||
    /^(?:True|true)$/.test(call.named.get('shell') ?? '');
  return throughShell &&
    INPUT.test(first.text) &&
    (line.includes('\uFFFC') || first.string === null) &&
    !/shlex\.quote|escapeshellarg|shellescape|\.exec\(/.test(first.text) &&
    receiver !== 'regex'
    ? factAt('destructive/remote-opaque: Text from outside becomes part of a shell command.', call)
    : null;
}

const deletionIn = (line: string): Sentence =>
  /terraform/.test(line)
    ? 'destructive/tf-destroy: A command that deletes is run from code.'
    : /kubectl/.test(line)
      ? 'destructive/k8s-delete: A command that deletes is run from code.'
      : /\baws\b/.test(line)
        ? 'destructive/cloud-delete: A command that deletes is run from code.'
        : /dropdb/.test(line)
          ? 'destructive/sql-drop: A command that deletes is run from code.'
          : TREE_DELETE;

/** A command in a string, in a list of strings, or in several arguments. */
function textOfCommand({ args, receiver, name }: Call, code: Code): string | null {
  const first = args[0];
  if (first === undefined) return null;
  if (name === 'exec' && receiver !== '' && !/child_process|^cp$|shell|ssh|conn|client|^os$/i.test(receiver))
    return null;
  if (/^(?:run|call|command|Command)$/.test(name) && !/subprocess|^sp$|^exec$|^$|execa|shell/i.test(receiver))
    return null;
  if (first.string !== null)
    return [
      first.string.value,
      ...args.slice(1).map(({ string, text }) => string?.value ?? (text.startsWith('[') ? listed(text) : '\uFFFC')),
    ].join(' ');
  const text = /^[\w.]+$/.test(first.text) ? (code.assigned.get(first.text) ?? first.text) : first.text;
  return /^[[(]/.test(text) ? listed(text) : INPUT.test(text) ? '\uFFFC' : null;
}

const listed = (text: string): string =>
  (text.match(/"[^"]*"|'[^']*'|[\w.]+/g) ?? [])
    .map((word) => (/^["']/.test(word) ? word.slice(1, -1) : '\uFFFC'))
    .join(' ');
