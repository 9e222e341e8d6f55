/** CDK, Pulumi and CDK for Terraform: protection that is switched off. */
import { wordSet } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import type { Call, Code, Pair } from '../../code';
import { isWorld, sensitiveRange } from '../../sensitive-ports-and-world-cidrs';
import type { Noticed } from '../../types';

const DESTROY_POLICY =
  'destructive/cdk-removal-policy: The removal policy is DESTROY: the resource goes with the stack, with its data.';
const OPEN_TO_WORLD = 'permissions/net-open: {what} is opened to the whole world.';

export const usesInfrastructure = (text: string): boolean =>
  /aws-cdk|aws_cdk|@pulumi\/|\bpulumi|awscdk|cdktf|constructs|\bsst\b|RemovalPolicy/.test(text);

const plain = (key: string): string =>
  key
    .replace(/[_"'`]/g, '')
    .replace(/^.*\./, '')
    .toLowerCase();

const SAFE_WHEN_ON = wordSet(`
  deletionprotection terminationprotection protect retainondelete deletionprotectionenabled
  enabledeletionprotection pointintimerecovery preventdestroy disableapitermination
`);
const SAFE_WHEN_OFF = wordSet(`
  autodeleteobjects emptyondelete deleteautomatedbackups skipfinalsnapshot forcedestroy autodeleteimages
  forcedelete
`);

/** What lifts a protection in a text. */
export function protectionOff({ key, value, line }: Pair): Noticed | null {
  const name = plain(key);
  if (
    SAFE_WHEN_ON.has(name) &&
    /^(?:false|False|jsii\.Bool\(false\)|jsii\.Bool\(jsii\.False\)|pulumi\.Bool\(false\))$/.test(value)
  )
    return factAt(
      'destructive/cdk-removal-policy: The protection {key} is off: one deployment may delete the resource.',
      line,
      { key: key.slice(0, 60) },
    );
  if (SAFE_WHEN_OFF.has(name) && /^(?:true|True|jsii\.Bool\(true\)|pulumi\.Bool\(true\))$/.test(value))
    return factAt('destructive/cdk-removal-policy: `{key}` is on: what is stored goes with the resource.', line, {
      key: key.slice(0, 60),
    });
  if (/^(?:default)?removalpolicy$/.test(name) && /\bRemovalPolicy[._]DESTROY\b|\bRemovalPolicy_DESTROY\b/.test(value))
    return factAt(DESTROY_POLICY, line);
  return null;
}

/** `x.applyRemovalPolicy(RemovalPolicy.DESTROY)`, and Java builders. */
export function policiesInCalls(code: Code): readonly Noticed[] {
  return code.calls.flatMap(({ name, args, line }): Noticed[] => {
    const value = args[0]?.text ?? '';
    if (
      /^(?:applyRemovalPolicy|apply_removal_policy|ApplyRemovalPolicy|removalPolicy)$/.test(name) &&
      /RemovalPolicy[._]DESTROY/.test(value)
    )
      return [factAt(DESTROY_POLICY, line)];
    if (args.length !== 1) return [];
    const found = protectionOff({ key: name, value, line, owner: '' });
    return found === null ? [] : [found];
  });
}

/** Protections that were removed while what they protect stays. */
export function protectionsGone(before: Code, after: Code): readonly Noticed[] {
  const count = (code: Code, key: string): number => code.pairs.filter((pair) => pair.key === key).length;
  return before.pairs.flatMap((pair): Noticed[] => {
    const name = plain(pair.key);
    const retention = /^(?:default)?removalpolicy$/.test(name)
      ? /RETAIN|SNAPSHOT/.test(pair.value)
      : SAFE_WHEN_ON.has(name) && /^(?:true|True)$/.test(pair.value);
    if (!retention || count(after, pair.key) >= count(before, pair.key)) return [];
    // the whole construct was removed: another rule covers that
    if (
      pair.owner !== '' &&
      after.calls.filter((call) => call.name === pair.owner).length <
        before.calls.filter((call) => call.name === pair.owner).length
    )
      return [];
    return [
      factWas(
        'destructive/cdk-removal-policy: The protection {what} is removed: the resource may go with its stack.',
        pair,
        { what: pair.key.slice(0, 60) },
      ),
    ];
  });
}

/** Firewalls opened and administrators created, in CDK, Pulumi and CDK for Terraform. */
export function openedInCode(call: Call): Noticed | null {
  const { name, args, line } = call;
  const words = args.map(({ text }) => text).join(' ');
  if (
    /^(?:from_?aws_?managed_?policy_?name|fromManagedPolicyArn|from_managed_policy_arn|ManagedPolicy_FromAwsManagedPolicyName)$/i.test(
      name,
    ) &&
    /["'`/]AdministratorAccess["'`]/.test(words)
  )
    return factAt('permissions/iam-admin: A role gets AdministratorAccess: it may do everything.', line);
  if (
    /^(?:add_?ingress_?rule|allow_?from|allow_?from_?any_?ipv4|allow_?default_?port_?from(?:_?any_?ipv4)?)$/i.test(name)
  ) {
    const everybody = /any_?ipv[46]/i.test(`${name} ${words}`) || /["'`](?:0\.0\.0\.0\/0|::\/0)["'`]/.test(words);
    const portName = everybody ? portIn(words) : undefined;
    return portName === undefined ? null : factAt(OPEN_TO_WORLD, line, { what: portName });
  }
  return null;
}

/** `Port.tcp(22)`, `Port.tcpRange(0, 65535)`, `Port.allTraffic()`, `Port.SSH`. */
function portIn(words: string): string | undefined {
  if (/\bPort[._]all_?(?:traffic|tcp)\b/i.test(words)) return 'every port';
  if (/\bPort[._]SSH\b/.test(words)) return sensitiveRange(22, 22);
  const [, from, to] =
    /\bPort[._](?:tcp|udp)(?:_?range)?\(\s*(?:jsii\.Number\()?(\d{1,5})\)?(?:\s*,\s*(\d{1,5}))?/i.exec(words) ?? [];
  return from === undefined ? undefined : sensitiveRange(Number(from), Number(to ?? from));
}

/** Pulumi's `{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }`, in one object. */
export function openedInArguments(pair: Pair, code: Code): Noticed | null {
  if (
    !/^(?:cidr_?blocks|cidr_?ip|ipv6_?cidr_?blocks|source_?ranges|source_?address_?prefix|cidr_?ipv4)$/i.test(pair.key)
  )
    return null;
  if (!(pair.value.match(/["'`]([^"'`]{1,60})["'`]/g) ?? []).some((text) => isWorld(text.slice(1, -1)))) return null;
  const near = (keys: RegExp): number | undefined => {
    const found = code.pairs
      .filter(({ key, value, line }) => keys.test(key) && Math.abs(line - pair.line) <= 6 && /^\d{1,5}$/.test(value))
      .sort((one, other) => Math.abs(one.line - pair.line) - Math.abs(other.line - pair.line))[0];
    return found === undefined ? undefined : Number(found.value);
  };
  const from = near(/^from_?port$/i);
  const portName = from === undefined ? undefined : sensitiveRange(from, near(/^to_?port$/i) ?? from);
  return portName === undefined ? null : factAt(OPEN_TO_WORLD, pair, { what: portName });
}
