/**
 * Charts and pages for people: pictures (SVG) rendered where the data is, with tables behind them, and one
 * self-contained page without scripts. Pure: it draws what it is given.
 */
export { bars } from './horizontal-stacked-bars';
export { columns } from './stacked-columns';
export { html, Html, type Part } from './escaped-html';
export { lines } from './line-chart';
export { numberText } from './format-numbers';
export { figure, page, tiles } from './html-page-tiles-and-figures';
export { table, tableOf, type Table } from './html-table';
export { type Chart, type Series } from './types';
