/** Addresses of Terraform's resources: what a plan, an apply or an error of it is about. */
import type { Clue } from './types';

/** `aws_db_instance.orders`, in a module or not. */
const ADDRESS = /(?<![\w/-])([a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,40}){1,8})\.([A-Za-z_][\w-]{0,100})(?![\w(])/g;

export function addresses(lines: readonly string[]): readonly Clue[] {
  const found = new Set(
    lines.flatMap((line) => [...line.matchAll(ADDRESS)].map(([, type = '', name = '']) => `${type}.${name}`)),
  );
  return [...found].map((address) => ({ says: `it is about ${address}`, names: [address] }));
}
