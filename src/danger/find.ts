/** From changed files to findings: every pack that a file concerns is asked, and one cause is one finding. */
import type { Finding } from '../policy/types';
import { PACKS } from './packs';
import { classOf, RULES, type Rule } from './rules';
import type { Change, Noticed, Pack, Tools } from './types';

/** Larger texts are not looked at: nobody reads them line by line. Characters. */
const TEXT_AT_MOST = 2_000_000;

/** Findings in changes, in the order of the changes and their lines. A pack that fails says nothing of that file. */
export async function findInChanges(changes: readonly Change[], tools: Tools, packs: readonly Pack[] = PACKS): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const change of changes) {
    if ((change.before?.length ?? 0) > TEXT_AT_MOST || (change.after?.length ?? 0) > TEXT_AT_MOST) continue;
    const noticed: Noticed[] = [];
    for (const pack of packs) if (pack.concerns(change)) noticed.push(...(await quietly(pack, change, tools)));
    found.push(...findingsOf(change, noticed));
  }
  return found;
}

async function quietly(pack: Pack, change: Change, tools: Tools): Promise<readonly Noticed[]> {
  try {
    return await pack.notice(change, tools);
  } catch {
    return []; // half-written text is everyday: what cannot be read says nothing
  }
}

function findingsOf({ path }: Change, noticed: readonly Noticed[]): readonly Finding[] {
  const seen = new Set<string>();
  return [...noticed]
    .sort((one, other) => one.line - other.line)
    .flatMap((one): Finding[] => {
      const key = `${one.rule} ${one.side} ${String(one.line)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const rule: Rule = RULES[one.rule];
      return [{ rule: one.rule, class: classOf(one.rule), severity: one.severity ?? rule.severity, path, line: one.line, side: one.side, message: one.message, ...(one.address === undefined ? {} : { address: one.address }) }];
    });
}
