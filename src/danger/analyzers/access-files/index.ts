/** Small files that say who may do what: sudoers, pg_hba.conf, web servers, owners and protections of a repository. */
import { factAt, factOf, factWas } from '../../rule-rows/facts-from-sentences';
import type { Change, Noticed, AnalyzerOfFiles } from '../../types';
import { named, compare, sidesOf } from '../../yaml-and-json';
import { noticeSetting } from '../../rule-rows/match-setting-rows';

const RULES_OPEN = 'permissions/db-grant: The rules let everybody {deed}{when}.';
const RULES_READABLE = 'permissions/db-grant (medium): The rules let everybody {deed}.';
const REVIEW_LOST = 'permissions/ci-gate: Changes of {pattern} no longer need a review by {owners}.';

/** A kind of file with one statement per line. */
interface LineFile {
  readonly is: RegExp;
  /** What such a file has in its text, where its name is everything's. */
  readonly has?: RegExp;
  /** Without comments and spaces; empty when nothing is left. */
  readonly bare: (line: string) => string;
  readonly judge: (line: string, before: string) => Omit<Noticed, 'line' | 'side'> | undefined;
}

const withoutHash = (line: string): string => line.replace(/(?:^|\s)#(?!\d).*$/, '').trim();

/** A public key, as a server lists whom it lets in. */
const KEY = /(?:^|\s)(?:ssh-\w+|ecdsa-[\w-]+|sk-[\w.@-]+)\s+[A-Za-z0-9+/=]{40,}/;

const FILES: readonly LineFile[] = [
  {
    is: /(?:^|\/)(?:sudoers(?:\.d\/[^/]+)?|[\w.-]*sudoers[\w.-]*)$/i,
    bare: withoutHash,
    judge: (line) => {
      const [, who = '', commands = ''] = /^([^\s=]+(?:\s*,\s*[^\s=]+)*)\s+[^=]+=\s*(.*)$/.exec(line) ?? [];
      if (/^Defaults\b/.test(line))
        return /!authenticate\b/.test(line)
          ? factOf('permissions/iam-admin: Nobody is asked for a password before root commands (!authenticate).')
          : undefined;
      if (
        !/(?:^|[\s:,)])ALL\s*$/.test(commands) ||
        (/^(?:root|%sudo|%wheel|%admin)$/.test(who) && !/NOPASSWD/.test(commands))
      )
        return undefined;
      return factOf('permissions/iam-admin: User {who} may run every command as another user{how}.', {
        who: named(who),
        how: /NOPASSWD/.test(commands) ? ', without a password' : '',
      });
    },
  },
  {
    is: /(?:^|\/)pg_hba[\w.-]*\.conf(?:\.\w+)?$/i,
    bare: withoutHash,
    judge: (line) => {
      const [kind = '', , , address = '', ...rest] = line.split(/\s+/);
      const method = (kind === 'local' ? address : (rest.find((word) => /^[a-z]/.test(word)) ?? '')).toLowerCase();
      if (!/^(?:local|host|hostssl|hostnossl|hostgssenc|hostnogssenc)$/.test(kind)) return undefined;
      if (method === 'trust')
        return factOf('permissions/db-grant: Connections{how} need no password (trust).', {
          how: kind === 'local' ? '' : ` from ${named(address)}`,
        });
      return kind !== 'local' &&
        /^(?:0\.0\.0\.0\/0|::\/0|::0\/0|all)$/.test(address) &&
        method !== 'reject' &&
        kind !== 'hostssl' &&
        /^(?:password|md5|ident)$/.test(method)
        ? factOf('permissions/db-grant: The database answers every address with a weak check ({method}).', {
            method: named(method),
          })
        : undefined;
    },
  },
  {
    is: /(?:^|\/)[\w.-]*(?:firestore|storage|firebase)[\w.-]*\.rules$/i,
    bare: (line) => line.replace(/\/\/.*$/, '').trim(),
    judge: (line) => {
      const [, deeds = '', condition = 'true'] = /\ballow\s+([\w,\s]+?)\s*(?::\s*if\s+(.+?))?\s*;/.exec(line) ?? [];
      if (deeds === '') return undefined;
      const until = /^request\.time\s*<\s*timestamp\.date\(/.test(condition) && !/&&/.test(condition);
      if (!until && !/^\(*\s*true\s*\)*$/.test(condition)) return undefined;
      const deed = named(deeds.replace(/\s+/g, ' '));
      return /\b(?:write|create|update|delete)\b/.test(deeds)
        ? factOf(RULES_OPEN, { deed, when: until ? ' until a day' : '' })
        : factOf(RULES_READABLE, { deed });
    },
  },
  {
    is: /(?:^|\/)(?:[\w.-]*database[\w.-]*\.rules|[\w.-]*rules)\.(?:json|bolt)$/i,
    bare: (line) => line.trim(),
    judge: (line) => {
      const deeds = [...line.matchAll(/"\.(read|write)"\s*:\s*(?:true|"true")/g)].map(([, deed]) => deed ?? '');
      if (deeds.length === 0) return undefined;
      if (deeds.includes('write')) return factOf(RULES_OPEN, { deed: deeds.join(' and '), when: '' });
      return factOf(RULES_READABLE, { deed: 'read' });
    },
  },
  {
    is: /(?:^|\/)(?:redis|valkey)[\w.-]*\.conf$/i,
    bare: withoutHash,
    judge: (line) =>
      /^protected-mode\s+no$/i.test(line)
        ? factOf('permissions/db-grant: The store answers other machines without a password (protected-mode no).')
        : undefined,
  },
  {
    is: /(?:^|\/)(?:etc\/)?exports(?:\.(?:j2|jinja2?|erb|epp|tmpl)|\.d\/[^/]+)?$/,
    bare: withoutHash,
    judge: (line, before) =>
      /[(,]no_root_squash[,)]/.test(line) && !before.includes('no_root_squash')
        ? factOf('permissions/iam-admin (medium): Root of the machines that mount this is root in it (no_root_squash).')
        : undefined,
  },
  {
    is: /(?:^|\/)authorized_keys2?(?:[._-][\w.-]+)?$/,
    // its options and its comment are no part of it
    bare: (line) => KEY.exec(withoutHash(line))?.[0].trim() ?? '',
    judge: (_, before) =>
      before === '' ? undefined : factOf('permissions/iam-admin (medium): One more key may sign in by SSH.'),
  },
  { is: /(?:^|\/)sshd?_config(?:\.(?:j2|jinja2?|erb|epp|tmpl)|\.d\/[^/]+)?$/i, bare: withoutHash, judge: ssh },
  {
    is: /\.(?:sls|ya?ml)(?:\.\w+)?$/i,
    has: /\b(?:Ciphers|MACs|KexAlgorithms|PubkeyAccepted\w+|HostKeyAlgorithms)\s/,
    bare: (line) =>
      withoutHash(line)
        .replace(/^(?:-\s+)?(?:line|contents?|value)\s*:\s*/, '')
        .replace(/^(["'])(.*)\1$/, '$2'),
    judge: weakSsh,
  },
];

/** Signatures, ciphers and key exchanges that can be broken. */
const BROKEN =
  /(?<![\w-])(?:ssh-rsa|ssh-dss|hmac-md5(?:-96)?|hmac-sha1(?:-96)?|arcfour\d*|(?:3des|aes\d+|blowfish|cast128)-cbc|diffie-hellman-group(?:1|14|-exchange)-sha1)(?![\w-])/g;

/** Who may sign in by SSH, and by what. */
function ssh(line: string, before: string): ReturnType<LineFile['judge']> {
  return /^(?:PermitRootLogin|PermitEmptyPasswords)\s+yes$/i.test(line)
    ? factOf('permissions/auth-removed: SSH lets more people in ({line}).', { line: named(line) })
    : weakSsh(line, before);
}

function weakSsh(line: string, before: string): ReturnType<LineFile['judge']> {
  const [, name = '', mark = '', list = ''] =
    /^(Ciphers|MACs|KexAlgorithms|PubkeyAccepted(?:Algorithms|KeyTypes)|HostKeyAlgorithms)\s+([-+^]?)(.*)$/i.exec(
      line,
    ) ?? [];
  if (mark === '-') return undefined; // these are taken away
  const algorithm = list.match(BROKEN)?.find((one) => !new RegExp(`${name}\\s+[^-\\n][^\\n]*${one}`, 'i').test(before));
  if (algorithm === undefined) return undefined;
  return factOf('permissions/auth-removed: SSH takes {algorithm} from now on, which can be broken ({name}).', {
    algorithm,
    name: named(name),
  });
}

const fileOf = ({ path, after }: Change): LineFile | undefined =>
  FILES.find(({ is, has }) => is.test(path) && has?.test(after ?? '') !== false);

export const access: AnalyzerOfFiles = {
  id: 'access',
  concerns: (change) =>
    fileOf(change) !== undefined || isWeb(change.path) || isOwners(change.path) || isSettings(change.path),
  notice: (change) => {
    if (isOwners(change.path)) return owners(change);
    if (isSettings(change.path)) return noticeProtections(change);
    if (isWeb(change.path)) return web(change);
    const kind = fileOf(change);
    return kind === undefined ? [] : newLines(change, kind);
  },
};

const normal = (line: string): string => line.replace(/\s+/g, ' ');

function newLines({ before, after }: Change, { bare, judge }: LineFile): readonly Noticed[] {
  const known = new Set((before ?? '').split('\n').map((line) => normal(bare(line))));
  return (after ?? '').split('\n').flatMap((text, index): readonly Noticed[] => {
    const line = text.length > 2_000 ? '' : normal(bare(text));
    const found = line === '' || known.has(line) ? undefined : judge(line, before ?? '');
    return found === undefined ? [] : [{ ...found, line: index + 1, side: 'new' }];
  });
}

const isWeb = (path: string): boolean =>
  /(?:^|\/)(?:nginx[\w.-]*\.(?:conf[\w.-]*|erb|j2|epp|tmpl)|[^/]*\.nginx|\.htaccess|httpd\.conf|apache2?\.conf|Caddyfile)$|(?:^|\/)(?:nginx|sites-(?:available|enabled)|conf\.d)\/[^/]+(?:\.conf[\w.]*)?$/i.test(
    path,
  );

/** CORS for everybody with credentials, and removed checks on who gets access. */
function web({ before, after }: Change): readonly Noticed[] {
  const [old, now] = [(before ?? '').split('\n').map(withoutHash), (after ?? '').split('\n').map(withoutHash)];
  const any = (lines: readonly string[]): number =>
    lines.findIndex((line) =>
      /Access-Control-Allow-Origin["']?\s+["']?(?:\*|\$http_origin|\$\{?http_origin\}?|%\{HTTP_ORIGIN\}e)["']?/i.test(
        line,
      ),
    );
  const credentials = (lines: readonly string[]): number =>
    lines.findIndex((line) => /Access-Control-Allow-Credentials["']?\s+["']?true/i.test(line));
  const found: Noticed[] = [];
  if (any(now) !== -1 && credentials(now) !== -1 && (any(old) === -1 || credentials(old) === -1)) {
    found.push(
      factAt("permissions/public-data: Every site may read answers with the user's credentials (CORS).", {
        line: (any(old) === -1 ? any(now) : credentials(now)) + 1,
      }),
    );
  }
  const guards =
    /^(?:auth_basic\s+(?!off)|auth_request\s+(?!off)|auth_jwt\s+(?!off)|ssl_verify_client\s+on|deny\s+all|Require\s+(?:valid-user|user|group|ip)|basic_?auth\b|forward_auth\b)/i;
  const newRows = now.map(normal);
  if (after !== null) {
    const lost = old.findIndex((line) => guards.test(line) && !newRows.includes(normal(line)));
    const off = now.findIndex(
      (line) =>
        /^(?:auth_basic|auth_request|auth_jwt)\s+off\b|^Require\s+all\s+granted/i.test(line) &&
        !old.map(normal).includes(normal(line)),
    );
    if (lost !== -1 && now.filter((line) => guards.test(line)).length < old.filter((line) => guards.test(line)).length)
      found.push(
        off === -1
          ? factWas(
              'permissions/auth-removed: The server no longer checks who comes in: {what} is removed.',
              lost + 1,
              { what: named(old[lost]) },
            )
          : factAt('permissions/auth-removed: The server no longer checks who comes in ({what}).', off + 1, {
              what: named(now[off]),
            }),
      );
  }
  const [oldBlocks, newBlocks] = [old, now].map((lines) => blocksOf(lines, guards));
  const opened =
    after === null || found.length > 0
      ? undefined
      : [...(oldBlocks ?? [])].find(
          ([head, guardLines]) => guardLines.length > 0 && newBlocks?.get(head)?.length === 0 && head !== '',
        );
  if (opened !== undefined)
    found.push(
      factWas(
        'permissions/auth-removed: The server no longer checks who comes in: {what} is removed.',
        opened[1][0] ?? 1,
        { what: named(old[(opened[1][0] ?? 1) - 1]) },
      ),
    );
  // of several limits in one block, each is of another zone
  const remaining = blocksOf(now, LIMITS);
  const [limit] = [...blocksOf(old, LIMITS)].flatMap(([head, limits]) =>
    limits.length > (remaining.get(head)?.length ?? limits.length)
      ? limits.filter((line) => !now.includes(old[line - 1] ?? ''))
      : [],
  );
  if (after !== null && limit !== undefined)
    found.push(
      factWas(
        'permissions/auth-removed: Nothing limits any more how often it may be called: {what} is removed.',
        limit,
        { what: named(old[limit - 1]) },
      ),
    );
  const listing = now.findIndex(
    (line, index) => /^autoindex\s+on\b/i.test(line) && !old.map(normal).includes(normal(now[index] ?? '')),
  );
  if (listing !== -1 && before !== null)
    found.push(
      factAt('permissions/public-data: Everybody may list the files of a folder (autoindex on).', listing + 1),
    );
  return found;
}

/** How often something may be called. */
const LIMITS = /^limit_(?:req|conn)\s/i;

/** The lines of guards that stand in a block itself, by the heads of the blocks around and how often such a head was there. */
function blocksOf(lines: readonly string[], guards: RegExp): ReadonlyMap<string, readonly number[]> {
  const blocks = new Map<string, number[]>([['', []]]);
  const open: string[] = [];
  const seen = new Map<string, number>();
  lines.forEach((text, index) => {
    const line = normal(text).trim();
    if (line.endsWith('{') && !line.includes('{%')) {
      const head = [...open, line].join(' ');
      const count = seen.get(head) ?? 0;
      seen.set(head, count + 1);
      open.push(`${line}${String(count)}`);
      blocks.set(open.join(' '), []);
    } else if (line === '}') open.pop();
    else if (guards.test(line)) blocks.get(open.join(' '))?.push(index + 1);
  });
  return blocks;
}

const isOwners = (path: string): boolean => /(?:^|\/)CODEOWNERS$/.test(path);
const isSettings = (path: string): boolean =>
  /(?:^|\/)\.github\/(?:settings|safe-settings|repos\/[^/]+|branch-protection|rulesets?\/[^/]+)\.(?:ya?ml|json)$/i.test(
    path,
  );

/** Paths that no longer have an owner. */
function owners({ before, after }: Change): readonly Noticed[] {
  if (before === null) return [];
  const rows = (
    text: string,
  ): readonly { readonly pattern: string; readonly owners: readonly string[]; readonly line: number }[] =>
    text.split('\n').flatMap((line, index) => {
      const [pattern, ...rest] = withoutHash(line).split(/\s+/);
      if (pattern === undefined || pattern === '' || /^\^?\[/.test(pattern)) return [];
      return [{ pattern, owners: rest, line: index + 1 }];
    });
  const newRules = rows(after ?? '');
  const newRuleByPattern = new Map(newRules.map((row) => [row.pattern, row]));
  const everywhere = newRules.findLast(({ pattern }) => pattern === '*' || pattern === '**' || pattern === '/**');
  const lost = rows(before).flatMap((row): readonly Noticed[] => {
    if (row.owners.length === 0) return [];
    const still = newRuleByPattern.get(row.pattern);
    const words = { pattern: named(row.pattern), owners: named(row.owners.join(' ')) };
    if (still === undefined)
      return after !== null &&
        (everywhere?.owners.some((owner) => row.owners.includes(owner)) === true ||
          (newRules.some(({ owners: others }) => row.owners.every((owner) => others.includes(owner))) &&
            newRules.length >= rows(before).length))
        ? []
        : [factWas(REVIEW_LOST, row, words)];
    return still.owners.length === 0 ? [factAt(REVIEW_LOST, still, words)] : [];
  });
  // lines that leave together have one cause
  return lost.filter(
    ({ side, line }) => side === 'new' || !lost.some((other) => other.side === 'old' && other.line < line),
  );
}

/** Repository settings kept in the repository: the reviews and checks that its branches require. */
function noticeProtections(change: Change): readonly Noticed[] {
  const sides = sidesOf(change);
  const found: Noticed[] = [];
  if (sides !== null)
    compare(sides.before[0], sides.after[0], (pair) =>
      found.push(...noticeSetting('protection', pair, { it: 'The branch' })),
    );
  return found;
}
