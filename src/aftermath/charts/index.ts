/**
 * Charts and pages for people: pictures (SVG) rendered where the data is, with tables behind them, and one
 * self-contained page without scripts. Pure: it draws what it is given.
 */
export { bars } from './bars';
export { columns } from './columns';
export { html, Html, type Part } from './html';
export { lines } from './lines';
export { numberText } from './numbers';
export { figure, page, tiles } from './page';
export { table, tableOf, type Table } from './table';
export { type Chart, type Series } from './types';
