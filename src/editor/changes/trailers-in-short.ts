/** The next commit's trailers in one short line, for the top of a view. Pure. */
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';

/** A narrow view has no room for more. */
const NAMES_AT_MOST = 2;

/**
 * `AI +27 −8 of +40 −12 · Claude Code, GitHub Copilot` for the trailers, each `Name: value`. A trailer of
 * another name is left out; what a policy switches off is not there to be said.
 */
export function inShort(t: Translate, trailers: readonly string[]): string {
  const valuesOf = (name: string): readonly string[] =>
    trailers.flatMap((trailer) => (trailer.startsWith(`${name}: `) ? [trailer.slice(name.length + 2)] : []));
  const lines = valuesOf('AI-Lines').map((value) => t('AI {0}', value.replaceAll('-', '−')));
  const names = new Set(valuesOf('Assisted-by').map((value) => assistantName(t, value.split(':', 1)[0] ?? value)));
  const named = [...names].slice(0, NAMES_AT_MOST).join(', ');
  const more = names.size - NAMES_AT_MOST;
  return [...lines, ...(named === '' ? [] : [more > 0 ? `${named} +${String(more)}` : named])].join(' · ');
}
