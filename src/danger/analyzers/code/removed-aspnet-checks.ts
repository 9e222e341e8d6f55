/** ASP.NET: checks in the chain of requests, at routes and at controllers. No grammar is shipped for C#: it is read by lines. */
import { blankCsharp, uncommentedCsharp } from '../../blank-csharp';
import type { Check, Code } from '../../code';
import { newOnes } from '../../same-cause/only-new-notices';
import { isTest, isVendored } from '../../path-roles';
import { factAt } from '../../rule-rows/facts-from-sentences';
import type { Noticed, AnalyzerOfFiles } from '../../types';
import { linksGone } from './removed-middleware';
import { CHECK_SKIPPED } from '../../rules/permissions/auth-removed';

/** In the chain: `app.UseAuthentication()`, `app.UseMiddleware<ApiKeyMiddleware>()`, `options.Filters.Add(new AuthorizeFilter())`. */
const IN_CHAIN =
  /\.(UseAuthentication|UseAuthorization|UseAntiforgery|UseRateLimiter|UseMiddleware<\w{0,60}(?:Auth|Jwt|ApiKey|Signature)\w{0,60}>|Filters\.Add(?:<|\(new )(?:\w{0,60}Authorize\w{0,60}|AutoValidateAntiforgeryToken\w*))/g;
/** At a route: `.MapGet("/x", …).RequireAuthorization()`. */
const AT_ROUTE = /\.(RequireAuthorization|RequireRateLimiting)\s*\(/g;
const ROUTE = /\bMap\w*\s*(?:<[\w.]+>)?\(\s*"([^"]{0,200})"/g;
const ATTRIBUTE =
  /\[\s*(?:\w+\s*:\s*)?((?:Authorize|ValidateAntiForgeryToken|AutoValidateAntiforgeryToken|RequireScope|RequiredScope)\b[^\]\n]{0,200})\]/g;
const OPEN = /\[\s*AllowAnonymous\s*\]|\.\s*AllowAnonymous\s*\(\s*\)|\[\s*IgnoreAntiforgeryToken\b/g;
/** What an attribute stands before: the next class or method. */
const NEXT = /\b(?:class|record|interface)\s+(\w+)|\b(\w+)\s*(?:<[\w, ]+>)?\(/;

export const aspnet: AnalyzerOfFiles = {
  id: 'aspnet',
  concerns: ({ path, before, after }) =>
    path.endsWith('.cs') &&
    after !== null &&
    before !== null &&
    !isTest(path) &&
    !isVendored(path) &&
    /Authoriz|Authent|Antiforgery|AntiForgery|RateLimit|AllowAnonymous|UseMiddleware/.test(before + after),
  notice: ({ before, after }) => {
    if (before === null || after === null) return [];
    const [oldText, newText] = [uncommentedCsharp(before), uncommentedCsharp(after)];
    const [old, now] = [codeOf(oldText), codeOf(newText)];
    return [...linksGone(old, now), ...newOnes(openedIn(oldText, now), openedIn(newText, old), before, after)];
  },
};

/** What is open to everybody, where the other side knows it, too. */
const openedIn = (text: string, { known }: Code): readonly Noticed[] => {
  const plain = blankCsharp(text);
  return [...plain.matchAll(OPEN)].flatMap((match): readonly Noticed[] => {
    const guards = match[0].startsWith('[')
      ? nextName(plain, match.index + match[0].length)
      : routeBefore(text, match.index);
    return known.has(guards) ? [factAt(CHECK_SKIPPED, lineAt(plain, match.index), { what: guards })] : [];
  });
};

function codeOf(text: string): Code {
  const plain = blankCsharp(text);
  const checks: Check[] = [];
  const known = new Map<string, number>();
  for (const match of plain.matchAll(/\b(?:class|record|interface)\s+(\w+)|\b(\w+)\s*(?:<[\w, ]+>)?\(/g))
    known.set(match[1] ?? match[2] ?? '', lineAt(plain, match.index));
  for (const match of text.matchAll(ROUTE)) known.set(match[1] ?? '', lineAt(text, match.index));
  const add = (name: string, at: number, guards: string): void => {
    const line = lineAt(plain, at);
    checks.push({ text: name, line, kind: 'link', guards, guardLine: line, chain: { root: '', routes: [] } });
  };
  for (const match of plain.matchAll(IN_CHAIN)) {
    const root = /(\w+)\s*$/.exec(plain.slice(Math.max(0, match.index - 80), match.index))?.[1] ?? '';
    add((match[1] ?? '').replace(/\(new /, ' '), match.index, root);
    known.set(root, 0);
  }
  for (const match of plain.matchAll(/(\w+)\s*\.\s*(?:Use|Map|Run|Add)\w*\s*[<(]/g)) known.set(match[1] ?? '', 0);
  for (const match of plain.matchAll(AT_ROUTE)) add(match[1] ?? '', match.index, routeBefore(text, match.index));
  for (const match of text.matchAll(ATTRIBUTE))
    add(match[1] ?? '', match.index, nextName(plain, match.index + match[0].length));
  return { calls: [], pairs: [], checks, known, assigned: new Map() };
}

const READ_ON = 1000;

/** The route of the statement that this place is in. */
function routeBefore(text: string, at: number): string {
  const from = Math.max(text.lastIndexOf(';', at), at - READ_ON, 0);
  return [...text.slice(from, at).matchAll(ROUTE)].at(-1)?.[1] ?? '';
}

function nextName(plain: string, at: number): string {
  const rest = plain.slice(at, at + READ_ON).replace(/\[[^\]]{0,200}\]/g, '');
  const match = NEXT.exec(rest);
  return match?.[1] ?? match?.[2] ?? '';
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;
