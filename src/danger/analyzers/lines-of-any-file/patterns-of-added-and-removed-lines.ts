/** The rows about lines: what a new line has, or one that is gone had. */
import { timesAsLong } from '../../durations';
import { either } from '../../../base/patterns';
import type { Sentence } from '../../rule-rows/facts-from-sentences';

/** A line of one side, trimmed. */
export interface Placed {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

export interface LineRow {
  /** A text without one of these words is not looked at. */
  readonly words: RegExp;
  readonly files?: RegExp;
  readonly not?: RegExp;
  /** A new file is looked at, too. */
  readonly inNew?: true;
  /** What a new line has that no line of the file had, or not the one that it stands in the place of. */
  readonly gains?: RegExp;
  /** What the line has in whose place the new one stands: there must be one. */
  readonly inPlaceOf?: RegExp;
  /** One more such line is enough, beside those that the file had. */
  readonly more?: true;
  readonly harmless?: RegExp;
  /** What no row can say. */
  readonly only?: (before: Placed | undefined, after: Placed) => boolean;
  /** What a line had that left, and no line has now. */
  readonly lost?: RegExp;
  /** What the file must still have. */
  readonly stays?: RegExp;
  /** What fewer lines have than before, while the word that follows one of them stays. */
  readonly fewer?: RegExp;
  /** They stand inside of a function, which has to stay. */
  readonly inside?: true;
  /** What a line had that stands in a comment now. */
  readonly commented?: RegExp;
  /** `{what}`: the part of the line that the pattern found. */
  readonly says: Sentence;
}

/** It stays on the machine, or in what is thrown away. */
const LOCAL =
  /localhost|127\.0\.0\.1|::1|host\.docker|@(?:db|postgres|mysql|redis|database)[:/]|\btest|\bdev\b|example\.(?:com|org)/i;
const CONTAINERS = /(?:^|\/)(?:Dockerfile|Procfile|Makefile|package\.json|docker-compose|compose)[\w.-]*$/i;
const CI = /(?:^|\/)(?:\.github|\.circleci|\.gitlab|\.buildkite|ci)\/|(?:^|\/)\.(?:travis|gitlab-ci)\.ya?ml$/i;

const IN_PLAIN =
  'permissions/auth-removed: The client no longer checks that its server is the right one, or what is sent is in plain: {what}.';
const UNVERIFIED = 'permissions/auth-removed: Nobody checks any more where it comes from: {what}.';
const EVERY_SITE = 'permissions/public-data (medium): The pages of every site may call it from now on: {what}.';
const HEADER_GONE = 'permissions/auth-removed: Browsers no longer stop what {what} stopped.';

/** How long somebody stays in, as code and configurations say it. */
const LIFETIME =
  /\b\w*(?:max_?age|expires?_?in|exp(?:iry|ires|iration)\w*|ttl|life_?(?:time|span)|validity|valid_?for|timeout_?in|days)\b["']?\s*[:=(,]+\s*(["']?)([\d_]+(?:\.[a-z]+|\s?[a-z]{0,7})(?:\s*\*\s*[\d_]+)*)\1/i;
const OF_SIGN_IN =
  /token|session|jwt|cookie|unsign|\botp|invit|reset|magic|remember|signed|credential|\bcert|\bca\b|sign_?in|login/i;

function isMuchLonger(before: Placed | undefined, after: Placed): boolean {
  const [oldSpan, newSpan] = [before, after].map((placed) => LIFETIME.exec(placed?.text ?? '')?.[2]);
  return oldSpan !== undefined && newSpan !== undefined && (timesAsLong(oldSpan, newSpan) ?? 0) >= 2;
}

/** What asks whether somebody may. */
const ASKS_WHO =
  /(?<![a-z])(?:is_?)?(?:admin|staff|super_?user|owner|moderator|roles?|permissions?|authori[sz]e[sd]?|allowed|authority|authorities|can_\w+|can\w*\(|scopes?|policy|privileges?|member)(?![a-z])|Roles?\b|Permission|has(?:Any)?(?:Role|Authority)/;
/** Only one of them has to hold. */
const ONE_OF =
  /hasAny|any_?of|roles?["']?\s*[:=(]|Roles?\(|RolesAllowed|in_array|includes\(|\bin\s*[[({]|:only|allowed|scopes/i;
const REFUSES = /^(?:\}?\s*(?:el(?:se )?)?if\b|elif\b|unless\b|return\b.*\bunless\b|guard\b)/;

/** Whether a check is the one that it was, but for one more who passes it: `|| user.editor?`, `'ADMIN', 'EDITOR'`. */
function letsOneMore(before: Placed | undefined, after: Placed): boolean {
  const [oldText, newText] = [before?.text ?? '', after.text];
  if (oldText === '' || newText.length <= oldText.length + 3 || !ASKS_WHO.test(oldText)) return false;
  let start = 0;
  while (start < oldText.length && oldText[start] === newText[start]) start += 1;
  let end = 0;
  while (end < oldText.length - start && oldText[oldText.length - 1 - end] === newText[newText.length - 1 - end])
    end += 1;
  // all that it asked is still there
  if (start + end < oldText.length) return false;
  const more = newText.slice(start, newText.length - end).trim();
  const isRefusal =
    REFUSES.test(newText) && !/^(?:\}?\s*(?:el(?:se )?)?if|elif)\s*\(?\s*(?:[\w.$]+\.)?(?:can|has|is)\w*/.test(newText);
  if (isRefusal)
    return (
      /^(?:&&|and)\s*(?:!|not\b)|^(?:&&|and)\s*[\w.$]+\s*!==?|^\|\|\s*[\w.]+(?:\?|\()/.test(more) &&
      ASKS_WHO.test(more) &&
      (!more.startsWith('||') || /\bunless\b/.test(newText))
    );
  if (/^(?:\|\|?|or\b)|(?:\|\|?|\bor)$/.test(more))
    return (ASKS_WHO.test(more) || /\.(?:is|has)_?[a-zA-Z]\w+/.test(more)) && !/!|\bnot\b/.test(oldText);
  return ONE_OF.test(oldText) && /^,\s*[\w:."'@-]+$|^[\w:."'@-]+\s*,$/.test(more) && /["':@.]|^,?\s*[A-Z]/.test(more);
}

/** A mark that asks who somebody is, in languages that are read by lines. */
const MARK = either(
  /^@(?:\w+[.:])*(?:PreAuthorize|PostAuthorize|Secured|RolesAllowed|Authenticated|RequiresPermissions?|RequiresRoles?|RequireRole|RequiresAuthentication|DenyAll)\b/,
  /^plug\s*\(?\s*:?[\w.]*(?:[aA]uth|login|[pP]ermission|require_|[vV]erify|csrf|protect)\w*|^pipe_through\b.*(?:auth|require_|admin|protected)/,
  /\.(?:wrap|layer|route_layer|guard)\(.*(?:[aA]uth|[cC]srf|[jJ]wt|[pP]ermission|[rR]ole|[aA]dmin)|^#\[(?:has_\w+|protect\w*|authorize\w*|requires?_\w+)/,
  /@(?:auth|hasRole|hasPermission|isAuthenticated|requiresAuth|requiresRole|requiresScopes?|authenticated|authorized)\b|^authenticate\(/,
);
/** The same in routes of pages. */
const ROUTE_MARK = /\brequires?(?:_?[aA]uth|_?[lL]ogin|_?[aA]dmin|_?[pP]ermission)\w*["']?\s*:\s*true\b/;

/** How old something is that is deleted. */
const AGE =
  /(["']?)\b(?:(?:days?|hours?|weeks?|months?|minutes?)\s*[:=]\s*\d+|\d+(?:\.|\s|_)?(?:days?|hours?|weeks?|months?|years?|d|h|w)(?![a-z])|INTERVAL\s+'?\d+\s+\w+)/i;
const DELETES = /delet|purge|prune|clean|destroy|expire|retention|retain|older|stale|remove_old|keep/i;

function isKeptLess(before: Placed | undefined, after: Placed): boolean {
  const numbers = [before, after].map((placed) => (AGE.exec(placed?.text ?? '')?.[0].match(/\d+/g) ?? []).join(' '));
  const [oldAge, newAge] = numbers.map(Number);
  const shape = [before, after].map((placed) => placed?.text.replace(/\d+/g, '0'));
  return oldAge !== undefined && newAge !== undefined && newAge > 0 && newAge < oldAge && shape[0] === shape[1];
}

/** Whether two lines are the same, but for a star behind the name of what may be used. */
function hasOneMoreStar(before: Placed | undefined, after: Placed): boolean {
  const stars = (text: string): number => text.split('*').length;
  return (
    before !== undefined &&
    stars(after.text) === stars(before.text) + 1 &&
    after.text.replaceAll('*', '') === before.text.replaceAll('*', '')
  );
}

/** What Google Cloud calls a policy of an organization, or a part of it. */
const CONSTRAINT =
  /\bconstraints\/\w+\.\w+|"\w+\.(?:managed\.)?(?:disable|require|restrict|enforce|skip|uniform|allowed|denied)[A-Z]\w+"/;

/** Words of somebody who only reads, and of somebody who does more. */
const READS = /(?<![a-z])(?:read_?-?only|reader)(?![a-z])/i;
const WRITES = /(?<![a-z])(?:write|writer|read_?-?write|admin|owner|full_?access|superuser)(?![a-z])/i;

/** A call that writes to a log. */
const LOGS =
  /\b(?:log(?:ger)?|LOG|Log|logging|console|slog)\b(?:\.\w+)*\.?(?:debug|info|warn\w*|error|log|print\w*|trace)f?\(/;
/** What shows who somebody is, as the whole of an argument. */
const HELD =
  /(?:^|[\s(,{+])((?:\w+(?:\.|->|::))*(?:access_?|refresh_?|id_?|auth_?|bearer_?|api_?|session_?|jwt_?|user_?|plain_?)?(?:token|password|passwd|secret|api_?key|credentials|jwt))\s*(?=[,)}]|$)/i;

/** The argument by which a call writes to a log what shows who somebody is. Texts only say something, but for what they are filled with. */
function heldIn(text: string): string | undefined {
  const at = text.search(LOGS);
  const filled = text
    .slice(at < 0 ? text.length : at)
    .replace(/(["'`])(?:\\.|(?!\1).)*\1/g, (quoted) => ` ${(quoted.match(/\{[^{}]*\}/g) ?? []).join(' ')} `);
  return HELD.exec(filled)?.[1];
}

const isLogged = (before: Placed | undefined, after: Placed): boolean => {
  const held = heldIn(after.text);
  return (
    held !== undefined && !/cancel|csrf|xsrf|page|next|device|push/i.test(held) && heldIn(before?.text ?? '') !== held
  );
};

/** Work that nobody waits for, by the names of its files. */
const BACKGROUND =
  /(?:^|\/)(?:workers?|jobs?|tasks?|cron(?:jobs)?|schedulers?)(?:\/(?:[^/]+\/)*[^/]+)?\.(?:exs?|rb|py|[cm]?[jt]s|php|kt|java|cs|go)$/;
/** One who may administer, in a list of Kerberos. */
const ADMINISTERS = /^(\S+@\S+)\s+\S*(?:\ball\b|\*|\bx\b)/;

// prettier-ignore
export const ROWS: readonly LineRow[] = [
  { words: /arn:/, not: /\.(?:tf|json|ya?ml)$/i, gains: /arn:[^"'`\s]*\*/, inPlaceOf: /arn:/, only: hasOneMoreStar, says: 'permissions/iam-wildcard (medium): It holds for more than one from now on: {what}.' },
  { words: /read_?-?only|reader/i, not: /\.(?:html?|css|[jt]sx|vue|svelte|graphqls?)$/i, gains: WRITES, inPlaceOf: READS, only: (before, after) => before?.text.replace(READS, '') === after.text.replace(WRITES, ''), says: 'permissions/db-grant (medium): What only read may do more from now on: {what}.' },
  { words: /log|console/i, files: /\.(?:py|rb|[cm]?[jt]sx?|go|java|kts?|php|cs|rs|exs?|scala|swift)$/, gains: LOGS, only: isLogged, says: 'secrets/token (medium): Whoever reads the log has it from now on, by {what}.' },
  { words: DELETES, files: BACKGROUND, inNew: true, gains: /(?:\.delete_all|\.destroy_all|\.deleteMany|Repo\.delete_all|\.filter\(.*\)\.delete)\b|\b(?:delete|purge|prune|clean(?:_?up)?)_(?:old|stale|incomplete|inactive|abandoned|user|all)\w*\(/, harmless: /cache|te?mp|_?logs?\b|artifact|session|token|expir|^def\b|^(?:async )?function\b/i, says: 'destructive/orm-delete-all (medium): From now on a job deletes by itself: {what}.' },
  { words: /@/, files: /(?:^|\/)kadm[\w-]*\.acl$/, gains: ADMINISTERS, only: (before, after) => ADMINISTERS.exec(before?.text ?? '')?.[1] !== ADMINISTERS.exec(after.text)?.[1], says: 'permissions/iam-admin (medium): Somebody may do everything from now on: {what}.' },
  { words: /arn:aws:iam::\d{12}:/, files: /\.tf$/, gains: /^"arn:aws:iam::\d{12}:(?:role|user)\/[^"*]+",?$|^"arn:aws:iam::\d{12}:root",?$/, only: (before, after) => before === undefined || !after.text.startsWith(before.text.replace(/,$/, '')), says: 'permissions/iam-principal (medium): One more is let in from now on: {what}.' },
  { words: /=(?:skip-verify|false|disable|allow|prefer|true|none|no)\b/i, not: CI, gains: either(/[?&;\s"'](?:tls=(?:skip-verify|false)|ssl=(?:false|no)|sslmode=(?:disable|allow|prefer)|(?:use|require)SSL=false)/i, /(?:verifyServerCertificate|Encrypt)=(?:false|no)\b|(?:trustServerCertificate|tlsAllowInvalid\w+|tlsInsecure)=(?:true|yes)\b|ssl_cert_reqs=none/i), inPlaceOf: /[?&;/=:@]/, harmless: LOCAL, says: IN_PLAIN },
  { words: /StrictHostKeyChecking|host_?key_?checking/i, gains: /StrictHostKeyChecking[ =]+["']?no\b|host_key_checking["']?\s*[:=]\s*["']?(?:False|no|0)\b/i, not: CI, harmless: LOCAL, says: UNVERIFIED },
  {
    words:
      /--insecure|\s-\w*k\w*\s|no-check-certificate|sslVerify|SSL_NO_VERIFY|PYTHONHTTPSVERIFY|strict-ssl|gpg|trusted[=-]/,
    gains: either(
      /\bcurl\b.*\s(?:--insecure|-[a-zA-Z]*k[a-zA-Z]*)(?=\s)|\bwget\b.*--no-check-certificate/,
      /http\.sslVerify[= ]+false|GIT_SSL_NO_VERIFY["']?\s*[:=]\s*["']?(?:1|true)|PYTHONHTTPSVERIFY["']?\s*[:=]\s*["']?0/i,
      /strict-ssl[= ]+false|\bgpgcheck["']?\s*[:=]\s*["']?(?:0|no|false)\b|disable_gpg_check["']?\s*[:=]\s*["']?(?:yes|true)/i,
      /--no-?gpg-?checks?\b|\[[^\]]*trusted=yes|--allow-unauthenticated(?=.*apt)|(?<=apt\b.*)--allow-unauthenticated/,
    ),
    harmless: LOCAL,
    says: UNVERIFIED,
  },
  { words: /sha\d+sum|shasum|gpg|cosign|checksum|minisign|slsa-verifier/, files: /(?:\.(?:sh|bash|ps1|mk)|(?:^|\/)(?:Dockerfile|Makefile)[\w.-]*|\.ya?ml)$/, lost: /\b(?:sha(?:256|512)sum\s+(?:\S+\s+)*(?:-c|--check)|shasum\s+.*-c\b|gpg2?\s+(?:\S+\s+)*--verify|cosign\s+verify|minisign\s+-V|slsa-verifier\s+verify)/, stays: /\b(?:curl|wget|fetch|get_url)\b/, says: 'permissions/auth-removed: What is fetched is no longer checked: {what} is removed.' },
  { words: /md5|sha-?1|\bdes\b/i, gains: /(?<![a-z])(?:md5|sha-?1)(?!\d|[a-z])/i, inPlaceOf: /sha-?(?:256|384|512)|bcrypt|argon2|scrypt|pbkdf2/i, says: 'permissions/auth-removed: A weaker hash takes the place of a strong one: {what}.' },
  { words: OF_SIGN_IN, gains: LIFETIME, inPlaceOf: LIFETIME, only: (before, after) => OF_SIGN_IN.test(after.text) && isMuchLonger(before, after), says: 'permissions/auth-removed: Who has signed in, or holds a key, stays in for longer: {what}.' },
  {
    words:
      /Access-Control-Allow-Origin|AllowAnyOrigin|allowed_?origin|CrossOrigin|AllowAllOrigins|allow_origins|\bcors\(/i,
    not: /(?:^|\/)(?:cdn|static|assets|fonts?|public)[/.]/i,
    gains: either(
      /Access-Control-Allow-Origin["']?\]?\s*[,:=]?\s*["']?\*|\.AllowAnyOrigin\(|allowedOrigin(?:Pattern)?s?\(\s*["']\*["']|@CrossOrigin(?:\s*$|\(\s*(?:origins\s*=\s*)?["']\*)/,
      /AllowAllOrigins\s*[:=]\s*true|allow(?:ed)?_?origins\s*[:=]\s*\[?\s*["']\*["']|\bcors\(\s*\)|\borigins?\s*:\s*(?:["']\*["']|true\b)/i,
    ),
    inPlaceOf: /origin|cors/i,
    says: EVERY_SITE,
  },
  { words: /Strict-Transport-Security|Content-Security-Policy|X-Frame-Options|X-Content-Type-Options|frame-ancestors/i, lost: /\b(?:Strict-Transport-Security|Content-Security-Policy|X-Frame-Options|X-Content-Type-Options)\b/i, stays: /header|csp|security|middleware|helmet/i, says: HEADER_GONE },
  { words: /unsafe-(?:inline|eval)/, gains: /script-src[^;]*'unsafe-(?:inline|eval)'|'unsafe-eval'/, inPlaceOf: /-src|self/, says: 'permissions/auth-removed: Browsers run scripts from now on that somebody slips into a page: {what}.' },
  { words: /^\s*(?:p|g),\s/m, files: /(?:rbac|policy|argocd)[\w./-]*\.(?:ya?ml|csv|tf|tpl)$/i, gains: /^(?:p,\s*[^,]+,\s*\*,\s*\*,\s*[^,]+,\s*allow|g,\s*[^,]+,\s*role:admin)\b/, says: 'permissions/iam-admin (medium): Somebody may do everything from now on: {what}.' },
  { words: /0\.0\.0\.0|\[::\]/, files: /\.(?:conf|cfg|cnf|ini|toml|ya?ml|j2|jinja2?|erb|tmpl|tpl|service|socket|env|properties|sls|nix)$/i, not: CONTAINERS, gains: /(?<![\d.])0\.0\.0\.0(?!\/|\d)|\[::\](?=:\d|\s|$)/, inPlaceOf: /(?<![\d.])127\.0\.0\.1(?!\/)|\blocalhost\b|\[::1\]/, says: 'permissions/net-open (medium): Other machines reach it from now on: {what}.' },
  { words: /\bhost(?:ssl|nossl)?\s/, files: /\.(?:ya?ml|sls|j2|jinja2?|erb|conf|tmpl|rb|nix)$/i, gains: /(?<![\w.])host(?:nossl)?\s+\S+\s+\S+\s+\S+(?:\s+\S+)?\s+(?:md5|scram-sha-256|password|trust)\b/, inPlaceOf: /(?<![\w.])hostssl\s/, says: 'permissions/db-grant (medium): The database takes connections in plain from now on: {what}.' },
  { words: /:INPUT|:FORWARD|policy\s+(?:drop|accept)|-P\s+(?:INPUT|FORWARD)/i, gains: /:(?:INPUT|FORWARD)\s+ACCEPT|\bpolicy\s+accept\b|-P\s+(?:INPUT|FORWARD)\s+ACCEPT|\bufw\s+default\s+allow\s+incoming/i, inPlaceOf: /\b(?:drop|deny|reject)\b/i, says: 'permissions/net-open: The firewall lets in whatever no rule names: {what}.' },
  { words: ASKS_WHO, not: /\.(?:json|lock|sql|tf|tfvars|ya?ml|toml)$/i, gains: /^.{1,300}$/, inPlaceOf: ASKS_WHO, only: letsOneMore, says: 'permissions/auth-removed (low): One more passes a check of who may: {what}.' },
  { words: MARK, files: /\.(?:kts?|scala|groovy|exs?|rs|graphqls?|gql|cs|swift|dart|clj)$/i, fewer: MARK, says: 'permissions/auth-removed: A check of who may use it is removed: {what}.' },
  { words: ROUTE_MARK, files: /\.(?:[cm]?[jt]sx?|vue|svelte)$/i, fewer: ROUTE_MARK, says: 'permissions/auth-removed: A check of who may use it is removed: {what}.' },
  { words: DELETES, gains: AGE, inPlaceOf: AGE, harmless: /cache|te?mp|log\b|artifact/i, only: (before, after) => DELETES.test(after.text) && isKeptLess(before, after), says: 'destructive/tf-protection-off (medium): Data is kept less long: {what}.' },
  { words: /(?:[pP]ermission|PERMISSION|[sS]cope|Right|Capabilit)\w*\.\w/, not: /\.(?:json|ya?ml|tf|sql)$/i, gains: /^(?:\w+\.)*(?:Permissions?|PERMISSIONS?|Scopes?|SCOPES?|Rights?|Capabilit(?:y|ies))\.\w+,?$/, harmless: /read|view|list|get|search/i, only: (before) => before === undefined, says: 'permissions/auth-removed (low): One more right is handed out: {what}.' },
  { words: /clean_?up|purge|prune/i, files: /\.(?:sh|bash|cron|service|timer)(?:\.(?:j2|erb|tmpl))?$|(?:^|\/)crontab[\w.-]*$/, gains: /(?<=^|[\s/])[\w.-]*(?:clean_?up|purge|prune)[\w.-]*\.(?:py|rb|pl|php|js)\b/i, harmless: /cache|te?mp|log\b|artifact/i, only: () => true, says: 'destructive/orm-delete-all (medium): From now on a job deletes by itself: {what}.' },
  { words: /schedul|cron|periodic|setInterval/i, not: /\.(?:ya?ml|json|tf)$/i, gains: /(?:add_periodic_task|crontab|cron\.schedule|schedule(?:\.\w+)*|setInterval|repeat_every|addCronJob)\(.*(?:[dD]elete|[pP]urge|[pP]rune|expire_|[cC]lean_?[uU]p|[dD]estroy)\w*/, harmless: /cache|te?mp|log\b|artifact|session|token/i, says: 'destructive/orm-delete-all (medium): From now on a job deletes by itself: {what}.' },
  { words: DELETES, files: /(?:^|\/)(?:schedule|recurring|sidekiq[\w-]*|clock|crontab[\w.-]*|celery\w*|beat\w*|Kernel|cron)(?:\.(?:rb|ya?ml|py|php))?$/, gains: /\b(?:\w+[.:_])*(?:purge|prune|clean_?up|delete|destroy|remove_?old)\w*/i, harmless: /cache|te?mp|log\b|artifact|session|token/i, more: true, says: 'destructive/orm-delete-all (medium): From now on a job deletes by itself: {what}.' },
  {
    words: /set|\|\|/,
    files: /(?:backup|snapshot|dump)[\w./-]*$/i,
    gains:
      /^set \+\w*e\b|\b(?:\w*dump\w*|tar|restic|borg\w*|rsync|aws|gsutil|rclone)\s.*\|\|\s*(?:true|:|exit 0)(?=\s|;|$)/,
    harmless: /\b(?:restic|borg\w*)\s[^|;&]*\b(?:init|unlock|break-lock|snapshots|list)\b|\baws s3 (?:ls|mb)\b/,
    lost: /^[ \t]*set -(?:\w*e\w*|o errexit)\b/m,
    stays: /dump|tar\s|restic|borg|rsync|aws\s|gsutil|rclone/,
    says: 'destructive/tf-protection-off (medium): A copy that fails goes unnoticed from now on: {what}.',
  },
  { words: CONSTRAINT, files: /\.tf(?:vars)?$|polic[\w./-]*\.(?:ya?ml|json)$/i, fewer: CONSTRAINT, says: 'permissions/auth-removed: A policy of the organization is no longer enforced: {what}.' },
  { words: /secure|http_?only/i, not: /(?:^|\/)\.?(?:env|local|dev\w*)[\w.-]*$/i, gains: /\b(?:\w*[cC]ookie\w*?[._]?)?(?:secure|[hH]ttp_?[oO]nly)["']?\s*(?::|=>?|,)\s*(?:false|False|0)\b/, inPlaceOf: /\b(?:secure|http_?only)["']?\s*(?::|=>?|,)\s*(?:true|1)\b/i, stays: /cookie|session/i, says: 'permissions/auth-removed: A cookie is sent in plain, or scripts may read it: {what}.' },
  {
    words: /backup|pg_?dump|mysqldump|mongodump|restic|borg|zfs\s+snapshot/i,
    files: /\.(?:sh|bash|cron|service|timer|j2|erb|conf|rb|py)$|(?:^|\/)crontab[\w.-]*$/i,
    not: CI,
    lost: either(
      /\b(?:pg_dump(?:all)?|mysqldump|mongodump|mariadb-dump|zfs\s+snapshot|(?:restic|borg)\s+(?:\S+\s+)*(?:backup|create))\s+\S/,
      /\b(?:rsync|aws\s+s3\s+(?:cp|sync)|gsutil\s+(?:-m\s+)?(?:cp|rsync))\b.*backup/i,
    ),
    harmless: /\btest|restore|te?mp\b/i,
    says: 'destructive/tf-protection-off (medium): No copies are made any more: {what} is removed.',
  },
  {
    words:
      /Unauthorized|Forbidden|PermissionDenied|AccessDenied|NotAuthorized|permission_denied|not_authorized|forbidden/,
    files: /\.(?:kts?|scala|groovy|exs?|rs|cs|swift|dart|clj)$/i,
    inside: true,
    fewer:
      /\b(?:return|throw|raise|Err\(|send_resp|halt|redirect|render|\{:error)\b.*(?:Unauthorized|Forbidden|PermissionDenied|AccessDenied|NotAuthorized|permission_denied|not_authorized|forbidden)/,
    says: 'permissions/auth-removed: A check of who may use it is removed: {what}.',
  },
  { words: /throw|raise|Unauthorized|Forbidden|abort/, files: /\.(?:[cm]?[jt]sx?|py|rb|php|go|java|kts?|scala|exs?|rs|cs|swift)$/i, commented: /^(?:throw|raise)\b.*|\b(?:Unauthorized|Forbidden|PermissionDenied|abort\(40[13])/, says: 'destructive/guard-removed: A check stands in a comment from now on: {what}.' },
  { words: /abort_(?:if|unless)/, files: /\.php$/, inside: true, fewer: /^abort_(?:if|unless)\(.*(?:->user\(|[aA]uth|[gG]ate::|->can\(|,\s*40[13]\b)/, says: 'permissions/auth-removed: A check of who may use it is removed: {what}.' },
  { words: /["'](?:Global|Privileged|User Access) /, files: /\.(?:tf(?:vars)?|ya?ml|json|bicep(?:param)?|ps1|csv|j2|tpl)$/, gains: /["'](?:Global|Privileged (?:Role|Authentication)|User Access) Administrator["']/, says: 'permissions/iam-admin (medium): Somebody may do everything from now on: {what}.' },
  { words: /NOPASSWD/, files: /\.ya?ml$/, gains: /\bcontent=["']?[^"']*NOPASSWD\s*:\s*ALL/, says: 'permissions/iam-admin: Somebody may do everything as root without a password: {what}.' },
  { words: /dnssec/i, gains: /\bdnssec[\w-]*["']?(?:\s*(?:=>?|:)\s*|\s+)["']?(?:false|no|off)\b/i, says: UNVERIFIED },
  { words: /on_?delete|ON DELETE/i, gains: /\bon_?\s?delete["']?\s*[=:(]?\s*:?["']?(?:models\.|ReferentialAction\.|DeleteBehavior\.)?cascade\b/i, inPlaceOf: /\bon_?\s?delete["']?\s*[=:(]?\s*:?["']?(?:models\.|ReferentialAction\.|DeleteBehavior\.)?(?:protect|restrict|no_?\s?action)\b/i, says: 'destructive/guard-removed: What held a row back is deleted with it from now on: {what}.' },
  { words: /production|prod['"]/, files: /\.(?:rb|rake|[cm]?[jt]sx?|py|php)$/i, inside: true, fewer: /!\s*Rails\.env\.production\?|unless\s+Rails\.env\.production\?|(?:NODE_ENV|APP_ENV|ENVIRONMENT)['")\]]*\s*!==?\s*['"]prod/, says: 'destructive/guard-removed: What production was kept from runs there, too: {what} is removed.' },
  { words: /\{%-?\s*if\b/, files: /(?:nft(?:ables)?|iptables|ip6tables|ferm|ufw|firewall|pg_hba|sudoers|sshd_config)[\w./-]*$/i, lost: /^\{%-?\s*(?:el)?if\b.*%\}$/, stays: /accept|ACCEPT|allow|\bhost|ALL=/, says: 'permissions/net-open (medium): Rules hold for more machines than before: {what} is removed.' },
  { words: /\bINPUT\b/, files: /(?:nft(?:ables)?|iptables|ip6tables|rules\.v[46])[\w./-]*$/i, gains: /\bINPUT\b.*\b(?:accept|ACCEPT)\b/, harmless: /saddr|-s\s+\S+\d|ct state|ESTABLISHED|\blo\b|icmp/i, only: (before) => before === undefined || !/accept/i.test(before.text), says: 'permissions/net-open (medium): The firewall lets more in from now on: {what}.' },
];
