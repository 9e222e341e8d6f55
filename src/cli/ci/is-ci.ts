/** Whether this runs in a CI job, as every CI system indicates it by the variable `CI`. */
export const isCi = ({ CI }: Readonly<Record<string, string | undefined>>): boolean =>
  CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
