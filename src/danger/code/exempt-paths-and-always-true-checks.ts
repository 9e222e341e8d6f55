/** What lets everybody in by its name: lists of paths that ask for nothing, and checks that always say yes. */
import { either } from '../../base/patterns';
import type { SyntaxNode } from '../syntax';
import { stringOf } from './string-literals';
import type { Check } from './types';

/** `PUBLIC_ROUTES`, `csrfExemptPaths`, `AUTH_WHITELIST`, `login_exempt_urls` */
const EXEMPT_LIST = /* @__PURE__ */ either(
  /^\w*(?:public|open|anonymous|unauthenticated|unprotected|exempt(?:ed)?|white_?list(?:ed)?|no_?auth|skip_?auth)_?(?:routes?|paths?|urls?|endpoints?|pages?)$/i,
  /^\w*(?:auth|login|csrf|security)\w*(?:white_?list|exempt(?:ions?)?)$/i,
);
const ELEMENTS_AT_MOST = 200;
const DEEPEST = 4;

/** The paths of a list that asks for nothing, each with its line. */
export function exemptPaths(
  name: string,
  value: SyntaxNode,
  place: { readonly guards: string; readonly guardLine: number },
): readonly Check[] {
  if (!EXEMPT_LIST.test(name)) return [];
  return stringsIn(value, 0).flatMap((node): Check[] => {
    const path = stringOf(node)?.value ?? '';
    return /^\^?\/\S{0,200}$/.test(path)
      ? [{ text: path, line: node.startLine, kind: 'exempt', guards: name, guardLine: place.guardLine }]
      : [];
  });
}

/** The texts of a list, and of what makes a set or a list of it: `new Set([…])`, `List.of(…)`. */
function stringsIn(node: SyntaxNode, depth: number): readonly SyntaxNode[] {
  if (depth > DEEPEST) return [];
  return node.namedChildren
    .slice(0, ELEMENTS_AT_MOST)
    .flatMap((child) => (stringOf(child) === null ? stringsIn(child, depth + 1) : [child]));
}

/** Functions that frameworks ask whether somebody may: what they say is believed. */
const ASKED =
  /^(?:has_?(?:object_?)?permission|is_?authori[sz]ed|can_?activate|is_?authenticated|authorize[!?]?|verify_?(?:signature|token|webhook\w*)|check_?password)$/i;
/** Those that stop whoever may not, and say nothing otherwise. */
const STOPS =
  /^(?:enforce_?csrf\w*|verify_?(?:csrf\w*|authenticity_?token)|check_?(?:csrf|(?:object_?)?permissions?)|require_?(?:login|auth|admin)|authenticate_?(?:user|admin|request)!?)$/i;
const YES = /^\{?(?:return)?(?:true|True|Promise\.resolve\(true\)|of\(true\));?\}?$/;
const NOTHING = /^(?:\{\}|pass|\{?return(?:true|True|None|null|nil)?;?\}?|\{?next\(\);?\}?|true|nil|\.\.\.)?$/;

/** A check whose whole body lets everybody through; undefined for every other function. */
export function letsEverybody(
  node: SyntaxNode,
  name: string,
  place: { readonly guards: string; readonly guardLine: number },
): Check | undefined {
  const stops = STOPS.test(name);
  if (!stops && !ASKED.test(name)) return undefined;
  const body = node.childForField('body');
  // of a Ruby method without anything in it there is no body
  if (body === undefined && !/^(?:singleton_)?method$/.test(node.type)) return undefined;
  if (body !== undefined && body.end - body.start > 600) return undefined;
  const bare = (body?.text ?? '').replace(/\/\*[\s\S]*?\*\/|(?:\/\/|#).*|"""[\s\S]*?"""/g, '').replace(/\s/g, '');
  return (stops ? NOTHING : YES).test(bare)
    ? {
        text: `${name} says yes`,
        line: node.startLine,
        kind: 'open',
        guards: name,
        owner: place.guards,
        guardLine: node.startLine,
      }
    : undefined;
}
