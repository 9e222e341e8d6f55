/** Programs: calls that delete remote data, and protections and checks that are switched off or removed. */
import { anyOf } from '../../../base/patterns';
import { codeOf, isCode, type Code } from '../../code';
import { newOnes } from '../../same-cause/only-new-notices';
import { isTest, isVendored } from '../../path-roles';
import type { Change, Noticed, Analyzer, Tools } from '../../types';
import { isMigration } from '../migrations';
import { linksGone } from './links-of-chains';
import { cloudDeletes, resetsSchema, storeLosses, unlimitedDeletes, usesCloud } from '../../sdk-losses';
import { treeDeletes } from './tree-deletes';
import { exemptionsAdded, guardsGone } from './guards';
import {
  openedInArguments,
  openedInCode,
  policiesInCalls,
  protectionOff,
  protectionsGone,
  usesInfrastructure,
} from './infrastructure';
import { rightsNotAsked, serversUnchecked } from './openings';
import { switchedOffInCode } from './settings';
import { sqlLosses } from './sql-in-code';
import { checksOff, openCors, runsText } from './trust';

/** Without one of these words nothing can be found here: most files need not be parsed. */
const WORTH = /* @__PURE__ */ anyOf(
  String.raw`0\.0\.0\.0/0 [Aa]nyIpv AllowAny Command\( GRANT IngressRule InsecureSkip ManagedPolic TLS_REJECT UPDATE\s
  Unauthorized VERIFY (?:bypass|disable|ignore|skip|without)_?(?:access|auth|iam|integrity|permission|polic|rbac|security) autoDelete \bclear\( \bdel\( \brm(?:\b|_r) cors credentials csrf_(?:enabled|exempt) delete destroy
  disable_?key drop dropSchema eval exec flush permitAll popen protect purge rebuild removal remove retain
  rimraf rmSync rmdir rmtree schedule_?key skipFinal skip_before spawn stop_?logging subprocess sync\(
  synchronize system terminate truncate \$unset update\s verify`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);
const REMOVAL_POLICY = 'destructive/cdk-removal-policy';
const GUARDED =
  /auth|login|forbidden|denied|\b40[13]\b|current_?user|hmac|throttl|permission|role|guard|secur|verify|csrf|jwt|admin|staff|superuser|owner|allow|\bcan|protect|kill|env|prod|dry|confirm|flag|feature|enabled|maintenance|id\)* !=|ssl_?mode/i;

export const code: Analyzer = {
  id: 'code',
  concerns: ({ path, before, after }) =>
    isCode(path) &&
    after !== null &&
    !isTest(path) &&
    !isVendored(path) &&
    (WORTH.test(after) || (before !== null && GUARDED.test(before))),
  notice,
};

async function notice(change: Change, tools: Tools): Promise<readonly Noticed[]> {
  const { path, before, after } = change;
  if (after === null) return [];
  const now = await codeOf(path, after, tools);
  if (now === null) return [];
  const inMigration = isMigration(change);
  const found = judged(now, after, inMigration);
  const old =
    before !== null && (found.length > 0 || GUARDED.test(before) || usesInfrastructure(before))
      ? await codeOf(path, before, tools)
      : null;
  if (old === null || before === null) return found;
  return [
    ...newOnes(judged(old, before, inMigration), found, before, after),
    ...guardsGone(old, now).filter(({ message }) => !isOfComponent(path, message)),
    ...linksGone(old, now),
    ...exemptionsAdded(old, now),
    ...switchedOffInCode(path, old, now),
    ...serversUnchecked(old, now, path),
    ...rightsNotAsked(before, after),
    ...(usesInfrastructure(before)
      ? protectionsGone(old, now).filter(
          ({ line }) => !found.some((one) => one.rule === REMOVAL_POLICY && Math.abs(one.line - line) <= 2),
        )
      : []),
  ];
}

/** A component that shows nothing under a condition guards nothing. */
const isOfComponent = (path: string, message: string): boolean =>
  /\.[jt]sx$/.test(path) && /^A check that stops [A-Z]/.test(message);

function judged(now: Code, text: string, inMigration: boolean): readonly Noticed[] {
  const found: Noticed[] = [];
  const add = (...all: readonly (Noticed | null)[]): void => void found.push(...all.filter((one) => one !== null));
  const cloud = usesCloud(text);
  for (const call of now.calls) {
    if (call.down) continue;
    if (cloud) add(cloudDeletes(call, now));
    add(treeDeletes(call, now), openCors(call), runsText(call, now));
    // migrations have an analyzer of their own for their SQL and their tables
    add(
      ...[...storeLosses(call), ...sqlLosses(call)].filter(
        ({ rule }) => !inMigration || !/sql-|db-grant|iam-/.test(rule),
      ),
    );
  }
  if (!inMigration) add(...unlimitedDeletes(now, text));
  const infrastructure = usesInfrastructure(text);
  for (const pair of now.pairs) {
    add(checksOff(pair), resetsSchema(pair));
    if (infrastructure) add(protectionOff(pair), openedInArguments(pair, now));
  }
  if (infrastructure) add(...policiesInCalls(now), ...now.calls.map(openedInCode));
  return found;
}
