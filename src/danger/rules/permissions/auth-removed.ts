import { timesAsLong } from '../../durations';
import { once } from '../../lazy-value';
import { anyOf, either } from '../../../base/patterns';
import { entriesOf, get, isNo, itemsOf, joinsList, same, textsOf, type Pair, type Tree } from '../../yaml-and-json';
import type { Rule, Settings, Subject } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a removed check of an authentication, permission or signature. This rule is often wrong',
  why: 'Without this check, everybody can use what it protected.',
  fix: 'Keep the check, or say what ensures it elsewhere.',
  ofTheMachine: true,
} as const satisfies Rule;

export const CHECK_SKIPPED = 'permissions/auth-removed: A check of who may use {what} is skipped from now on.';

const SIGN_IN =
  '(?:auth(?:entication|orization|z|n)?|login|os_?login|sso|oidc|saml|mfa|2fa|totp|csrf|rbac|role_based_access_control|acl|client_cert(?:ificate)?)';
const SECURED = '(?:tls|ssl|cert(?:ificate)?s?|signatures?|host_?key)';
/** Names of settings, as words: what they switch off, or let in, when they are on. */
const NOT_ASKED = /* @__PURE__ */ anyOf(
  String.raw`${SIGN_IN}_(?:disabled?|off|bypass) (?:disable|skip|bypass|no|without)_${SIGN_IN}(?:_checks?)?
  (?:allow|enable)_(?:anonymous|unauthenticated)(?:_access|_auth|_login|_users?)? anonymous(?:_access|_auth)?_enabled anonymous_auth allow_empty_password`,
  // without these, people sign in by the way that knows them
  { before: '^(?!.*(?:local|legacy|guest|shared_key)_auth)(?:.*_)?(?:', after: ')$' },
);
const NOT_VERIFIED = /* @__PURE__ */ anyOf(
  String.raw`insecure_ssl insecure_skip_(?:tls_)?verify skip_(?:tls|ssl)_(?:verify|verification) (?:tls|ssl)_insecure
  (?:disable|skip|no)_${SECURED}_(?:check|validation|verification|verify) ${SECURED}_verif(?:y|ication)_disabled?`,
  { before: '(?:^|_)(?:', after: ')$' },
);
/** What they ask for when they are on. */
const ASKED = /* @__PURE__ */ anyOf(
  String.raw`${SIGN_IN}_(?:enabled?|required|enforced) (?:enable|require|enforce)_(?:\w+_)?${SIGN_IN}
  (?:use|with)_(?:(?:basic_|http_)?auth(?:entication|orization)?|password) basic_auth (?:xpack_)?security_enabled
  (?:require|enforce|force)_(?:two_factor|email_(?:confirmation|verification)|approval) (?:approval|(?:email_)?confirmation)_required
  (?:verify|validate|check)_(?:webhook_)?(?:signatures?|tokens?|jwt|audience|issuer|hmac)(?:_enabled)?
  (?:require|enforce|verify)_${SECURED} ${SECURED}_verify force_(?:ssl|https) https_only`,
  { before: '(?:^|_)(?:', after: ')$' },
);
/** What frameworks leave off unless they are told otherwise. */
const OFF_BY_ITSELF = /(?:^|_)(?:secure_ssl_redirect|(?:session|csrf)_cookie_secure|force_ssl|require_(?:ssl|tls))$/;
/** What a client of a database insists on, and what it does without. */
const ENCRYPTED = /^(?:required?|open|tls|secure_always|ftpsonly|verify[-_]?(?:ca|full|identity))$/i;
const MAYBE_PLAIN =
  /^(?:prefer(?:red)?|allow|disabled?|none|optional|close|(?:tls_)?plaintext|secure_optional|allallowed)$/i;
/** What is sent, and by which version of the protocol. */
const KEEPS_ENCRYPTED = /* @__PURE__ */ anyOf(
  String.raw`(?:https_traffic_only|transit_encryption|encryption_in_transit|https_only)_enabled (?:enable|supports)_https_traffic_only
  ssl_enforcement(?:_enabled)? enforce_https require_secure_transport in_transit_encryption encrypt_in_transit`,
  { before: '(?:^|_)(?:', after: ')$' },
);
const LEAST_PROTOCOL =
  /(?:^|_)(?:min(?:imum|imal)?_(?:tls|ssl|protocol)_version(?:_\w+)?|tls_min(?:imum)?_version|tls_version|(?:ssl|tls)_(?:security_)?policy|security_policy(?:_name)?)$/;
const NEW_PROTOCOL = /1[._-]?[23]|^TransferSecurityPolicy-20[2-9]/;
const BROKEN_PROTOCOL =
  /^(?:ELBSecurityPolicy-(?:20|TLS-1-[01]|FS-1-1)|Policy-Min-TLS-1-[01]|TransferSecurityPolicy-2018)|^(?:TLS_?v?|SSL_?v?)?(?:1|1[._][01]|3|1_2016)$|^TLS1_?[01]$/i;
/** What a framework checks unless it is told otherwise. */
const ON_BY_ITSELF =
  /(?:^|_)(?:wtf_csrf_enabled|wtf_csrf_check_default|validate_certs|(?:ssl|tls)_verify|verify_(?:ssl|tls|certs?))$/;
const FORGED = /(?:^|_)csrf(?:_(?:enforce|check|protect|validat|verif)\w*)?$/;
const EVERYBODY = /(?:^|_)allow_(?:all(?:_(?:users?|logins?|authenticated(?:_users?)?))?|every(?:one|body))$/;
/** Whom a program lets in: nobody else, as long as it names somebody. */
const LET_IN_ALONE = /* @__PURE__ */ anyOf(
  String.raw`(?:ip_)?(?:allow|white)_?list (?:allow|white)_?list_source_range load_balancer_source_ranges inbound_cidrs
  hosted_domains? (?:\w+_)?authorized_ip_ranges allowed_(?:\w+_)?(?:domains|organi[sz]ations|groups|teams|ips|cidrs|networks|ip_ranges|ip_addresses|cidr_blocks|source_ranges)`,
  // without origins that it names, a server answers no other site
  { before: '^(?!.*cors_origins?_)(?:.*_)?(?:', after: ')$' },
);
/** Whose accounts these are: a domain, an organisation. */
const LIMITS = /hosted_?domain|allowed_?(?:\w+_?)?(?:domains?|organi[sz]ations?|groups?|teams?|idps?|tenants?)$/i;
/** Values of one environment, in place of those that the chart has. */
const OVERRIDES = /values[._-][\w.-]+\.ya?ml$|\.values\.ya?ml$/i;
const NOT_ALL_FTP = /^(?:FtpsOnly|Disabled)$/i;
const LETS_EVERYBODY_IN = '{where} names nobody from now on: everybody may come in.';
const EVERY_ORIGIN = /(?:^|_)cors_(?:allow_all_origins|origin_allow_all)$/;
const LIMIT = /(?:^|_)(?:rate_limit(?:s|ing|er)?|throttl(?:e|ing))(?:_enabled)?$/;
/** How somebody shows who he is, and that nobody has to. */
const WAY_IN = /(?:^|_)auth(?:entication|orization)?(?:_(?:modes?|type|method|strategy|provider|backend|scheme))?$/;
const NO_WAY_IN = /^(?:none|disabled?|off|no|false|anonymous|no-?auth|public|open|always_?allow)$/i;
/** Whether a stranger may make an account. */
const SIGN_UP = '(?:sign_?ups?|registrations?|account_creation)';
const OPENS_SIGN_UP = new RegExp(
  // of whom another service knows, it is that service which lets them in
  `^(?!.*(?:^|_)(?:open_?id|only|auto)(?:_|$))(?:.*_)?(?:(?:allow|enable|open)_(?:\\w+_)?${SIGN_UP}|${SIGN_UP}_(?:enabled|allowed|open))$`,
);
const CLOSES_SIGN_UP = new RegExp(`(?:^|_)(?:disable|block|deny|no)_(?:\\w+_)?${SIGN_UP}$`);
const SECOND_FACTOR =
  /(?:^|_)(?:mfa|2fa|totp|two_factor(?:_auth\w*)?)(?:_(?:configuration|enforcement|mode|policy|required))?$/;
/** Of whom all may come in: a team, a domain, an organisation. */
const LETS_GROUPS_IN =
  /(?:^|[_-])?(?:allow(?:ed|list(?:ed)?)?|white_?list(?:ed)?|authori[sz]ed|permitted)[_-]?(?:\w+[_-]?)?(?:teams?|groups?|org(?:s|ani[sz]ations?)?|domains?|idps?|tenants?)$/i;
const SIGN_IN_TEAMS =
  /(?:^|[_-])(?:github|gitlab|sso|oidc|oauth2?|dex|saml|login|auth)\w*[_-](?:teams|groups|orgs|organi[sz]ations)$/i;
/** Of whom each may come in. */
const LETS_IN = /^(?!.*origins?)\w*(?:allow|white_?list|permit|authori[sz]ed|trusted)/i;
const ANYBODY = /^(?:\*|\^?\.\*\$?|all|any|everyone|everybody|all_?(?:authenticated_?)?users)$/i;
/** How long somebody who has shown who he is need not do so again. */
const LIFETIME = /* @__PURE__ */ anyOf(
  String.raw`(?:tokens?|jwt|sessions?|cookies?|otp|invit(?:e|ation)|(?:password_)?reset|magic_link|remember(?:_me)?|signed_urls?|presigned|credentials?)_(?:\w+_)?(?:ttl|life_?(?:time|span)|max_age|expir(?:y|es|es_in|ation|ation_time)|duration|validity|valid_for)
  (?:sessions?|idle)_timeout max_session_duration`,
  { before: '(?:^|_)(?:', after: ')(?:_(?:in_)?(?:s|ms|secs?|seconds|mins?|minutes|hours|days))?$' },
);
/** How hard a password is to guess, and its hash to break. */
const HARD_TO_GUESS = /* @__PURE__ */ either(
  /(?:^|_)passwords?_(?:\w+_)?(?:min(?:imum)?_len(?:gth)?|length_min(?:imum)?|history|reuse_prevention)$|(?:^|_)min(?:imum)?_password_length$/,
  /(?:^|_)(?:bcrypt|argon2\w*|pbkdf2|scrypt|hash(?:ing)?)_(?:rounds|cost|iterations|work_factor|strength)$/,
);
const PLAIN_FROM_NOW =
  /^(?!.*(?:ignore|skip|disable|insecure|no)_(?:ssl|tls|https)).*(?:^|_)(?:ssl|tls|https)(?:_enabled?)?$/;
const WITHOUT_TLS =
  /^(?!.*(?:legacy|old|weak|insecure|v\d))(?:.*_)?(?:(?:disable|no)_(?:tls|ssl|https)|(?:tls|ssl|https)_disabled?)$/;
const ENCRYPTS =
  /^(?!.*(?:disabled?|without|skip|no)(?:_|$)).*(?:^|_)(?:encrypt(?:ed|ion)?(?:_(?!key)\w+)?|managed_sse_enabled|sseenabled|tde_\w+)$/;
/** What guards a thing, by its name, however it says that it does. */
const GUARDS = /* @__PURE__ */ anyOf(
  String.raw`(?:enforce|require|reject|prevent|block|restrict|protect)_(?!version|x$)\w+ \w+_(?:protection|isolation)(?:_enabled)?
  \w+_(?:required|protected) protected_mode (?:enable_)?azure_policy(?:_enabled)?`,
  {
    before:
      '^(?!.*(?:delet|destr|terminat|remov|purge|public|drop_|overlap|scale_in|anti_affinity|approv)).*(?:^|_)(?:',
    after: ')$',
  },
);
/** One more way in beside the one that is watched. */
const SIDE_DOOR =
  /(?:^|_)(?:(?:local_(?:auth(?:entication)?|accounts?)|admin(?:_user)?|remote_debugging|serial_port)_enabled?|enable_(?:superuser_access|serial_port|root_access)|root_access)$/;
const NO_SIDE_DOOR =
  /(?:^|_)(?:disable_local_(?:auth(?:entication)?|accounts?)|local_(?:auth(?:entication)?|accounts?)_disabled)$/;
const IN_PLAIN =
  /(?:^|_)(?:(?:is_)?http_allowed|allow_http|enable_non_ssl_port|non_ssl_port_enabled|(?:server|api)_insecure)$/;
/** What keeps a machine or its keys sound, and is done again and again. */
const UPKEEP = /* @__PURE__ */ anyOf(
  String.raw`(?:key|secret|certificate|automatic)_rotation auto(?:matic)?_(?:minor_version_)?upgrade auto_upgrade_minor_version
  secure_boot vtpm integrity_monitoring shielded_nodes rotation_policy drop_invalid_header_fields`,
  { before: '(?:^|_)(?:', after: ')(?:_enabled)?$' },
);
/** A disk that leaves takes its encryption along. */
const NO_DISK = /^(?!.*(?:instance|template|launch|disk|volume|node))/;
const ON = /^(?:true|yes|on|1|enabled?|required?|enforced?|restricted|active|auto|always)$/i;
const OFF = /^(?:false|no|off|0|disabled?|none|optional|not_(?:set|required|restricted)|inactive|manual|never)$/i;
const NOT_OFF = /^(?!(?:false|no|off|0|disabled?|none|optional)$)./i;
const KEPT_FROM_SCRIPTS = /(?:^|_)(?:session|csrf|auth\w*|refresh_token|token)_cookie_http_?only$/;
/** What is done with whom no rule names. */
const DECIDES = /(?:^|_)(?:default(?:_policy|_action|_rule|_access)?|acl|policy|action|access)$/;
/** A list of those whom a guard lets pass. */
const EXEMPTS =
  /(?:^|_)(?:bypass_(?:actors?|teams?|users?|apps?)|(?:pull_request_|force_push_)bypassers|(?:public_?access|encryption|mfa|audit|scp|waf|firewall|guardrails?)_(?:\w+_)?(?:exceptions?|exemptions?|exclusions?))$/;
const EXEMPTED = 'A guard lets one more pass from now on: {where} has one more entry.';
const PLAIN_PASSWORD = '{it} takes passwords as they are from now on, which the client must send ({key}).';
const NOT_CHECKED = 'Who comes in is no longer checked';

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  cloudformation: [
    { key: 'ExplicitAuthFlows', existing: true, after: 'there', only: addsPlainPassword, says: PLAIN_PASSWORD },
    { key: 'AuthorizationType Authorizer', before: 'there', after: /^NONE$/i, says: 'The API no longer asks who calls it.' },
    { key: 'DefaultAuthorizer', before: 'there', after: 'absent', stays: true, says: 'The API no longer asks who calls it.' },
    { key: 'Auth', before: 'there', after: 'absent', stays: true, only: ({ before }) => get(before, 'DefaultAuthorizer') !== undefined, says: 'The API no longer asks who calls it.' },
  ],
  data: [
    { key: NOT_ASKED, before: 'not yes', after: 'yes', severity: 'high', says: `${NOT_CHECKED}: {where} is on.` },
    { key: 'enabled', under: /anonymous/i, before: 'not yes', after: 'yes', severity: 'high', says: `${NOT_CHECKED}: {where} is on.` },
    { key: ASKED, before: 'yes', after: 'no', says: `${NOT_CHECKED}: {where} is off.` },
    { key: 'enabled', under: new RegExp(`^${SIGN_IN}$`, 'i'), before: 'yes', after: 'no', says: `${NOT_CHECKED}: {where} is off.` },
    { key: DECIDES, before: /^(?:deny|denied|reject|drop|block|forbid)$/i, after: /^(?:allow|allowed|accept|pass|permit)$/i, severity: 'high', says: '{where} lets in from now on what it turned away: {after}.' },
    { key: /(?:^|_)default_action$/, of: /waf|firewall|acl/i, existing: true, before: 'absent', after: /^(?:allow|accept|pass)$/i, says: '{where} lets in from now on what no rule names: {after}.' },
    { key: NOT_VERIFIED, existing: true, before: 'not yes', after: 'yes', says: 'The other side is no longer checked: {where} is on.' },
    { key: /(?:^|_)(?:ssl_?mode|(?:ssl|tls)_(?:policy|action)|client_broker|https_trigger_security_level|ftps_state)$/, before: ENCRYPTED, after: MAYBE_PLAIN, says: 'What is sent may be in plain from now on: {where} is {after}.' },
    { key: OFF_BY_ITSELF, before: 'yes', after: 'not yes', stays: true, says: 'What is sent is no longer kept to encrypted connections: {where} {off}.' },
    { key: KEEPS_ENCRYPTED, before: ON, after: OFF, says: 'What is sent may be in plain from now on: {where} is off.' },
    { key: LEAST_PROTOCOL, before: NEW_PROTOCOL, after: BROKEN_PROTOCOL, says: 'What is sent can be read by whoever breaks an old protocol: {where} was {before}.' },
    { key: /(?:^|_)viewer_protocol_policy$/, before: /^(?:https-only|redirect-to-https)$/, after: /^allow-all$/, says: 'What is sent may be in plain from now on: {where} is {after}.' },
    { key: ON_BY_ITSELF, existing: true, before: 'absent', after: 'no', says: `${NOT_CHECKED}: {where} is off.` },
    { key: FORGED, existing: true, before: 'not no', after: 'no', says: 'Requests that another site forged are let in: {where} is off.' },
    { key: EVERYBODY, existing: true, before: 'not yes', after: 'yes', only: ({ within }) => !entriesOf(within?.after).some(([key, value]) => LIMITS.test(key) && !isEmpty(value)), says: 'Everybody who can sign in is let in from now on: {where} is on.' },
    { key: WAY_IN, before: 'set', after: NO_WAY_IN, only: ({ before }) => !NO_WAY_IN.test(before?.text ?? ''), says: `${NOT_CHECKED}: {where} is {after}.` },
    { key: OPENS_SIGN_UP, existing: true, before: 'not yes', after: 'yes', says: 'Everybody may make an account from now on: {where} is on.' },
    { key: CLOSES_SIGN_UP, before: 'yes', after: 'not yes', stays: true, says: 'Everybody may make an account from now on: {where} {off}.' },
    { key: SECOND_FACTOR, before: /^(?:on|required?|enforced?|mandatory|always)$/i, after: /^(?:off|optional|none|disabled?|no|false|never)$/i, says: 'A second factor is no longer asked for: {where} is {after}.' },
    { key: '[]', under: LETS_IN, existing: true, before: 'absent', after: ANYBODY, says: 'Everybody may come in from now on: {where} names {after}.' },
    { key: '[]', under: LETS_GROUPS_IN, existing: true, before: 'absent', after: 'set', only: joinsList, together: true, says: 'All of {after} may come in from now on ({where}).' },
    { key: '[]', under: SIGN_IN_TEAMS, existing: true, before: 'absent', after: 'set', only: joinsList, together: true, says: 'All of {after} may come in from now on ({where}).' },
    { key: LIFETIME, existing: true, before: 'set', only: isLonger, says: 'Who has signed in, or holds a key, stays in for longer: {where} goes from {before} to {after}.' },
    { key: HARD_TO_GUESS, change: 'falls', says: 'Passwords are easier to guess from now on: {where} falls from {before} to {after}.' },
    { key: PLAIN_FROM_NOW, before: 'yes', after: 'no', says: 'What is sent may be in plain from now on: {where} is off.' },
    { key: WITHOUT_TLS, existing: true, before: 'not yes', after: 'yes', says: 'What is sent may be in plain from now on: {where} is on.' },
    { key: 'enabled', under: /^(?:ssl|tls)$/i, before: 'yes', after: 'no', says: 'What is sent may be in plain from now on: {where} is off.' },
    { key: ENCRYPTS, before: NOT_OFF, after: OFF, says: 'What is stored or sent is no longer encrypted: {where} is off.' },
    { key: 'enabled', under: /encrypt/i, before: 'yes', after: 'no', says: 'What is stored or sent is no longer encrypted: {where} is off.' },
    { key: /(?:^|_)(?:(?:disable|no)_encryption|encryption_disabled?)$/, existing: true, before: 'not yes', after: 'yes', says: 'What is stored or sent is no longer encrypted: {where} is on.' },
    { key: ENCRYPTS, of: NO_DISK, before: ON, after: 'absent', stays: true, only: ({ within }) => !entriesOf(within?.after).some(([key]) => /encrypt/i.test(key)), says: 'What is stored or sent may no longer be encrypted: {where} is removed.' },
    { key: 'mode', under: /^tls$/i, before: /^(?:ISTIO_MUTUAL|MUTUAL|SIMPLE)$/, after: /^DISABLE$/, says: 'What is sent may be in plain from now on: {where} was {before}, and is {after}.' },
    { key: 'disabled', under: /self_?signed_?certificate|^(?:tls|auth|security)$/i, existing: true, before: 'not yes', after: 'yes', says: 'What guards it is switched off: {where} is on.' },
    { key: IN_PLAIN, existing: true, before: 'not yes', after: 'yes', says: 'What is sent may be in plain from now on: {where} is on.' },
    { key: 'protocol', of: /listener/, before: /^(?:HTTPS|TLS|SSL)$/i, after: /^(?:HTTP|TCP)$/i, says: 'What is sent may be in plain from now on: {where} was {before}, and is {after}.' },
    { key: SIDE_DOOR, existing: true, before: /^(?!(?:true|yes|on|1|enabled)$)/i, after: /^(?:true|yes|on|1|enabled)$/i, says: 'There is one more way in from now on: {where} is on.' },
    { key: NO_SIDE_DOOR, before: 'yes', after: 'not yes', stays: true, says: 'There is one more way in from now on: {where} {off}.' },
    { key: /^(?:http_tokens|mode)$/, before: /^(?:required|GKE_METADATA(?:_SERVER)?)$/, after: /^(?:optional|GCE_METADATA|EXPOSED?)$/, says: 'Whoever makes the machine send a request may get its keys: {where} was {before}.' },
    { key: /(?:^|_)auto_accept_\w+$/, existing: true, before: 'not yes', after: /^(?:true|yes|enabled?)$/i, says: 'Nobody has to agree to those who join any more: {where} is on.' },
    { key: UPKEEP, before: ON, after: OFF, severity: 'low', says: 'What keeps it sound no longer happens by itself: {where} is off.' },
    { key: GUARDS, before: ON, after: OFF, says: 'What guards it is switched off: {where}.' },
    { key: KEPT_FROM_SCRIPTS, existing: true, before: 'not no', after: 'no', says: 'Scripts of a page may read who is signed in: {where} is off.' },
    { key: LET_IN_ALONE, before: 'there', after: 'there', only: namesNobody, says: LETS_EVERYBODY_IN },
    { key: LET_IN_ALONE, before: 'there', after: 'absent', stays: true, only: namesNobody, says: LETS_EVERYBODY_IN },
    { key: LET_IN_ALONE, of: OVERRIDES, existing: true, before: 'absent', only: ({ after }) => /^(?:|null|~)$/.test(after?.text ?? 'set'), says: LETS_EVERYBODY_IN },
    { key: /(?:^|_)permit_(?:root_login|empty_passwords)$/, before: 'not yes', after: 'yes', existing: true, says: 'SSH lets more people in from now on: {where} is {after}.' },
    { key: /(?:^|_)sshd?_password_authentication$/, before: 'no', after: 'yes', says: 'SSH takes passwords from now on: {where} is {after}.' },
    { key: EVERY_ORIGIN, before: 'not yes', after: 'yes', existing: true, says: 'The pages of every site may call it from now on: {where} is on.' },
    { key: LIMIT, before: 'set', after: 'absent', stays: true, only: isLimit, says: 'Nothing limits any more how often it may be called: {where} is removed.' },
    { key: LIMIT, before: 'yes', after: 'no', says: 'Nothing limits any more how often it may be called: {where} is off.' },
    { key: EXEMPTS, before: 'there', after: 'there', only: hasOneMore, severity: 'medium', says: EXEMPTED },
    { key: /(?:^|(?:auth\w*|mfa|polic\w*|rules?|ssl|sso|tls)_)enforced?$/, before: 'yes', after: 'no', says: 'A policy is no longer enforced: {where} is off.' },
    { key: 'plugins extensions middlewares filters', before: 'there', only: losesCheck, side: 'old', says: `${NOT_CHECKED}: a check leaves {where}.` },
  ],
  azure: [
    { key: 'supportsHttpsTrafficOnly httpsOnly clientCertEnabled encryptionAtHost enableEncryptionAtHost enableRBAC requireInfrastructureEncryption sslEnforcement encryptionState', before: ON, after: OFF, says: '{it} loses a protection: {key} is off.' },
    { key: 'disableLocalAuth disableLocalAccounts', before: 'yes', after: 'not yes', stays: true, says: 'There is one more way into {it} from now on: {key} {off}.' },
    { key: 'remoteDebuggingEnabled adminUserEnabled enableNonSslPort', existing: true, before: 'not yes', after: 'yes', says: 'There is one more way into {it} from now on: {key} is on.' },
    { key: 'minTlsVersion minimumTlsVersion minimalTlsVersion minTLSVersion minimumTlsVersionAllowed', before: NEW_PROTOCOL, after: BROKEN_PROTOCOL, says: 'What is sent can be read by whoever breaks an old protocol: {key} of {it} was {before}.' },
    { key: 'ftpsState', before: NOT_ALL_FTP, after: /^AllAllowed$/i, says: 'What is sent to {it} may be in plain from now on ({key}).' },
  ],
  'kubernetes-update': [
    { key: 'authentication authorization', of: /^Kafka/, before: 'there', after: 'absent', stays: true, severity: 'high', says: '{it} no longer asks who comes in: {key} is removed.' },
  ],
  terraform: [
    { key: LET_IN_ALONE, existing: true, before: 'there', after: 'there', only: namesNobody, says: 'Everybody may come in to {it}: {key} names nobody from now on.' },
    { key: 'explicit_auth_flows', existing: true, after: 'there', only: addsPlainPassword, says: PLAIN_PASSWORD },
    { key: EXEMPTS, before: 'there', after: 'there', only: hasOneMore, severity: 'medium', says: EXEMPTED },
  ],
  helm: [
    { key: 'enabled create', under: /^(?:auth|authentication|rbac|security|oauth2?|basicAuth|acl)$/i, before: 'yes', after: 'no', says: 'Access is no longer checked ({where}).' },
  ],
}));

const isEmpty = (tree: Tree | undefined): boolean =>
  tree === undefined ||
  /^(?:|null|~)$/.test(tree.text ?? (tree.list?.length === 0 || tree.map?.size === 0 ? '' : 'set'));

/** A list that named somebody; what takes its place has a like name. */
const namesNobody = ({ before, after, within }: Pair, { type = '' }: Subject): boolean =>
  !type.startsWith('Service ') && // the reader of clusters says so
  !isEmpty(before) &&
  isEmpty(after) &&
  // pages that are asked, and nobody who comes in
  !/^https?:\/\/[^/\s]+\/\S/.test([before?.text ?? '', ...textsOf(before)].join('').trim()) &&
  !entriesOf(within?.after).some(
    ([key, value]) =>
      /allow|white|permit|restrict|domain/i.test(key) && !isEmpty(value) && !same(get(within?.before, key), value),
  );

const PLAIN_FLOW = /^(?:ALLOW_)?USER_PASSWORD_AUTH$/;
const addsPlainPassword = ({ before, after }: Pair): boolean =>
  textsOf(after).some((flow) => PLAIN_FLOW.test(flow)) && !textsOf(before).some((flow) => PLAIN_FLOW.test(flow));

const LISTED_AT_MOST = 1000;

/** A list with all that it had, and more. */
const hasOneMore = ({ before, after }: Pair): boolean => {
  const [former, present] = [itemsOf(before), itemsOf(after)];
  return (
    former.length > 0 &&
    present.length > former.length &&
    present.length <= LISTED_AT_MOST &&
    former.every((item) => present.some((one) => same(item, one)))
  );
};

/** At least twice as long: less is a matter of taste. */
const isLonger = ({ before, after }: Pair): boolean => (timesAsLong(before?.text ?? '', after?.text ?? '') ?? 0) >= 2;

/** A limit that was on, and has no other name now. */
const isLimit = ({ before, within }: Pair): boolean =>
  !isNo(before) &&
  !entriesOf(within?.after).some(([key]) => /limit|throttl/i.test(key) && get(within?.before, key) === undefined);

const CHECK =
  /^(?:.*[-_/])?(?:auth[nz]?|basic-?auth|authentication|authorization|oauth2?|oidc|jwt|saml|ldap|rbac)(?:[-_].*)?$/i;

/** A list of plugins, by names or by one-key maps, that had a check and has none now. */
function losesCheck({ before, after }: Pair): boolean {
  const checks = (tree: Pair['before']): boolean =>
    [...itemsOf(tree), ...entriesOf(tree).map(([key]) => ({ text: key, map: null }))].some(({ text, map }) =>
      [text ?? '', ...(map?.keys() ?? [])].some((name) => CHECK.test(name)),
    );
  return checks(before) && !checks(after);
}
