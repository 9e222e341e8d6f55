/** Numbers as people read them. */
import type { Unit } from './types';

const grouped = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `null` is "not known". A share above 0 is never written as 0%, and one below 1 never as 100%. */
export function numberText(value: number | null, unit: Unit): string {
  if (value === null || !Number.isFinite(value)) return 'not known';
  if (unit === 'count') return grouped(value);
  if (unit === 'days') return value < 10 ? `${trimmed(value)} d` : `${grouped(value)} d`;
  const percent = value * 100;
  if (percent > 0 && percent < 0.1) return '<0.1%';
  if (percent < 100 && percent > 99.9) return '>99.9%';
  return `${percent < 10 && percent > 0 ? trimmed(percent) : grouped(percent)}%`;
}

const trimmed = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** The same, short enough for an axis. */
export function axisText(value: number, unit: Unit): string {
  if (unit !== 'count') return numberText(value, unit);
  if (value >= 1_000_000) return `${trimmed(value / 1_000_000)}M`;
  return value >= 10_000 ? `${trimmed(value / 1_000)}k` : grouped(value);
}
