/** Whether a signature will count, said before it is given. Pure. */
import type { SignOffToGive, TierToSign } from '../../review/request';
import type { Foresight } from '../background';
import type { Translate } from '../translate';
import { visible } from './visible-text';

/** What a signature by a key would leave open in tiers: sentences, in plain text. Empty when it counts for all. */
export function shortfalls(
  t: Translate,
  before: SignOffToGive,
  { key, after }: Foresight,
  tiers: readonly TierToSign[],
): readonly string[] {
  if (key.publicKey === null) return []; // its public half is not here: only the signature will tell
  const onto = visible(before.onto);
  if (key.file === null) return [t('Your signature will not count: {0} has no file of allowed signers.', onto)];
  if (key.principals.length === 0)
    return [t('Your signature will not count: your key is not in {0} of {1}.', key.file, onto)];
  const known = new Set(before.refused.map((one) => JSON.stringify(one)));
  return tiers.flatMap(({ name }) => {
    const refused = after.refused.find((one) => one.tier === name && !known.has(JSON.stringify(one)));
    if (refused) return [t('Your signature will not count for {0}: {1}.', visible(name), visible(refused.why))];
    const missing = after.tiers.find((one) => one.name === name)?.missing ?? [];
    return missing.length === 0
      ? []
      : [t('Still missing after your signature: {0}.', visible(`${name}: ${missing.join('; ')}`))];
  });
}
