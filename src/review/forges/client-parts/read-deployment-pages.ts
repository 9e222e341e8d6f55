/** Pages of a list of deployments, newest first. */
import type { ForgeApi, ForgeDeployment, ForgeDeployments } from './forge-api-interface';

export type Asked = Parameters<ForgeApi['deployments'] & object>[0];

/** Deployments on a page: the most that forges return. */
export const PAGE = 100;
/** Older deployments do not affect what runs now, and each deployment costs another request. */
const MOST_PAGES = 3;

/**
 * Reads pages until one is not full, or has no new deployment. `page`: returns the n-th one (1-based). `read`: how a
 * new one ended; undefined while it is running, or when its time can't be read.
 */
export async function readPages<One>(
  { wanted, known }: Asked,
  {
    page,
    read: readDeployment,
  }: {
    readonly page: (
      number: number,
    ) => Promise<readonly { readonly id: string; readonly environment: string; readonly one: One }[]>;
    readonly read: (one: One) => Promise<ForgeDeployment | undefined> | ForgeDeployment | undefined;
  },
): Promise<ForgeDeployments> {
  const ended: ForgeDeployment[] = [];
  for (let number = 1; ; number++) {
    const listed = await page(number);
    const here = listed.filter(({ environment }) => wanted(environment));
    const fresh = here.filter(({ id }) => !known(id));
    for (const { one: deployment } of fresh) ended.push(...[(await readDeployment(deployment)) ?? []].flat());
    if (listed.length < PAGE || (here.length > 0 && fresh.length === 0)) return { ended, more: false };
    if (number >= MOST_PAGES) return { ended, more: true };
  }
}

/** Milliseconds; NaN when the text is not a time. */
export const timeOf = (text: string | null | undefined): number =>
  text !== null && text !== undefined && /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : NaN;
