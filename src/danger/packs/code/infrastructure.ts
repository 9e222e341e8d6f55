/** CDK, Pulumi and CDK for Terraform: protection that is switched off. */
import type { Code, Pair } from '../../code';
import type { Noticed } from '../../types';

export const usesInfrastructure = (text: string): boolean => /aws-cdk|aws_cdk|@pulumi\/|\bpulumi|awscdk|cdktf|constructs|\bsst\b|RemovalPolicy/.test(text);

const plain = (key: string): string => key.replace(/[_"'`]/g, '').replace(/^.*\./, '').toLowerCase();

const SAFE_WHEN_ON = new Set(['deletionprotection', 'terminationprotection', 'protect', 'retainondelete', 'deletionprotectionenabled', 'enabledeletionprotection', 'pointintimerecovery', 'preventdestroy', 'disableapitermination']);
const SAFE_WHEN_OFF = new Set(['autodeleteobjects', 'emptyondelete', 'deleteautomatedbackups', 'skipfinalsnapshot', 'forcedestroy', 'autodeleteimages', 'forcedelete']);

/** What lifts a protection in a text. */
export function protectionOff({ key, value, line }: Pair): Noticed | null {
  const name = plain(key);
  const say = (message: string): Noticed => ({ rule: 'destructive/cdk-removal-policy', line, side: 'new', message });
  if (SAFE_WHEN_ON.has(name) && /^(?:false|False|jsii\.Bool\(false\)|jsii\.Bool\(jsii\.False\)|pulumi\.Bool\(false\))$/.test(value)) return say(`The protection ${key.slice(0, 60)} is off: one deployment may delete the resource.`);
  if (SAFE_WHEN_OFF.has(name) && /^(?:true|True|jsii\.Bool\(true\)|pulumi\.Bool\(true\))$/.test(value)) return say(`\`${key.slice(0, 60)}\` is on: what is stored goes with the resource.`);
  if (/^(?:default)?removalpolicy$/.test(name) && /\bRemovalPolicy[._]DESTROY\b|\bRemovalPolicy_DESTROY\b/.test(value)) return say('The removal policy is DESTROY: the resource goes with the stack, with its data.');
  return null;
}

/** `x.applyRemovalPolicy(RemovalPolicy.DESTROY)`, builders of Java. */
export function policiesInCalls(code: Code): readonly Noticed[] {
  return code.calls.flatMap(({ name, args, line }): Noticed[] => {
    const value = args[0]?.text ?? '';
    if (/^(?:applyRemovalPolicy|apply_removal_policy|ApplyRemovalPolicy|removalPolicy)$/.test(name) && /RemovalPolicy[._]DESTROY/.test(value)) return [{ rule: 'destructive/cdk-removal-policy', line, side: 'new', message: 'The removal policy is DESTROY: the resource goes with the stack, with its data.' }];
    if (args.length !== 1) return [];
    const found = protectionOff({ key: name, value, line, owner: '' });
    return found === null ? [] : [found];
  });
}

/** Protections that were there and have left, while what they protect stays. */
export function protectionsGone(before: Code, after: Code): readonly Noticed[] {
  const count = (code: Code, key: string): number => code.pairs.filter((pair) => pair.key === key).length;
  return before.pairs.flatMap((pair): Noticed[] => {
    const name = plain(pair.key);
    const kept = /^(?:default)?removalpolicy$/.test(name) ? /RETAIN|SNAPSHOT/.test(pair.value) : SAFE_WHEN_ON.has(name) && /^(?:true|True)$/.test(pair.value);
    if (!kept || count(after, pair.key) >= count(before, pair.key)) return [];
    // the whole construct has left: another rule's matter
    if (pair.owner !== '' && after.calls.filter((call) => call.name === pair.owner).length < before.calls.filter((call) => call.name === pair.owner).length) return [];
    return [{ rule: 'destructive/cdk-removal-policy', line: pair.line, side: 'old', message: `The protection ${pair.key.slice(0, 60)} is removed: the resource may go with its stack.` }];
  });
}
