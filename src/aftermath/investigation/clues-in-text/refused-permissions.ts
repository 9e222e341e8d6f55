/** Permissions that a cloud, a cluster or a database refused. */
import type { Clue } from './types';

/** `s3:GetObject`, `kms:Decrypt`, quoted or not. */
const AWS = /(?<![\w:/.-])([a-z][a-z0-9-]{1,30}):([A-Z][A-Za-z0-9]{2,60})(?![\w:])/g;
/** `storage.objects.get`, `cloudsql.instances.connect`. */
const GOOGLE = /\bpermission\s+'?"?([a-z][a-zA-Z]{1,40}(?:\.[a-zA-Z]{1,40}){2})/gi;
/** `Microsoft.Storage/storageAccounts/read`. */
const AZURE = /\baction\s+'?"?(Microsoft\.[A-Za-z.]{1,60}(?:\/[A-Za-z]{1,60}){1,5})/gi;
/** `(Service: AWSKMS; … Error Code: AccessDeniedException)`: the service, and no action. */
const SERVICE = /\bService: (?:AWS|Amazon)?\s?([A-Za-z]{2,30})\d*;/g;
/** `GET https://vault.internal:8200/v1/secret/data/orders`. */
const ASKED = /https?:\/\/[\w.:-]{1,200}(?:\/v\d+)?\/([\w@%./-]{3,200})/g;
const REFUSED =
  /not authorized|AccessDenied|access denied|forbidden|unauthorized|permission|does not have|no (?:identity|resource)-based policy|explicit deny|UnauthorizedOperation|cannot (?:get|list|watch|create|update|patch|delete)/i;
const ARN = /\barn:aws[\w-]*:([a-z0-9-]{1,30}):[a-z0-9-]{0,30}:\d{0,12}:([\w/.*:+=@-]{1,300})/g;
/** `User "system:serviceaccount:shop:orders" cannot list resource "pods" in API group ""`. */
const CLUSTER =
  /system:serviceaccount:[\w-]{1,63}:([\w.-]{1,63})"?\s+cannot\s+(\w{1,20})\s+resource\s+"([\w./-]{1,80})"/g;
/** An account of Google's, or a user of a directory. */
const ACCOUNT = /\b([\w-]{3,60})@[\w-]{1,60}\.iam\.gserviceaccount\.com/g;
/** `principal export-orders`, `role invoice-reader`. */
const PRINCIPAL =
  /\b(?:principal|role|policy|user|account|identity|bucket|key|queue|topic)\s*[=:]?\s*["'`]?([a-z][\w-]*[_-][\w-]{2,60})/gi;
const ABOUT =
  /action|resource|principal|effect|polic|role|assume|statement|permission|grant|iam|arn:|\bverbs?\b|binding|serviceaccount|service_account|kms|key|scope|boundary|allow|deny|capabilit|\bpath\b|secret/i;
/** What is no name of anything in an ARN. */
const GENERAL: ReadonlySet<string> = new Set(
  'assumed-role role user policy instance table function key bucket secret topic queue log-group db cluster service task alias root'.split(
    ' ',
  ),
);

/** The names in what stands behind the account of an ARN: a bucket, a role, a table. */
const partsOf = (resource: string): readonly string[] =>
  resource
    .split(/[/:]/)
    .filter((part) => part.length > 2 && !GENERAL.has(part) && !/^[\d*-]+$|^i-[0-9a-f]+$|^[0-9a-f-]{32,}$/.test(part))
    .slice(0, 3);

export function permissions(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line, at): Clue[] => {
    const near = [lines[at - 1] ?? '', line, lines[at + 1] ?? ''].join(' ');
    const arns = [
      ...[...line.matchAll(ARN)].flatMap(([, , resource = '']) => partsOf(resource)),
      ...[...line.matchAll(ACCOUNT), ...line.matchAll(PRINCIPAL)].map(([, name = '']) => name),
    ];
    const clues = [...line.matchAll(CLUSTER)].map(([, account = '', verb = '', resource = '']): Clue => ({
      says: `${account} may not ${verb} ${resource}`,
      names: [account, resource],
      about: ABOUT,
      literals: [resource],
    }));
    const below = [near, ...lines.slice(at + 2, at + 4)].join(' ');
    if (!REFUSED.test(near) && !REFUSED.test(below)) return clues;
    const actions = [
      ...[...line.matchAll(AWS)].map(([whole]) => whole),
      ...[...line.matchAll(GOOGLE), ...line.matchAll(AZURE)].map(([, action = '']) => action),
    ];
    for (const action of new Set(actions))
      clues.push({
        says: `${action} was refused${arns.length === 0 ? '' : ` (${arns.slice(0, 3).join(', ')})`}`,
        // A role of Google's has the service in its name.
        names: [...arns, ...(/^[a-z]+\./.test(action) ? [action.slice(0, action.indexOf('.'))] : [])],
        about: ABOUT,
        action,
      });
    const paths = [...line.matchAll(ASKED)].map(([, path = '']) => path);
    for (const path of new Set(paths)) {
      const parts = path.split('/').filter((part) => part.length > 1);
      clues.push({
        says: `${path} was refused`,
        names: parts.slice(-3),
        about: ABOUT,
        // The longest beginning of it that a line has is looked for.
        literals: parts.slice(1).map((_, end) => parts.slice(0, parts.length - end).join('/')),
      });
    }
    for (const [, service = ''] of line.matchAll(SERVICE))
      if (actions.length === 0)
        clues.push({
          says: `a call to ${service} was refused`,
          names: arns,
          about: ABOUT,
          action: `${service.toLowerCase()}:`,
        });
    if (actions.length === 0 && clues.length === 0 && arns.length > 0)
      clues.push({ says: `access to ${arns.slice(0, 3).join(', ')} was refused`, names: arns, about: ABOUT });
    return clues;
  });
}
