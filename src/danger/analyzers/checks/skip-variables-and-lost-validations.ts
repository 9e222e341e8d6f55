/** Switches and variables of pipelines by which checks are left out, or no longer asked for. */
import { anyOf } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { named } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';
import { COMMENT } from './checking-programs';
import { isPipeline } from './files-that-run-checks';

/** A switch of a pipeline or script by which tests or scanners are left out. */
const SKIP = anyOf(
  String.raw`(?:[A-Za-z]+_)*(?:SKIP|DISABLE|NO)_(?:[A-Za-z\d]+_)*(?:TESTS?|CHECKS?|LINT(?:ING)?|SCANS?|E2E|COVERAGE|AUDIT|VALIDATION)
  (?:TESTS?|CHECKS?|LINT|SCAN|E2E)_(?:SKIP|DISABLED?) SKIP_TESTS?_\w+`,
  {
    before: String.raw`^\s*(?:-\s*)?(?:export\s+|set\s+|ENV\s+|\$env:)?["']?(`,
    after: String.raw`)["']?\s*[:=]\s*["']?(?:true|1|yes|on)\b["']?\s*(?:;|$|#)`,
    flags: 'i',
  },
);

/** A variable that says which failures count for nothing. */
const IGNORES =
  /^\s*(?:-\s*)?(?:export\s+)?["']?((?:[A-Z]+_)*(?:IGNORE|ALLOW|SKIP)_(?:[A-Z]+_)*(?:IDEMPOTENCY|FAIL(?:URES?|ING|ED)?|ERRORS?|TESTS?|CHECKS?))["']?\s*[:=]\s*["']?(?!(?:false|0|no|off)\b|["']?\s*$|\$)\S/;
/** What a linter of several languages looks at. */
const VALIDATES =
  /^\s*["']?(VALIDATE_[A-Z_]+|(?:ENABLE|RUN)_(?:[A-Z]+_)*(?:TESTS?|CHECKS?|LINT\w*|SCANS?))["']?\s*[:=]\s*["']?true\b/;

interface NamedLine {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
}

/** The names that lines say, comments aside. */
const namesIn = (text: string, nameIn: (line: string) => string | undefined): readonly NamedLine[] =>
  text.split('\n').flatMap((line, index) => {
    const name = COMMENT.test(line) ? undefined : nameIn(line);
    return name === undefined ? [] : [{ name, line: index + 1 }];
  });

/** What a linter or a pipeline was told to look at, and is no longer. */
export function validationsLost({ path, before, after }: Change): readonly Noticed[] {
  if (before === null || after === null || !isPipeline(path)) return [];
  const validations = (text: string): readonly NamedLine[] => namesIn(text, (line) => VALIDATES.exec(line)?.[1]);
  const [earlier, later] = [validations(before), validations(after)];
  const lost = earlier.find(({ name }) => !later.some((found) => found.name === name));
  return lost === undefined || later.some(({ name }) => !earlier.some((found) => found.name === name))
    ? []
    : [factWas('checks/scanner-dropped (medium): The pipeline no longer asks for {name}.', lost, { name: lost.name })];
}

/** New switches that leave out tests. One that was off before is a threshold (checks/threshold-lowered). */
export function skipVariables({ before, after }: Change): readonly Noticed[] {
  if (before === null || after === null || !/skip|disable|no_|ignore|allow/i.test(after)) return [];
  const switches = (text: string): readonly NamedLine[] =>
    namesIn(text, (line) => (line.length > 500 ? undefined : (SKIP.exec(line) ?? IGNORES.exec(line))?.[1]));
  const [earlier, later] = [switches(before), switches(after)];
  return [...new Set(later.map(({ name }) => name))].flatMap((name): readonly Noticed[] => {
    const [previous, next] = [earlier, later].map((all) => all.filter((found) => found.name === name));
    const mentions = (text: string): number => text.split(new RegExp(`\\b${name}["']?\\s*[:=]`)).length;
    const first = next?.at(previous?.length ?? 0);
    if (first === undefined || mentions(after) <= mentions(before)) return [];
    return [
      {
        ...factAt('checks/scanner-dropped (medium): Tests or checks are left out by a switch ({name}).', first, {
          name: named(name),
        }),
        cause: 'skip switch',
        across: true,
      },
    ];
  });
}
