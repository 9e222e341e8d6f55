/** A forge's API with everything that some forges do not have, for tests of those that have it. */
import { connectForge } from '../../../src/review/forges';
import type { ForgeApi, Patience } from '../../../src/review/forges/client-parts';

export const wholeApi = async (
  env: Readonly<Record<string, string | undefined>>,
  patience?: Partial<Patience>,
): Promise<Required<ForgeApi>> => (await connectForge(env, patience)) as Required<ForgeApi>;
