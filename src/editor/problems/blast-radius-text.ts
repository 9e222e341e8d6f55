/** What depends on a changed file, as lines of Markdown. Pure. */
import type { BlastRadius, Edge } from '../../policy/blast-radius/types';
import { plain } from '../author-count-and-time-texts';
import { type Translate } from '../translate';

/** A hover is read at a glance. */
const SHOWN = 5;

/**
 * Empty when nothing is known to depend on it. `linkTo`: opens a file at a 1-based line or at its beginning; safe in
 * Markdown. Names and evidence are from outside.
 */
export function blastText(
  t: Translate,
  { files, edges, cannotTell }: BlastRadius,
  linkTo: (path: string, line: number | null) => string,
): readonly string[] {
  const line = ({ dependent, line: at, kind, evidence, owners }: Edge): string => {
    const name = `[${plain(at === null ? dependent : `${dependent}:${String(at)}`)}](${linkTo(dependent, at)})`;
    // An import's evidence adds nothing to its place; how often both changed together does.
    const why = kind === 'history' ? evidence : kind;
    return `- ${[name, plain(why), ...owners.map(plain)].join(' · ')}`;
  };
  const more = edges.length - SHOWN;
  return [
    ...(edges.length === 0
      ? []
      : [
          `$(references) **${plain(files === 1 ? t('1 file depends on this change') : t('{0} files depend on this change', files))}**`,
          ...edges.slice(0, SHOWN).map(line),
          ...(more > 0 ? [`- ${plain(t('and {0} more: “linekeeper status” lists them', more))}`] : []),
        ]),
    ...cannotTell.map((sentence) => `$(question) ${plain(sentence)}`),
  ];
}
