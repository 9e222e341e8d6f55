/** Checks that a change removes while the code they guard stays: authentication, and checks before a dangerous step. */
import { anyOf } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { checksThatSayYes, connectionsInPlain, morePathsOpen } from './opened-access-and-weakened-tls';
import type { Check, Code } from '../../code';
import type { Noticed } from '../../types';
import { CHECK_SKIPPED } from '../../rules/permissions/auth-removed';

/** Names that authenticate or authorise. */
const AUTH = /* @__PURE__ */ anyOf(
  String.raw`(?:^|[@.(_])auth(?:_?(?:guard|middleware|required|z|n))?(?:$|[(.:,\]'"]) access_?control admin_?only
  admin_required assert_?(?:can|permission|owner) authenticate authori[sz]e
  check_?(?:permission|auth|role|access|owner) compare_digest constructEvent csrf
  ensure_?(?:auth|logged|admin|role) has_perm_class has_?(?:role|permission|scope|authority|access) is_?authenticated
  jwt\.verify jwt_required login_?required only_?admin passport\. permission_classes permission_required
  preauthorize protect(?:ed)?(?:$|\() rate_?limit
  require_?(?:auth|login|user|role|admin|permission|scope|session)
  requires_?(?:auth|role|permission|scope|login) requires_\w*(?:owner|admin|staff|superuser)(?![a-z]) roles_?allowed rolesallowed secured staff_member_required
  timingSafeEqual useguards user_passes_test validate_?(?:signature|token|session)
  verify_?(?:signature|token|jwt|webhook|csrf|hmac|session|auth)`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);
/** A condition that rejects callers: `if (!user.isAdmin) return …`. */
const REFUSES =
  /^stop .{0,300}?(?:!|not)[\w.$()?[\]]{0,80}?(?:is_?staff|is_?superuser|is_?admin|\badmin\b|is_?owner|can_?(?:access|edit|view|manage|delete|write)\w*|\bcan\(|has_?perms?\b|is_?allowed|is_?permitted|is_?logged_?in|current_?user)/i;
/** It belongs to somebody else: `if (order.userId !== user.id) return …`. */
const OF_ANOTHER =
  /^stop [^|&]{0,100}\.(?:user|owner|author|tenant|org(?:anization)?|workspace|team|account|customer|partner|member)_?id!==?(?!null|undefined|["'`])[\w.]+$/i;
const NOT_AUTH = /logout|unauthenticated|authenticated_?user_?name|skip_|author\b|authors?_/i;
/** Conditions that guard what follows, whatever it is. */
const GUARD = /* @__PURE__ */ anyOf(
  String.raw`allow_?(?:destroy|delete|destructive) are_?you_?sure \bprod\b confirm dry_?run is_?locked is_?prod kill_?switch
  maintenance production protected read_?only safe_?mode`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);
/** Conditions that may guard it: a flag of a feature, or of a test, guards nothing by itself. */
const PERHAPS = /app_?env|enabled|environment|feature|flag_|flags?\b|force|node_env|rails\.env|rails_env/i;
/** Names of what has to be guarded. */
const DANGEROUS =
  /clean_?up|delete|deploy|destroy|drop|erase|flush|migrat|overwrite|pay|charge|purge|prune|recreate|refund|remove|reset|restore|shut_?down|terminate|truncate|wipe/i;

/** The guards that were removed, at their lines in the old text. */
export function guardsGone(before: Code, after: Code): readonly Noticed[] {
  const newCounts = new Map<string, number>();
  for (const check of after.checks) newCounts.set(keyOf(check), (newCounts.get(keyOf(check)) ?? 0) + 1);
  const [often, anywhere] = [before, after].map(({ checks }) => timesOf(checks)) as [Times, Times];
  const former = new Set(before.checks.map(keyOf));
  const added = after.checks.filter((check) => !former.has(keyOf(check)));
  const found: Noticed[] = [];
  for (const check of before.checks) {
    if (check.kind === 'link' || check.kind === 'exempt' || check.kind === 'open') continue;
    const key = keyOf(check);
    const count = newCounts.get(key) ?? 0;
    if (count > 0) {
      newCounts.set(key, count - 1);
      continue;
    }
    if (found.length >= 20 || !after.known.has(check.guards)) continue;
    // the others of a kind that stands at each function are no places that it moved to
    const needed = check.kind === 'decorator' || check.kind === 'middleware' ? (often.get(check.text) ?? 0) : 1;
    if ((anywhere.get(check.text) ?? 0) >= needed || isAskedAround(check, added)) continue;
    if (check.kind === 'call' && isOfStricter(check, before, added)) continue;
    if (isInHelper(check, before, after)) continue;
    if (isKept(check, after) || isRetired(check.guards, before, after) || leftWithClass(check, before, after)) continue;
    const notice = judge(check, after, added);
    // a check that is asked for again and again, in a chain of conditions, is one cause
    if (notice !== null && !found.some(({ message, side }) => message === notice.message && side === notice.side))
      found.push(notice);
  }
  return found;
}

/** The class, or the chain of the routes, asks it now for all that is in it: `@UseGuards(…) class`, `router.use(requireAuth)`. */
const isAskedAround = ({ text, kind, owner }: Check, added: readonly Check[]): boolean =>
  added.some((other) => other.text.includes(text) && (other.kind !== kind || (other.guards === owner && owner !== '')));

type Times = ReadonlyMap<string, number>;

/** How often each text stands there. */
function timesOf(checks: readonly Check[]): Times {
  const times = new Map<string, number>();
  for (const { text } of checks) times.set(text, (times.get(text) ?? 0) + 1);
  return times;
}

/** A method that is gone with what it checks, where another class has one of its name. */
function leftWithClass({ owner = '', guards }: Check, before: Code, after: Code): boolean {
  if (owner === '' || after.known.has(`${owner}.${guards}`)) return false;
  // under the new name of its class it would be there
  return ![...after.known.keys()].some((name) => name.endsWith(`.${guards}`) && !before.known.has(name));
}

/** Calls that only answer. */
const ANSWERS =
  /^(?:render|head|status|json|send(?:Status)?|respond(?:_with)?|abort|error|raise|HttpResponseGone|WriteHeader)$/i;
const SAYS_NO =
  /\b(?:gone|410|404|405|501|not[_ ]?(?:found|implemented)|retired|no longer|(?:status)?(?:gone|methodnotallowed))\b/i;

/** Calls that only send the caller to another page, and those that gave it something instead. */
const SENDS_ON = /^(?:redirect(?:_to)?|HttpResponse(?:Permanent)?Redirect|reverse|url_for)$/;
const GIVES = /^(?:render\w*|\w*Response|json\w*|send_?(?:file|data)|respond_with)$/i;

/** Whether a function does nothing any more but say that it is gone, or where to go: nobody gets anything from it. */
function isRetired(name: string, before: Code, after: Code): boolean {
  const callsIn = (code: Code): Code['calls'] => code.calls.filter(({ within }) => within === name);
  const calls = callsIn(after);
  return (
    name !== '' &&
    calls.length > 0 &&
    ((calls.every((call) => SENDS_ON.test(call.name)) && callsIn(before).some((call) => GIVES.test(call.name))) ||
      (calls.every((call) => ANSWERS.test(call.name)) &&
        calls.some(({ args }) => args.some(({ text }) => SAYS_NO.test(text)))))
  );
}

/** A function that is named after refusing who may not: `check_order_permissions(user, order)`. */
const HELPER =
  /(?:^|\.)_*(?:check|ensure|require|verify|assert|validate|enforce)_?\w*?(?:permission|access|auth\b|role|owner)\w*$/i;

/** Whether the function asks a helper now, which it did not before, and refuses there who has no right. */
function isInHelper({ text, line, guards }: Check, before: Code, after: Code): boolean {
  const isCondition = before.checks.some((check) => check.kind === 'condition' && check.line === line);
  if (!isCondition || guards === '' || !AUTH.test(text)) return false;
  const helpersIn = ({ calls }: Code): readonly string[] =>
    calls.filter(({ name, within }) => within === guards && HELPER.test(name)).map(({ name }) => name);
  const known = new Set(helpersIn(before));
  return helpersIn(after).some((name) => !known.has(name) && !isIdle(name, after));
}

/** Whether a function of this file asks nothing and calls nothing, whatever it is named after. */
function isIdle(name: string, { known, checks, calls }: Code): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const isOf = (function_: string): boolean => function_ === last || function_.endsWith(`.${last}`);
  return (
    [...known.keys()].some(isOf) &&
    !checks.some(({ guards }) => isOf(guards)) &&
    !calls.some(({ within }) => isOf(within))
  );
}

/** Whether what a condition called is kept in a name, which a condition of the same function asks instead. */
function isKept({ text, kind, guards }: Check, after: Code): boolean {
  const called = /(?<![\w$])(?:await)?([\w$]+)\(/.exec(text)?.[1];
  if (kind !== 'condition' || called === undefined) return false;
  return [...after.assigned].some(
    ([name, value]) =>
      new RegExp(`(?:^|\\W)${escaped(called)}\\(`).test(value) &&
      after.checks.some(
        (check) =>
          check.kind === 'condition' &&
          check.guards === guards &&
          check.text.startsWith('stop ') &&
          new RegExp(`(?:^|[^\\w.])${escaped(name)}(?![\\w$])`).test(check.text),
      ),
  );
}
const escaped = (name: string): string => name.replace(/\$/g, '\\$');

/** A form's password that has to be typed twice. */
const TYPED_TWICE = /\w*passw\w*(?:confirm|repeat|again)\w*|(?:confirm|repeat)\w*passw\w*/gi;

const isGuard = ({ text, guards }: Check): boolean =>
  GUARD.test(text.replace(TYPED_TWICE, '')) || (PERHAPS.test(text) && DANGEROUS.test(guards));

/** A payment is authorised, too: `gateway.authorise(request, charge)`, and a value of such a type is no check. */
const PAYS = /authori[sz]e\w*\((?=.*(?:payment|charge|card|capture|acquirer|gateway|amount))/i;
const OF_A_TYPE = /instanceof\w+|\w*authori[sz]e(?:Request|Handler|Operation)\w*/gi;

/** A flag of a library for features: it leaves when the feature is there for everybody. */
const isFlag = ({ text }: Check): boolean =>
  /\b(?:Flipper|Unleash|Flagsmith|Pennant|waffle|LaunchDarkly|GrowthBook|posthog|ldClient|OpenFeature)\b/i.test(text) &&
  !/kill|maintenance|read_?only/i.test(text);

const isCheck = (text: string): boolean => {
  if (PAYS.test(text)) return false;
  const words = withoutTypes(text.startsWith('stop ') ? withoutTexts(text) : text);
  return (AUTH.test(words) && !NOT_AUTH.test(text)) || REFUSES.test(text) || OF_ANOTHER.test(text.replace(/[()]/g, ''));
};
/** It names who asks, or whose something is. */
const WHO = /user|owner|role|\bauth\(|session(?![.\w(])|principal|tenant|member(?!s)|admin/i;
const asksWho = ({ text, refuses }: Check): boolean => refuses === true || isCheck(text);
const withoutTypes = (text: string): string =>
  /instanceof|authori[sz]e(?:Request|Handler|Operation)/i.test(text) ? text.replace(OF_A_TYPE, '') : text;
/** What a condition compares with is no check: `state === 'LoginRequired'`, nor is the name of a setting: `"shop.auth.kind"`. */
const withoutTexts = (text: string): string =>
  text.replace(/([=!]=)(["'])[\w -]{0,80}\2/g, '$1').replace(/(["'])\w+(?:\.\w+){2,}\1/g, '');

const keyOf = ({ text, guards, kind }: Check): string => `${kind} ${guards} ${text}`;

function judge(check: Check, after: Code, added: readonly Check[]): Noticed | null {
  const isAuth = asksWho(check);
  if (check.kind === 'condition') {
    if (!check.text.startsWith('stop ')) return null;
    if (isAuth && !replaced(check, added))
      return factWas(
        'permissions/auth-removed: A check of who may do this is removed from {what}.',
        check,
        { what: shown(check.guards) },
        // that something is refused does not say who it is refused to
        isCheck(check.text) || WHO.test(withoutTexts(check.text)) ? undefined : 'low',
      );
    return isGuard(check) && !replaced(check, added)
      ? factWas(
          'destructive/guard-removed: A check that stops {what} is removed.',
          check,
          { what: shown(check.guards) },
          isFlag(check) ? 'low' : undefined,
        )
      : null;
  }
  if (!isAuth || (check.kind === 'decorator' && DESCRIBES.test(check.text)) || replaced(check, added)) return null;
  if (check.kind === 'middleware') {
    const line = after.known.get(check.guards);
    // a handler that is itself a function is not a middleware
    if (line === undefined || /=>|function/.test(check.text)) return null;
    return factAt('permissions/auth-removed: The route {what} loses its check of who may call it.', line, {
      what: shown(check.guards),
    });
  }
  if (check.kind === 'call' && /(?:^|\.)New[A-Z]/.test(check.text)) return null; // it is made, and checks nothing yet
  // a route of a router that is named after its check: `authenticatedAPI.Path("/users")`
  if (check.kind === 'call' && ADDS_ROUTE.test(check.text)) return null;
  // a request that carries what the server checks: `fetchWithCSRF(…)`
  if (
    check.kind === 'call' &&
    /^(?:await)?(?:[\w.]+\.)?(?:fetch|send|submit|post|ajax|with|get|set|create|generate|render)(?![a-z])/.test(
      check.text,
    )
  )
    return null;
  if (
    check.kind === 'call' &&
    !/^(?:await)?(?:this\.|self\.|ctx\.|\w+\.)?[\w.:]*(?:before_action|before_filter|require|ensure|authenticate|authori[sz]e|check|verify|assert|protect|has_?permission|jwt|csrf|middleware|constructEvent|compare_digest|timingSafeEqual)/i.test(
      check.text,
    )
  )
    return null;
  return factWas('permissions/auth-removed: A check of who may use {what} is removed.', check, {
    what: shown(check.guards),
  });
}

/** Annotations whose words are for readers: `@Operation(description = "Requires the permission …")`. */
const DESCRIBES =
  /^@(?:\w+\.)*(?:Operation|Schema|Tags?|Parameters?|Description|Api(?!Key)\w*|OpenAPI\w*|extend_schema|swagger_\w+)\b/;
const ADDS_ROUTE =
  /^\w+\.(?:path|pathPrefix|handle|handleFunc|handlerFunc|methods|subrouter|get|post|put|patch|delete)\(/i;

/** What asks by itself whether the caller may: `deleteOwned(id)`, `orders.forUser(user)`, `addRestriction(…)`. */
const ACTS_AS_ALLOWED =
  /(?:owned|if_?(?:allowed|permitted|owner)|as_?(?:user|owner)|for_?(?:user|owner|current_?user)|restricted|restriction|authorized|permitted)\(/i;

/** A check that was added guards the same thing now. One that was there before, beside it, does not stand in for it. */
function replaced(check: Check, added: readonly Check[]): boolean {
  return added.some(
    (newCheck) =>
      stopsMore(newCheck, check) ||
      (newCheck.guards === check.guards && newCheck.kind === 'call' && ACTS_AS_ALLOWED.test(newCheck.text)) ||
      (newCheck.guards === check.guards &&
        !asksLess(newCheck, check) &&
        (check.kind === 'condition' && !asksWho(check)
          ? newCheck.kind === 'condition' && newCheck.text.startsWith('stop ') && isGuard(newCheck)
          : asksWho(newCheck))),
  );
}

/** Who administers was asked for, and others may from now on. */
const OF_FEW = /admin|super_?user/i;
const OF_MANY = /require_?access|view_?only|authenticated|login|logged|can_?(?:view|read)|has_?access|member/i;
const asksLess = (later: Check, earlier: Check): boolean =>
  earlier.kind === 'decorator' &&
  later.kind === 'decorator' &&
  OF_FEW.test(earlier.text) &&
  !OF_FEW.test(later.text) &&
  OF_MANY.test(later.text);

/** A condition that lost its last part: who may is no longer asked, as nobody may any more. */
const stopsMore = (newCheck: Check, oldCheck: Check): boolean =>
  newCheck.kind === 'condition' &&
  newCheck.guards === oldCheck.guards &&
  newCheck.text.length > STOP.length + 8 &&
  newCheck.text.startsWith(STOP) &&
  oldCheck.text.startsWith(newCheck.text) &&
  /^\s*(?:&&|and)/.test(oldCheck.text.slice(newCheck.text.length));
const STOP = 'stop ';

/** What such a condition called. */
const isOfStricter = (call: Check, before: Code, added: readonly Check[]): boolean =>
  before.checks.some(
    (oldCheck) =>
      oldCheck.kind === 'condition' &&
      oldCheck.guards === call.guards &&
      oldCheck.text.includes(call.text) &&
      added.some((now) => stopsMore(now, oldCheck)),
  );

const shown = (name: string): string => (/^[\w\s/:.{}*$-]{1,80}$/.test(name) ? name : 'this');

/** Words that let everybody past the check that a framework makes. */
const EXEMPT =
  /^(?:@|\[)?(?:\w+\.)*(?:csrf_?exempt|AllowAnonymous|PermitAll|permit_all|login_not_required|skip_(?:before_action|forgery_protection|authorization(?:_check)?|authentication)\b)/i;

/** Called, they ask whether everybody may: `if (!settings.allowAnonymous())` lets fewer in. */
const ASKS = /(?:AllowAnonymous|PermitAll|permit_all)\b/i;

/** Exemptions from checks that are added to something that was there before. */
export function exemptionsAdded(before: Code, after: Code): readonly Noticed[] {
  const known = new Set(before.checks.filter(({ text }) => EXEMPT.test(text)).map(keyOf));
  const said = after.checks.filter(
    (check) =>
      EXEMPT.test(check.text) &&
      !(check.kind === 'call' && ASKS.test(check.text)) &&
      !known.has(keyOf(check)) &&
      before.known.has(check.guards) &&
      !isSkippedLess(check, before, after) &&
      (!check.text.startsWith('skip_before_action') || /auth|verify|login|require|csrf|permission/i.test(check.text)),
  );
  const open = after.pairs.filter(
    ({ key, value }) =>
      key === 'permission_classes' &&
      /AllowAny|^[[(]\s*[\])]$/.test(value) &&
      before.pairs.some((pair) => pair.key === key && !/AllowAny/.test(pair.value)) &&
      !before.pairs.some((pair) => pair.key === key && pair.value === value),
  );
  return [
    ...classesOfMany(before, after),
    ...narrowed(before, after),
    ...csrfOff(before, after),
    ...morePathsOpen(before, after),
    ...checksThatSayYes(before, after),
    ...connectionsInPlain(before, after),
    ...said.map(({ line, guards }): Noticed => factAt(CHECK_SKIPPED, line, { what: shown(guards) })),
    ...open.map(({ line }): Noticed => factAt('permissions/auth-removed: Everybody may call this from now on.', line)),
  ];
}

/** Whether the same class skipped all these checks already for all actions, or for those that no list names. */
function isSkippedLess({ line, guards }: Check, before: Code, after: Code): boolean {
  const skip = after.calls.find((call) => call.line === line && call.name.startsWith('skip_'));
  const checks = skip?.args.filter(({ text }) => text.startsWith(':')) ?? [];
  const ownLines = new Set(before.checks.flatMap((former) => (former.guards === guards ? former.line : [])));
  return before.calls.some(
    ({ name, args, named, line: formerLine }) =>
      name === skip?.name &&
      ownLines.has(formerLine) &&
      checks.every(({ text }) => args.some((former) => former.text === text)) &&
      (named.has('except') ? skip.named.has('only') : !LIMITS.some((limit) => named.has(limit))),
  );
}

/** Classes by which frameworks let in whoever has signed in, or reads. */
const GENERIC =
  /\b(?:IsAuthenticated(?:OrReadOnly)?|DjangoModelPermissions(?:OrAnonReadOnly)?|DjangoObjectPermissions)\b/;
const namesIn = (text: string): readonly string[] => text.match(/\b[A-Z]\w+/g) ?? [];

/** A class of a program's own that said who may, and in whose place a framework's stands now. */
function classesOfMany(before: Code, after: Code): readonly Noticed[] {
  const classes = ({ pairs }: Code): Code['pairs'] => pairs.filter(({ key }) => key === 'permission_classes');
  const [earlier, later] = [classes(before), classes(after)];
  if (earlier.length !== later.length) return [];
  return later
    .filter(({ value }, index) => {
      const [formerNames, names] = [namesIn(earlier[index]?.value ?? ''), namesIn(value)];
      return (
        formerNames.some((name) => !names.includes(name) && !GENERIC.test(name) && name !== 'AllowAny') &&
        names.length > 0 &&
        !/[|]/.test(earlier[index]?.value ?? '') &&
        names.every((name) => GENERIC.test(name) || formerNames.includes(name))
      );
    })
    .slice(0, 1)
    .map((pair) =>
      factAt('permissions/auth-removed: More people than before may call this: {classes}.', pair, {
        classes: namesIn(pair.value).join(', ').slice(0, 80),
      }),
    );
}

/** A filter of Rails that checks all actions, and from now on some of them. */
function narrowed(before: Code, after: Code): readonly Noticed[] {
  const filters = ({ calls }: Code): readonly Filter[] =>
    calls.flatMap(({ name, args, named, line }) => {
      const text = args[0]?.text ?? '';
      return /^(?:prepend_)?before_(?:action|filter)$/.test(name) && isCheck(text)
        ? [{ name: text, isLimited: LIMITS.some((limit) => named.has(limit)), line }]
        : [];
    });
  const [oldFilters, newFilters] = [filters(before), filters(after)];
  const isWhole = (all: readonly Filter[], name: string): boolean =>
    all.some((one) => one.name === name && !one.isLimited);
  return newFilters
    .filter(({ name, isLimited }) => isLimited && isWhole(oldFilters, name) && !isWhole(newFilters, name))
    .map(({ name, line }) =>
      factAt(
        'permissions/auth-removed: {filter} checks fewer actions than before: who may call the others is no longer asked.',
        line,
        { filter: name.replace(/^:/, '') },
      ),
    );
}

interface Filter {
  readonly name: string;
  readonly isLimited: boolean;
  readonly line: number;
}
const LIMITS = ['only', 'except', 'if', 'unless'];

const CSRF_OFF = /\.csrf\((?:\w+->\w+\.disable\(\)|\w+::disable)|\.csrf\(\)\.disable\(|\.csrf\(\w+->\w+\.disable/;

/** Spring's check of forged requests is switched off in a chain that was there before. */
function csrfOff(before: Code, after: Code): readonly Noticed[] {
  const off = ({ text, kind }: Check): boolean => kind === 'call' && CSRF_OFF.test(text);
  if (before.checks.some(off)) return [];
  const check = after.checks.find((one) => off(one) && before.known.has(one.guards));
  return check === undefined ? [] : [factAt(CHECK_SKIPPED, check, { what: shown(check.guards) })];
}
