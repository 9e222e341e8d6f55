/** Programs: calls that delete remote data, and protections and checks that are switched off or removed. */
import { anyOf } from '../../../base/patterns';
import { codeOf, isCode, type Code } from '../../code';
import { newOnes } from '../../same-cause/only-new-notices';
import { isTest, isVendored } from '../../path-roles';
import type { Change, Noticed, Analyzer, Tools } from '../../types';
import { isMigration } from '../migrations';
import { linksGone } from './removed-middleware';
import { cloudDeletes, resetsSchema, storeLosses, unlimitedDeletes, usesCloud } from '../../sdk-losses';
import { treeDeletes } from './directory-tree-deletes';
import { exemptionsAdded, guardsGone } from './removed-guards-and-added-exemptions';
import {
  openedInArguments,
  openedInCode,
  policiesInCalls,
  protectionOff,
  protectionsGone,
  usesInfrastructure,
} from './protection-and-access-in-infrastructure';
import { rightsNotAsked, serversUnchecked } from './opened-access-and-weakened-tls';
import { switchedOffInCode } from './switched-off-settings-in-code';
import { sqlLosses } from './sql-losses-in-code';
import { checksOff, openCors, runsText } from './insecure-calls';

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
  /auth|login|forbidden|denied|\b40[13]\b|current_?user|hmac|throttl|permission|role|guard|secur|verify|csrf|jwt|limiter|admin|staff|superuser|owner|allow|\bcan|protect|kill|env|prod|dry|confirm|flag|feature|enabled|maintenance|id\)* !=|ssl_?mode/i;

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
  const newCode = await codeOf(path, after, tools);
  if (newCode === null) return [];
  const inMigration = isMigration(change);
  const found = judged(newCode, after, inMigration);
  const old =
    before !== null && (found.length > 0 || GUARDED.test(before) || usesInfrastructure(before))
      ? await codeOf(path, before, tools)
      : null;
  if (old === null || before === null) return found;
  return [
    ...newOnes(judged(old, before, inMigration), found, before, after),
    ...guardsGone(old, newCode).filter(({ message }) => !isOfComponent(path, message)),
    ...linksGone(old, newCode),
    ...exemptionsAdded(old, newCode),
    ...switchedOffInCode(path, old, newCode),
    ...serversUnchecked(old, newCode, path),
    ...rightsNotAsked(before, after),
    ...(usesInfrastructure(before)
      ? protectionsGone(old, newCode).filter(
          ({ line }) => !found.some((one) => one.rule === REMOVAL_POLICY && Math.abs(one.line - line) <= 2),
        )
      : []),
  ];
}

/** A component that shows nothing under a condition guards nothing. */
const isOfComponent = (path: string, message: string): boolean =>
  /\.[jt]sx$/.test(path) && /^A check that stops [A-Z]/.test(message);

function judged(newCode: Code, text: string, inMigration: boolean): readonly Noticed[] {
  const found: Noticed[] = [];
  const add = (...all: readonly (Noticed | null)[]): void => void found.push(...all.filter((one) => one !== null));
  const cloud = usesCloud(text);
  for (const call of newCode.calls) {
    if (call.down) continue;
    if (cloud) add(cloudDeletes(call, newCode));
    add(treeDeletes(call, newCode), openCors(call), runsText(call, newCode));
    // migrations have an analyzer of their own for their SQL and their tables
    add(
      ...[...storeLosses(call), ...sqlLosses(call)].filter(
        ({ rule }) => !inMigration || !/sql-|db-grant|iam-/.test(rule),
      ),
    );
  }
  if (!inMigration) add(...unlimitedDeletes(newCode, text));
  const infrastructure = usesInfrastructure(text);
  for (const pair of newCode.pairs) {
    add(checksOff(pair), resetsSchema(pair));
    if (infrastructure) add(protectionOff(pair), openedInArguments(pair, newCode));
  }
  if (infrastructure) add(...policiesInCalls(newCode), ...newCode.calls.map(openedInCode));
  return found;
}
