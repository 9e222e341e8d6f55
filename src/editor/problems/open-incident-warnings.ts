/** A freeze: the open incidents that cover a changed file, as warnings, whoever changed it. Pure. */
import { requirementText, isNamedBy, quoted, type OpenIncident, type RequirementResult } from '../../policy';
import type { Translate } from '../translate';
import type { Warning } from './warning-and-loudness';

interface FrozenPlace {
  readonly path: string;
  /** The first changed line, 1-based. */
  readonly line: number;
  /** What the file's tier still lacks. */
  readonly open: readonly RequirementResult[];
}

/** One for each incident, at the first change. */
export function freezeWarnings(
  t: Translate,
  incidents: readonly OpenIncident[],
  { path, line, open }: FrozenPlace,
): Warning[] {
  return incidents.flatMap(({ id, title, file, paths, wrong }): Warning[] => {
    const required = open.find((one) => one.incidents?.includes(id) === true);
    if (!required?.from || !isNamedBy(paths ?? ['**'], { path, from: null })) return [];
    const needed = requirementText({ ...required, from: required.from });
    return [
      {
        start: line,
        end: line,
        removal: false,
        about: 'incident',
        rule: `incident/${id}`,
        loudness: 'warning',
        message:
          wrong === null
            ? t(
                '{0} is open on this file, so changing it needs {1}.',
                title === null ? quoted(id) : `${quoted(id)} (${quoted(title)})`,
                needed,
              )
            : t("{0} can't be read and may be about this file, so changing it needs {1}.", quoted(file), needed),
        page: file,
      },
    ];
  });
}
