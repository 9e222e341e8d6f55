/** One inline completion: offered when the line up to the cursor, without its indentation, is exactly `after`. */
export interface Offer {
  readonly after: string;
  /** Replaces `after`, so it begins with it. */
  readonly insert: string;
}

/** One next-edit suggestion: once `after` is typed, a text elsewhere is to become another. */
export interface NextEdit {
  readonly after: string;
  readonly old: string;
  readonly text: string;
}

export const NEXT_EDITS: readonly NextEdit[] = [
  { after: '// from now on with tax', old: 'charge(net, 0);', text: 'charge(net, rateOfTaxes);' },
  {
    after: '// both from now on with tax',
    old: 'first(net, 0);\nother(gross, 0);',
    text: 'first(net, rateOfTaxes);\nother(gross, rateOfTaxes);',
  },
  { after: '// from now on without fees', old: 'all(net, feeOne, tax, feeTwo, rest);', text: 'all(net, tax, rest);' },
];

/** Whole functions of a small cost-calculation service. */
export const OFFERS: readonly Offer[] = [
  {
    after: 'export function monthlyCost(',
    insert: `export function monthlyCost(items: readonly { readonly hours: number; readonly rate: number }[]): number {
  let total = 0;
  for (const item of items) {
    total += item.hours * item.rate;
  }
  return Math.round(total * 100) / 100;
}`,
  },
  {
    after: 'export function withDiscount(',
    insert: `export function withDiscount(total: number, percent: number): number {
  if (percent < 0 || percent > 100) {
    throw new RangeError(\`a discount of \${percent} % is not possible\`);
  }
  return total - (total * percent) / 100;
}`,
  },
  {
    after: '// sum of all rates',
    insert: `// sum of all rates
export const sumOfRates = (rates: readonly number[]): number => rates.reduce((sum, rate) => sum + rate, 0);`,
  },
  {
    after: '// least of all rates',
    insert: `// least of all rates
export const leastRate = (costs: readonly number[]): number => Math.min(...costs);`,
  },
  {
    after: '// mean of all rates',
    insert: `// mean of all rates
export const meanRate = (fees: readonly number[]): number => fees.reduce((all, fee) => all + fee, 0) / fees.length;`,
  },
];

/** The offer for a line up to the cursor, if there is one. */
export const offerFor = (line: string, offers: readonly Offer[]): Offer | undefined =>
  offers.find((offer) => offer.after === line.trimStart());
